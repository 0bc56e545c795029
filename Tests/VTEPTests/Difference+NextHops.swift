import VTEP

/// Nexthop objects, and routes and FDB entries that name them.
extension Difference {
    /// Commands of `ip` in a namespace with the underlay; `ours` has the index of u0.
    private static func commands(
        _ commands: String..., ours: @escaping @Sendable (borrowing Host, UInt32) throws -> Void
    ) -> Difference {
        var difference = Difference("\(commands)") { try ours($0, $0.link(named: "u0").index) }
        difference.theirs = commands.map { "ip \($0)" }
        return difference
    }

    /// The same with two nexthops, 1 and 2.
    private static func withTwo(
        _ more: String..., ours: @escaping @Sendable (borrowing Host, UInt32) throws -> Void
    ) -> Difference {
        var difference = Difference("two nexthops and \(more)") { host in
            let u0 = try host.link(named: "u0").index
            try host.addNextHop(NextHopObject(id: 1, gateway: ip("192.168.50.1"), linkIndex: u0))
            try host.addNextHop(NextHopObject(id: 2, gateway: ip("192.168.50.2"), linkIndex: u0))
            try ours(host, u0)
        }
        let two = ["nexthop add id 1 via 192.168.50.1 dev u0", "nexthop add id 2 via 192.168.50.2 dev u0"]
        difference.theirs = (two + more).map { "ip \($0)" }
        return difference
    }

    private static func group(_ members: (UInt32, UInt32)...) -> [NextHopObject.Member] {
        members.map { NextHopObject.Member(id: $0.0, weight: $0.1) }
    }

    static let nextHops = singles + groups + users

    private static let singles = [
        commands("nexthop add id 7 dev u0") { host, u0 in
            try host.addNextHop(NextHopObject(id: 7, gateway: nil, linkIndex: u0))
        },
        commands("nexthop add id 7 via 10.77.0.1 dev u0 onlink proto static") { host, u0 in
            var hop = try NextHopObject(id: 7, gateway: ip("10.77.0.1"), linkIndex: u0)
            hop.flags = .onLink
            hop.origin = .static
            try host.addNextHop(hop)
        },
        commands("nexthop add id 7 via fd50::9 dev u0") { host, u0 in
            try host.addNextHop(NextHopObject(id: 7, gateway: ip("fd50::9"), linkIndex: u0))
        },
        commands("nexthop add id 7 blackhole", "-6 nexthop add id 8 blackhole") { host, _ in
            try host.addNextHop(.blackhole(id: 7))
            try host.addNextHop(.blackhole(id: 8, family: .v6))
        },
        commands("nexthop add id 7 encap ip id 120 dst 192.168.50.29 via 192.168.50.1 dev u0") { host, u0 in
            var hop = try NextHopObject(id: 7, gateway: ip("192.168.50.1"), linkIndex: u0)
            hop.encapsulation = .tunnel(try TunnelKey(vni: VNI(120), destination: ip("192.168.50.29")))
            try host.addNextHop(hop)
        },
        commands("nexthop add via 192.168.50.1 dev u0") { host, u0 in
            let made = try host.addNextHop(NextHopObject(id: 0, gateway: ip("192.168.50.1"), linkIndex: u0))
            if made.id == 0 { throw Unexpected() }
        },
        commands("nexthop add id 7 via 192.168.50.1 dev u0", "nexthop replace id 7 via 192.168.50.2 dev u0") {
            host, u0 in
            for gateway in ["192.168.50.1", "192.168.50.2"] {
                try host.replaceNextHop(NextHopObject(id: 7, gateway: ip(gateway), linkIndex: u0))
            }
        },
    ]

    private static let groups = [
        withTwo("nexthop add id 3 group 1,7/2") { host, _ in
            try host.addNextHop(NextHopObject(id: 3, group: group((1, 7), (2, 1))))
        },
        withTwo(
            "nexthop add id 3 group 1/2,256 type resilient buckets 8 idle_timer 60 unbalanced_timer 120"
        ) { host, _ in
            var hop = NextHopObject(id: 3, group: group((1, 1), (2, 256)))
            hop.resilience = NextHopObject.Resilience(buckets: 8, idleTimer: 6000, unbalancedTimer: 12000)
            try host.addNextHop(hop)
        },
        withTwo("nexthop add id 3 group 1/2", "nexthop replace id 3 group 2", "nexthop del id 1") { host, _ in
            try host.addNextHop(NextHopObject(id: 3, group: group((1, 1), (2, 1))))
            try host.replaceNextHop(NextHopObject(id: 3, group: group((2, 1))))
            try host.deleteNextHop(id: 1)
        },
        withTwo("nexthop add id 3 group 1/2", "nexthop add id 4 blackhole", "nexthop flush dev u0") { host, u0 in
            try host.addNextHop(NextHopObject(id: 3, group: group((1, 1), (2, 1))))
            try host.addNextHop(.blackhole(id: 4))
            var filter = NextHopFilter()
            filter.linkIndex = u0
            try host.flushNextHops(filter)
        },
        withTwo("nexthop add id 3 group 1/2", "nexthop flush groups") { host, _ in
            try host.addNextHop(NextHopObject(id: 3, group: group((1, 1), (2, 1))))
            var filter = NextHopFilter()
            filter.groupsOnly = true
            try host.flushNextHops(filter)
        },
    ]

    private static let users = [
        withTwo("nexthop add id 3 group 1/2", "route add 10.1.0.0/16 nhid 3 mtu 1400") { host, _ in
            try host.addNextHop(NextHopObject(id: 3, group: group((1, 1), (2, 1))))
            var route = try Route(to: prefix("10.1.0.0/16"))
            route.nextHopID = 3
            route.metrics[.mtu] = 1400
            try host.addRoute(route)
        },
        commands("nexthop add id 7 via fd50::9 dev u0", "route add 2001:db8::/32 nhid 7") { host, u0 in
            try host.addNextHop(NextHopObject(id: 7, gateway: ip("fd50::9"), linkIndex: u0))
            var route = try Route(to: prefix("2001:db8::/32"))
            route.nextHopID = 7
            try host.addRoute(route)
        },
        fdbGroup,
    ]

    /// A VXLAN device's entry whose remote is one of a group of VTEPs.
    private static let fdbGroup: Difference = {
        var difference = Difference("FDB nexthop group") { host in
            try host.addNextHop(NextHopObject(id: 1, remote: ip("192.168.50.29")))
            try host.addNextHop(NextHopObject(id: 2, remote: ip("192.168.50.30")))
            try host.addNextHop(NextHopObject(id: 10, group: group((1, 3), (2, 1)), isFDB: true))
            var vxlan = try VXLANConfiguration(name: "vxlan0", vni: VNI(120), device: "u0")
            vxlan.macAddress = try mac("02:00:00:00:01:20")
            var entry = try FDBEntry(
                macAddress: mac("02:00:00:00:00:05"), linkIndex: host.createVXLAN(vxlan).index)
            entry.nextHopID = 10
            try host.addFDB(entry)
        }
        difference.theirs = [
            "ip nexthop add id 1 via 192.168.50.29 fdb", "ip nexthop add id 2 via 192.168.50.30 fdb",
            "ip nexthop add id 10 group 1,3/2 fdb",
            "ip link add vxlan0 address 02:00:00:00:01:20 type vxlan id 120 dstport 4789 dev u0",
            "bridge fdb add 02:00:00:00:00:05 dev vxlan0 nhid 10",
        ]
        return difference
    }()

    private struct Unexpected: Error {}
}
