import Testing
import VTEPWire

@testable import VTEPNetlink

/// `FRA_*` of linux/fib_rules.h, by number.
struct RuleAttributeTests {
    private func table(
        _ family: UInt8, _ base: RoutingRule, _ rows: [AttributeRow<RoutingRule>], left: [Int: String] = [:]
    ) -> AttributeTable<RoutingRule> {
        AttributeTable(
            // fib_rule_hdr: prefixes of 8 bits, no TOS, table 254, lookup
            type: 32, header: [family, 8, 8, 0, 254, 0, 0, 1, 0, 0, 0, 0],
            key: Bytes.attribute(1, [10, 0, 0, 0]) + Bytes.attribute(2, [11, 0, 0, 0])
                + Bytes.attribute(6, Bytes.u32(5)),
            base: base, rows: rows, left: left, read: { $0.rules.first }, write: { $0.write($1, .add) })
    }

    private func v4() throws -> AttributeTable<RoutingRule> {
        var base = RoutingRule(.v4, table: .main, priority: 5)
        base.destination = try IPPrefix(parsing: "10.0.0.0/8")
        base.source = try IPPrefix(parsing: "11.0.0.0/8")
        return table(
            2, base,
            [
                AttributeRow(1, "FRA_DST", [12, 0, 0, 0]) { $0.destination = try IPPrefix(parsing: "12.0.0.0/8") },
                AttributeRow(2, "FRA_SRC", [13, 0, 0, 0]) { $0.source = try IPPrefix(parsing: "13.0.0.0/8") },
                AttributeRow(3, "FRA_IIFNAME", Array("u0\0".utf8)) { $0.inputLink = "u0" },
                AttributeRow(4, "FRA_GOTO", Bytes.u32(100)) { $0.target = 100 },
                AttributeRow(6, "FRA_PRIORITY", Bytes.u32(7)) { $0.priority = 7 },
                AttributeRow(10, "FRA_FWMARK", Bytes.u32(9)) { $0.mark = 9 },
                AttributeRow(11, "FRA_FLOW", Bytes.u32(0x2_0001)) { $0.realms = 0x2_0001 },
                AttributeRow(12, "FRA_TUN_ID", [0, 0, 0, 0, 0, 0, 0, 120]) { $0.tunnelID = 120 },
                AttributeRow(13, "FRA_SUPPRESS_IFGROUP", Bytes.u32(3)) { $0.suppressedGroup = 3 },
                AttributeRow(14, "FRA_SUPPRESS_PREFIXLEN", Bytes.u32(0)) { $0.suppressedPrefixLength = 0 },
                AttributeRow(15, "FRA_TABLE", Bytes.u32(1000)) { $0.table = RouteTable(rawValue: 1000) },
                AttributeRow(16, "FRA_FWMASK", Bytes.u32(15)) { $0.markMask = 15 },
                AttributeRow(17, "FRA_OIFNAME", Array("u1\0".utf8)) { $0.outputLink = "u1" },
                AttributeRow(19, "FRA_L3MDEV", [1]) { $0.isL3Master = true },
                AttributeRow(20, "FRA_UID_RANGE", Bytes.u32(1000) + Bytes.u32(2000)) { $0.users = 1000...2000 },
                AttributeRow(21, "FRA_PROTOCOL", [186]) { $0.origin = .bgp },
                AttributeRow(22, "FRA_IP_PROTO", [17]) { $0.ipProtocol = 17 },
                AttributeRow(23, "FRA_SPORT_RANGE", Bytes.u16(100) + Bytes.u16(200)) { $0.sourcePorts = 100...200 },
                AttributeRow(24, "FRA_DPORT_RANGE", Bytes.u16(4789) + Bytes.u16(4789)) {
                    $0.destinationPorts = 4789...4789
                },
                AttributeRow(25, "FRA_DSCP", [46]) { $0.dscp = RoutingRule.Masked(46) },
                AttributeRow(28, "FRA_SPORT_MASK", Bytes.u16(0xFF00)) { $0.sourcePortMask = 0xFF00 },
                AttributeRow(29, "FRA_DPORT_MASK", Bytes.u16(0xFF00)) { $0.destinationPortMask = 0xFF00 },
                AttributeRow(30, "FRA_DSCP_MASK", [0x30]) { $0.dscp = RoutingRule.Masked(0, mask: 0x30) },
            ],
            left: [
                5: "unused", 7: "unused", 8: "unused", 9: "unused", 18: "padding", 26: "of IPv6", 27: "of IPv6",
            ])
    }

    @Test func everyAttributeOfRules() throws {
        let named = try v4()
        try named.check()
        named.checkComplete(through: 30)  // FRA_DSCP_MASK, as of Linux 6.18
    }

    @Test func flowLabels() throws {
        var rule = RoutingRule(.v6, table: .main, priority: 5)
        rule.flowLabel = RoutingRule.Masked(0xABCDE, mask: 0xF0000)
        let attributes = Bytes.attribute(26, [0, 0x0A, 0xBC, 0xDE]) + Bytes.attribute(27, [0, 0x0F, 0, 0])
        let header: [UInt8] = [10, 0, 0, 0, 254, 0, 0, 1, 0, 0, 0, 0]
        let read = Everything(Bytes.message(32, header + Bytes.attribute(6, Bytes.u32(5)) + attributes))
        #expect(read.rules.first == rule)
        var request = try Request()
        request.write(rule, .add)
        let bytes = try #require(try unsafe request.withBytes(sequence: 1) { unsafe Array($0) })
        #expect(Array(bytes.suffix(16)) == attributes)
    }

    /// What stands in the fixed header, and what the kernel writes for "none".
    @Test func theHeader() throws {
        let header: [UInt8] = [2, 0, 0, 0x10, 0, 0, 0, 6, 0x1A, 0, 0, 0]  // TOS 0x10, blackhole; invert, no such links
        let none =
            Bytes.attribute(13, Bytes.u32(.max)) + Bytes.attribute(14, Bytes.u32(.max))
            + Bytes.attribute(15, Bytes.u32(0))
        let rule = try #require(Everything(Bytes.message(32, header + none)).rules.first)
        var expected = RoutingRule(.v4, .blackhole, priority: 0)
        expected.typeOfService = 0x10
        expected.isInverted = true
        expected.status = [.inputLinkMissing, .outputLinkMissing]
        #expect(rule == expected)
        var request = try Request()
        request.delete(rule)
        let bytes = try #require(try unsafe request.withBytes(sequence: 1) { unsafe Array($0) })
        #expect(Array(bytes[16..<28]) == [2, 0, 0, 0x10, 0, 0, 0, 6, 2, 0, 0, 0], "RTM_DELRULE asks for no status")
        #expect(Bytes.attributes(of: bytes, after: 12).map(\.0) == [6])
    }
}
