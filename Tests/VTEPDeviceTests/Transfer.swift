import CTestNetwork
import Foundation
import TestNetwork

/// One TCP stream between two namespaces, with every byte looked at when it arrives.
enum Transfer {
    private static func open(_ namespace: TestNamespace, _ family: Int32) throws -> Int32 {
        let socket = withExtendedLifetime(namespace) {
            tn_socket(namespace.descriptor, family, Int32(SOCK_STREAM.rawValue))
        }
        guard socket >= 0 else { throw Failure("cannot open a socket: errno \(0 &- socket)") }
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            unsafe setsockopt(socket, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        return socket
    }

    /// An address of the tests' subnet, in the kernel's form.
    private static func withAddress<Result>(
        _ text: String, port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var storage = sockaddr_storage()
        let length = unsafe withUnsafeMutablePointer(to: &storage) { storage -> Int in
            if text.contains(":") {
                return unsafe storage.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                    unsafe address.pointee.sin6_family = sa_family_t(AF_INET6)
                    unsafe address.pointee.sin6_port = port.bigEndian
                    _ = unsafe inet_pton(AF_INET6, text, &address.pointee.sin6_addr)
                    return MemoryLayout<sockaddr_in6>.size
                }
            }
            return unsafe storage.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                unsafe address.pointee.sin_family = sa_family_t(AF_INET)
                unsafe address.pointee.sin_port = port.bigEndian
                _ = unsafe inet_pton(AF_INET, text, &address.pointee.sin_addr)
                return MemoryLayout<sockaddr_in>.size
            }
        }
        return unsafe withUnsafePointer(to: &storage) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, socklen_t(length)) }
        }
    }

    /// The byte at a place of the stream: it repeats after a prime number, so that whole segments that were swapped or
    /// lost are noticed.
    private static let pattern = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

    /// Sends `count` bytes to `address` in the other namespace.
    ///
    /// - Returns: how many arrived as they were sent, up to the first that did not.
    static func bytes(
        _ count: Int, from sender: TestNamespace, to receiver: TestNamespace, address: String
    ) throws -> Int {
        let family = address.contains(":") ? AF_INET6 : AF_INET
        let listener = try open(receiver, family)
        let client = try open(sender, family)
        defer { close(listener) }
        let bound = unsafe withAddress(address, port: 5001) { unsafe bind(listener, $0, $1) }
        guard bound == 0, listen(listener, 1) == 0 else { throw Failure("bind \(address): errno \(errno)") }
        let ended = DispatchSemaphore(value: 0)
        Thread {
            send(count, by: client, to: address)
            close(client)
            ended.signal()
        }.start()
        defer { ended.wait() }
        let accepted = accept(listener, nil, nil)
        guard accepted >= 0 else { throw Failure("nobody connected to \(address): errno \(errno)") }
        defer { close(accepted) }
        return verify(count, from: accepted)
    }

    private static func send(_ count: Int, by socket: Int32, to address: String) {
        guard unsafe withAddress(address, port: 5001, { unsafe connect(socket, $0, $1) }) == 0 else { return }
        var sent = 0
        while sent < count {
            let start = sent % pattern.count
            let length = min(pattern.count - start, count - sent)
            let taken = unsafe pattern.withUnsafeBytes { bytes in
                unsafe Foundation.send(
                    socket, bytes.baseAddress.map { unsafe $0 + start }, length, Int32(MSG_NOSIGNAL))
            }
            if taken <= 0 { return }
            sent += taken
        }
    }

    private static func verify(_ count: Int, from socket: Int32) -> Int {
        var buffer = [UInt8](repeating: 0, count: 1 << 17)
        var received = 0
        while received < count {
            let length = unsafe recv(socket, &buffer, buffer.count, 0)
            if length <= 0 { return received }
            var offset = 0
            while offset < length {
                let start = (received + offset) % pattern.count
                let piece = min(pattern.count - start, length - offset)
                if buffer[offset..<offset + piece] != pattern[start..<start + piece] { return received + offset }
                offset += piece
            }
            received += length
        }
        return received
    }
}
