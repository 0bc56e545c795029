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
        vlan_filtering = bridge.vlanFiltering ? 1 : 0
        multicast_snooping = bridge.multicastSnooping ? 1 : 0
        bridge_id = vtep_bridge_id(bridge.bridgeID)
        root_id = vtep_bridge_id(bridge.rootID)
    }
}

extension vtep_bridge_id {
    fileprivate init(_ id: BridgeID) { self.init(priority: id.priority, mac: vtep_mac(id.macAddress)) }
}

extension vtep_bridge_port: SizedStruct {
    init(_ port: BridgePortAttributes) {
        self.init()
        cost = port.cost
        priority = UInt32(port.priority)
        state = port.state.rawValue
        hairpin = port.hairpin ? 1 : 0
        learning = port.learning ? 1 : 0
        unicast_flood = port.unicastFlood ? 1 : 0
        multicast_flood = port.multicastFlood ? 1 : 0
        broadcast_flood = port.broadcastFlood ? 1 : 0
        neighbour_suppression = port.neighbourSuppression ? 1 : 0
        isolated = port.isolated ? 1 : 0
    }
}
