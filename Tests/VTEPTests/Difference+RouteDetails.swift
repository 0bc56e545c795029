import VTEP

/// What routes have besides their way: metrics, encapsulations, sources and the like; and the ways to write one.
extension Difference {
    /// A route told to both, to 10.1.0.0/16 by 192.168.50.1 or to 2001:db8::/32 by fd50::9.
    private static func v4(
        _ arguments: String, _ change: @escaping @Sendable (inout Route, UInt32) throws -> Void
    ) -> Difference {
        Difference("v4 route \(arguments)", "ip route add 10.1.0.0/16 via 192.168.50.1 \(arguments)") {
            var route = try Route(to: prefix("10.1.0.0/16"), via: ip("192.168.50.1"))
            try change(&route, $0.link(named: "u0").index)
            try $0.addRoute(route)
        }
    }

    private static func v6(
        _ arguments: String, _ change: @escaping @Sendable (inout Route, UInt32) throws -> Void
    ) -> Difference {
        Difference("v6 route \(arguments)", "ip route add 2001:db8::/32 via fd50::9 \(arguments)") {
            var route = try Route(to: prefix("2001:db8::/32"), via: ip("fd50::9"))
            try change(&route, $0.link(named: "u0").index)
            try $0.addRoute(route)
        }
    }

    static let routeDetails = metrics + encapsulations + others + writes

    private static let metrics = [
        v4("mtu 1400") { route, _ in route.metrics[.mtu] = 1400 },
        v4("mtu lock 1400 advmss 1300 window 65000 hoplimit 9") { route, _ in
            route.metrics[.mtu] = 1400
            route.metrics.setLocked(.mtu)
            route.metrics[.advertisedMSS] = 1300
            route.metrics[.window] = 65000
            route.metrics[.hopLimit] = 9
        },
        v4("rtt 100ms rttvar 50ms ssthresh 20 cwnd lock 30 reordering 5 rto_min 200ms") { route, _ in
            route.metrics[.roundTripTime] = 800  // eighths of a millisecond
            route.metrics[.roundTripVariance] = 200  // quarters
            route.metrics[.slowStartThreshold] = 20
            route.metrics[.congestionWindow] = 30
            route.metrics.setLocked(.congestionWindow)
            route.metrics[.reordering] = 5
            route.metrics[.minimumRetransmissionTimeout] = 200
            // `ip` locks it: the kernel looks at no other.
            route.metrics.setLocked(.minimumRetransmissionTimeout)
        },
        v4("initcwnd 20 initrwnd 30 quickack 1 features ecn fastopen_no_cookie 1") { route, _ in
            route.metrics[.initialCongestionWindow] = 20
            route.metrics[.initialReceiveWindow] = 30
            route.metrics[.quickAcknowledgement] = 1
            route.metrics[.features] = 1
            route.metrics[.fastOpenWithoutCookie] = 1
        },
        v6("mtu 1400 congctl cubic") { route, _ in
            route.metrics[.mtu] = 1400
            route.metrics.congestionControl = "cubic"
        },
    ]

    private static let encapsulations = [
        v4("encap ip id 120 dst 192.168.50.29") { route, _ in
            route.encapsulation = .tunnel(try TunnelKey(vni: VNI(120), destination: ip("192.168.50.29")))
        },
        v4("encap ip id 120 src 192.168.50.233 dst 192.168.50.29 ttl 64 tos 8 csum key seq vxlan_opts 9") { route, _ in
            var key = try TunnelKey(
                vni: VNI(120), destination: ip("192.168.50.29"), source: ip("192.168.50.233"))
            key.timeToLive = 64
            key.typeOfService = 8
            key.flags = [.checksum, .key, .sequence]
            key.groupPolicy = 9
            route.encapsulation = .tunnel(key)
        },
        v6("encap ip6 id 120 dst fd50::29 hoplimit 9 tc 8") { route, _ in
            var key = try TunnelKey(vni: VNI(120), destination: ip("fd50::29"))
            key.timeToLive = 9
            key.typeOfService = 8
            route.encapsulation = .tunnel(key)
        },
        Difference(
            "encapsulations of next hops",
            """
            ip route add 10.1.0.0/16 nexthop encap ip id 7 dst 192.168.50.29 via 192.168.50.1 dev u0 onlink \
            nexthop via 192.168.50.2 dev u0 weight 2
            """
        ) { host in
            let u0 = try host.link(named: "u0").index
            var first = try NextHop(gateway: ip("192.168.50.1"), linkIndex: u0)
            first.encapsulation = .tunnel(try TunnelKey(vni: VNI(7), destination: ip("192.168.50.29")))
            first.flags = .onLink
            let second = try NextHop(gateway: ip("192.168.50.2"), linkIndex: u0, weight: 2)
            var route = try Route(to: prefix("10.1.0.0/16"))
            route.nextHops = [first, second]
            try host.addRoute(route)
        },
    ]

    private static let others = [
        v4("tos 0x10 metric 5") { route, _ in
            route.typeOfService = 0x10
            route.metric = 5
        },
        v4("realm 2/1") { route, _ in route.realms = 2 << 16 | 1 },
        v4("proto bgp scope site") { route, _ in
            route.origin = .bgp
            route.scope = .site
        },
        v6("from fd01::/16") { route, _ in route.sourcePrefix = try prefix("fd01::/16") },
        v6("pref high") { route, _ in route.preference = .high },
        v6("expires 600") { route, _ in route.expires = 600 },
        Difference("throw", "ip route add throw 10.1.0.0/16 table 1000") {
            var route = try Route(to: prefix("10.1.0.0/16"))
            route.type = .throw
            route.table = RouteTable(rawValue: 1000)
            try $0.addRoute(route)
        },
    ]

    private static let writes = [
        Difference(
            "updated route", "ip route add 10.1.0.0/16 via 192.168.50.1", "ip route change 10.1.0.0/16 via 192.168.50.2"
        ) {
            try $0.addRoute(Route(to: prefix("10.1.0.0/16"), via: ip("192.168.50.1")))
            try $0.updateRoute(Route(to: prefix("10.1.0.0/16"), via: ip("192.168.50.2")))
        },
        Difference(
            "appended route", "ip route add 10.1.0.0/16 via 192.168.50.1",
            "ip route append 10.1.0.0/16 via 192.168.50.2"
        ) {
            try $0.addRoute(Route(to: prefix("10.1.0.0/16"), via: ip("192.168.50.1")))
            try $0.appendRoute(Route(to: prefix("10.1.0.0/16"), via: ip("192.168.50.2")))
        },
        Difference(
            "appended v6 route", "ip route add 2001:db8::/32 via fd50::9", "ip route append 2001:db8::/32 via fd50::a"
        ) {
            try $0.addRoute(Route(to: prefix("2001:db8::/32"), via: ip("fd50::9")))
            try $0.appendRoute(Route(to: prefix("2001:db8::/32"), via: ip("fd50::a")))
        },
        Difference(
            "prepended route", "ip route add 10.1.0.0/16 via 192.168.50.1",
            "ip route prepend 10.1.0.0/16 via 192.168.50.2"
        ) {
            try $0.addRoute(Route(to: prefix("10.1.0.0/16"), via: ip("192.168.50.1")))
            try $0.apply([.writeRoute(Route(to: prefix("10.1.0.0/16"), via: ip("192.168.50.2")), .prepend)])
        },
    ]
}
