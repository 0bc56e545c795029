import TestNetwork
import Testing
import VTEP

/// What FDB entries, nexthop groups and routes say is where the packets go: seen on the underlay.
@Suite(.inNamespaces, .using("ip"), .using("ping"), .using("tshark"))
struct TableTrafficTests {
    private static let remotes = ["192.168.50.29", "192.168.50.30"]

    /// A namespace with the underlay, whose two remotes have neighbour entries: nobody has to be there.
    private static func network() throws -> TestNamespace {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        let host = try namespace.host()
        let u0 = try host.link(named: "u0").index
        for (place, remote) in remotes.enumerated() {
            try host.addNeighbour(
                Neighbour(
                    address: ip(remote), macAddress: MACAddress(2, 0, 0, 0, 1, UInt8(place)), linkIndex: u0))
        }
        return namespace
    }

    /// Flows to one MAC address are spread over the VTEPs of its group, and follow when the group changes.
    @Test func anFDBNextHopGroupSpreadsFlows() throws {
        let namespace = try Self.network()
        let host = try namespace.host()
        var vxlan = try VXLANConfiguration(name: "vxlan0", vni: VNI(120), device: "u0")
        vxlan.up = true
        let link = try host.createVXLAN(vxlan).index
        try host.addAddress(prefix("10.16.0.1/24"), to: "vxlan0")
        for (place, remote) in Self.remotes.enumerated() {
            try host.addNextHop(NextHopObject(id: UInt32(place) + 1, remote: ip(remote)))
        }
        let both = [NextHopObject.Member(id: 1), NextHopObject.Member(id: 2)]
        try host.addNextHop(NextHopObject(id: 10, group: both, isFDB: true))
        let there = MACAddress(2, 0, 0, 0, 0, 5)
        var entry = FDBEntry(macAddress: there, linkIndex: link)
        entry.nextHopID = 10
        try host.addFDB(entry)
        let stations = (2...33).map { "10.16.0.\($0)" }
        for station in stations {
            try host.addNeighbour(Neighbour(address: ip(station), macAddress: there, linkIndex: link))
        }

        let spread = try Self.destinations(of: stations, namespace)
        #expect(Set(spread) == Set(Self.remotes), "of 32 flows, some to each")
        #expect(spread.count == stations.count)

        try host.replaceNextHop(NextHopObject(id: 10, group: [NextHopObject.Member(id: 2)], isFDB: true))
        let moved = try Self.destinations(of: stations, namespace)
        #expect(Set(moved) == [Self.remotes[1]])
        #expect(moved.count == stations.count)
    }

    /// A route's encapsulation tells an external device VNI, remote and group policy.
    @Test func aRouteSaysWhereAnExternalDeviceSends() throws {
        let namespace = try Self.network()
        try namespace.ip(
            """
            link add vxlan0 type vxlan external gbp dstport 4789
            link set vxlan0 up
            address add 10.16.0.1/24 dev vxlan0
            """)
        let host = try namespace.host()
        let link = try host.link(named: "vxlan0").index
        var key = try TunnelKey(vni: VNI(0xABCDE), destination: ip(Self.remotes[0]))
        key.timeToLive = 9
        key.groupPolicy = 77
        var route = try Route(to: prefix("10.17.0.2/32"), via: ip("10.16.0.2"), linkIndex: link)
        route.encapsulation = .tunnel(key)
        try host.addRoute(route)
        try host.addNeighbour(
            Neighbour(address: ip("10.16.0.2"), macAddress: MACAddress(2, 0, 0, 0, 0, 5), linkIndex: link))
        let capture = try namespace.capture(on: "u1")
        Self.send(to: ["10.17.0.2"], namespace)
        let fields = ["ip.dst", "ip.ttl", "vxlan.vni", "vxlan.gbp"]
        let frames = try capture.decode("vxlan && icmp", fields: fields)
        #expect(frames == ["\(Self.remotes[0]),10.17.0.2 9,64 \(0xABCDE) 77"])
    }

    /// One echo request to each; nobody answers.
    private static func send(to stations: [String], _ namespace: TestNamespace) {
        for station in stations {
            _ = try? Tool(["ping", "-n", "-c", "1", "-W", "0.01", station], in: namespace).finish()
        }
    }

    /// The outer destinations of one packet to each.
    private static func destinations(of stations: [String], _ namespace: TestNamespace) throws -> [String] {
        let capture = try namespace.capture(on: "u1")
        send(to: stations, namespace)
        return try capture.decode("vxlan && icmp", fields: ["ip.dst"]).map { String($0.prefix { $0 != "," }) }
    }
}
