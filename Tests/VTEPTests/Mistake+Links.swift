import VTEP

extension Mistake {
    /// VNI 121, so that nothing but the mistake is in the way.
    private static func vxlan(
        _ mistake: String, _ kind: VTEPError.Kind, _ words: String..., name: String = "vxlan1",
        change: @escaping @Sendable (inout VXLANConfiguration) throws -> Void = { _ in }
    ) -> Mistake {
        var result = Mistake(mistake, kind) { host in
            var configuration = try VXLANConfiguration(
                name: name, vni: VNI(121), destination: .remote(ip("192.168.50.30")), device: "u0")
            try change(&configuration)
            try host.createVXLAN(configuration)
        }
        result.words = ["cannot create VXLAN link", name.replacing("\0", with: "\\u{0}")] + words
        return result
    }

    static let vxlans = [
        vxlan("port 0", .invalidArgument, "UDP port 0", "4789") { $0.destinationPort = 0 },
        vxlan("source port 0", .invalidArgument, "source ports start at 0") { $0.sourcePorts = 0...1 },
        vxlan("MTU 67", .invalidArgument, "MTU 67", "68...65535") { $0.mtu = 67 },
        vxlan("MTU 65536", .invalidArgument, "MTU 65536", "68...65535") { $0.mtu = 65536 },
        vxlan("MTU of 2^32-1", .invalidArgument, "MTU 4294967295") { $0.mtu = .max },
        vxlan("MTU above the underlay's", .invalidArgument, "MTU 1451", "50 bytes", "1500", "u0", "at most 1450") {
            $0.mtu = 1451
        },
        vxlan("name of 16 bytes", .invalidArgument, "15 bytes", "16", name: "abcdefghijklmnop"),
        vxlan("name of 6 emoji", .invalidArgument, "15 bytes", "24", name: "🌍🌍🌍🌍🌍🌍"),
        vxlan("empty name", .invalidArgument, "must not be empty", name: ""),
        vxlan("name with /", .invalidArgument, "must not contain", name: "vx/lan"),
        vxlan("name with a space", .invalidArgument, "white space", name: "vx lan"),
        vxlan("name with %", .invalidArgument, "%", name: "vxlan%d"),
        vxlan("name with NUL", .invalidArgument, "control characters", name: "vx\0lan"),
        vxlan("name ..", .invalidArgument, "..", name: ".."),
        vxlan("group without device", .invalidArgument, "a group needs the underlay device", "name the device") {
            $0.destination = .group(try ip("229.1.1.1"))
            $0.device = nil
        },
        vxlan("remote that is a group", .invalidArgument, "229.1.1.1", "multicast group", "pass it as the group") {
            $0.destination = .remote(try ip("229.1.1.1"))
        },
        vxlan("v6 remote that is a group", .invalidArgument, "ff05::1", "multicast group") {
            $0.destination = .remote(try ip("ff05::1"))
        },
        vxlan("group that is none", .invalidArgument, "192.168.50.30", "not multicast", "224.0.0.0/4") {
            $0.destination = .group(try ip("192.168.50.30"))
        },
        vxlan("unspecified remote", .invalidArgument, "0.0.0.0", "leave the remote out") {
            $0.destination = .remote(try ip("0.0.0.0"))
        },
        vxlan("broadcast remote", .invalidArgument, "255.255.255.255", "broadcast") {
            $0.destination = .remote(try ip("255.255.255.255"))
        },
        vxlan("link-local remote without device", .invalidArgument, "fe80::1", "name the device") {
            $0.destination = .remote(try ip("fe80::1"))
            $0.device = nil
        },
        vxlan("mixed families", .invalidArgument, "192.168.50.30", "fd50::1", "different address families") {
            $0.local = try ip("fd50::1")
        },
        vxlan("multicast local", .invalidArgument, "229.1.1.1", "cannot be the local address") {
            $0.local = try ip("229.1.1.1")
        },
        vxlan("multicast MAC", .invalidArgument, "01:00:00:00:00:01", "no unicast MAC address") {
            $0.macAddress = try mac("01:00:00:00:00:01")
        },
        vxlan("endless ageing", .invalidArgument, "too long") { $0.ageing = .max },
        vxlan("VNI held by vxlan0", .exists, "VNI 120", "port 4789", "\"vxlan0\"", "already exists", "delete") {
            $0.vni = try VNI(120)
        },
        vxlan("name held by a VXLAN", .exists, "VXLAN device with VNI 120", "choose another name", name: "vxlan0"),
        vxlan("name held by a bridge", .exists, "a bridge link", "choose another name", name: "br0"),
        vxlan("name held by a veth", .exists, "a veth link", name: "u1"),
        Mistake("unknown device", .notFound, "cannot find the underlay device", "eth7", "it has lo", "u0") { host in
            try host.createVXLAN(VXLANConfiguration(name: "vxlan1", vni: VNI(121), device: "eth7"))
        },
        Mistake("unknown master", .notFound, "cannot find the master", "br7") { host in
            var configuration = try VXLANConfiguration(name: "vxlan1", vni: VNI(121))
            configuration.master = "br7"
            try host.createVXLAN(configuration)
        },
        Mistake("unknown master of a veth", .notFound, "cannot find the master", "br7") { host in
            var configuration = VethConfiguration(name: "v0", peerName: "v1")
            configuration.master = "br7"
            try host.createVeth(configuration)
        },
    ]

    static let links = [
        Mistake("MTU above the device's", .invalidArgument, "set MTU", "u0", "65536", "68...65535") {
            try $0.setMTU(of: "u0", to: 65536)
        },
        Mistake("MTU below the device's", .invalidArgument, "set MTU", "u0", "67", "68...65535") {
            try $0.setMTU(of: "u0", to: 67)
        },
        Mistake("MTU of a bridge", .invalidArgument, "br1", "MTU 1") {
            var bridge = BridgeConfiguration(name: "br1")
            bridge.mtu = 1
            try $0.createBridge(bridge)
        },
        Mistake("MTU of a veth", .invalidArgument, "v0", "MTU 65536") {
            var veth = VethConfiguration(name: "v0", peerName: "v1")
            veth.mtu = 65536
            try $0.createVeth(veth)
        },
        Mistake("all-zero MAC", .invalidArgument, "set MAC address", "u0", "all zero") {
            try $0.setMACAddress(of: "u0", to: .zero)
        },
        Mistake("group MAC", .invalidArgument, "u0", "group address") {
            try $0.setMACAddress(of: "u0", to: mac("03:00:00:00:00:00"))
        },
        Mistake("rename to a held name", .exists, "rename", "br0", "a bridge link") {
            try $0.renameLink("u1", to: "br0")
        },
        Mistake("rename to a long name", .invalidArgument, "15 bytes") {
            try $0.renameLink("u1", to: "abcdefghijklmnop")
        },
        Mistake("rename of nothing", .notFound, "rename link", "nope") { try $0.renameLink("nope", to: "x") },
        Mistake("up of nothing", .notFound, "set link up", "nope", "no link of that name", "it has lo") {
            try $0.setLink("nope", up: true)
        },
        Mistake("link with an endless name", .notFound, "find link") {
            _ = try $0.link(named: String(repeating: "x", count: 5000))
        },
        Mistake("link with an empty name", .notFound, "find link") { _ = try $0.link(named: "") },
        Mistake("link with NUL in the name", .notFound, "find link") { _ = try $0.link(named: "lo\0x") },
        Mistake("index 0", .notFound, "index 0") { _ = try $0.link(index: 0) },
        Mistake("index 2^32-1", .notFound, "index 4294967295") { _ = try $0.link(index: .max) },
        Mistake("index nobody has", .notFound, "index 9999") { _ = try $0.link(index: 9999) },
        Mistake("bridge of a held name", .exists, "create bridge", "vxlan0", "VXLAN device with VNI 120") {
            try $0.createBridge(BridgeConfiguration(name: "vxlan0"))
        },
        Mistake("veth of a held name", .exists, "create veth", "br0", "a bridge link") {
            try $0.createVeth(VethConfiguration(name: "br0", peerName: "v1"))
        },
        Mistake("veth with a held peer name", .exists, "create veth", "br0", "a bridge link") {
            try $0.createVeth(VethConfiguration(name: "v0", peerName: "br0"))
        },
        Mistake("veth whose ends are namesakes", .invalidArgument, "create veth", "v0", "same name") {
            try $0.createVeth(VethConfiguration(name: "v0", peerName: "v0"))
        },
        Mistake("port of what is no bridge", .notSupported, "set master", "u0", "\"lo\" is", "no ports") {
            try $0.setMaster(of: "u0", to: "lo")
        },
        Mistake("move nowhere", .invalidArgument, "move link", "u1") { try $0.moveLink("u1", to: .current) },
        Mistake("move to what is no namespace", .invalidArgument, "move link", "/dev/null", "not a network namespace") {
            try $0.moveLink("u1", to: .path("/dev/null"))
        },
    ]
}
