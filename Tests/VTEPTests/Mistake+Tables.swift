import VTEP

extension Mistake {
    static let deletions = [
        Mistake("VXLAN of another VNI", .foreign, "delete link", "vxlan0", "VNI 120", "VNI 7", "nothing was deleted") {
            try $0.deleteVXLAN("vxlan0", vni: VNI(7))
        },
        Mistake("VXLAN that is a bridge", .foreign, "br0", "a bridge link", "not a VXLAN device") {
            try $0.deleteVXLAN("br0")
        },
        Mistake("bridge that is a VXLAN", .foreign, "vxlan0", "VXLAN device with VNI 120", "not a bridge link") {
            try $0.deleteBridge("vxlan0")
        },
        Mistake("link of another kind", .foreign, "u0", "a veth link") { try $0.deleteLink("u0", kind: .vxlan) },
        Mistake("VXLAN that does not exist", .notFound, "delete VXLAN link", "nope") { try $0.deleteVXLAN("nope") },
        Mistake("bridge that does not exist", .notFound, "nope") { try $0.deleteBridge("nope") },
        Mistake("loopback", .notSupported, "delete link", "lo", "cannot be deleted") { try $0.deleteLink("lo") },
        Mistake("remote of what is no VXLAN", .invalidArgument, "br0", "a bridge link") {
            try $0.deleteRemote(ip("192.168.50.29"), from: "br0")
        },
        Mistake("remote that it has not", .notFound, "delete remote", "vxlan0", "192.168.50.77", "it has 192.168.50.29")
        {
            try $0.deleteRemote(ip("192.168.50.77"), from: "vxlan0")
        },
        Mistake("address that it has not", .notFound, "delete address of link \"u0\"", "it has no address 10.9.9.9/24")
        {
            try $0.deleteAddress(prefix("10.9.9.9/24"), from: "u0")
        },
        Mistake("route that is not there", .notFound, "delete route", "10.9.0.0/16") {
            try $0.deleteRoute(Route(to: prefix("10.9.0.0/16")))
        },
        Mistake("neighbour that is not there", .notFound, "delete neighbour", "192.168.50.99") {
            try $0.deleteNeighbour(
                Neighbour(address: ip("192.168.50.99"), macAddress: nil, linkIndex: $0.link(named: "u0").index))
        },
        Mistake("FDB entry that is not there", .notFound, "delete FDB entry", "02:00:00:00:00:99") {
            try $0.deleteFDB(
                FDBEntry(macAddress: mac("02:00:00:00:00:99"), linkIndex: $0.link(named: "vxlan0").index))
        },
    ]

    static let tables = [
        Mistake("address held already", .exists, "add address to link \"u0\"", "it has 192.168.50.233/24 already") {
            try $0.addAddress(prefix("192.168.50.233/24"), to: "u0")
        },
        Mistake("address on nothing", .notFound, "add address", "nope") {
            try $0.addAddress(prefix("10.0.0.1/8"), to: "nope")
        },
        Mistake("group as address", .invalidArgument, "229.1.1.1", "cannot be a link's address") {
            try $0.addAddress(prefix("229.1.1.1/24"), to: "u0")
        },
        Mistake("broadcast of the other family", .invalidArgument, "only an IPv4 address has a broadcast") {
            try $0.addAddress(prefix("fd00::9/64"), to: "u0", broadcast: ip("10.0.0.255"))
        },
        Mistake("v6 address under the least MTU", .invalidArgument, "1280", "1000") { host in
            try host.setMTU(of: "vxlan0", to: 1000)
            let result = Result { try host.addAddress(prefix("fd00::9/64"), to: "vxlan0") }
            try host.setMTU(of: "vxlan0", to: 1450)
            try result.get()
        },
        Mistake("route held already", .exists, "add route", "10.1.0.0/16") {
            try $0.addRoute(Route(to: prefix("10.1.0.0/16"), via: ip("192.168.50.1")))
        },
        Mistake("v6 route with a v4 gateway", .invalidArgument, "fd00::/64", "IPv4 gateway 192.168.50.1") {
            try $0.addRoute(Route(to: prefix("fd00::/64"), via: ip("192.168.50.1")))
        },
        Mistake("v4 source of a v6 route", .invalidArgument, "192.168.50.233", "other address family") {
            var route = try Route(to: prefix("fd00::/64"), via: ip("fd50::1"))
            route.preferredSource = try ip("192.168.50.233")
            try $0.addRoute(route)
        },
        Mistake("group as gateway", .invalidArgument, "229.1.1.1 is no gateway") {
            try $0.addRoute(Route(to: prefix("10.2.0.0/16"), via: ip("229.1.1.1")))
        },
        Mistake("weight 0", .invalidArgument, "weight 0", "1...256") {
            var route = try Route(to: prefix("10.2.0.0/16"))
            route.nextHops = [NextHop(gateway: try ip("192.168.50.1"), weight: 0)]
            try $0.addRoute(route)
        },
        Mistake("513 next hops", .invalidArgument, "513 next hops") {
            var route = try Route(to: prefix("10.2.0.0/16"))
            route.nextHops = Array(repeating: NextHop(gateway: try ip("192.168.50.1")), count: 513)
            try $0.addRoute(route)
        },
        Mistake("gateway that nobody reaches", .system, "10.2.0.0/16", "Nexthop has invalid gateway") {
            try $0.addRoute(Route(to: prefix("10.2.0.0/16"), via: ip("10.99.0.1")))
        },
        Mistake("neighbour held already", .exists, "add neighbour", "192.168.50.7") {
            try $0.addNeighbour(
                Neighbour(
                    address: ip("192.168.50.7"), macAddress: mac("02:00:00:00:00:08"),
                    linkIndex: $0.link(named: "u0").index))
        },
        fdb("FDB entry held already", .exists, "add FDB entry", "02:00:00:00:00:01") { _ in },
        fdb("FDB port 0", .invalidArgument, "UDP port 0") { $0.port = 0 },
        fdb("FDB VLAN 4095", .invalidArgument, "VLAN 4095", "1...4094") { $0.vlan = 4095 },
        fdb("nexthop group beside a remote", .invalidArgument, "nexthop group 10", "remote, VNI, UDP port", "set one") {
            $0.nextHopID = 10
        },
        fdb("nexthop group that is not there", .invalidArgument, "02:00:00:00:00:02", "make nexthop 10 a group") {
            $0.macAddress = try mac("02:00:00:00:00:02")
            $0.destination = nil
            $0.nextHopID = 10
        },
        Mistake("flush of no table", .invalidArgument, "flush FDB", "vxlan0", "which table") {
            try $0.flushFDB(of: "vxlan0", FDBFilter(table: []))
        },
        Mistake("flush of what knows none", .notSupported, "flush FDB", "u0", "one by one") {
            try $0.flushFDB(of: "u0")
        },
        Mistake("flush by what the device knows not", .invalidArgument, "VNI, source VNI, UDP port, nexthop") {
            var filter = FDBFilter()
            filter.vlan = 7
            try $0.flushFDB(of: "vxlan0", filter)
        },
        Mistake("entry that is not there", .notFound, "find FDB entry", "02:00:00:00:00:99") {
            _ = try $0.fdbEntry(
                like: FDBEntry(macAddress: mac("02:00:00:00:00:99"), linkIndex: $0.link(named: "vxlan0").index))
        },
        fdb("unspecified FDB remote", .invalidArgument, "unspecified address") { $0.destination = try ip("0.0.0.0") },
        fdb("FDB remote of the other family", .invalidArgument, "02:00:00:00:00:02", "EAFNOSUPPORT") {
            $0.macAddress = try mac("02:00:00:00:00:02")
            $0.destination = try ip("fd50::1")
        },
        Mistake(
            "second remote for a unicast address", .exists, "append FDB entry", "one remote only", "replace"
        ) {
            try $0.appendFDB(
                FDBEntry(
                    macAddress: mac("02:00:00:00:00:01"), destination: ip("192.168.50.30"),
                    linkIndex: $0.link(named: "vxlan0").index))
        },
        Mistake("remote for what is no VXLAN", .invalidArgument, "append remote", "br0", "a bridge link") {
            try $0.appendRemote(ip("192.168.50.29"), to: "br0")
        },
    ]

    private static func fdb(
        _ mistake: String, _ kind: VTEPError.Kind, _ words: String...,
        change: @escaping @Sendable (inout FDBEntry) throws -> Void
    ) -> Mistake {
        var result = Mistake(mistake, kind) { host in
            var entry = try FDBEntry(
                macAddress: mac("02:00:00:00:00:01"), destination: ip("192.168.50.29"),
                linkIndex: host.link(named: "vxlan0").index)
            try change(&entry)
            try host.addFDB(entry)
        }
        result.words = words
        return result
    }

    /// Right, but not for everybody.
    static let unprivileged = [
        Mistake("bridge", .permissionDenied) { try $0.createBridge(BridgeConfiguration(name: "br1")) },
        Mistake("veth", .permissionDenied) { try $0.createVeth(VethConfiguration(name: "v0", peerName: "v1")) },
        Mistake("VXLAN", .permissionDenied) { try $0.createVXLAN(VXLANConfiguration(name: "vxlan0", vni: VNI(1))) },
        Mistake("address", .permissionDenied) { try $0.addAddress(prefix("10.0.0.1/8"), to: "br0") },
        Mistake("up", .permissionDenied) { try $0.setLink("br0", up: true) },
        Mistake("delete", .permissionDenied) { try $0.deleteBridge("br0") },
        Mistake("route", .permissionDenied) { try $0.addRoute(Route(to: prefix("10.0.0.0/8"), linkIndex: 1)) },
    ]
}
