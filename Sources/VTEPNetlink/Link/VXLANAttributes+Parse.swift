internal import CLibNL
internal import VTEPWire

extension VXLANAttributes {
    init(_ attributes: Attributes) {
        self.init()
        for attribute in attributes { read(attribute) }
        if external { vni = nil }
    }

    private init() {
        vni = nil
        destinationPort = 0
        destination = nil
        local = nil
        deviceIndex = nil
        timeToLive = 0
        inheritsTimeToLive = false
        typeOfService = 0
        learning = false
        ageing = 0
        maximumEntries = 0
        sourcePorts = nil
        udpChecksum = false
        udp6ZeroChecksumTransmit = false
        udp6ZeroChecksumReceive = false
        external = false
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
        case IFLA_VXLAN_TTL_INHERIT: inheritsTimeToLive = payload.bool ?? false
        case IFLA_VXLAN_TOS: typeOfService = payload.uint8 ?? 0
        case IFLA_VXLAN_LEARNING: learning = payload.bool ?? false
        case IFLA_VXLAN_AGEING: ageing = payload.uint32 ?? 0
        case IFLA_VXLAN_LIMIT: maximumEntries = payload.uint32 ?? 0
        case IFLA_VXLAN_PORT_RANGE: sourcePorts = payload.portRange
        case IFLA_VXLAN_UDP_CSUM: udpChecksum = payload.bool ?? false
        case IFLA_VXLAN_UDP_ZERO_CSUM6_TX: udp6ZeroChecksumTransmit = payload.bool ?? false
        case IFLA_VXLAN_UDP_ZERO_CSUM6_RX: udp6ZeroChecksumReceive = payload.bool ?? false
        case IFLA_VXLAN_COLLECT_METADATA: external = payload.bool ?? false
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
