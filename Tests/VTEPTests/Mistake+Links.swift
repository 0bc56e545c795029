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
        vxlan("flow label over IPv4", .invalidArgument, "flow label", "IPv6 only") { $0.flowLabel = 5 },
        vxlan("flow label of 21 bits", .invalidArgument, "flow label 1048576", "20 bits") { $0.flowLabel = 1 << 20 },
        vxlan("label policy over IPv4", .invalidArgument, "policy", "IPv6 only") { $0.flowLabelPolicy = .inherit },
        vxlan("label policy that is none", .invalidArgument, "policy is 2") { $0.flowLabelPolicy = .init(rawValue: 2) },
        vxlan("df that is none", .invalidArgument, "fragment", "is 3") { $0.dontFragment = .init(rawValue: 3) },
        vxlan("GPE that is not external", .invalidArgument, "GPE", "external devices only") {
            $0.genericProtocolExtension = true
        },
        vxlan("GPE that learns", .invalidArgument, "GPE does not learn", "switch learning off") {
            $0.segments = .external
            $0.genericProtocolExtension = true
        },
        vxlan("GPE and GBP", .invalidArgument, "GPE excludes group policy") {
            $0.segments = .external
            $0.genericProtocolExtension = true
            $0.learning = false
            $0.groupBasedPolicy = true
        },
        vxlan("link-local remote alone", .invalidArgument, "fe80::1", "link-local local address") {
            $0.destination = .remote(try ip("fe80::1"))
        },
        vxlan("link-local local alone", .invalidArgument, "fe80::1", "fd50::2", "is not") {
            $0.destination = .remote(try ip("fd50::2"))
            $0.local = try ip("fe80::1")
        },
        vxlan("reserved bits that are used", .invalidArgument, "overlap reserved bits") { $0.reservedBits = .max },
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

    /// vxlan0 has VNI 120, port 4789, remote 192.168.50.29 and device u0.
    private static func change(
        _ mistake: String, _ kind: VTEPError.Kind, _ words: String...,
        change: @escaping @Sendable (inout VXLANChange) throws -> Void
    ) -> Mistake {
        var result = Mistake(mistake, kind) { host in
            var wanted = VXLANChange()
            try change(&wanted)
            try host.changeVXLAN("vxlan0", wanted)
        }
        result.words = ["cannot change VXLAN link \"vxlan0\""] + words
        return result
    }

    private static func fixed(
        _ attribute: String, change: @escaping @Sendable (inout VXLANChange) throws -> Void
    ) -> Mistake {
        var result = Self.change("new \(attribute)", .notSupported, attribute, change: change)
        result.words += ["cannot change in place", "nothing was changed", "needs a new device"]
        return result
    }

    static let vxlanChanges = [
        fixed("VNI") { $0.segments = .vni(try VNI(121)) },
        fixed("external mode") { $0.segments = .external },
        fixed("port") { $0.destinationPort = 4790 },
        fixed("inherited TTL") { $0.inheritsTimeToLive = true },
        fixed("maximum of entries") { $0.maximumEntries = 5 },
        fixed("source ports") { $0.sourcePorts = 5...6 },
        fixed("proxy") { $0.proxy = true },
        fixed("route short circuit") { $0.routeShortCircuit = true },
        fixed("L2 miss") { $0.l2Miss = true },
        fixed("L3 miss") { $0.l3Miss = true },
        fixed("UDP checksum") { $0.udpChecksum = false },
        fixed("zero UDP checksum over IPv6 (sending)") { $0.udp6ZeroChecksumTransmit = true },
        fixed("zero UDP checksum over IPv6 (receiving)") { $0.udp6ZeroChecksumReceive = true },
        fixed("remote checksum offload (sending)") { $0.remoteChecksumTransmit = true },
        fixed("remote checksum offload (receiving)") { $0.remoteChecksumReceive = true },
        fixed("remote checksum offload without partial") { $0.remoteChecksumNoPartial = true },
        fixed("group policy") { $0.groupBasedPolicy = true },
        fixed("VXLAN-GPE") { $0.genericProtocolExtension = true },
        fixed("reserved bits") { $0.reservedBits = 0 },
        fixed("address family") { $0.destination = .set(.remote(try ip("fd50::2"))) },
        fixed("proxy, UDP checksum") {
            $0.options.proxy = true
            $0.options.udpChecksum = false
            $0.timeToLive = 9
        },
        change("change to a group that is none", .invalidArgument, "not multicast") {
            $0.destination = .set(.group(try ip("192.168.50.30")))
        },
        change("change to a flow label", .invalidArgument, "IPv6 only") { $0.flowLabel = 5 },
        change("change to an ageing of 0", .invalidArgument, "300") { $0.ageing = 0 },
        Mistake("change of nothing", .notFound, "change VXLAN link", "nope") {
            try $0.changeVXLAN("nope", VXLANChange())
        },
        Mistake("change of a bridge", .foreign, "change VXLAN link", "br0", "a bridge link") {
            try $0.changeVXLAN("br0", VXLANChange())
        },
        Mistake("change to an unknown device", .notFound, "underlay device", "eth7") {
            var change = VXLANChange()
            change.device = "eth7"
            try $0.changeVXLAN("vxlan0", change)
        },
    ]

    private static func bridge(
        _ mistake: String, _ words: String..., change: @escaping @Sendable (inout BridgeOptions) throws -> Void
    ) -> Mistake {
        var result = Mistake(mistake, .invalidArgument) { host in
            var options = BridgeOptions()
            try change(&options)
            try host.changeBridge("br0", options)
        }
        result.words = ["cannot change bridge \"br0\""] + words
        return result
    }

    /// br0 has no ports, and u0 is none.
    static let bridges = [
        bridge("hello time", "hello time 99", "100...1000") { $0.helloTime = 99 },
        bridge("maximum age", "maximum age 4001", "600...4000") { $0.maximumAge = 4001 },
        bridge("forward delay", "forward delay 199", "200...3000") {
            $0.stp = true
            $0.forwardDelay = 199
        },
        bridge("group mask", "0x9", "bits 0, 1 and 2") { $0.groupForwardMask = 9 },
        bridge("group address 1", "01:80:c2:00:00:01") { $0.groupAddress = try mac("01:80:c2:00:00:01") },
        bridge("group address elsewhere", "01:80:c2:00:00:10") { $0.groupAddress = try mac("01:80:c2:00:00:10") },
        bridge("VLAN protocol", "0x800", "0x8100") { $0.vlanProtocol = .init(rawValue: 0x800) },
        bridge("PVID", "default PVID 4095", "0...4094") { $0.defaultPVID = 4095 },
        bridge("multicast router", "multicast router 3", "0...2") { $0.multicastRouter = .temporary },
        bridge("IGMP version", "IGMP version 1", "2...3") { $0.igmpVersion = 1 },
        bridge("MLD version", "MLD version 3", "1...2") { $0.mldVersion = 3 },
        bridge("query interval", "query interval of 99", "100") { $0.multicastQueryInterval = 99 },
        bridge("startup query interval", "query interval of 0") { $0.multicastStartupQueryInterval = 0 },
        bridge("VLAN snooping without VLANs", "vlan snooping") { $0.multicastVLANSnooping = true },
        Mistake("bridge of nothing", .notFound, "change bridge", "nope") {
            try $0.changeBridge("nope", BridgeOptions())
        },
        Mistake("bridge that is none", .foreign, "change bridge", "u0", "a veth link", "not a bridge") {
            try $0.changeBridge("u0", BridgeOptions())
        },
        Mistake("status of what is no bridge", .foreign, "u0") { _ = try $0.bridgeStatus(of: "u0") },
        Mistake("flush of what is no bridge", .foreign, "u0") { try $0.flushBridge("u0") },
        Mistake("port of nothing", .notFound, "change bridge port", "nope") {
            try $0.changeBridgePort("nope", BridgePortChange())
        },
        Mistake("port that is none", .foreign, "change bridge port", "u0", "not a bridge port") {
            try $0.changeBridgePort("u0", BridgePortChange())
        },
        Mistake("status of what is no port", .foreign, "u0") { _ = try $0.bridgePortStatus(of: "u0") },
        Mistake("flush of what is no port", .foreign, "u0") { try $0.flushBridgePort("u0") },
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
