internal import CLibNL

extension BridgePortAttributes {
    init(_ attributes: Attributes) {
        self.init()
        for attribute in attributes { read(attribute) }
    }

    private mutating func read(_ attribute: Attribute) {
        let payload = attribute.payload
        switch attribute.type {
        case IFLA_BRPORT_STATE: state = BridgePortState(rawValue: payload.uint8 ?? 0)
        case IFLA_BRPORT_PRIORITY: priority = payload.uint16 ?? 0
        case IFLA_BRPORT_COST: cost = payload.uint32 ?? 0
        case IFLA_BRPORT_MULTICAST_ROUTER: multicastRouter = MulticastRouter(rawValue: payload.uint8 ?? 0)
        case VTEP_IFLA_BRPORT_MCAST_MAX_GROUPS: maximumGroups = payload.uint32
        case IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT: trackedHostsLimit = payload.uint32
        case IFLA_BRPORT_GROUP_FWD_MASK: groupForwardMask = payload.uint16 ?? 0
        case IFLA_BRPORT_BACKUP_PORT: backupPortIndex = payload.uint32.flatMap { $0 == 0 ? nil : $0 }
        case VTEP_IFLA_BRPORT_BACKUP_NHID: backupNextHopID = payload.uint32.flatMap { $0 == 0 ? nil : $0 }
        default: readSwitch(attribute)
        }
    }

    private mutating func readSwitch(_ attribute: Attribute) {
        let on = attribute.payload.flag
        switch attribute.type {
        case IFLA_BRPORT_MODE: hairpin = on
        case IFLA_BRPORT_GUARD: bpduGuard = on
        case IFLA_BRPORT_PROTECT: rootBlock = on
        case IFLA_BRPORT_FAST_LEAVE: fastLeave = on
        case IFLA_BRPORT_LEARNING: learning = on
        case IFLA_BRPORT_UNICAST_FLOOD: unicastFlood = on
        case IFLA_BRPORT_MCAST_FLOOD: multicastFlood = on
        case IFLA_BRPORT_BCAST_FLOOD: broadcastFlood = on
        case IFLA_BRPORT_PROXYARP: proxyARP = on
        case IFLA_BRPORT_PROXYARP_WIFI: proxyARPWiFi = on
        case IFLA_BRPORT_NEIGH_SUPPRESS: neighbourSuppression = on
        case VTEP_IFLA_BRPORT_NEIGH_VLAN_SUPPRESS: neighbourVLANSuppression = on
        case IFLA_BRPORT_ISOLATED: isolated = on
        case IFLA_BRPORT_LOCKED: locked = on
        case VTEP_IFLA_BRPORT_MAB: authenticationBypass = on
        case IFLA_BRPORT_VLAN_TUNNEL: vlanTunnel = on
        case IFLA_BRPORT_MCAST_TO_UCAST: multicastToUnicast = on
        default: break
        }
    }
}
