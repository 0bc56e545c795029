import Foundation
import TestNetwork

/// The other side of a Unix socket port, played by the test: what QEMU, or somebody worse, would send.
final class UnixPeer {
    let descriptor: Int32
    private var received: [UInt8] = []

    init(connectedTo path: String) throws {
        descriptor = try unsafe UnixPeer.open(path, SOCK_STREAM) { unsafe connect($0, $1, $2) }
    }

    init(owning descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// A listening socket.
    static func listener(at path: String) throws -> Int32 {
        let listener = try unsafe open(path, SOCK_STREAM) { unsafe bind($0, $1, $2) }
        listen(listener, 4)
        return listener
    }

    static func datagram(at path: String) throws -> UnixPeer {
        try unsafe UnixPeer(owning: open(path, SOCK_DGRAM) { unsafe bind($0, $1, $2) })
    }

    fileprivate static func open(
        _ path: String, _ type: __socket_type, _ call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
        let socket = socket(AF_UNIX, Int32(type.rawValue) | 0o2000000, 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe call(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else {
            close(socket)
            throw Failure("\(path): errno \(errno)")
        }
        return socket
    }

    func write(_ bytes: [UInt8]) { UnixPeer.write(bytes, to: descriptor) }

    /// Writes all of it, waiting where it must.
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe send(
                    descriptor, bytes.baseAddress.map { unsafe $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0 { return }
            sent += count
        }
    }

    /// The next frame of a stream, nil if none comes in time or the stream has ended.
    func readFrame(timeout: Int32 = 2000) -> [UInt8]? {
        while true {
            if received.count >= 4 {
                let length = received[..<4].reduce(0) { $0 << 8 | Int($1) }
                if received.count >= 4 + length {
                    defer { received.removeFirst(4 + length) }
                    return Array(received[4..<4 + length])
                }
            }
            guard let more = read(timeout: timeout) else { return nil }
            received += more
        }
    }

    /// What comes next, at most 64 KB; nil if nothing comes in time or the stream has ended.
    func read(timeout: Int32 = 2000) -> [UInt8]? {
        var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&event, 1, timeout) == 1 else { return nil }
        var chunk = [UInt8](repeating: 0, count: 70_000)
        let count = unsafe recv(descriptor, &chunk, chunk.count, 0)
        return count > 0 ? Array(chunk[..<count]) : nil
    }

    /// Whether the other side has ended the stream.
    func hasEnded(within timeout: Int32 = 2000) -> Bool {
        var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&event, 1, timeout) == 1 else { return false }
        var byte: UInt8 = 0
        return unsafe recv(descriptor, &byte, 1, 0) <= 0
    }
}

/// A path for a socket of the test's, which goes with it.
final class SocketPath {
    let path: String
    init() { path = "\(NSTemporaryDirectory())vtep-\(UUID().uuidString.prefix(8)).sock" }
    deinit { unsafe unlink(path) }
}

extension UnixPeer {
    static func connectedDatagram(to path: String) throws -> UnixPeer {
        try unsafe UnixPeer(owning: open(path, SOCK_DGRAM) { unsafe connect($0, $1, $2) })
    }
}
