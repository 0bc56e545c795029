internal import CLibNL
internal import VTEPWire

extension BridgeAttributes {
    init(_ attributes: Attributes) {
        self.init()
        for attribute in attributes { read(attribute) }
    }

    private init() {
        bridgeID = BridgeID(priority: 0, macAddress: .zero)
        rootID = bridgeID
        stp = .off
        forwardDelay = 0
        helloTime = 0
        maximumAge = 0
        ageingTime = 0
        priority = 0
        vlanFiltering = false
        multicastSnooping = false
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
        case IFLA_BR_VLAN_FILTERING: vlanFiltering = payload.bool ?? false
        case IFLA_BR_MCAST_SNOOPING: multicastSnooping = payload.bool ?? false
        default: break
        }
    }
}

extension BridgePortAttributes {
    init(_ attributes: Attributes) {
        self.init()
        for attribute in attributes { read(attribute) }
    }

    private init() {
        state = .disabled
        priority = 0
        cost = 0
        hairpin = false
        learning = false
        unicastFlood = false
        multicastFlood = false
        broadcastFlood = false
        neighbourSuppression = false
        isolated = false
    }

    private mutating func read(_ attribute: Attribute) {
        let payload = attribute.payload
        switch attribute.type {
        case IFLA_BRPORT_STATE: state = BridgePortState(rawValue: payload.uint8 ?? 0)
        case IFLA_BRPORT_PRIORITY: priority = payload.uint16 ?? 0
        case IFLA_BRPORT_COST: cost = payload.uint32 ?? 0
        case IFLA_BRPORT_MODE: hairpin = payload.bool ?? false
        case IFLA_BRPORT_LEARNING: learning = payload.bool ?? false
        case IFLA_BRPORT_UNICAST_FLOOD: unicastFlood = payload.bool ?? false
        case IFLA_BRPORT_MCAST_FLOOD: multicastFlood = payload.bool ?? false
        case IFLA_BRPORT_BCAST_FLOOD: broadcastFlood = payload.bool ?? false
        case IFLA_BRPORT_NEIGH_SUPPRESS: neighbourSuppression = payload.bool ?? false
        case IFLA_BRPORT_ISOLATED: isolated = payload.bool ?? false
        default: break
        }
    }
}

extension AttributePayload {
    /// `struct ifla_bridge_id`: two octets of priority, most significant first, and a MAC address.
    fileprivate var bridgeID: BridgeID? {
        guard let priority = bigEndian16, unsafe bytes.count >= 8 else { return nil }
        guard let mac = unsafe MACAddress(bytes: UnsafeRawBufferPointer(rebasing: bytes[2..<8])) else { return nil }
        return BridgeID(priority: priority, macAddress: mac)
    }
}
