internal import CVTEPLinux
internal import Glibc
internal import VTEPEngine
package import VTEPWire

/// How a packet socket is attached to an interface.
public struct PacketPortOptions: Hashable, Sendable {
    /// The interface's name. It keeps its own use: the host goes on sending and receiving with it.
    public var interface: String
    /// Whether it hears frames for stations other than the interface itself, as a bridge port does.
    public var promiscuous = true
    /// What it may hand over and take unfinished (`PACKET_VNET_HDR`).
    public var offloads: PortOffloads = .all
    /// Bytes of the socket's send and receive buffers.
    public var socketBuffer = 7 << 20

    public init(interface: String) { self.interface = interface }
}

/// A packet socket on an existing interface: what comes in by it enters the overlay, and what leaves the overlay is sent
/// by it. Any worker may send.
package struct PacketPort: ~Copyable {
    let socket: Descriptor
    let counters = PortCounters()
    /// What it hands over and takes unfinished.
    package let offloads: PortOffloads
    private let headerSize: Int

    /// - Parameter netns: the network namespace the interface is in; nil for the caller's.
    /// - Throws: ``VTEPError/Kind/notFound`` where there is no such interface, ``VTEPError/Kind/permissionDenied``
    ///   without `CAP_NET_RAW`.
    package init(_ options: PacketPortOptions, netns: Int32? = nil) throws(VTEPError) {
        let attempt = Attempt("open the packet port", options.interface)
        guard options.interface.utf8.count < Int(IFNAMSIZ), !options.interface.utf8.contains(0) else {
            throw attempt.refused("an interface's name has at most 15 bytes")
        }
        // Protocol 0: nothing is received before the options are set.
        let socket = try attempt.opened(
            cvtep_socket(netns ?? -1, AF_PACKET, Int32(SOCK_RAW.rawValue), 0), "opening a packet socket",
            remedy: { $0 == EPERM ? "it needs CAP_NET_RAW in that network namespace" : "" })
        let index = unsafe cvtep_link_index(socket.number, options.interface)
        if index < 0 { throw attempt.failed("looking up the interface", 0 &- index) }
        let level = Int32(CVTEP_SOL_PACKET)
        let wantsHeader = options.offloads.contains(.header)
        let hasHeader = wantsHeader && socket.set(level, Int32(CVTEP_PACKET_VNET_HDR), Int32(1)) == 0
        try attempt.require(socket.set(level, Int32(CVTEP_PACKET_AUXDATA), Int32(1)), "PACKET_AUXDATA")
        _ = socket.set(level, Int32(CVTEP_PACKET_IGNORE_OUTGOING), Int32(1))
        socket.setBuffers(receive: options.socketBuffer, send: options.socketBuffer)
        if options.promiscuous {
            try attempt.require(0 &- cvtep_packet_promiscuous(socket.number, index), "becoming promiscuous")
        }
        try attempt.require(0 &- cvtep_packet_bind(socket.number, index), "binding to the interface")
        // What the kernel sends here by GSO is taken, and what we send by GSO it segments: there is nothing to ask for.
        self.init(socket, hasHeader ? options.offloads : .none)
    }

    private init(_ socket: consuming Descriptor, _ offloads: PortOffloads) {
        self.socket = socket
        self.offloads = offloads
        headerSize = offloads.contains(.header) ? VirtioHeader.size : 0
    }

    /// Reads frames until there are no more, or no room for more.
    func receive(into intake: inout FrameIntake) -> Reception {
        while intake.hasRoom {
            var tag: UInt32 = 0
            let start = unsafe intake.next - headerSize
            var part = unsafe iovec(iov_base: start, iov_len: headerSize + FrameIntake.longestFrame)
            let length = unsafe Int(cvtep_receive_packet(socket.number, &part, 1, &tag))
            if length < headerSize {
                switch 0 &- length {
                case Int(EAGAIN): return .drained
                case Int(EMSGSIZE): counters.oversized.count()
                // A superframe of a kind that the header cannot tell of, such as of SCTP: it is lost, the next is not.
                case Int(EINVAL): counters.refused.count()
                case Int(ENETDOWN): return .drained  // said once; it may come up again
                case Int(ENOMEM), Int(ENOBUFS): return .drained
                case ..<0: break
                default: return .ended
                }
                continue
            }
            var offload = headerSize == 0 ? .none : unsafe VirtioHeader.read(start)
            let frameLength = length - headerSize
            guard tag != 0, frameLength >= 12 else {
                intake.append(length: frameLength, offload: offload)
                continue
            }
            unsafe PacketPort.restore(tag, in: intake.next, &offload)
            intake.append(length: frameLength + 4, offset: 4, offload: offload)
        }
        return .more
    }

    /// Puts a VLAN tag back that the kernel took out: the frame begins four bytes earlier.
    private static func restore(_ tag: UInt32, in frame: UnsafeMutableRawPointer, _ offload: inout Offload) {
        let earlier = unsafe frame - 4
        _ = unsafe memmove(earlier, frame, 12)
        unsafe (earlier + 12).storeBytes(of: tag.bigEndian, as: UInt32.self)
        if offload.isChecksumPartial { offload.checksumStart &+= 4 }
        if offload.headerLength > 0 { offload.headerLength &+= 4 }
    }

    /// Sends one frame. `parts` has one element before the frame's, which is free to use.
    func send(_ parts: UnsafeMutablePointer<iovec>, count: Int, offload: Offload) {
        var space: (UInt64, UInt64) = (0, 0)
        let size = headerSize
        let code = unsafe withUnsafeMutableBytes(of: &space) { space -> Int32 in
            var header = unsafe msghdr()
            unsafe header.msg_iov = parts + 1
            unsafe header.msg_iovlen = count
            if size > 0, let base = space.baseAddress {
                unsafe VirtioHeader.write(offload, to: base, size: size)
                unsafe parts[0] = iovec(iov_base: base, iov_len: size)
                unsafe header.msg_iov = parts
                unsafe header.msg_iovlen = count + 1
            }
            while unsafe sendmsg(socket.number, &header, Int32(MSG_NOSIGNAL)) < 0 {
                if errno != EINTR { return errno }
            }
            return 0
        }
        switch code {
        case 0: break
        case EAGAIN, ENOBUFS, ENOMEM: counters.congested.count()
        case EMSGSIZE, EINVAL: counters.oversized.count()
        default: counters.refused.count()
        }
    }

    package var statistics: PortStatistics { counters.statistics }
}
