internal import CLibNL
internal import VTEPWire

extension BridgeAttributes {
    init(_ attributes: Attributes) {
        self.init()
        for attribute in attributes { read(attribute) }
    }

    private mutating func read(_ attribute: Attribute) {
        let payload = attribute.payload
        switch attribute.type {
        case IFLA_BR_BRIDGE_ID: bridgeID = payload.bridgeID ?? bridgeID
        case IFLA_BR_ROOT_ID: rootID = payload.bridgeID ?? rootID
        case IFLA_BR_STP_STATE: stp = SpanningTree(rawValue: payload.uint32 ?? 0)
        case IFLA_BR_FORWARD_DELAY: forwardDelay = payload.uint32 ?? 0
        case IFLA_BR_HELLO_TIME: helloTime = payload.uint32 ?? 0
        case IFLA_BR_MAX_AGE: maximumAge = payload.uint32 ?? 0
        case IFLA_BR_AGEING_TIME: ageingTime = payload.uint32 ?? 0
        case IFLA_BR_PRIORITY: priority = payload.uint16 ?? 0
        case IFLA_BR_GROUP_FWD_MASK: groupForwardMask = payload.uint16 ?? 0
        case IFLA_BR_GROUP_ADDR: groupAddress = payload.macAddress ?? .zero
        case VTEP_IFLA_BR_FDB_MAX_LEARNED: maximumLearned = payload.uint32
        case IFLA_BR_MULTI_BOOLOPT: readOptions(payload)
        case IFLA_BR_NF_CALL_IPTABLES: callsIPTables = payload.bool
        case IFLA_BR_NF_CALL_IP6TABLES: callsIP6Tables = payload.bool
        case IFLA_BR_NF_CALL_ARPTABLES: callsARPTables = payload.bool
        case IFLA_BR_VLAN_FILTERING: vlanFiltering = payload.bool ?? false
        case IFLA_BR_VLAN_PROTOCOL: vlanProtocol = payload.bigEndian16.map { VLANProtocol(rawValue: $0) }
        case IFLA_BR_VLAN_DEFAULT_PVID: defaultPVID = payload.uint16
        case IFLA_BR_VLAN_STATS_ENABLED: vlanStatistics = payload.bool
        case IFLA_BR_VLAN_STATS_PER_PORT: vlanStatisticsPerPort = payload.bool
        default: readMulticast(attribute)
        }
    }

    private mutating func readMulticast(_ attribute: Attribute) {
        let payload = attribute.payload
        switch attribute.type {
        case IFLA_BR_MCAST_SNOOPING: multicastSnooping = payload.bool ?? false
        case IFLA_BR_MCAST_ROUTER: multicastRouter = MulticastRouter(rawValue: payload.uint8 ?? 0)
        case IFLA_BR_MCAST_QUERY_USE_IFADDR: multicastQueryUsesAddress = payload.bool ?? false
        case IFLA_BR_MCAST_QUERIER: multicastQuerier = payload.bool ?? false
        case IFLA_BR_MCAST_HASH_ELASTICITY: multicastHashElasticity = payload.uint32 ?? 0
        case IFLA_BR_MCAST_HASH_MAX: multicastHashMaximum = payload.uint32 ?? 0
        case IFLA_BR_MCAST_LAST_MEMBER_CNT: multicastLastMemberCount = payload.uint32 ?? 0
        case IFLA_BR_MCAST_STARTUP_QUERY_CNT: multicastStartupQueryCount = payload.uint32 ?? 0
        case IFLA_BR_MCAST_LAST_MEMBER_INTVL: multicastLastMemberInterval = payload.uint64(at: 0) ?? 0
        case IFLA_BR_MCAST_MEMBERSHIP_INTVL: multicastMembershipInterval = payload.uint64(at: 0) ?? 0
        case IFLA_BR_MCAST_QUERIER_INTVL: multicastQuerierInterval = payload.uint64(at: 0) ?? 0
        case IFLA_BR_MCAST_QUERY_INTVL: multicastQueryInterval = payload.uint64(at: 0) ?? 0
        case IFLA_BR_MCAST_QUERY_RESPONSE_INTVL: multicastQueryResponseInterval = payload.uint64(at: 0) ?? 0
        case IFLA_BR_MCAST_STARTUP_QUERY_INTVL: multicastStartupQueryInterval = payload.uint64(at: 0) ?? 0
        case IFLA_BR_MCAST_STATS_ENABLED: multicastStatistics = payload.bool ?? false
        case IFLA_BR_MCAST_IGMP_VERSION: igmpVersion = payload.uint8 ?? 0
        case IFLA_BR_MCAST_MLD_VERSION: mldVersion = payload.uint8
        default: break
        }
    }

    /// `struct br_boolopt_multi`: the values, then which of them there are.
    private mutating func readOptions(_ payload: AttributePayload) {
        let on = payload.uint32 ?? 0
        noLinkLocalLearning = on & BridgeOption.noLinkLocalLearning != 0
        multicastVLANSnooping = on & BridgeOption.multicastVLANSnooping != 0
        multipleSpanningTrees = on & BridgeOption.multipleSpanningTrees != 0
        offloadFailureNotifications = on & BridgeOption.offloadFailureNotifications != 0
        localEntriesInVLAN0 = on & BridgeOption.localEntriesInVLAN0 != 0
    }
}

/// Bits of `IFLA_BR_MULTI_BOOLOPT` (`enum br_boolopt_id`).
enum BridgeOption {
    static let noLinkLocalLearning = UInt32(1) << BR_BOOLOPT_NO_LL_LEARN.rawValue
    static let multicastVLANSnooping = UInt32(1) << BR_BOOLOPT_MCAST_VLAN_SNOOPING.rawValue
    static let multipleSpanningTrees = UInt32(1) << BR_BOOLOPT_MST_ENABLE.rawValue
    static let offloadFailureNotifications = UInt32(1) << VTEP_BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION
    static let localEntriesInVLAN0 = UInt32(1) << VTEP_BR_BOOLOPT_FDB_LOCAL_VLAN_0
}

extension AttributePayload {
    /// `struct ifla_bridge_id`: two octets of priority, most significant first, and a MAC address.
    var bridgeID: BridgeID? {
        guard let priority = bigEndian16, unsafe bytes.count >= 8 else { return nil }
        guard let mac = unsafe MACAddress(bytes: UnsafeRawBufferPointer(rebasing: bytes[2..<8])) else { return nil }
        return BridgeID(priority: priority, macAddress: mac)
    }
}
