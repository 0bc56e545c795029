internal import CLibNL
internal import VTEPWire

extension Reply {
    /// One part of what an RTM_NEWLINK says about a link's kind (`IFLA_LINKINFO`).
    fileprivate func linkInfo(_ part: Int) -> Attributes? {
        guard type == RTM_NEWLINK else { return nil }
        let info = attributes(after: ifinfomsg.self).first { $0.type == IFLA_LINKINFO }
        return info?.payload.nested.first { $0.type == part }?.payload.nested
    }
}

extension BridgeStatus {
    /// `nil` where the message tells of nothing that a kind adds.
    init?(_ reply: Reply) {
        guard let data = reply.linkInfo(IFLA_INFO_DATA) else { return nil }
        self.init(data)
    }

    private init(_ attributes: Attributes) {
        self.init()
        for attribute in attributes { read(attribute) }
    }

    private mutating func read(_ attribute: Attribute) {
        let payload = attribute.payload
        switch attribute.type {
        case IFLA_BR_ROOT_PORT: rootPort = payload.uint16 ?? 0
        case IFLA_BR_ROOT_PATH_COST: rootPathCost = payload.uint32 ?? 0
        case IFLA_BR_TOPOLOGY_CHANGE: topologyChange = payload.bool ?? false
        case IFLA_BR_TOPOLOGY_CHANGE_DETECTED: topologyChangeDetected = payload.bool ?? false
        case IFLA_BR_HELLO_TIMER: helloTimer = payload.uint64(at: 0) ?? 0
        case IFLA_BR_TCN_TIMER: topologyNotificationTimer = payload.uint64(at: 0) ?? 0
        case IFLA_BR_TOPOLOGY_CHANGE_TIMER: topologyChangeTimer = payload.uint64(at: 0) ?? 0
        case IFLA_BR_GC_TIMER: collectionTimer = payload.uint64(at: 0) ?? 0
        case VTEP_IFLA_BR_FDB_N_LEARNED: learned = payload.uint32
        case IFLA_BR_MCAST_QUERIER_STATE: readQueriers(payload.nested)
        default: break
        }
    }

    private mutating func readQueriers(_ attributes: Attributes) {
        for attribute in attributes {
            let payload = attribute.payload
            switch attribute.type {
            case BRIDGE_QUERIER_IP_ADDRESS: igmpQuerier = payload.ipAddress.map { MulticastQuerier(address: $0) }
            case BRIDGE_QUERIER_IP_PORT: igmpQuerier?.portIndex = payload.uint32
            case BRIDGE_QUERIER_IP_OTHER_TIMER: igmpQuerier?.timer = payload.uint64(at: 0)
            case BRIDGE_QUERIER_IPV6_ADDRESS: mldQuerier = payload.ipAddress.map { MulticastQuerier(address: $0) }
            case BRIDGE_QUERIER_IPV6_PORT: mldQuerier?.portIndex = payload.uint32
            case BRIDGE_QUERIER_IPV6_OTHER_TIMER: mldQuerier?.timer = payload.uint64(at: 0)
            default: break
            }
        }
    }
}

extension BridgePortStatus {
    /// `nil` where the message tells of no port.
    init?(_ reply: Reply) {
        guard let data = reply.linkInfo(IFLA_INFO_SLAVE_DATA) else { return nil }
        self.init(data)
    }

    private init(_ attributes: Attributes) {
        self.init()
        for attribute in attributes { read(attribute) }
    }

    private mutating func read(_ attribute: Attribute) {
        let payload = attribute.payload
        switch attribute.type {
        case IFLA_BRPORT_ID: portID = payload.uint16 ?? 0
        case IFLA_BRPORT_NO: number = payload.uint16 ?? 0
        case IFLA_BRPORT_ROOT_ID: designatedRoot = payload.bridgeID ?? designatedRoot
        case IFLA_BRPORT_BRIDGE_ID: designatedBridge = payload.bridgeID ?? designatedBridge
        case IFLA_BRPORT_DESIGNATED_PORT: designatedPort = payload.uint16 ?? 0
        case IFLA_BRPORT_DESIGNATED_COST: designatedCost = payload.uint16 ?? 0
        case IFLA_BRPORT_TOPOLOGY_CHANGE_ACK: topologyChangeAcknowledged = payload.bool ?? false
        case IFLA_BRPORT_CONFIG_PENDING: configurationPending = payload.bool ?? false
        case IFLA_BRPORT_MESSAGE_AGE_TIMER: messageAgeTimer = payload.uint64(at: 0) ?? 0
        case IFLA_BRPORT_FORWARD_DELAY_TIMER: forwardDelayTimer = payload.uint64(at: 0) ?? 0
        case IFLA_BRPORT_HOLD_TIMER: holdTimer = payload.uint64(at: 0) ?? 0
        case VTEP_IFLA_BRPORT_MCAST_N_GROUPS: groups = payload.uint32
        case IFLA_BRPORT_MCAST_EHT_HOSTS_CNT: trackedHosts = payload.uint32
        case IFLA_BRPORT_MRP_RING_OPEN: ringOpen = payload.bool ?? false
        case IFLA_BRPORT_MRP_IN_OPEN: interconnectionOpen = payload.bool ?? false
        default: break
        }
    }
}
