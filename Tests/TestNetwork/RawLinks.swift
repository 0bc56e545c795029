internal import CVTEPLinux
internal import Glibc

/// Links of a namespace as octets, read and made without the library under test, for what `ip` does not know.
package final class RawLinks {
    private let descriptor: Int32
    private let namespace: TestNamespace

    package init(in namespace: TestNamespace) throws {
        self.namespace = namespace
        descriptor = cvtep_netlink_socket_in(namespace.descriptor)
        guard descriptor >= 0 else { throw Failure("no socket: errno \(0 &- descriptor)") }
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// `IFLA_INFO_DATA`: what the kind adds, by attribute.
    package func data(of name: String) throws -> [Int: [UInt8]] { try linkInfo(of: name, part: 2) }

    /// `IFLA_INFO_SLAVE_DATA`: what being a port adds, by attribute.
    package func portData(of name: String) throws -> [Int: [UInt8]] { try linkInfo(of: name, part: 5) }

    private func linkInfo(of name: String, part: Int) throws -> [Int: [UInt8]] {
        let request = header(index: 0) + RawLinks.attribute(3, Array(name.utf8) + [0])
        let reply = try answer(to: 18, flags: 0, request)  // RTM_GETLINK
        guard reply.count > 32, reply[4] == 16 else { throw Failure("no link \(name)") }
        let attributes = RawLinks.attributes(reply[32...])
        return RawLinks.attributes(RawLinks.attributes(attributes[18, default: []][...])[part, default: []][...])
    }

    /// Makes a link whose `IFLA_INFO_DATA` is given.
    package func make(_ name: String, kind: String, data: [UInt8]) throws {
        try change(header(index: 0) + RawLinks.attribute(3, Array(name.utf8) + [0]), kind, 2, data, flags: 0x600)
    }

    /// Changes `IFLA_INFO_DATA` of a link.
    package func change(index: UInt32, kind: String, data: [UInt8]) throws {
        try change(header(index: index), kind, 2, data, flags: 0)
    }

    /// Changes `IFLA_INFO_SLAVE_DATA` of a bridge port.
    package func changePort(index: UInt32, data: [UInt8]) throws {
        let info = RawLinks.attribute(4, Array("bridge\0".utf8)) + RawLinks.attribute(5 | 0x8000, data)
        try acknowledge(16, flags: 0, header(index: index) + RawLinks.attribute(18 | 0x8000, info))
    }

    private func change(_ start: [UInt8], _ kind: String, _ part: Int, _ data: [UInt8], flags: Int) throws {
        let info = RawLinks.attribute(1, Array(kind.utf8) + [0]) + RawLinks.attribute(part | 0x8000, data)
        try acknowledge(16, flags: flags, start + RawLinks.attribute(18 | 0x8000, info))
    }

    private func acknowledge(_ type: Int, flags: Int, _ payload: [UInt8]) throws {
        let reply = try answer(to: type, flags: flags | 4, payload)
        guard reply.count >= 20, reply[4] == 2, reply[16..<20].allSatisfy({ $0 == 0 }) else {
            throw Failure("the kernel refused: \(reply.dropFirst(16).prefix(4))")
        }
    }

    /// `struct ifinfomsg`.
    private func header(index: UInt32) -> [UInt8] {
        [0, 0, 0, 0] + RawLinks.bytes(of: index) + [UInt8](repeating: 0, count: 8)
    }

    private func answer(to type: Int, flags: Int, _ payload: [UInt8]) throws -> [UInt8] {
        let start = RawLinks.bytes(of: UInt32(16 + payload.count)) + RawLinks.bytes(of: UInt16(type))
        let request = start + RawLinks.bytes(of: UInt16(flags | 1)) + [1, 0, 0, 0, 0, 0, 0, 0] + payload
        guard unsafe send(descriptor, request, request.count, 0) == request.count else {
            throw Failure("send: \(errno)")
        }
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 16 else { throw Failure("recv: \(errno)") }
        return Array(buffer[..<count])
    }
}

extension RawLinks {
    package static func bytes<Value: FixedWidthInteger>(of value: Value) -> [UInt8] {
        unsafe withUnsafeBytes(of: value) { unsafe Array($0) }
    }

    /// One attribute, padded.
    package static func attribute(_ type: Int, _ payload: [UInt8]) -> [UInt8] {
        let bytes = bytes(of: UInt16(4 + payload.count)) + bytes(of: UInt16(type)) + payload
        return bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
    }

    private static func attributes(_ bytes: ArraySlice<UInt8>) -> [Int: [UInt8]] {
        var rest = bytes
        var result: [Int: [UInt8]] = [:]
        while rest.count >= 4 {
            let start = rest.startIndex
            let length = Int(rest[start]) | Int(rest[start + 1]) << 8
            guard length >= 4, length <= rest.count else { break }
            result[(Int(rest[start + 2]) | Int(rest[start + 3]) << 8) & 0x3FFF] = Array(
                rest[start + 4..<start + length])
            rest = rest.dropFirst((length + 3) & ~3)
        }
        return result
    }
}
