import VTEP

extension Difference {
    /// The same VXLAN device, 02:00:00:00:01:20 and VNI 120.
    private static func vxlan(
        _ name: String, _ arguments: String, before: String = "",
        _ destination: VXLANDestination? = nil, device: String? = nil,
        _ change: @escaping @Sendable (inout VXLANConfiguration) throws -> Void = { _ in }
    ) -> Difference {
        Difference(name, "ip link add vxlan0 address 02:00:00:00:01:20\(before) type vxlan id 120 \(arguments)") {
            var configuration = try VXLANConfiguration(
                name: "vxlan0", vni: VNI(120), destination: destination, device: device)
            configuration.macAddress = try mac("02:00:00:00:01:20")
            try change(&configuration)
            try $0.createVXLAN(configuration)
        }
    }

    /// `ip` switches learning off for these, which the kernel alone does not.
    private static func external(_ name: String, _ arguments: String, _ segments: VXLANSegments) -> Difference {
        Difference(name, "ip link add vxlan0 address 02:00:00:00:01:20 type vxlan \(arguments)") {
            var configuration = VXLANConfiguration(name: "vxlan0", segments: segments)
            configuration.macAddress = try mac("02:00:00:00:01:20")
            configuration.learning = false
            try $0.createVXLAN(configuration)
        }
    }

    /// The same device, changed afterwards.
    private static func change(
        _ name: String, _ made: String, _ changes: String..., from destination: VXLANDestination? = nil,
        device: String? = nil, _ change: @escaping @Sendable (inout VXLANChange) throws -> Void
    ) -> Difference {
        var difference = vxlan("changed \(name)", made, destination, device: device)
        let make = difference.ours
        difference.theirs += changes.map { "ip link set vxlan0 type vxlan id 120 \($0)" }
        difference.ours = { host in
            try make(host)
            var wanted = VXLANChange()
            try change(&wanted)
            try host.changeVXLAN("vxlan0", wanted)
        }
        return difference
    }

    private static let remote4 = VXLANDestination.remote(.v4(IPv4Address(192, 168, 50, 29)))
    private static let group4 = VXLANDestination.group(.v4(IPv4Address(229, 1, 1, 1)))

    static let vxlans = [
        vxlan("v4 remote", "dstport 4789 remote 192.168.50.29 dev u0", remote4, device: "u0"),
        vxlan("v4 remote without device", "dstport 4789 remote 192.168.50.29", remote4),
        vxlan("v4 group", "dstport 4789 group 229.1.1.1 dev u0", group4, device: "u0"),
        vxlan("v6 remote", "dstport 4789 remote fd50::2 dev u0", device: "u0") {
            $0.destination = .remote(try ip("fd50::2"))
        },
        vxlan("v6 group", "dstport 4789 group ff05::120 dev u0", device: "u0") {
            $0.destination = .group(try ip("ff05::120"))
        },
        vxlan("link-local remote", "dstport 4789 remote fe80::29 local fe80::1 dev u0", device: "u0") {
            $0.local = try ip("fe80::1")
            $0.destination = .remote(try ip("fe80::29"))
        },
        vxlan("neither remote nor group", "dstport 4789"),
        vxlan("v4 local", "dstport 4789 remote 192.168.50.29 local 192.168.50.233", remote4) {
            $0.local = try ip("192.168.50.233")
        },
        vxlan("v6 local", "dstport 4789 remote fd50::2 local fd50::1 dev u0", device: "u0") {
            $0.destination = .remote(try ip("fd50::2"))
            $0.local = try ip("fd50::1")
        },
        vxlan("v6 local alone", "dstport 4789 local fd50::1") { $0.local = try ip("fd50::1") },
        vxlan("port", "dstport 8472 remote 192.168.50.29", remote4) { $0.destinationPort = 8472 },
        vxlan("ttl", "dstport 4789 remote 192.168.50.29 ttl 5", remote4) { $0.timeToLive = 5 },
        vxlan("ttl 255", "dstport 4789 remote 192.168.50.29 ttl 255", remote4) { $0.timeToLive = 255 },
        vxlan("tos", "dstport 4789 remote 192.168.50.29 tos 0x10", remote4) { $0.typeOfService = 0x10 },
        vxlan("tos inherit", "dstport 4789 remote 192.168.50.29 tos inherit", remote4) { $0.typeOfService = 1 },
        vxlan("learning", "dstport 4789 learning", nil) { $0.learning = true },
        vxlan("no learning", "dstport 4789 nolearning", nil) { $0.learning = false },
        vxlan("ageing", "dstport 4789 ageing 77", nil) { $0.ageing = 77 },
        vxlan("source ports", "dstport 4789 srcport 20000 30000", nil) { $0.sourcePorts = 20000...30000 },
        vxlan("udp checksums", "dstport 4789 udpcsum noudp6zerocsumtx noudp6zerocsumrx") {
            $0.udpChecksum = true
            $0.udp6ZeroChecksumTransmit = false
            $0.udp6ZeroChecksumReceive = false
        },
        vxlan("no udp checksums", "dstport 4789 noudpcsum udp6zerocsumtx udp6zerocsumrx") {
            $0.udpChecksum = false
            $0.udp6ZeroChecksumTransmit = true
            $0.udp6ZeroChecksumReceive = true
        },
        vxlan("df", "dstport 4789 df set") { $0.dontFragment = .set },
        vxlan("df inherit", "dstport 4789 df inherit") { $0.dontFragment = .inherit },
        vxlan("df unset", "dstport 4789 df unset") { $0.dontFragment = .unset },
        vxlan("ttl inherit", "dstport 4789 ttl inherit") { $0.inheritsTimeToLive = true },
        vxlan("flow label", "dstport 4789 local fd50::1 flowlabel 0xfffff") {
            $0.local = try ip("fd50::1")
            $0.flowLabel = 0xF_FFFF
        },
        vxlan("maximum of entries", "dstport 4789 maxaddress 77") { $0.maximumEntries = 77 },
        vxlan("proxy", "dstport 4789 proxy") { $0.proxy = true },
        vxlan("rsc", "dstport 4789 rsc") { $0.routeShortCircuit = true },
        vxlan("l2miss", "dstport 4789 l2miss") { $0.l2Miss = true },
        vxlan("l3miss", "dstport 4789 l3miss") { $0.l3Miss = true },
        vxlan("remcsumtx", "dstport 4789 remcsumtx") { $0.remoteChecksumTransmit = true },
        vxlan("remcsumrx", "dstport 4789 remcsumrx") { $0.remoteChecksumReceive = true },
        vxlan("gbp", "dstport 4789 gbp") { $0.groupBasedPolicy = true },
        vxlan("everything off", "dstport 4789 noproxy norsc nol2miss nol3miss noremcsumtx noremcsumrx") {
            $0.proxy = false
            $0.routeShortCircuit = false
            $0.l2Miss = false
            $0.l3Miss = false
            $0.remoteChecksumTransmit = false
            $0.remoteChecksumReceive = false
            $0.groupBasedPolicy = false
            $0.inheritsTimeToLive = false
        },
        external("external", "external dstport 4789", .external),
        external("vnifilter", "external vnifilter dstport 4789", .filtered),
        Difference("gpe", "ip link add vxlan0 type vxlan external gpe dstport 4790") {
            var configuration = VXLANConfiguration(name: "vxlan0", segments: .external)
            configuration.genericProtocolExtension = true
            configuration.learning = false
            try $0.createVXLAN(configuration)
        },
        vxlan("mtu", "dstport 4789 remote 192.168.50.29 dev u0", before: " mtu 1300", remote4, device: "u0") {
            $0.mtu = 1300
        },
        Difference(
            "master, up, MAC and MTU in one request", "ip link add br0 address 02:00:00:00:00:0b type bridge",
            """
            ip link add vxlan0 address 02:00:00:00:01:20 mtu 1300 up master br0 type vxlan id 120 dstport 4789 \
            group 229.1.1.1 dev u0
            """
        ) {
            var bridge = BridgeConfiguration(name: "br0")
            bridge.macAddress = try mac("02:00:00:00:00:0b")
            try $0.createBridge(bridge)
            var configuration = try VXLANConfiguration(
                name: "vxlan0", vni: VNI(120), destination: group4, device: "u0")
            configuration.macAddress = try mac("02:00:00:00:01:20")
            configuration.mtu = 1300
            configuration.master = "br0"
            configuration.up = true
            try $0.createVXLAN(configuration)
        },
        Difference(
            "smallest and largest VNI", "ip link add vxlanA address 02:00:00:00:00:0a type vxlan id 0 dstport 4789",
            "ip link add vxlanB address 02:00:00:00:00:0b type vxlan id 16777215 dstport 4789"
        ) {
            for (name, vni, address) in [
                ("vxlanA", 0, "02:00:00:00:00:0a"), ("vxlanB", 0xFF_FFFF, "02:00:00:00:00:0b"),
            ] {
                var configuration = try VXLANConfiguration(name: name, vni: VNI(UInt32(vni)))
                configuration.macAddress = try mac(address)
                try $0.createVXLAN(configuration)
            }
        },
    ]

    static let vxlanChanges = [
        change("remote", "dstport 4789 remote 192.168.50.29", "remote 192.168.50.30", from: remote4) {
            $0.destination = .set(.remote(try ip("192.168.50.30")))
        },
        change(
            "remote to a group", "dstport 4789 remote 192.168.50.29 dev u0", "group 229.1.1.1 dev u0", from: remote4,
            device: "u0"
        ) { $0.destination = .set(group4) },
        change("remote to none", "dstport 4789 remote 192.168.50.29", "remote 0.0.0.0", from: remote4) {
            $0.destination = .remove
        },
        change("local", "dstport 4789 remote 192.168.50.29", "local 192.168.50.233", from: remote4) {
            $0.local = .set(try ip("192.168.50.233"))
        },
        change("ttl", "dstport 4789", "ttl 9") { $0.timeToLive = 9 },
        change("tos", "dstport 4789", "tos 0x10") { $0.typeOfService = 0x10 },
        change("df", "dstport 4789", "df set") { $0.dontFragment = .set },
        change("ageing", "dstport 4789", "ageing 77") { $0.ageing = 77 },
        change("learning", "dstport 4789", "nolearning") { $0.learning = false },
        change(
            "flow label", "dstport 4789 remote fd50::2", "flowlabel 0x5",
            from: .remote(.v6(IPv6Address(rawValue: 0xfd50 << 112 | 2)))
        ) {
            $0.flowLabel = 5
        },
        // What `ip` cannot do at once: the default FDB entry would stay at u0.
        change(
            "device", "dstport 4789 remote 192.168.50.29 dev u0", "remote 0.0.0.0", "remote 192.168.50.29 dev u1",
            from: remote4, device: "u0"
        ) { $0.device = "u1" },
    ]
}
