internal import CVTEPLinux
internal import Glibc
internal import Synchronization
internal import VTEPEngine
package import VTEPWire

/// A Unix stream socket in QEMU's framing (`-netdev stream`): one peer at a time, which may come and go.
///
/// One worker owns it: connects, accepts, reads, and closes. Any worker may send; a lock of the port's own keeps frames
/// apart, and sending never waits.
package final class StreamPort: @unchecked Sendable {
    private let options: UnixSocketOptions
    private let address: UnixAddress
    /// The listening socket of a server, -1 for none.
    private let listener: Int32
    /// Guards the outlet.
    private let lock = Lock()
    private var outlet = StreamOutlet()
    let counters = PortCounters()

    // The owner's alone.
    private var reassembly = StreamReassembly()
    /// The same as the outlet's.
    private var peer: Int32 = -1
    private var entry = PollerEntry()
    /// Whether whole frames may lie in the reassembly, of which the poller knows nothing.
    private(set) var hasLeftovers = false
    /// When to connect next.
    private var nextAttempt: UInt64 = 0
    /// A peer waits, but there is no descriptor for it.
    private var isOutOfDescriptors = false

    /// Opens the port. A server listens from now on, and its path exists; a client connects when a worker starts.
    ///
    /// - Throws: ``VTEPError/Kind/busy`` where somebody listens on the path.
    package init(_ options: UnixSocketOptions) throws(VTEPError) {
        let attempt = Attempt("open the stream port", options.path)
        guard options.reconnectInterval > 0 else { throw attempt.refused("it reconnects after 1 ms or more") }
        address = try UnixAddress(options.path, attempt)
        self.options = options
        listener = options.role == .server ? try StreamPort.listen(address, attempt).release() : -1
    }

    /// Takes over a connected stream socket. Once its peer is gone, nobody follows.
    ///
    /// - Parameter descriptor: it is the port's from now on, also where this throws.
    package init(adopting descriptor: Int32) throws(VTEPError) {
        let socket = Descriptor(owning: descriptor)
        let attempt = Attempt("adopt the stream socket", "\(descriptor)")
        options = UnixSocketOptions(path: "", role: .server)
        address = UnixAddress()
        listener = -1
        guard socket.option(SOL_SOCKET, SO_TYPE) == Int32(SOCK_STREAM.rawValue) else {
            throw attempt.refused("it is no stream socket")
        }
        try attempt.require(socket.setNonBlocking(), "O_NONBLOCK")
        attach(socket.release())
    }

    deinit {
        guard listener >= 0 else { return }
        address.remove()
        Descriptor.close(listener)
    }

    private static func open(_ attempt: Attempt) throws(VTEPError) -> Descriptor {
        try attempt.opened(cvtep_socket(-1, AF_UNIX, Int32(SOCK_STREAM.rawValue), 0), "opening a socket")
    }

    private static func listen(_ address: UnixAddress, _ attempt: Attempt) throws(VTEPError) -> Descriptor {
        let socket = try open(attempt)
        var code = address.bind(socket.number)
        if code == EADDRINUSE {
            address.removeStale(probe: try open(attempt))
            code = address.bind(socket.number)
        }
        let remedy = code == EADDRINUSE ? "another program listens there, or a file of another kind is in the way" : ""
        try attempt.require(code, "binding the socket", remedy: remedy)
        try attempt.require(Glibc.listen(socket.number, 1) == 0 ? 0 : errno, "listening")
        return socket
    }
}

// MARK: - Peers, come and gone

extension StreamPort {
    /// The owner begins: its poller tells of everything that happens here.
    func start(_ entry: PollerEntry, now: UInt64) {
        self.entry = entry
        if peer >= 0 {
            attach(peer)
        } else {
            awaitPeer()
            tick(now: now)
        }
    }

    /// Somebody waits to be let in.
    func accept(now: UInt64) {
        let socket = cvtep_accept(listener)
        if socket >= 0 { return attach(socket) }
        switch 0 &- socket {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM:
            // The listener would go on saying so at once, over and over.
            listening.remove(listener)
            isOutOfDescriptors = true
            nextAttempt = now + StreamPort.acceptInterval
        default: break
        }
    }

    /// Connects, or listens again, where it is time to.
    func tick(now: UInt64) {
        if isOutOfDescriptors, now >= nextAttempt {
            isOutOfDescriptors = false
            awaitPeer()
        }
        guard isWaitingToConnect, now >= nextAttempt else { return }
        nextAttempt = now + UInt64(options.reconnectInterval)
        let number = cvtep_socket(-1, AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        if number < 0 { return }
        let socket = Descriptor(owning: number)
        if address.connect(number) == 0 { attach(socket.release()) }
    }

    /// When ``tick(now:)`` has something to do, in the worker's milliseconds.
    var deadline: UInt64? { isWaitingToConnect || isOutOfDescriptors ? nextAttempt : nil }

    /// Milliseconds to wait where the process has no descriptor left for a peer.
    private static let acceptInterval: UInt64 = 200

    private var isWaitingToConnect: Bool { options.role == .client && peer < 0 }

    private func attach(_ socket: Int32) {
        Descriptor.borrowing(socket) { $0.setBuffers(receive: options.socketBuffer, send: options.socketBuffer) }
        // Others wait in the backlog.
        if listener >= 0 { listening.remove(listener) }
        if peer < 0 { counters.connections.count() }
        peer = socket
        reassembly.removeAll()
        lock.withLock { outlet.attach(socket, entry) }
    }

    private func detach() {
        peer = -1
        hasLeftovers = false
        reassembly.removeAll()
        lock.withLock { outlet.detach() }
        awaitPeer()
    }

    private func awaitPeer() {
        if listener >= 0 { listening.add(listener) }
    }

    var token: PollToken { entry.token }

    private var listening: PollerEntry { PollerEntry(poller: entry.poller, token: entry.token.with(.listener)) }
}

// MARK: - Frames

extension StreamPort {
    /// Reads frames until there are no more, or no room for more. The frames lie here until it is called again.
    func receive(into intake: inout FrameIntake) -> Reception {
        guard peer >= 0 else { return .drained }
        reassembly.makeRoom()
        hasLeftovers = false
        var isDrained = false
        while true {
            switch reassembly.next() {
            case .frame(let bytes, let length):
                unsafe intake.append(Frame(bytes, length: length, headroom: StreamReassembly.prefix))
                guard intake.hasRoom else {
                    hasLeftovers = true
                    return .more
                }
            case .violation:
                counters.violations.count()
                detach()
                return .drained
            case .incomplete:
                if isDrained { return .drained }
                isDrained = !fill()
                if peer < 0 { return .drained }
            }
        }
    }

    /// Takes in what the socket has. False: it has no more for now.
    private func fill() -> Bool {
        let room = unsafe reassembly.room
        if room.count == 0 { return false }
        while true {
            let count = unsafe read(peer, room.baseAddress, room.count)
            if count > 0 {
                reassembly.received(count)
                return count == room.count
            }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return false }
            detach()
            return false
        }
    }

    /// The peer takes more again.
    func becameWritable() { lock.withLock { outlet.becameWritable() } }

    /// Sends whole frames, each with its length in front. `lengths` counts these, too.
    func send(_ parts: UnsafeMutableBufferPointer<iovec>, lengths: UnsafeBufferPointer<Int>) {
        let sent = lock.withLock { unsafe outlet.send(parts, lengths: lengths) }
        counters.congested.count(UInt64(lengths.count - sent))
    }

    package var statistics: PortStatistics { counters.statistics }
}
