import VTEP

extension Difference {
    /// A rule told to both. Its words are those of `ip rule add`.
    private static func rule(
        _ arguments: String, _ family: IPAddress.Family = .v4,
        _ change: @escaping @Sendable (inout RoutingRule) throws -> Void
    ) -> Difference {
        Difference("rule \(arguments)", "ip -\(family == .v4 ? "4" : "6") rule add \(arguments)") {
            var rule = RoutingRule(family, table: .main)
            try change(&rule)
            try $0.addRule(rule)
        }
    }

    static let rules = [
        rule("table main") { _ in },
        rule("priority 100 from 10.0.0.0/8 to 11.0.0.0/8 table 1000") {
            $0.priority = 100
            $0.source = try prefix("10.0.0.0/8")
            $0.destination = try prefix("11.0.0.0/8")
            $0.table = RouteTable(rawValue: 1000)
        },
        rule("priority 100 from fd50::/16 table 7", .v6) {
            $0.priority = 100
            $0.source = try prefix("fd50::/16")
            $0.table = RouteTable(rawValue: 7)
        },
        rule("iif u0 oif lo fwmark 7/15 tos 0x10 table main") {
            $0.inputLink = "u0"
            $0.outputLink = "lo"
            $0.mark = 7
            $0.markMask = 15
            $0.typeOfService = 0x10
        },
        rule("not ipproto udp sport 100-200 dport 4789 uidrange 0-0 protocol static table main") {
            $0.isInverted = true
            $0.ipProtocol = 17
            $0.sourcePorts = 100...200
            $0.destinationPorts = 4789...4789
            $0.users = 0...0  // all that there is in a user namespace
            $0.origin = .static
        },
        rule("tun_id 120 table main suppress_prefixlength 0 suppress_ifgroup 3") {
            $0.tunnelID = 120
            $0.suppressedPrefixLength = 0
            $0.suppressedGroup = 3
        },
        rule("priority 100 realms 2/1 table main") {
            $0.priority = 100
            $0.realms = 2 << 16 | 1
        },
        rule("priority 100 goto 32766") {
            $0.priority = 100
            $0.action = .goto
            $0.table = nil
            $0.target = 32766
        },
        rule("priority 100 goto 200") {  // which is not there
            $0.priority = 100
            $0.action = .goto
            $0.table = nil
            $0.target = 200
        },
        rule("priority 100 l3mdev protocol 3") {
            $0.priority = 100
            $0.isL3Master = true
            $0.table = nil
            $0.origin = .boot
        },
        rule("priority 100 iif nowhere blackhole") {
            $0.priority = 100
            $0.inputLink = "nowhere"
            $0.action = .blackhole
            $0.table = nil
        },
        rule("priority 100 prohibit", .v6) {
            $0.priority = 100
            $0.action = .prohibit
            $0.table = nil
        },
        rule("priority 100 nop") {
            $0.priority = 100
            $0.action = .nothing
            $0.table = nil
        },
        Difference(
            "deleted rule", "ip rule add priority 100 from 10.0.0.0/8 table 7", "ip rule add priority 100 table 8",
            "ip rule del priority 100 table 8", "ip rule del priority 32767"
        ) {
            var rule = RoutingRule(.v4, table: RouteTable(rawValue: 7), priority: 100)
            rule.source = try prefix("10.0.0.0/8")
            try $0.addRule(rule)
            try $0.addRule(RoutingRule(.v4, table: RouteTable(rawValue: 8), priority: 100))
            try $0.deleteRule(RoutingRule(.v4, table: RouteTable(rawValue: 8), priority: 100))
            let last = try $0.rules(family: .v4).last
            if let last { try $0.deleteRule(last) }
        },
    ]
}
