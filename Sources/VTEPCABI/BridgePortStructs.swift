internal import CVTEP
internal import VTEP

extension vtep_bridge_port: SizedStruct {
    init(_ port: BridgePortAttributes) {
        self.init()
        state = UInt32(port.state.rawValue)
        cost = port.cost
        priority = UInt32(port.priority)
        multicast_router = UInt32(port.multicastRouter.rawValue)
        maximum_groups = has.set(VTEP_BRIDGE_PORT_HAS_MAXIMUM_GROUPS, to: port.maximumGroups)
        tracked_hosts_limit = has.set(VTEP_BRIDGE_PORT_HAS_TRACKED_HOSTS_LIMIT, to: port.trackedHostsLimit)
        group_forward_mask = UInt32(port.groupForwardMask)
        backup_port_index = port.backupPortIndex ?? 0
        backup_nexthop_id = port.backupNextHopID ?? 0
        for (bit, isOn) in port.flags { flags.set(bit, where: isOn) }
    }
}

extension BridgePortAttributes {
    fileprivate var flags: [(Int, Bool)] {
        [
            (VTEP_BRIDGE_PORT_FLAG_HAIRPIN, hairpin), (VTEP_BRIDGE_PORT_FLAG_BPDU_GUARD, bpduGuard),
            (VTEP_BRIDGE_PORT_FLAG_ROOT_BLOCK, rootBlock), (VTEP_BRIDGE_PORT_FLAG_FAST_LEAVE, fastLeave),
            (VTEP_BRIDGE_PORT_FLAG_LEARNING, learning), (VTEP_BRIDGE_PORT_FLAG_UNICAST_FLOOD, unicastFlood),
            (VTEP_BRIDGE_PORT_FLAG_MULTICAST_FLOOD, multicastFlood),
            (VTEP_BRIDGE_PORT_FLAG_BROADCAST_FLOOD, broadcastFlood), (VTEP_BRIDGE_PORT_FLAG_PROXY_ARP, proxyARP),
            (VTEP_BRIDGE_PORT_FLAG_PROXY_ARP_WIFI, proxyARPWiFi),
            (VTEP_BRIDGE_PORT_FLAG_NEIGHBOUR_SUPPRESSION, neighbourSuppression),
            (VTEP_BRIDGE_PORT_FLAG_NEIGHBOUR_VLAN_SUPPRESSION, neighbourVLANSuppression ?? false),
            (VTEP_BRIDGE_PORT_FLAG_ISOLATED, isolated), (VTEP_BRIDGE_PORT_FLAG_LOCKED, locked),
            (VTEP_BRIDGE_PORT_FLAG_MAB, authenticationBypass ?? false),
            (VTEP_BRIDGE_PORT_FLAG_VLAN_TUNNEL, vlanTunnel),
            (VTEP_BRIDGE_PORT_FLAG_MULTICAST_TO_UNICAST, multicastToUnicast),
        ]
    }
}

extension vtep_bridge_port_status: SizedStruct {
    init(_ status: BridgePortStatus) {
        self.init()
        port_id = UInt32(status.portID)
        number = UInt32(status.number)
        designated_port = UInt32(status.designatedPort)
        designated_cost = UInt32(status.designatedCost)
        designated_root = vtep_bridge_id(status.designatedRoot)
        designated_bridge = vtep_bridge_id(status.designatedBridge)
        groups = has.set(VTEP_BRIDGE_PORT_STATUS_HAS_GROUPS, to: status.groups)
        tracked_hosts = has.set(VTEP_BRIDGE_PORT_STATUS_HAS_TRACKED_HOSTS, to: status.trackedHosts)
        topology_change_acknowledged = status.topologyChangeAcknowledged ? 1 : 0
        configuration_pending = status.configurationPending ? 1 : 0
        ring_open = status.ringOpen ? 1 : 0
        interconnection_open = status.interconnectionOpen ? 1 : 0
        message_age_timer = status.messageAgeTimer
        forward_delay_timer = status.forwardDelayTimer
        hold_timer = status.holdTimer
    }
}
