import VTEP

/// Addresses and routes.
extension Difference {
    static let tables = addresses + routes + neighbours

    static let allTables = [tables, routeDetails, nextHops, rules, fdb].flatMap { $0 }

    /// An address on u0 told to both, with all that belongs to it.
    private static func address(
        _ text: String, _ arguments: String,
        change: @escaping @Sendable (inout InterfaceAddress) throws -> Void
    ) -> Difference {
        var difference = Difference("address \(text) \(arguments)") {
            var address = InterfaceAddress(try prefix(text), linkIndex: try $0.link(named: "u0").index)
            try change(&address)
            try $0.addAddress(address)
        }
        difference.theirs = ["ip addr add \(text) \(arguments) dev u0"]
        return difference
    }

    private static let addresses = [
        Difference("v4 address", "ip addr add 10.16.0.2/24 dev u1") {
            try $0.addAddress(prefix("10.16.0.2/24"), to: "u1")
        },
        Difference("v4 broadcast", "ip addr add 10.16.0.2/24 brd 10.16.0.255 dev u1") {
            try $0.addAddress(prefix("10.16.0.2/24"), to: "u1", broadcast: ip("10.16.0.255"))
        },
        Difference("host address", "ip addr add 10.16.0.2/32 dev u1") {
            try $0.addAddress(prefix("10.16.0.2/32"), to: "u1")
        },
        Difference("loopback address", "ip addr add 127.0.0.2/8 dev lo") {
            try $0.addAddress(prefix("127.0.0.2/8"), to: "lo")
        },
        Difference("secondary address", "ip addr add 192.168.50.234/24 dev u0") {
            try $0.addAddress(prefix("192.168.50.234/24"), to: "u0")
        },
        Difference("v6 address", "ip addr add fd16::2/64 dev u1") { try $0.addAddress(prefix("fd16::2/64"), to: "u1") },
        address("10.16.0.2/24", "brd + label u0:a metric 7 noprefixroute scope link") {
            $0.broadcast = try ip("10.16.0.255")
            $0.label = "u0:a"
            $0.metric = 7
            $0.flags = .noPrefixRoute
            $0.scope = .link
        },
        address("10.16.0.2/32", "peer 10.17.0.0/24") {
            $0.prefix = try prefix("10.16.0.2/24")
            $0.peer = try ip("10.17.0.0")
        },
        address("10.16.0.2/24", "valid_lft 5000 preferred_lft 4000") {
            $0.validLifetime = 5000
            $0.preferredLifetime = 4000
        },
        address("229.1.1.1/32", "autojoin") { $0.flags = .autoJoin },
        address("fd16::2/64", "home nodad mngtmpaddr noprefixroute valid_lft 5000 preferred_lft 4000") {
            $0.flags = [.home, .noDuplicateDetection, .managedTemporary, .noPrefixRoute]
            $0.validLifetime = 5000
            $0.preferredLifetime = 4000
        },
        address("fd16::2/64", "nodad metric 7") {
            $0.flags = .noDuplicateDetection
            $0.metric = 7
        },
        address("fd16::2", "peer fd17::3/64 nodad") {
            $0.prefix = try prefix("fd16::2/64")
            $0.peer = try ip("fd17::3")
            $0.flags = .noDuplicateDetection
        },
        Difference(
            "replaced address", "ip addr add 10.16.0.2/24 dev u0",
            "ip addr replace 10.16.0.2/24 dev u0 valid_lft 5000 preferred_lft 4000"
        ) {
            var address = InterfaceAddress(try prefix("10.16.0.2/24"), linkIndex: try $0.link(named: "u0").index)
            try $0.addAddress(address)
            address.validLifetime = 5000
            address.preferredLifetime = 4000
            try $0.replaceAddress(address)
        },
        Difference("flushed addresses", "ip addr add 10.16.0.2/24 dev u0", "ip -4 addr flush dev u0") {
            try $0.addAddress(prefix("10.16.0.2/24"), to: "u0")
            try $0.flushAddresses(of: "u0", family: .v4)
        },
        Difference("deleted v4 address", "ip addr del 192.168.50.233/24 dev u0") {
            try $0.deleteAddress(prefix("192.168.50.233/24"), from: "u0")
        },
        Difference("deleted v6 address", "ip addr del fd50::1/64 dev u0") {
            try $0.deleteAddress(prefix("fd50::1/64"), from: "u0")
        },
    ]

    /// A route told to both; `change` has the host to ask for indices.
    private static func route(
        _ destination: String, _ arguments: String,
        _ change: @escaping @Sendable (inout Route, UInt32) throws -> Void
    ) -> Difference {
        Difference("route to \(destination) \(arguments)", "ip route add \(destination) \(arguments)") {
            var route = try Route(to: prefix(destination))
            try change(&route, $0.link(named: "u0").index)
            try $0.addRoute(route)
        }
    }

    private static let routes = [
        route("10.1.0.0/16", "via 192.168.50.1") { route, _ in route.gateway = try ip("192.168.50.1") },
        route("0.0.0.0/0", "via 192.168.50.1") { route, _ in route.gateway = try ip("192.168.50.1") },
        route("10.1.0.0/16", "dev u0") { route, u0 in route.linkIndex = u0 },
        route("10.1.0.1/32", "via 192.168.50.1 dev u0 metric 7") { route, u0 in
            route.gateway = try ip("192.168.50.1")
            route.linkIndex = u0
            route.metric = 7
        },
        route("10.1.0.0/16", "via 192.168.50.1 table 1000") { route, _ in
            route.gateway = try ip("192.168.50.1")
            route.table = RouteTable(rawValue: 1000)
        },
        route("10.1.0.0/16", "via 192.168.50.1 table 4294967294 proto static") { route, _ in
            route.gateway = try ip("192.168.50.1")
            route.table = RouteTable(rawValue: 4_294_967_294)
            route.origin = .static
        },
        route("10.1.0.0/16", "via 10.77.0.1 dev u0 onlink src 192.168.50.233") { route, u0 in
            route.gateway = try ip("10.77.0.1")
            route.linkIndex = u0
            route.onLink = true
            route.preferredSource = try ip("192.168.50.233")
        },
        route("10.1.0.0/16", "via inet6 fd50::9 dev u0") { route, u0 in
            route.gateway = try ip("fd50::9")
            route.linkIndex = u0
        },
        Difference("blackhole", "ip route add blackhole 10.1.0.0/16") {
            var route = try Route(to: prefix("10.1.0.0/16"))
            route.type = .blackhole
            try $0.addRoute(route)
        },
        Difference(
            "v4 next hops",
            """
            ip route add 10.1.0.0/16 nexthop via 192.168.50.1 weight 3 nexthop dev u0 \
            nexthop via inet6 fd50::9 dev u0 weight 256
            """
        ) {
            let u0 = try $0.link(named: "u0").index
            var route = try Route(to: prefix("10.1.0.0/16"))
            route.nextHops = [
                NextHop(gateway: try ip("192.168.50.1"), weight: 3), NextHop(linkIndex: u0),
                NextHop(gateway: try ip("fd50::9"), linkIndex: u0, weight: 256),
            ]
            try $0.addRoute(route)
        },
        route("2001:db8::/32", "via fd50::9") { route, _ in route.gateway = try ip("fd50::9") },
        route("::/0", "via fe80::9 dev u0 metric 5 table 1000") { route, u0 in
            route.gateway = try ip("fe80::9")
            route.linkIndex = u0
            route.metric = 5
            route.table = RouteTable(rawValue: 1000)
        },
        Difference("v6 unreachable", "ip -6 route add unreachable 2001:db8::/32") {
            var route = try Route(to: prefix("2001:db8::/32"))
            route.type = .unreachable
            try $0.addRoute(route)
        },
        Difference("v6 next hops", "ip -6 route add 2001:db8::/32 nexthop via fd50::9 nexthop via fd50::a weight 2") {
            var route = try Route(to: prefix("2001:db8::/32"))
            route.nextHops = [NextHop(gateway: try ip("fd50::9")), NextHop(gateway: try ip("fd50::a"), weight: 2)]
            try $0.addRoute(route)
        },
        Difference(
            "replaced route", "ip route add 10.1.0.0/16 via 192.168.50.1",
            "ip route replace 10.1.0.0/16 via 192.168.50.2"
        ) {
            try $0.addRoute(Route(to: prefix("10.1.0.0/16"), via: ip("192.168.50.1")))
            try $0.replaceRoute(Route(to: prefix("10.1.0.0/16"), via: ip("192.168.50.2")))
        },
        Difference(
            "deleted route", "ip route add 10.1.0.0/16 via 192.168.50.1 metric 7",
            "ip route add 10.1.0.0/16 via 192.168.50.1 metric 8", "ip route del 10.1.0.0/16 metric 8"
        ) {
            for metric in [7, 8] as [UInt32] {
                try $0.addRoute(Route(to: prefix("10.1.0.0/16"), via: ip("192.168.50.1"), metric: metric))
            }
            try $0.deleteRoute(Route(to: prefix("10.1.0.0/16"), metric: 8))
        },
        Difference("deleted connected route", "ip route del 192.168.50.0/24 dev u0", "ip -6 route del fd50::/64 dev u0")
        {
            let u0 = try $0.link(named: "u0").index
            try $0.deleteRoute(Route(to: prefix("192.168.50.0/24"), linkIndex: u0))
            try $0.deleteRoute(Route(to: prefix("fd50::/64"), linkIndex: u0))
        },
    ]
}
