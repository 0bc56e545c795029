import Testing
import VTEPWire

@testable import VTEPNetlink

/// `NHA_*` of linux/nexthop.h, by number.
struct NextHopAttributeTests {
    private func table(
        _ family: UInt8, base: NextHopObject, _ rows: [AttributeRow<NextHopObject>], left: [Int: String] = [:]
    ) -> AttributeTable<NextHopObject> {
        AttributeTable(
            type: 104, header: [family, 0, 0, 0, 0, 0, 0, 0], key: Bytes.attribute(1, [7, 0, 0, 0]), base: base,
            rows: rows, left: left, read: { $0.nextHops.first }, write: { $0.write($1, .add) })
    }

    private func single() throws -> AttributeTable<NextHopObject> {
        var base = NextHopObject(id: 7, gateway: nil, linkIndex: nil)
        base.family = .v4
        return table(
            2, base: base,
            [
                AttributeRow(1, "NHA_ID", [8, 0, 0, 0]) { $0.id = 8 },
                AttributeRow(4, "NHA_BLACKHOLE", []) { $0.isBlackhole = true },
                AttributeRow(5, "NHA_OIF", [9, 0, 0, 0]) { $0.linkIndex = 9 },
                AttributeRow(6, "NHA_GATEWAY", [10, 0, 0, 1]) { $0.gateway = try IPAddress(parsing: "10.0.0.1") },
                AttributeRow(11, "NHA_FDB", []) { $0.isFDB = true },
                AttributeRow(7, "NHA_ENCAP_TYPE", [7, 0], .written) {
                    $0.encapsulation = .other(type: 7, attributes: [4, 0, 9, 0])
                },
                AttributeRow(8, "NHA_ENCAP", [4, 0, 9, 0], .written) {
                    $0.encapsulation = .other(type: 7, attributes: [4, 0, 9, 0])
                },
            ],
            left: [
                2: "of groups", 3: "of groups", 9: "of dumps: aFilteredDump()", 10: "of dumps: aFilteredDump()",
                12: "of groups", 13: "of buckets: aBucket()", 14: "of lookups: packetsOfMembers()",
                15: "of lookups: packetsOfMembers()", 16: "of groups", 17: "hardware's answer to 16",
            ])
    }

    private func group() -> AttributeTable<NextHopObject> {
        table(
            0, base: NextHopObject(id: 7, group: [NextHopObject.Member(id: 1)]),
            [
                // id, weight less one in two halves, two octets of nothing
                AttributeRow(2, "NHA_GROUP", [1, 0, 0, 0, 6, 0, 0, 0, 2, 0, 0, 0, 0xFF, 0xFF, 0, 0], .written) {
                    $0.group = [NextHopObject.Member(id: 1, weight: 7), NextHopObject.Member(id: 2, weight: 65536)]
                },
                AttributeRow(3, "NHA_GROUP_TYPE", [1, 0], .written) {
                    $0.resilience = NextHopObject.Resilience(buckets: 32)
                },
                AttributeRow(
                    12, "NHA_RES_GROUP",
                    Array(
                        [
                            Bytes.attribute(1, [32, 0]), Bytes.attribute(2, [0xE8, 3, 0, 0]),
                            Bytes.attribute(3, [0xD0, 7, 0, 0]),
                        ].joined()), .written
                ) {
                    $0.resilience = NextHopObject.Resilience(buckets: 32, idleTimer: 1000, unbalancedTimer: 2000)
                },
                AttributeRow(16, "NHA_HW_STATS_ENABLE", [1, 0, 0, 0], .written) { $0.hardwareStatistics = true },
            ])
    }

    @Test func everyAttributeOfNexthops() throws {
        try single().check()
        try single().checkComplete(through: 17)  // NHA_HW_STATS_USED, as of Linux 6.18
        try group().check()
    }

    @Test func groupsAreRead() throws {
        let table = group()
        let resilient = Array(
            [
                Bytes.attribute(1, [32, 0]), Bytes.attribute(2, [0xE8, 3, 0, 0]), Bytes.attribute(3, [0xD0, 7, 0, 0]),
                Bytes.attribute(4, [5, 0, 0, 0, 0, 0, 0, 0]),
            ].joined())
        let message = Bytes.message(
            104,
            table.header + table.key
                // Of a third member the end is missing.
                + Bytes.attribute(2, [1, 0, 0, 0, 6, 0, 0, 0, 2, 0, 0, 0, 0xFF, 0xFF, 0, 0, 3, 0, 0])
                + Bytes.attribute(3, [1, 0]) + Bytes.attribute(12, resilient) + Bytes.attribute(16, [1, 0, 0, 0]))
        let read = try #require(Everything(message).nextHops.first)
        var expected = NextHopObject(
            id: 7, group: [NextHopObject.Member(id: 1, weight: 7), NextHopObject.Member(id: 2, weight: 65536)])
        expected.resilience = NextHopObject.Resilience(buckets: 32, idleTimer: 1000, unbalancedTimer: 2000)
        expected.hardwareStatistics = true
        #expect(read == expected)
        #expect(read.resilience?.unbalancedTime == 5)
    }

    @Test func encapsulationIsRead() throws {
        let table = try single()
        let message = Bytes.message(
            104, table.header + table.key + Bytes.attribute(8, [4, 0, 9, 0]) + Bytes.attribute(7, [7, 0]))
        #expect(
            Everything(message).nextHops.first?.encapsulation == .other(type: 7, attributes: [4, 0, 9, 0]))
    }

    @Test func packetsOfMembers() throws {
        let kernel = try ScriptedKernel()
        let entry = { (id: UInt32, packets: [UInt8]) in
            Bytes.attribute(1, Bytes.attribute(1, Bytes.u32(id)) + Bytes.attribute(2, packets))
        }
        let statistics = entry(2, [9, 0, 0, 0]) + entry(1, [0, 0, 0, 0, 1, 0, 0, 0])
        let table = group()
        kernel.queue(
            Bytes.message(
                104,
                table.header + table.key + Bytes.attribute(2, [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0])
                    + Bytes.attribute(15, statistics)))
        let hop = try kernel.connection.nextHop(id: 7, statistics: true, Purpose("find"))
        #expect(hop?.group.map(\.packets) == [1 << 32, 9])
        let sent = kernel.request()
        #expect(
            sent
                == Bytes.message(
                    106, flags: 1, [0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 1, 0, 7, 0, 0, 0, 8, 0, 14, 0, 1, 0, 0, 0]))
    }

    @Test func aFilteredDump() throws {
        let kernel = try ScriptedKernel(Bytes.done())
        var filter = NextHopFilter()
        filter.family = .v6
        filter.linkIndex = 9
        filter.masterIndex = 4
        filter.groupsOnly = true
        filter.fdbOnly = true
        #expect(try kernel.connection.nextHops(filter) == [])
        let sent = kernel.request()
        #expect(
            sent
                == Bytes.message(
                    106, flags: 0x301,
                    [10, 0, 0, 0, 0, 0, 0, 0] + [8, 0, 5, 0, 9, 0, 0, 0] + [8, 0, 10, 0, 4, 0, 0, 0] + [4, 0, 9, 0]
                        + [4, 0, 11, 0]))
    }

    @Test func aBucket() throws {
        let contents =
            Bytes.attribute(1, [3, 0]) + Bytes.attribute(2, [5, 0, 0, 0, 0, 0, 0, 0])
            + Bytes.attribute(3, [9, 0, 0, 0])
        let message = Bytes.message(
            116, [UInt8](repeating: 0, count: 8) + Bytes.attribute(1, [7, 0, 0, 0]) + Bytes.attribute(13, contents))
        let bucket = try #require(Everything(message).buckets.first)
        #expect(bucket == NextHopBucket(groupID: 7, index: 3, nextHopID: 9, idleTime: 0))
        #expect(bucket.idleTime == 5)
    }

    // swift-format-ignore
    @Test func theKernelChoosesTheID() throws {
        let kernel = try ScriptedKernel(
            Bytes.message(104, [2, 253, 0, 0, 0, 0, 0, 0] + Bytes.attribute(1, [1, 0, 0, 1])))
        let made = try kernel.connection.write(
            NextHopObject(id: 0, remote: IPAddress(parsing: "192.168.50.29")), .add, Purpose("add"))
        #expect(made?.id == 0x0100_0001)
        let expected: [[UInt8]] = [
            [0x24, 0, 0, 0, 104, 0, 0x09, 0x06, 1, 0, 0, 0, 0, 0, 0, 0],  // RTM_NEWNEXTHOP, ECHO | EXCL | CREATE
            [2, 0, 0, 0, 0, 0, 0, 0],                                     // nhmsg: AF_INET
            [4, 0, 11, 0],                                                // NHA_FDB
            [8, 0, 6, 0, 192, 168, 50, 29],                               // NHA_GATEWAY
        ]
        let sent = kernel.request()
        #expect(sent == Array(expected.joined()))
    }
}
