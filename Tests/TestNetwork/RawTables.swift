internal import CVTEPLinux
internal import Glibc

/// What the kernel itself says about a namespace's tables, attribute by attribute: not what this library or `ip` makes of
/// it, so that what both overlook is seen, too.
@safe package final class RawTables {
    private let descriptor: Int32

    package init(_ namespace: TestNamespace) throws {
        descriptor = withExtendedLifetime(namespace) { cvtep_netlink_socket_in(namespace.descriptor) }
        guard descriptor >= 0 else { throw Failure("no netlink socket: errno \(0 &- descriptor)") }
        var on: Int32 = 1
        unsafe setsockopt(descriptor, 270, 12, &on, 4)  // NETLINK_GET_STRICT_CHK
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// One of the kernel's tables.
    package struct Table: Sendable {
        let name: String
        let request: UInt16
        let header: [UInt8]
        /// How many bytes stand before the attributes of an object.
        let size: Int
        /// Attributes, and from which byte on, that tell of a moment: ages, stamps, counts.
        let fleeting: [Int: Int]

        package static let all = [
            Table("address", 22, [], 8, [6: 8]),  // IFA_CACHEINFO: the stamps
            Table("route", 26, [], 12, [12: 0]),  // RTA_CACHEINFO
            Table("rule", 34, [], 12),
            Table("nexthop", 106, [], 8),
            Table("neighbour", 30, [], 12, [3: 0, 4: 0]),  // NDA_CACHEINFO, NDA_PROBES
            Table("proxy", 30, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8], 12, [3: 0, 4: 0]),
            Table("fdb", 30, [7], 12, [3: 0]),
        ]

        /// What comes by itself, a moment later: neighbours that are groups (`ndm_type` RTN_MULTICAST) with the first
        /// packet that is sent there; routes (`rtm_protocol` RTPROT_KERNEL) and the groups of IPv6 that a link listens to
        /// with addresses and with links that come up.
        fileprivate func isOfTheKernel(_ header: [UInt8], _ attributes: [(Int, ArraySlice<UInt8>)]) -> Bool {
            switch name {
            case "neighbour": header[11] == 5
            case "route": header[5] == 2
            case "fdb": attributes.contains { $0.0 == 2 && $0.1.starts(with: [0x33, 0x33]) }
            default: false
            }
        }

        /// `bridge` writes permanent entries as NUD_PERMANENT | NUD_NOARP, which is the same to the kernel.
        fileprivate func normalise(_ header: inout [UInt8]) {
            if name == "fdb", header[8] == 0xC0 { header[8] = 0x80 }
        }

        private init(_ name: String, _ request: UInt16, _ header: [UInt8], _ size: Int, _ fleeting: [Int: Int] = [:]) {
            self.name = name
            self.request = request
            self.header = header + [UInt8](repeating: 0, count: size - header.count)
            self.size = size
            self.fleeting = fleeting
        }
    }

    /// The objects of a table as lines of text: header and attributes in hexadecimal.
    package func lines(_ table: Table) throws -> [String] {
        var lines: [String] = []
        try visit(table) { message in
            var header = Array(message.prefix(16 + table.size).dropFirst(16))
            let attributes = RawTables.attributes(message.dropFirst(16 + (table.size + 3) & ~3))
            if table.isOfTheKernel(header, attributes) { return }
            table.normalise(&header)
            let words = attributes.map { number, payload in
                "\(number)=\(RawTables.hex(payload.prefix(table.fleeting[number] ?? payload.count)))"
            }
            lines.append(([table.name, RawTables.hex(header[...])] + words).joined(separator: " "))
        }
        return lines
    }

    private static func hex(_ bytes: ArraySlice<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    private static func attributes(_ bytes: ArraySlice<UInt8>) -> [(Int, ArraySlice<UInt8>)] {
        var result: [(Int, ArraySlice<UInt8>)] = []
        var rest = bytes
        while rest.count >= 4 {
            let start = rest.startIndex
            let length = Int(rest[start]) | Int(rest[start + 1]) << 8
            guard length >= 4, length <= rest.count else { break }
            result.append((Int(rest[start + 2]) | Int(rest[start + 3] & 0x3F) << 8, rest[start + 4..<start + length]))
            rest = rest.dropFirst((length + 3) & ~3)
        }
        return result
    }
}

// MARK: - Conversation

extension RawTables {
    private func visit(_ table: Table, _ body: ([UInt8]) -> Void) throws {
        try send(table)
        var buffer = [UInt8](repeating: 0, count: 1 << 17)
        while true {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { throw Failure("recv: \(errno)") }
            var rest = buffer[..<count]
            while rest.count >= 16 {
                let start = rest.startIndex
                let length = (0..<4).reduce(0) { $0 | Int(rest[start + $1]) << ($1 * 8) }
                guard length >= 16, length <= rest.count else { break }
                switch rest[start + 4] {
                case 3: return  // NLMSG_DONE
                case 2: throw Failure("the kernel refuses a dump of \(table.name)")
                default: body(Array(rest.prefix(length)))
                }
                rest = rest.dropFirst((length + 3) & ~3)
            }
        }
    }

    private func send(_ table: Table) throws {
        func octets<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
            unsafe Swift.withUnsafeBytes(of: value) { unsafe Array($0) }
        }
        let length = UInt32(16 + table.header.count)
        // NLM_F_REQUEST | NLM_F_DUMP
        let message =
            octets(length) + octets(table.request) + octets(UInt16(0x301)) + octets(UInt64(0)) + table.header
        guard unsafe Glibc.send(descriptor, message, message.count, 0) == message.count else {
            throw Failure("send: \(errno)")
        }
    }
}

extension View {
    /// What the kernel says, in its own numbers.
    package init(raw namespace: TestNamespace) throws {
        self.init()
        let tables = try RawTables(namespace)
        for table in RawTables.Table.all {
            for line in try tables.lines(table) { addLine(line, []) }
        }
    }
}
