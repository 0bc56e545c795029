import VTEP

extension Difference {
    /// The same bridge, br0.
    private static func bridge(
        _ arguments: String, _ change: @escaping @Sendable (inout BridgeConfiguration) throws -> Void
    ) -> Difference {
        Difference("bridge \(arguments)", "ip link add br0 address 02:00:00:00:00:0b type bridge \(arguments)") {
            var configuration = BridgeConfiguration(name: "br0")
            configuration.macAddress = try mac("02:00:00:00:00:0b")
            try change(&configuration)
            try $0.createBridge(configuration)
        }
    }

    /// The same, changed afterwards. The spanning tree's timers run, so that it stays off.
    private static func changed(
        _ arguments: String, _ change: @escaping @Sendable (inout BridgeOptions) throws -> Void
    ) -> Difference {
        Difference(
            "changed bridge \(arguments)", "ip link add br0 address 02:00:00:00:00:0b type bridge",
            "ip link set br0 type bridge \(arguments)"
        ) {
            var configuration = BridgeConfiguration(name: "br0")
            configuration.macAddress = try mac("02:00:00:00:00:0b")
            try $0.createBridge(configuration)
            var options = BridgeOptions()
            try change(&options)
            try $0.changeBridge("br0", options)
        }
    }

    static let bridges = [
        bridge("hello_time 300 max_age 1000 forward_delay 500") {
            $0.helloTime = 300
            $0.maximumAge = 1000
            $0.forwardDelay = 500
        },
        bridge("priority 4096 ageing_time 12300 group_fwd_mask 0x4000") {
            $0.priority = 4096
            $0.ageingTime = 12300
            $0.groupForwardMask = 0x4000
        },
        bridge("group_address 01:80:c2:00:00:0e") { $0.groupAddress = try mac("01:80:c2:00:00:0e") },
        bridge("no_linklocal_learn 1") { $0.noLinkLocalLearning = true },
        bridge("mcast_router 2 mcast_query_use_ifaddr 1 mcast_querier 1 mcast_hash_max 1024 mcast_stats_enabled 1") {
            $0.multicastRouter = .permanent
            $0.multicastQueryUsesAddress = true
            $0.multicastQuerier = true
            $0.multicastHashMaximum = 1024
            $0.multicastStatistics = true
        },
        bridge("mcast_last_member_count 5 mcast_startup_query_count 6 mcast_igmp_version 3 mcast_mld_version 2") {
            $0.multicastLastMemberCount = 5
            $0.multicastStartupQueryCount = 6
            $0.igmpVersion = 3
            $0.mldVersion = 2
        },
        bridge(
            """
            mcast_last_member_interval 200 mcast_membership_interval 3000 mcast_querier_interval 4000 \
            mcast_query_interval 5000 mcast_query_response_interval 600 mcast_startup_query_interval 700
            """
        ) {
            $0.multicastLastMemberInterval = 200
            $0.multicastMembershipInterval = 3000
            $0.multicastQuerierInterval = 4000
            $0.multicastQueryInterval = 5000
            $0.multicastQueryResponseInterval = 600
            $0.multicastStartupQueryInterval = 700
        },
        bridge("nf_call_iptables 1 nf_call_ip6tables 1 nf_call_arptables 1") {
            $0.callsIPTables = true
            $0.callsIP6Tables = true
            $0.callsARPTables = true
        },
        changed("mcast_snooping 0 ageing_time 0") {
            $0.multicastSnooping = false
            $0.ageingTime = 0
        },
        changed("group_fwd_mask 8 hello_time 100") {
            $0.groupForwardMask = 8
            $0.helloTime = 100
        },
        changed("mcast_querier 1 mcast_igmp_version 3") {
            $0.multicastQuerier = true
            $0.igmpVersion = 3
        },
    ]

    /// u1 as a port of br0, with that changed. The bridge is down, so that nothing happens by itself.
    private static func port(
        _ command: String, _ change: @escaping @Sendable (inout BridgePortChange) throws -> Void
    ) -> Difference {
        Difference(
            "bridge port \(command)", "ip link add br0 address 02:00:00:00:00:0b type bridge",
            "ip link add w0 address 02:00:00:00:00:0a type veth peer name w1 address 02:00:00:00:00:0c",
            "ip link set w0 master br0", "ip link set u1 master br0", command
        ) {
            var configuration = BridgeConfiguration(name: "br0")
            configuration.macAddress = try mac("02:00:00:00:00:0b")
            try $0.createBridge(configuration)
            var veth = VethConfiguration(name: "w0", peerName: "w1")
            veth.macAddress = try mac("02:00:00:00:00:0a")
            veth.peerMACAddress = try mac("02:00:00:00:00:0c")
            try $0.createVeth(veth)
            try $0.setMaster(of: "w0", to: "br0")
            try $0.setMaster(of: "u1", to: "br0")
            var wanted = BridgePortChange()
            try change(&wanted)
            try $0.changeBridgePort("u1", wanted)
        }
    }

    static let bridgePorts = [
        port("bridge link set dev u1 cost 77 priority 9") {
            $0.cost = 77
            $0.priority = 9
        },
        port("bridge link set dev u1 hairpin on guard on root_block on fastleave on") {
            $0.hairpin = true
            $0.bpduGuard = true
            $0.rootBlock = true
            $0.fastLeave = true
        },
        port("bridge link set dev u1 learning off flood off mcast_flood off bcast_flood off") {
            $0.learning = false
            $0.unicastFlood = false
            $0.multicastFlood = false
            $0.broadcastFlood = false
        },
        port("bridge link set dev u1 neigh_suppress on vlan_tunnel on isolated on locked on") {
            $0.neighbourSuppression = true
            $0.vlanTunnel = true
            $0.isolated = true
            $0.locked = true
        },
        port("bridge link set dev u1 mcast_router 2 mcast_to_unicast on backup_port w0") {
            $0.multicastRouter = .permanent
            $0.multicastToUnicast = true
            $0.backupPort = .set("w0")
        },
        port("ip link set u1 type bridge_slave proxy_arp on proxy_arp_wifi on group_fwd_mask 0x8") {
            $0.proxyARP = true
            $0.proxyARPWiFi = true
            $0.groupForwardMask = 8
        },
    ]
}
