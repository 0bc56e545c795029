import VTEP

extension Difference {
    static let links = [
        Difference("mtu", "ip link set u0 mtu 1400") { try $0.setMTU(of: "u0", to: 1400) },
        Difference("mac", "ip link set u0 address 02:11:22:33:44:55") {
            try $0.setMACAddress(of: "u0", to: mac("02:11:22:33:44:55"))
        },
        Difference("down", "ip link set u0 down") { try $0.setLink("u0", up: false) },
        Difference("down and up", "ip link set u0 down", "ip link set u0 up") {
            try $0.setLink("u0", up: false)
            try $0.setLink("u0", up: true)
        },
        Difference("rename", "ip link set u0 down", "ip link set u0 name eth0") {
            try $0.setLink("u0", up: false)
            try $0.renameLink("u0", to: "eth0")
        },
        Difference("delete", "ip link delete u0") { try $0.deleteLink("u0", kind: .veth) },
        Difference("bridge", "ip link add br0 address 02:00:00:00:00:0b type bridge", "ip link set br0 up") {
            var bridge = BridgeConfiguration(name: "br0")
            bridge.macAddress = try mac("02:00:00:00:00:0b")
            bridge.up = true
            try $0.createBridge(bridge)
        },
        Difference(
            "bridge with everything",
            """
            ip link add br0 address 02:00:00:00:00:0b mtu 1400 type bridge stp_state 1 forward_delay 400 \
            ageing_time 10000 priority 4096 mcast_snooping 0
            """
        ) {
            var bridge = BridgeConfiguration(name: "br0")
            bridge.macAddress = try mac("02:00:00:00:00:0b")
            bridge.mtu = 1400
            bridge.stp = true
            bridge.forwardDelay = 400
            bridge.ageingTime = 10000
            bridge.priority = 4096
            bridge.multicastSnooping = false
            try $0.createBridge(bridge)
        },
        Difference(
            "bridge port", "ip link add br0 address 02:00:00:00:00:0b type bridge", "ip link set br0 up",
            "ip link set u1 master br0",
            // Pinned: whether the bridge has learnt u0's address by now depends on what the kernel happens to send.
            "bridge fdb replace 02:50:00:00:00:01 dev u1 master static"
        ) {
            var bridge = BridgeConfiguration(name: "br0")
            bridge.macAddress = try mac("02:00:00:00:00:0b")
            bridge.up = true
            try $0.createBridge(bridge)
            try $0.setMaster(of: "u1", to: "br0")
            try $0.replaceFDB(
                FDBEntry(
                    macAddress: mac("02:50:00:00:00:01"), linkIndex: $0.link(named: "u1").index, state: .noARP,
                    flags: .master))
        },
        Difference(
            "no longer a bridge port", "ip link add br0 address 02:00:00:00:00:0b type bridge",
            "ip link set u1 master br0", "ip link set u1 nomaster"
        ) {
            var bridge = BridgeConfiguration(name: "br0")
            bridge.macAddress = try mac("02:00:00:00:00:0b")
            try $0.createBridge(bridge)
            try $0.setMaster(of: "u1", to: "br0")
            try $0.setMaster(of: "u1", to: nil)
        },
        Difference(
            "veth", "ip link add br0 address 02:00:00:00:00:0b type bridge",
            """
            ip link add v0 address 02:00:00:00:00:01 mtu 1450 master br0 type veth \
            peer name v1 address 02:00:00:00:00:02 mtu 1450
            """, "ip link set v0 up", "ip link set v1 up"
        ) {
            var bridge = BridgeConfiguration(name: "br0")
            bridge.macAddress = try mac("02:00:00:00:00:0b")
            try $0.createBridge(bridge)
            var veth = VethConfiguration(name: "v0", peerName: "v1")
            veth.macAddress = try mac("02:00:00:00:00:01")
            veth.peerMACAddress = try mac("02:00:00:00:00:02")
            veth.mtu = 1450
            veth.master = "br0"
            veth.up = true
            try $0.createVeth(veth)
        },
    ]
}
