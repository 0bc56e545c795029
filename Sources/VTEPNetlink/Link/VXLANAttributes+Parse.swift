internal import CLibNL
internal import VTEPWire

extension VXLANAttributes {
    init(_ attributes: Attributes) {
        self.init()
        for attribute in attributes { read(attribute) }
        if external { vni = nil }
    }

    private mutating func read(_ attribute: Attribute) {
        let payload = attribute.payload
        switch attribute.type {
        case IFLA_VXLAN_ID: vni = payload.uint32.flatMap { VNI(exactly: $0) }
        case IFLA_VXLAN_PORT: destinationPort = payload.bigEndian16 ?? 0
        case IFLA_VXLAN_GROUP, IFLA_VXLAN_GROUP6: destination = payload.specified.map { VXLANDestination($0) }
        case IFLA_VXLAN_LOCAL, IFLA_VXLAN_LOCAL6: local = payload.specified
        case IFLA_VXLAN_LINK: deviceIndex = payload.uint32.flatMap { $0 == 0 ? nil : $0 }
        case IFLA_VXLAN_TTL: timeToLive = payload.uint8 ?? 0
        case IFLA_VXLAN_TOS: typeOfService = payload.uint8 ?? 0
        case IFLA_VXLAN_DF: dontFragment = DontFragment(rawValue: payload.uint8 ?? 0)
        case IFLA_VXLAN_LABEL: flowLabel = payload.bigEndian32 ?? 0
        case VTEP_IFLA_VXLAN_LABEL_POLICY:
            flowLabelPolicy = FlowLabelPolicy(rawValue: payload.uint32 ?? 0)
        case IFLA_VXLAN_AGEING: ageing = payload.uint32 ?? 0
        case IFLA_VXLAN_LIMIT: maximumEntries = payload.uint32 ?? 0
        case IFLA_VXLAN_PORT_RANGE: sourcePorts = payload.portRange
        case VTEP_IFLA_VXLAN_RESERVED_BITS:
            reservedBits = payload.uint64(at: 0).map { UInt64(bigEndian: $0) }
        default: readSwitch(attribute)
        }
    }

    private mutating func readSwitch(_ attribute: Attribute) {
        let on = attribute.payload.flag
        switch attribute.type {
        case IFLA_VXLAN_TTL_INHERIT: inheritsTimeToLive = on
        case IFLA_VXLAN_LEARNING: learning = on
        case IFLA_VXLAN_PROXY: proxy = on
        case IFLA_VXLAN_RSC: routeShortCircuit = on
        case IFLA_VXLAN_L2MISS: l2Miss = on
        case IFLA_VXLAN_L3MISS: l3Miss = on
        case IFLA_VXLAN_UDP_CSUM: udpChecksum = on
        case IFLA_VXLAN_UDP_ZERO_CSUM6_TX: udp6ZeroChecksumTransmit = on
        case IFLA_VXLAN_UDP_ZERO_CSUM6_RX: udp6ZeroChecksumReceive = on
        case IFLA_VXLAN_REMCSUM_TX: remoteChecksumTransmit = on
        case IFLA_VXLAN_REMCSUM_RX: remoteChecksumReceive = on
        case IFLA_VXLAN_REMCSUM_NOPARTIAL: remoteChecksumNoPartial = on
        case IFLA_VXLAN_GBP: groupBasedPolicy = on
        case IFLA_VXLAN_GPE: genericProtocolExtension = on
        case IFLA_VXLAN_COLLECT_METADATA: external = on
        case IFLA_VXLAN_VNIFILTER: vniFilter = on
        case VTEP_IFLA_VXLAN_LOCALBYPASS: localBypass = on
        default: break
        }
    }
}

extension AttributePayload {
    /// An address, or `nil` for the unspecified one, with which the kernel says "none".
    fileprivate var specified: IPAddress? {
        guard let address = ipAddress, !address.isUnspecified else { return nil }
        return address
    }

    /// `struct ifla_vxlan_port_range`: two ports in network order. 0 0 means the kernel's own choice.
    fileprivate var portRange: ClosedRange<UInt16>? {
        guard let low = load(UInt16.self), let high = load(UInt16.self, at: 2) else { return nil }
        let (first, last) = (UInt16(bigEndian: low), UInt16(bigEndian: high))
        return first == 0 && last == 0 || first > last ? nil : first...last
    }
}
