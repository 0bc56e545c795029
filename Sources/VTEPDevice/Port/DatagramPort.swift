internal import CVTEPLinux
internal import Glibc
internal import VTEPEngine
package import VTEPWire

/// A Unix datagram socket in QEMU's framing (`-netdev dgram`): one frame is one datagram, without anything before it.
///
/// The socket is bound to a path of ours, and sends to the peer's, which need not exist yet. Any worker may send.
package struct DatagramPort: ~Copyable {
    let socket: Descriptor
    let counters = PortCounters()
    private let address: UnixAddress
    private let peer: UnixAddress?

    /// - Parameters:
    ///   - path: where to receive, at most 107 bytes; one that begins with `@` is in the abstract namespace.
    ///   - peer: where to send to.
    /// - Throws: ``VTEPError/Kind/busy`` where somebody else is bound to the path.
    package init(path: String, peer: String, socketBuffer: Int = 1 << 20) throws(VTEPError) {
        let attempt = Attempt("open the datagram port", path)
        let address = try UnixAddress(path, attempt)
        let peerAddress = try UnixAddress(peer, attempt)
        let socket = try DatagramPort.open(attempt)
        var code = address.bind(socket.number)
        if code == EADDRINUSE {
            address.removeStale(probe: try DatagramPort.open(attempt))
            code = address.bind(socket.number)
        }
        let remedy = code == EADDRINUSE ? "another program is bound there, or a file of another kind is in the way" : ""
        try attempt.require(code, "binding the socket", remedy: remedy)
        socket.setBuffers(receive: socketBuffer, send: socketBuffer)
        self.init(socket, address, peer: peerAddress)
    }

    /// Takes over a connected datagram socket.
    ///
    /// - Parameter descriptor: it is the port's from now on, also where this throws.
    package init(adopting descriptor: Int32) throws(VTEPError) {
        let socket = Descriptor(owning: descriptor)
        let attempt = Attempt("adopt the datagram socket", "\(descriptor)")
        guard let type = socket.option(SOL_SOCKET, SO_TYPE),
            [Int32(SOCK_DGRAM.rawValue), Int32(SOCK_SEQPACKET.rawValue)].contains(type)
        else { throw attempt.refused("it is no datagram socket") }
        try attempt.require(socket.setNonBlocking(), "O_NONBLOCK")
        self.init(socket, UnixAddress(), peer: nil)
    }

    private init(_ socket: consuming Descriptor, _ address: UnixAddress, peer: UnixAddress?) {
        self.socket = socket
        self.address = address
        self.peer = peer
    }

    deinit { address.remove() }

    private static func open(_ attempt: Attempt) throws(VTEPError) -> Descriptor {
        try attempt.opened(cvtep_socket(-1, AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0), "opening a socket")
    }

    /// Reads frames until there are no more, or no room for more.
    func receive(into intake: inout FrameIntake) -> Reception {
        while intake.hasRoom {
            let length = unsafe recv(
                socket.number, intake.next, FrameIntake.longestFrame, Int32(MSG_DONTWAIT | MSG_TRUNC))
            if length < 0 {
                if errno == EINTR { continue }
                // A peer that is gone and a full table of its own say nothing about the next frame.
                return errno == EAGAIN || errno == ECONNREFUSED || errno == ECONNRESET ? .drained : .ended
            }
            // What a seqpacket socket says when its peer is gone; an empty datagram is no frame either.
            if length == 0 { return hasEnded ? .ended : .more }
            if length > FrameIntake.longestFrame {
                counters.oversized.count()
            } else {
                intake.append(length: length, offload: .none)
            }
        }
        return .more
    }

    private var hasEnded: Bool { socket.option(SOL_SOCKET, SO_TYPE) == Int32(SOCK_SEQPACKET.rawValue) }

    /// Sends one frame.
    func send(_ parts: UnsafeMutableBufferPointer<iovec>) {
        var header = unsafe msghdr()
        unsafe header.msg_iov = parts.baseAddress
        unsafe header.msg_iovlen = parts.count
        let code: Int32
        if let peer {
            code = unsafe peer.withAddress { address, length in
                unsafe header.msg_name = UnsafeMutableRawPointer(mutating: address)
                unsafe header.msg_namelen = length
                return unsafe transmit(&header)
            }
        } else {
            code = unsafe transmit(&header)
        }
        switch code {
        case 0: break
        case EAGAIN, ENOBUFS, ENOMEM: counters.congested.count()
        case EMSGSIZE: counters.oversized.count()
        default: counters.refused.count()
        }
    }

    private func transmit(_ header: inout msghdr) -> Int32 {
        while unsafe sendmsg(socket.number, &header, Int32(MSG_NOSIGNAL)) < 0 {
            if errno != EINTR { return errno }
        }
        return 0
    }

    package var statistics: PortStatistics { counters.statistics }
}
