internal import CVTEP
internal import VTEP

extension vtep_bridge: SizedStruct {
    init(_ bridge: BridgeAttributes) {
        self.init()
        stp = bridge.stp.rawValue
        forward_delay = bridge.forwardDelay
        hello_time = bridge.helloTime
        maximum_age = bridge.maximumAge
        ageing_time = bridge.ageingTime
        priority = UInt32(bridge.priority)
        group_forward_mask = UInt32(bridge.groupForwardMask)
        group_address = vtep_mac(bridge.groupAddress)
        bridge_id = vtep_bridge_id(bridge.bridgeID)
        root_id = vtep_bridge_id(bridge.rootID)
        maximum_learned = has.set(VTEP_BRIDGE_HAS_MAXIMUM_LEARNED, to: bridge.maximumLearned)
        vlan_protocol = has.set(VTEP_BRIDGE_HAS_VLAN_PROTOCOL, to: (bridge.vlanProtocol?.rawValue).map { UInt32($0) })
        default_pvid = has.set(VTEP_BRIDGE_HAS_DEFAULT_PVID, to: bridge.defaultPVID.map { UInt32($0) })
        fillMulticast(bridge)
        for (bit, isOn) in bridge.flags { flags.set(bit, where: isOn) }
    }

    private mutating func fillMulticast(_ bridge: BridgeAttributes) {
        multicast_router = UInt32(bridge.multicastRouter.rawValue)
        multicast_hash_elasticity = bridge.multicastHashElasticity
        multicast_hash_maximum = bridge.multicastHashMaximum
        multicast_last_member_count = bridge.multicastLastMemberCount
        multicast_startup_query_count = bridge.multicastStartupQueryCount
        igmp_version = UInt32(bridge.igmpVersion)
        mld_version = has.set(VTEP_BRIDGE_HAS_MLD_VERSION, to: bridge.mldVersion.map { UInt32($0) })
        multicast_last_member_interval = bridge.multicastLastMemberInterval
        multicast_membership_interval = bridge.multicastMembershipInterval
        multicast_querier_interval = bridge.multicastQuerierInterval
        multicast_query_interval = bridge.multicastQueryInterval
        multicast_query_response_interval = bridge.multicastQueryResponseInterval
        multicast_startup_query_interval = bridge.multicastStartupQueryInterval
    }
}

extension BridgeAttributes {
    fileprivate var flags: [(Int, Bool)] {
        [
            (VTEP_BRIDGE_FLAG_STP, stp != .off), (VTEP_BRIDGE_FLAG_NO_LINK_LOCAL_LEARNING, noLinkLocalLearning),
            (VTEP_BRIDGE_FLAG_VLAN_FILTERING, vlanFiltering),
            (VTEP_BRIDGE_FLAG_VLAN_STATISTICS, vlanStatistics ?? false),
            (VTEP_BRIDGE_FLAG_VLAN_STATISTICS_PER_PORT, vlanStatisticsPerPort ?? false),
            (VTEP_BRIDGE_FLAG_MULTICAST_VLAN_SNOOPING, multicastVLANSnooping),
            (VTEP_BRIDGE_FLAG_MULTIPLE_SPANNING_TREES, multipleSpanningTrees),
            (VTEP_BRIDGE_FLAG_LOCAL_ENTRIES_IN_VLAN_0, localEntriesInVLAN0),
            (VTEP_BRIDGE_FLAG_MULTICAST_SNOOPING, multicastSnooping),
            (VTEP_BRIDGE_FLAG_MULTICAST_QUERY_USES_ADDRESS, multicastQueryUsesAddress),
            (VTEP_BRIDGE_FLAG_MULTICAST_QUERIER, multicastQuerier),
            (VTEP_BRIDGE_FLAG_MULTICAST_STATISTICS, multicastStatistics),
            (VTEP_BRIDGE_FLAG_OFFLOAD_FAILURE_NOTIFICATIONS, offloadFailureNotifications),
            (VTEP_BRIDGE_FLAG_CALLS_IPTABLES, callsIPTables ?? false),
            (VTEP_BRIDGE_FLAG_CALLS_IP6TABLES, callsIP6Tables ?? false),
            (VTEP_BRIDGE_FLAG_CALLS_ARPTABLES, callsARPTables ?? false),
        ]
    }
}

extension vtep_bridge_id {
    init(_ id: BridgeID) { self.init(priority: id.priority, mac: vtep_mac(id.macAddress)) }
}

extension vtep_bridge_status: SizedStruct {
    init(_ status: BridgeStatus) {
        self.init()
        root_port = UInt32(status.rootPort)
        root_path_cost = status.rootPathCost
        learned = has.set(VTEP_BRIDGE_STATUS_HAS_LEARNED, to: status.learned)
        topology_change = status.topologyChange ? 1 : 0
        topology_change_detected = status.topologyChangeDetected ? 1 : 0
        hello_timer = status.helloTimer
        topology_notification_timer = status.topologyNotificationTimer
        topology_change_timer = status.topologyChangeTimer
        collection_timer = status.collectionTimer
        igmp_querier = vtep_ip(status.igmpQuerier?.address)
        igmp_querier_port_index = status.igmpQuerier?.portIndex ?? 0
        igmp_querier_timer = has.set(VTEP_BRIDGE_STATUS_HAS_IGMP_QUERIER_TIMER, to: status.igmpQuerier?.timer)
        mld_querier = vtep_ip(status.mldQuerier?.address)
        mld_querier_port_index = status.mldQuerier?.portIndex ?? 0
        mld_querier_timer = has.set(VTEP_BRIDGE_STATUS_HAS_MLD_QUERIER_TIMER, to: status.mldQuerier?.timer)
    }
}
