import Glibc
import TestNetwork
import VTEPWire

@testable import VTEPNetlink

/// A connection whose other end is the test, for what the real kernel says only on a bad day. It answers from a queue,
/// and keeps the requests. Sequence numbers count from 1, the first request that comes here.
final class ScriptedKernel {
    let connection: Connection
    private let end: Int32
    private let requestsBefore: UInt32

    /// - Parameter replies: one datagram each, in the order the connection will read them.
    init(_ replies: [UInt8]...) throws {
        connection = try Connection(in: .current)
        // What a connection says once in its life is said to the real kernel.
        _ = try connection.links()
        requestsBefore = connection.member("sequence") ?? 0
        var ends: [Int32] = [0, 0]
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &ends) == 0 else {
            throw Failure("socketpair: \(errno)")
        }
        end = ends[0]
        var patience = timeval(tv_sec: 0, tv_usec: 200_000)
        for end in ends {
            unsafe setsockopt(end, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        // The connection does not know that its descriptor leads elsewhere from now on.
        dup2(ends[1], connection.descriptorNumber)
        close(ends[1])
        for reply in replies { queue(reply) }
    }

    deinit { close(end) }

    /// One more datagram for the connection to read.
    func queue(_ reply: [UInt8]) {
        let renumbered = shiftSequence(of: reply, by: requestsBefore)
        unsafe send(end, renumbered, renumbered.count, 0)
    }

    /// The next request that the connection sent.
    func request() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = unsafe recv(end, &buffer, buffer.count, 0)
        return shiftSequence(of: Array(buffer[..<max(0, count)]), by: 0 &- requestsBefore)
    }

    /// Adds to the sequence number of every message in a datagram.
    private func shiftSequence(of datagram: [UInt8], by shift: UInt32) -> [UInt8] {
        func word(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
            bytes[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        var result = datagram
        var offset = 0
        while result.count - offset >= 16 {
            result.replaceSubrange(offset + 8..<offset + 12, with: Bytes.u32(word(result, offset + 8) &+ shift))
            offset += Swift.max(16, (Int(word(result, offset)) + 3) & ~3)
        }
        return result
    }
}

extension Connection {
    var descriptorNumber: Int32 { member("descriptor") ?? -1 }

    /// The library keeps its members private, and should.
    fileprivate func member<Value>(_ name: String) -> Value? {
        Mirror(reflecting: self).children.first { $0.label == name }?.value as? Value
    }
}
