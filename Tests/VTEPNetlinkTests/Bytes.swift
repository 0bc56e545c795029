import Glibc

/// Netlink messages, written down. Numbers are in host order (little-endian here), as netlink has it.
enum Bytes {
    static func u16(_ value: UInt16) -> [UInt8] { unsafe Swift.withUnsafeBytes(of: value) { unsafe Array($0) } }
    static func u32(_ value: UInt32) -> [UInt8] { unsafe Swift.withUnsafeBytes(of: value) { unsafe Array($0) } }
    static func i32(_ value: Int32) -> [UInt8] { u32(UInt32(bitPattern: value)) }

    static func message(_ type: UInt16, flags: UInt16 = 0, sequence: UInt32 = 1, _ payload: [UInt8]) -> [UInt8] {
        let bytes = u32(UInt32(16 + payload.count)) + u16(type) + u16(flags) + u32(sequence) + u32(0) + payload
        return padded(bytes)
    }

    static func attribute(_ type: UInt16, _ payload: [UInt8]) -> [UInt8] {
        padded(u16(UInt16(4 + payload.count)) + u16(type) + payload)
    }

    /// NLMSG_ERROR with the request's header echoed.
    static func acknowledgement(_ code: Int32, flags: UInt16 = 0x100, sequence: UInt32 = 1, _ rest: [UInt8] = [])
        -> [UInt8]
    {
        message(
            2, flags: flags, sequence: sequence,
            i32(code) + u32(32) + u16(16) + u16(0x605) + u32(sequence) + u32(0) + rest)
    }

    /// NLMSG_DONE.
    static func done(_ code: Int32 = 0, flags: UInt16 = 2, sequence: UInt32 = 1, _ rest: [UInt8] = []) -> [UInt8] {
        message(3, flags: flags, sequence: sequence, i32(code) + rest)
    }

    /// RTM_NEWLINK of an Ethernet link that has a name only.
    static func link(_ index: Int32, _ name: String, flags: UInt16 = 2, sequence: UInt32 = 1) -> [UInt8] {
        message(
            16, flags: flags, sequence: sequence,
            [0, 0] + u16(1) + i32(index) + u32(0) + u32(0) + attribute(3, Array(name.utf8) + [0]))
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
    }
}

extension [UInt8] {
    /// Hands out the bytes so that they end where readable memory ends: one octet too far is a crash, not luck.
    func withGuardedBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let size = (count / page + 1) * page
        guard let start = unsafe mmap(nil, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            unsafe start != MAP_FAILED
        else { preconditionFailure("no memory") }
        defer { unsafe munmap(start, size + page) }
        precondition(unsafe mprotect(start + size, page, PROT_NONE) == 0)
        let target = unsafe UnsafeMutableRawBufferPointer(start: start + size - count, count: count)
        unsafe target.copyBytes(from: self)
        return try unsafe body(UnsafeRawBufferPointer(target))
    }
}

extension Everything {
    init(_ bytes: [UInt8]) {
        self = unsafe bytes.withGuardedBytes { unsafe Everything($0) }
    }
}
