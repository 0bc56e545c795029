internal import CLibNL
internal import CVTEPLinux
internal import Glibc
package import VTEPWire

/// A conversation with one network namespace's rtnetlink. One request is under way at a time; one thread uses it at a
/// time. Distinct connections are independent.
///
/// libnl holds and sends; receiving is our own, because libnl 3.7.0 drops the errno inside `NLMSG_DONE`, folds errno
/// values together, never reads extended ACKs, and lets an unread reply fail the next request.
@safe package final class Connection {
    private let socket: OpaquePointer
    let descriptor: Int32
    private let buffer: UnsafeMutableRawBufferPointer
    private var sequence: UInt32 = 0
    /// Whether the kernel knows how much we take in at once: see ``prime(_:)``.
    var isPrimed = false
    /// A dump is being handed out object by object: nothing else can be asked meanwhile.
    var isStreaming = false

    /// Larger than any datagram of rtnetlink's: the kernel caps a dump's at 32 KiB.
    private static let receiveCapacity = 128 << 10
    /// Bytes; a thousand acknowledgements fit (`SO_RCVBUF`, `SO_SNDBUF`).
    private static let socketBuffer: Int32 = 2 << 20
    /// rtnetlink answers within the send call. Waiting this long means the answer was lost.
    private static let answerTimeout = timeval(tv_sec: 10, tv_usec: 0)
    static let dumpAttempts = 16

    package init(in namespace: NetworkNamespace) throws(VTEPError) {
        let purpose = Purpose("open a netlink connection", "\(namespace)")
        let opened = try unsafe namespace.withDescriptor(attempted: purpose.attempted) {
            netns throws(VTEPError) -> (OpaquePointer, Int32) in
            try unsafe Connection.open(in: netns, purpose)
        }
        (unsafe socket, descriptor) = unsafe opened
        unsafe buffer = .allocate(byteCount: Connection.receiveCapacity, alignment: 16)
    }

    deinit {
        unsafe nl_socket_free(socket)  // closes the descriptor, too
        unsafe buffer.deallocate()
    }

    private static func open(in netns: Int32?, _ purpose: Purpose) throws(VTEPError) -> (OpaquePointer, Int32) {
        let descriptor = netns.map { cvtep_netlink_socket_in($0) } ?? cvtep_netlink_socket()
        guard descriptor >= 0 else {
            var error = VTEPError(systemCall: "opening the socket", errno: 0 &- descriptor, purpose)
            if error.kind == .permissionDenied {
                error.remedy = "entering another network namespace needs CAP_SYS_ADMIN in it: run as root"
            }
            throw error
        }
        guard let socket = unsafe nl_socket_alloc() else {
            Glibc.close(descriptor)
            throw VTEPError(systemCall: "nl_socket_alloc", errno: ENOMEM, purpose)
        }
        guard unsafe nl_socket_set_fd(socket, Int32(NETLINK_ROUTE), descriptor) >= 0 else {
            unsafe nl_socket_free(socket)
            Glibc.close(descriptor)
            throw VTEPError(systemCall: "nl_socket_set_fd", errno: EINVAL, purpose)
        }
        configure(descriptor)
        return unsafe (socket, descriptor)
    }

    /// Options that older kernels may lack are asked for, not insisted on.
    private static func configure(_ descriptor: Int32) {
        func set<Value: BitwiseCopyable>(_ level: Int32, _ option: Int32, _ value: Value) -> Bool {
            var value = value
            return unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Value>.size)) == 0
        }
        let netlink = Int32(VTEP_SOL_NETLINK)
        _ = set(netlink, NETLINK_EXT_ACK, Int32(1))
        _ = set(netlink, NETLINK_CAP_ACK, Int32(1))
        _ = set(netlink, NETLINK_GET_STRICT_CHK, Int32(1))
        // The forced kind exceeds the system's limit; it needs a privilege that a reader may lack.
        if !set(SOL_SOCKET, SO_RCVBUFFORCE, socketBuffer) { _ = set(SOL_SOCKET, SO_RCVBUF, socketBuffer) }
        if !set(SOL_SOCKET, SO_SNDBUFFORCE, socketBuffer) { _ = set(SOL_SOCKET, SO_SNDBUF, socketBuffer) }
        _ = set(SOL_SOCKET, SO_RCVTIMEO, answerTimeout)
    }
}

// MARK: - Requests

extension Connection {
    /// Sends a change and waits for the kernel's verdict on it.
    func change(_ request: borrowing Request, _ purpose: Purpose) throws(VTEPError) {
        let sequence = try send(request, flags: NLM_F_ACK, purpose)
        var verdict: ExtendedAck?
        try receive(sequence, purpose) { reply throws(VTEPError) in
            guard reply.type == NLMSG_ERROR else { return false }
            verdict = ExtendedAck(error: reply)
            return true
        }
        try check(verdict, purpose)
    }

    /// Asks for one object. `nil` if the kernel sent none.
    func get<Value>(
        _ request: borrowing Request, _ purpose: Purpose, _ parse: (Reply) -> Value?
    ) throws(VTEPError) -> Value? {
        let sequence = try send(request, flags: 0, purpose)
        var found: Value?
        var verdict: ExtendedAck?
        // One answer: the object or an error. To ask for an acknowledgement besides would cost a second receive.
        try receive(sequence, purpose) { reply throws(VTEPError) in
            if reply.type == NLMSG_ERROR { verdict = ExtendedAck(error: reply) } else { found = parse(reply) }
            return true
        }
        if found == nil { try check(verdict, purpose) }
        return found
    }

    /// Lists objects. A dump that the kernel had to interrupt, because the table changed under it, is read anew.
    func dump<Value>(
        _ request: borrowing Request, _ purpose: Purpose, _ parse: (Reply) -> Value?
    ) throws(VTEPError) -> [Value] {
        for _ in 0..<Connection.dumpAttempts {
            if let values = try dumpOnce(request, purpose, parse) { return values }
        }
        throw interrupted(
            purpose, "the table kept changing through \(Connection.dumpAttempts) attempts to read it")
    }

    private func dumpOnce<Value>(
        _ request: borrowing Request, _ purpose: Purpose, _ parse: (Reply) -> Value?
    ) throws(VTEPError) -> [Value]? {
        var values: [Value] = []
        var dump = try beginDump(request, purpose)
        while try continueDump(&dump, purpose, { if let value = parse($0) { values.append(value) } }) {}
        return dump.wasInterrupted ? nil : values
    }

    func check(_ verdict: ExtendedAck?, _ purpose: Purpose) throws(VTEPError) {
        guard let verdict else { throw malformed(purpose) }
        if verdict.errno != 0 { throw VTEPError(verdict, purpose) }
    }
}

// MARK: - Transport

extension Connection {
    func send(_ request: borrowing Request, flags: Int32, _ purpose: Purpose) throws(VTEPError) -> UInt32 {
        let number = nextSequence()
        let sent = try unsafe request.withBytes(sequence: number, flags: flags) { bytes throws(VTEPError) in
            try unsafe send(bytes, purpose)
            return true
        }
        guard sent != nil else { throw tooLarge(purpose) }
        return number
    }

    private func nextSequence() -> UInt32 {
        sequence &+= 1
        return sequence
    }

    /// The number that the next message would get.
    var upcomingSequence: UInt32 { sequence &+ 1 }

    func skipSequence(_ count: UInt32) { sequence &+= count }

    /// By the plain call: libnl's nl_sendto folds errno values together.
    func send(_ bytes: UnsafeRawBufferPointer, _ purpose: Purpose) throws(VTEPError) {
        if isStreaming { throw busy(purpose) }
        while unsafe Glibc.send(descriptor, bytes.baseAddress, bytes.count, 0) < 0 {
            let code = errno
            if code != EINTR { throw VTEPError(systemCall: "send", errno: code, purpose) }
        }
    }

    func tooLarge(_ purpose: Purpose) -> VTEPError {
        VTEPError(
            .invalidArgument, attempted: "\(purpose.attempted)", subject: purpose.subject,
            reason: "the request is too large", systemErrno: EMSGSIZE)
    }

    /// Visits the answers to one request until `visit` says it was the last. Answers to earlier requests, which an
    /// error may have left unread, are skipped: they cannot be taken for this one's.
    private func receive(
        _ sequence: UInt32, _ purpose: Purpose, _ visit: (Reply) throws(VTEPError) -> Bool
    ) throws(VTEPError) {
        try receive(from: sequence, count: 1, purpose, visit)
    }

    /// The same for `count` requests that were sent together, numbered from `sequence` on.
    func receive(
        from sequence: UInt32, count: UInt32, _ purpose: Purpose, _ visit: (Reply) throws(VTEPError) -> Bool
    ) throws(VTEPError) {
        while try !receiveOne(from: sequence, count: count, purpose, visit) {}
    }

    /// Takes one datagram. Whether an answer in it was the last.
    func receiveOne(
        from sequence: UInt32, count: UInt32, _ purpose: Purpose, _ visit: (Reply) throws(VTEPError) -> Bool
    ) throws(VTEPError) -> Bool {
        let length = try receiveDatagram(purpose)
        var finished = false
        for reply in unsafe Replies(UnsafeRawBufferPointer(rebasing: buffer[..<length]))
        where reply.sequence &- sequence < count && !finished {
            finished = try visit(reply)
        }
        return finished
    }

    private func receiveDatagram(_ purpose: Purpose) throws(VTEPError) -> Int {
        while true {
            var sender = sockaddr_nl()
            var senderLength = socklen_t(MemoryLayout<sockaddr_nl>.size)
            let count = unsafe withUnsafeMutablePointer(to: &sender) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    // MSG_TRUNC: the true length is returned, so that a cut datagram is noticed.
                    unsafe recvfrom(
                        descriptor, buffer.baseAddress, buffer.count, Int32(MSG_TRUNC), address, &senderLength)
                }
            }
            if count < 0 {
                let code = errno
                if code == EINTR { continue }
                throw lost(code, purpose)
            }
            // Only the kernel (port 0) is believed: any process may send to a netlink port.
            if sender.nl_pid != 0 { continue }
            guard unsafe count <= buffer.count else { throw malformed(purpose) }
            isPrimed = true
            return count
        }
    }

    private func lost(_ code: Int32, _ purpose: Purpose) -> VTEPError {
        var error = VTEPError(systemCall: "receiving the kernel's answer", errno: code, purpose)
        if code == EAGAIN || code == ENOBUFS {
            error.remedy = "the answer was lost; read the state back before trying again"
        }
        return error
    }

    private func busy(_ purpose: Purpose) -> VTEPError {
        VTEPError(
            .busy, attempted: "\(purpose.attempted)", subject: purpose.subject,
            reason: "this connection is handing out a table",
            remedy: "use another host, or wait until the whole table has been visited")
    }

    func malformed(_ purpose: Purpose) -> VTEPError {
        VTEPError(
            .protocolViolation, attempted: "\(purpose.attempted)", subject: purpose.subject,
            reason: "the kernel's answer cannot be read")
    }
}
