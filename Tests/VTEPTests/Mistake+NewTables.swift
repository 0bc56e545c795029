import VTEP

/// Nexthop objects, rules, and what routes, addresses and neighbours have besides.
extension Mistake {
    static let newTables = nextHops + rules + details

    private static func hop(
        _ mistake: String, _ kind: VTEPError.Kind, _ words: String...,
        make: @escaping @Sendable (UInt32) throws -> NextHopObject
    ) -> Mistake {
        var result = Mistake(mistake, kind) { try $0.addNextHop(make($0.link(named: "u0").index)) }
        result.words = words
        return result
    }

    private static let nextHops = [
        hop("nexthop to nowhere", .invalidArgument, "write nexthop", "7", "nothing says where it leads") { _ in
            NextHopObject(id: 7, gateway: nil, linkIndex: nil)
        },
        hop("gateway without a link", .invalidArgument, "needs its link named") { _ in
            NextHopObject(id: 7, gateway: try ip("192.168.50.1"), linkIndex: nil)
        },
        hop("gateway that nobody reaches", .system, "add nexthop", "7", "Nexthop has invalid gateway") {
            NextHopObject(id: 7, gateway: try ip("10.99.0.1"), linkIndex: $0)
        },
        hop("group with a gateway", .invalidArgument, "a group", "make the way a member") {
            var hop = NextHopObject(id: 7, gateway: try ip("192.168.50.1"), linkIndex: $0)
            hop.group = [NextHopObject.Member(id: 1)]
            return hop
        },
        hop("group of nobody's", .invalidArgument, "there is no nexthop 9", "add the members before") { _ in
            NextHopObject(id: 7, group: [NextHopObject.Member(id: 9)])
        },
        hop("resilient nexthop that is no group", .invalidArgument, "only a group can be resilient") {
            var hop = NextHopObject(id: 7, gateway: nil, linkIndex: $0)
            hop.resilience = NextHopObject.Resilience(buckets: 4)
            return hop
        },
        hop("FDB nexthop with a link", .invalidArgument, "the remote VTEP, and nothing else") {
            var hop = NextHopObject(id: 7, remote: try ip("192.168.50.29"))
            hop.linkIndex = $0
            return hop
        },
        Mistake("mixed group", .invalidArgument, "nexthop 1 is none for FDB entries", "just as all of its members") {
            let u0 = try $0.link(named: "u0").index
            try $0.addNextHop(NextHopObject(id: 1, gateway: ip("192.168.50.1"), linkIndex: u0))
            try $0.addNextHop(NextHopObject(id: 7, group: [NextHopObject.Member(id: 1)], isFDB: true))
        },
        Mistake("nexthop held already", .exists, "add nexthop", "1", "its id is taken", "replace it") {
            let u0 = try $0.link(named: "u0").index
            try $0.addNextHop(NextHopObject(id: 1, gateway: ip("192.168.50.1"), linkIndex: u0))
            try $0.addNextHop(NextHopObject(id: 1, gateway: ip("192.168.50.2"), linkIndex: u0))
        },
        Mistake("nexthop that is not there", .notFound, "delete nexthop", "7") { try $0.deleteNextHop(id: 7) },
        Mistake("no nexthop", .notFound, "find nexthop", "7") { _ = try $0.nextHop(id: 7) },
        Mistake("buckets of nobody's", .notFound, "list buckets") { _ = try $0.nextHopBuckets(of: 7) },
        Mistake("route to no nexthop", .invalidArgument, "10.2.0.0/16", "there is no nexthop 9", "add it first") {
            var route = try Route(to: prefix("10.2.0.0/16"))
            route.nextHopID = 9
            try $0.addRoute(route)
        },
    ]

    private static func rule(
        _ mistake: String, _ words: String..., change: @escaping @Sendable (inout RoutingRule) throws -> Void
    ) -> Mistake {
        var result = Mistake(mistake, .invalidArgument) {
            var rule = RoutingRule(.v4, table: RouteTable(rawValue: 7), priority: 100)
            try change(&rule)
            try $0.addRule(rule)
        }
        result.words = words
        return result
    }

    private static let rules = [
        rule("rule from the other family", "write rule", "100: ", "fd00::/8 is of the other family") {
            $0.source = try prefix("fd00::/8")
        },
        rule("goto without a target", "set the target") { $0.action = .goto },
        rule("goto backwards", "goes back to 50", "a higher priority") {
            $0.action = .goto
            $0.target = 50
        },
        rule("target without goto", "does not go there") { $0.target = 200 },
        rule("rule with a flow label", "IPv4 has no flow label") { $0.flowLabel = RoutingRule.Masked(1) },
        rule("DSCP of seven bits", "six bits") { $0.dscp = RoutingRule.Masked(64) },
        rule("DSCP beside a TOS", "both a TOS and a DSCP") {
            $0.dscp = RoutingRule.Masked(8)
            $0.typeOfService = 0x10
        },
        rule("port 0", "1...65534") { $0.sourcePorts = 0...7 },
        rule("mask of many ports", "a single port") {
            $0.sourcePorts = 1...7
            $0.sourcePortMask = 0xFF00
        },
        rule("rule by a name that is none", "no name of a link") { $0.inputLink = "sixteen-letters-" },
        rule("table of a VRF and another", "leave out one") { $0.isL3Master = true },
        Mistake("rule held already", .exists, "add rule", "100: IPv4 from all", "there is one like it") {
            let rule = RoutingRule(.v4, table: RouteTable(rawValue: 7), priority: 100)
            try $0.addRule(rule)
            try $0.addRule(rule)
        },
        Mistake("rule that is not there", .notFound, "delete rule", "100") {
            try $0.deleteRule(RoutingRule(.v4, table: RouteTable(rawValue: 7), priority: 100))
        },
    ]

    private static func route(
        _ mistake: String, _ kind: VTEPError.Kind, _ words: String...,
        change: @escaping @Sendable (inout Route) throws -> Void
    ) -> Mistake {
        var result = Mistake(mistake, kind) {
            var route = try Route(to: prefix("10.2.0.0/16"), via: ip("192.168.50.1"))
            try change(&route)
            try $0.addRoute(route)
        }
        result.words = words
        return result
    }

    private static func address(
        _ mistake: String, _ words: String..., change: @escaping @Sendable (inout InterfaceAddress) throws -> Void
    ) -> Mistake {
        var result = Mistake(mistake, .invalidArgument) {
            var address = InterfaceAddress(try prefix("10.3.0.1/24"), linkIndex: try $0.link(named: "u0").index)
            try change(&address)
            try $0.addAddress(address)
        }
        result.words = words
        return result
    }

    private static let details = [
        route("v4 route by source", .invalidArgument, "cannot depend on the source; a rule can") {
            $0.sourcePrefix = try prefix("10.0.0.0/8")
        },
        route("v6 route by TOS", .invalidArgument, "no type of service; a rule can") {
            $0.destination = try prefix("2001:db8::/32")
            $0.gateway = try ip("fd50::9")
            $0.typeOfService = 8
        },
        route("unknown congestion control", .invalidArgument, "add route", "10.2.0.0/16") {
            $0.metrics.congestionControl = "nonesuch"
        },
        Mistake("update of no route", .notFound, "update route", "10.2.0.0/16") {
            try $0.updateRoute(Route(to: prefix("10.2.0.0/16"), via: ip("192.168.50.1")))
        },
        Mistake("lookup of the unreachable", .system, "find the route to", "203.0.113.1", "ENETUNREACH") {
            _ = try $0.route(RouteLookup(ip("203.0.113.1")))
        },
        Mistake("lookup from the other family", .invalidArgument, "fd50::1", "other address family") {
            var lookup = RouteLookup(try ip("10.1.0.1"))
            lookup.source = try ip("fd50::1")
            _ = try $0.route(lookup)
        },
        address("group that nobody joins", "229.1.1.1", "set the flag autoJoin") {
            $0.prefix = try prefix("229.1.1.1/32")
        },
        address("label of a v6 address", "only an IPv4 address has a label") {
            $0.prefix = try prefix("fd16::1/64")
            $0.label = "u0:x"
        },
        address("preferred longer than valid", "preferred for 20 seconds", "valid for 10") {
            $0.validLifetime = 10
            $0.preferredLifetime = 20
        },
        address("peer of the other family", "fd16::2", "other family") { $0.peer = try ip("fd16::2") },
        Mistake("permanent managed neighbour", .invalidArgument, "resolves a managed entry by itself") {
            try $0.addNeighbour(
                Neighbour(
                    address: ip("192.168.50.9"), macAddress: mac("02:00:00:00:00:09"),
                    linkIndex: $0.link(named: "u0").index, flags: .managed))
        },
        Mistake("update of no neighbour", .notFound, "update neighbour", "192.168.50.9") {
            try $0.updateNeighbour(
                Neighbour(
                    address: ip("192.168.50.9"), macAddress: mac("02:00:00:00:00:09"),
                    linkIndex: $0.link(named: "u0").index))
        },
        Mistake("no neighbour", .notFound, "find neighbour", "192.168.50.9") {
            _ = try $0.neighbour(
                like: Neighbour(
                    address: ip("192.168.50.9"), macAddress: nil, linkIndex: $0.link(named: "u0").index))
        },
    ]
}
