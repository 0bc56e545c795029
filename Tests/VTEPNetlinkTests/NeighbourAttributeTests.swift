import Testing
import VTEPWire

@testable import VTEPNetlink

/// `NDA_*` of linux/neighbour.h, by number: what carries each of them, both ways.
struct NeighbourAttributeTests {
    /// `NDA_NDM_FLAGS_MASK`, as of Linux 6.18.
    private static let last = 17

    private static let macBytes: [UInt8] = [2, 0, 0, 0, 0, 1]
    private static var mac: MACAddress { get throws { try MACAddress(parsing: "02:00:00:00:00:01") } }

    private func fdb() throws -> AttributeTable<FDBEntry> {
        AttributeTable(
            type: 28, header: [7, 0, 0, 0, 5, 0, 0, 0, 0x80, 0, 2, 0],  // ndmsg: AF_BRIDGE, index, PERMANENT, SELF
            key: Bytes.attribute(2, Self.macBytes),
            base: FDBEntry(macAddress: try Self.mac, linkIndex: 5),
            rows: [
                AttributeRow(1, "NDA_DST", [192, 168, 50, 30]) {
                    $0.destination = try IPAddress(parsing: "192.168.50.30")
                },
                AttributeRow(2, "NDA_LLADDR", [2, 0, 0, 0, 0, 7]) {
                    $0.macAddress = try MACAddress(parsing: "02:00:00:00:00:07")
                },
                AttributeRow(5, "NDA_VLAN", [0x64, 0]) { $0.vlan = 100 },
                AttributeRow(6, "NDA_PORT", [0x27, 0x0F]) { $0.port = 9999 },
                AttributeRow(7, "NDA_VNI", [0xF4, 1, 0, 0]) { $0.vni = try VNI(500) },
                AttributeRow(8, "NDA_IFINDEX", [9, 0, 0, 0]) { $0.viaIndex = 9 },
                AttributeRow(9, "NDA_MASTER", [4, 0, 0, 0], .read) { $0.masterIndex = 4 },
                AttributeRow(10, "NDA_LINK_NETNSID", [3, 0, 0, 0], .read) { $0.viaNamespaceID = 3 },
                AttributeRow(11, "NDA_SRC_VNI", [0xF5, 1, 0, 0]) { $0.sourceVNI = try VNI(501) },
                AttributeRow(13, "NDA_NH_ID", [10, 0, 0, 0]) { $0.nextHopID = 10 },
                AttributeRow(14, "NDA_FDB_EXT_ATTRS", [5, 0, 1, 0, 3, 0, 0, 0]) { $0.activity = [.notify, .inactive] },
                AttributeRow(14, "NFEA_DONT_REFRESH", [5, 0, 1, 0, 1, 0, 0, 0, 4, 0, 2, 0], .written) {
                    $0.activity = [.notify, .keepAge]
                },
                AttributeRow(15, "NDA_FLAGS_EXT", [2, 0, 0, 0]) { $0.flags.insert(.locked) },
            ],
            left: [
                3: "compared in ages()", 4: "of neighbours", 12: "of neighbours", 16: "of flushes", 17: "of flushes",
            ],
            read: { $0.entries.first }, write: { $0.write($1, .add) })
    }

    private func neighbour() throws -> AttributeTable<Neighbour> {
        AttributeTable(
            type: 28, header: [2, 0, 0, 0, 5, 0, 0, 0, 0x80, 0, 0, 0],  // ndmsg: AF_INET, index, PERMANENT
            key: Bytes.attribute(1, [10, 0, 0, 7]),
            base: Neighbour(address: try IPAddress(parsing: "10.0.0.7"), macAddress: nil, linkIndex: 5),
            rows: [
                AttributeRow(1, "NDA_DST", [10, 0, 0, 8]) { $0.address = try IPAddress(parsing: "10.0.0.8") },
                AttributeRow(2, "NDA_LLADDR", Self.macBytes) { $0.macAddress = try Self.mac },
                AttributeRow(12, "NDA_PROTOCOL", [186]) { $0.origin = .bgp },
                AttributeRow(15, "NDA_FLAGS_EXT", [5, 0, 0, 0]) {
                    $0.flags.formUnion([.managed, .externallyValidated])
                },
            ],
            left: [
                3: "compared in ages()", 4: "compared in ages()", 5: "of FDB entries", 6: "of FDB entries",
                7: "of FDB entries", 8: "of dumps", 9: "of dumps", 10: "of FDB entries", 11: "of FDB entries",
                13: "of FDB entries", 14: "of FDB entries", 16: "of flushes", 17: "of flushes",
            ],
            read: { $0.neighbours.first }, write: { $0.write($1, .add) })
    }

    private var flush: AttributeTable<FDBFilter> {
        AttributeTable(
            type: 29, header: [7, 0, 0, 0, 5, 0, 0, 0, 0, 0, 2, 0], base: FDBFilter(),
            rows: [
                AttributeRow(1, "NDA_DST", [192, 168, 50, 30], .written) {
                    $0.destination = try IPAddress(parsing: "192.168.50.30")
                },
                AttributeRow(5, "NDA_VLAN", [0x64, 0], .written) { $0.vlan = 100 },
                AttributeRow(6, "NDA_PORT", [0x27, 0x0F], .written) { $0.port = 9999 },
                AttributeRow(7, "NDA_VNI", [0xF4, 1, 0, 0], .written) { $0.vni = try VNI(500) },
                AttributeRow(8, "NDA_IFINDEX", [9, 0, 0, 0], .written) { $0.portIndex = 9 },
                AttributeRow(11, "NDA_SRC_VNI", [0xF5, 1, 0, 0], .written) { $0.sourceVNI = try VNI(501) },
                AttributeRow(13, "NDA_NH_ID", [10, 0, 0, 0], .written) { $0.nextHopID = 10 },
                AttributeRow(16, "NDA_NDM_STATE_MASK", [0xC0, 0], .written) { $0.stateMask = [.permanent, .noARP] },
                AttributeRow(17, "NDA_NDM_FLAGS_MASK", [0x10], .written) { $0.flagsMask = .externallyLearned },
            ],
            read: { _ in nil }, write: { $0.flush(linkIndex: 5, $1) })
    }

    @Test func everyAttributeOfFDBEntries() throws {
        try fdb().check()
        try fdb().checkComplete(through: Self.last)
        try flush.check()
    }

    @Test func everyAttributeOfNeighbours() throws {
        try neighbour().check()
        try neighbour().checkComplete(through: Self.last)
    }

    @Test func ages() throws {
        let payload = Bytes.u32(1) + Bytes.u32(2) + Bytes.u32(3) + Bytes.u32(4)
        let table = try fdb()
        let message = Bytes.message(table.type, table.header + table.key + Bytes.attribute(3, payload))
        let entry = try #require(Everything(message).entries.first)
        #expect(entry.ages == EntryAges(confirmed: 1, used: 2, updated: 3, references: 4))
        #expect(entry == table.base, "two readings of one entry are equal")
        let other = try neighbour()
        let probed = Bytes.attribute(3, payload) + Bytes.attribute(4, [6, 0, 0, 0])
        let read = try #require(
            Everything(Bytes.message(other.type, other.header + other.key + probed)).neighbours.first)
        #expect(read.ages == EntryAges(confirmed: 1, used: 2, updated: 3, references: 4))
        #expect(read.probes == 6)
        #expect(read == other.base)
    }

    /// Where `NTF_*` and `NTF_EXT_*` travel: eight bits in the header, and from bit 16 on in `NDA_FLAGS_EXT`.
    @Test func everyFlag() throws {
        let flags: [(NeighbourFlags, UInt8, UInt32)] = [
            (.use, 0x01, 0), (.own, 0x02, 0), (.master, 0x04, 0), (.proxy, 0x08, 0), (.externallyLearned, 0x10, 0),
            (.offloaded, 0x20, 0), (.sticky, 0x40, 0), (.router, 0x80, 0), (.managed, 0, 1), (.locked, 0, 2),
            (.externallyValidated, 0, 4),
        ]
        for (flag, header, extended) in flags {
            var entry = try neighbour().base
            entry.flags = flag
            var request = try Request()
            request.write(entry, .add)
            let bytes = try #require(try unsafe request.withBytes(sequence: 1) { unsafe Array($0) })
            #expect(bytes[16 + 10] == header)
            let found = Bytes.attributes(of: bytes, after: 12).first { $0.0 == 15 }?.1
            #expect(found == (extended == 0 ? nil : Bytes.u32(extended)))
        }
        #expect(flags.reduce(0) { $0 | $1.1 } == 0xFF, "every bit of the header")
        #expect(flags.reduce(0) { $0 | $1.2 } == 0x7, "every bit of the attribute, as of Linux 6.18")
    }

    // swift-format-ignore
    @Test func oneNeighbourIsAskedFor() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(-2), Bytes.done(sequence: 2))
        var key = try neighbour().base
        key.flags = [.proxy, .router]
        #expect(throws: VTEPError.self) { try kernel.connection.find(key, Purpose("find")) }
        let expected: [[UInt8]] = [
            [0x24, 0, 0, 0, 30, 0, 0x01, 0x00, 1, 0, 0, 0, 0, 0, 0, 0],  // RTM_GETNEIGH
            [2, 0, 0, 0, 5, 0, 0, 0, 0, 0, 8, 0],                        // ndmsg: AF_INET, index, NTF_PROXY alone
            [8, 0, 1, 0, 10, 0, 0, 7],                                   // NDA_DST
        ]
        let sent = kernel.request()
        #expect(sent == Array(expected.joined()))
        #expect(try kernel.connection.neighbours(linkIndex: 5, proxies: true) == [])
        let dump = kernel.request()
        #expect(dump == Bytes.message(30, flags: 0x301, sequence: 2, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0] + Bytes.attribute(8, [5, 0, 0, 0])))
    }

    // swift-format-ignore
    @Test func aFlushIsOneBulkDeletion() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(0))
        var filter = FDBFilter.dynamic(table: .master)
        filter.flags = .sticky
        filter.flagsMask = [.sticky, .externallyLearned]
        try kernel.connection.flush(linkIndex: 5, filter, Purpose("flush"))
        let expected: [[UInt8]] = [
            [0x2C, 0, 0, 0, 29, 0, 0x05, 0x02, 1, 0, 0, 0, 0, 0, 0, 0],  // RTM_DELNEIGH, ACK | BULK
            [7, 0, 0, 0, 5, 0, 0, 0],                                    // ndmsg: AF_BRIDGE, index
            [0, 0, 0x44, 0],                                             // no state, NTF_MASTER | NTF_STICKY
            [6, 0, 16, 0, 0xC0, 0, 0, 0],                                // NDA_NDM_STATE_MASK: PERMANENT | NOARP
            [5, 0, 17, 0, 0x50, 0, 0, 0],                                // NDA_NDM_FLAGS_MASK: EXT_LEARNED | STICKY
        ]
        let sent = kernel.request()
        #expect(sent == Array(expected.joined()))
    }

    // swift-format-ignore
    @Test func oneEntryIsAskedFor() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(-2))
        var key = FDBEntry(macAddress: try Self.mac, linkIndex: 5)
        key.sourceVNI = try VNI(500)
        #expect(throws: VTEPError.self) { try kernel.connection.find(key, Purpose("find")) }
        let expected: [[UInt8]] = [
            [0x30, 0, 0, 0, 30, 0, 0x01, 0x00, 1, 0, 0, 0, 0, 0, 0, 0],  // RTM_GETNEIGH
            [7, 0, 0, 0, 5, 0, 0, 0, 0, 0, 2, 0],                        // ndmsg: AF_BRIDGE, index, no state, NTF_SELF
            [10, 0, 2, 0, 2, 0, 0, 0, 0, 1, 0, 0],                       // NDA_LLADDR
            [8, 0, 7, 0, 0xF4, 1, 0, 0],                                 // NDA_VNI: what it is looked up under
        ]
        let sent = kernel.request()
        #expect(sent == Array(expected.joined()))
    }
}
