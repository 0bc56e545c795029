internal import CLibNL
package import VTEPWire

/// What a VXLAN device can be told, links named by index. In a change `nil` leaves things as they are.
package struct VXLANSettings {
    package var segments: VXLANSegments?
    /// The remote or the group; the unspecified address takes it away.
    package var destination: IPAddress?
    /// The unspecified address takes it away.
    package var local: IPAddress?
    package var deviceIndex: UInt32?
    package var options = VXLANOptions()

    package init(segments: VXLANSegments? = nil, options: VXLANOptions = VXLANOptions()) {
        self.segments = segments
        self.options = options
    }
}

extension Connection {
    package func create(_ link: NewLink, vxlan: VXLANSettings, _ purpose: Purpose) throws(VTEPError) {
        try create(link, .vxlan, purpose) { request throws(VTEPError) in request.put(vxlan) }
    }

    /// libnl's `rtnl_link_change` would report success for what the kernel refuses.
    package func change(_ index: UInt32, vxlan: VXLANSettings, _ purpose: Purpose) throws(VTEPError) {
        try change(index, .vxlan, purpose) { request throws(VTEPError) in request.put(vxlan) }
    }
}

extension Request {
    fileprivate mutating func put(_ vxlan: VXLANSettings) {
        switch vxlan.segments {
        case .vni(let vni): put(IFLA_VXLAN_ID, vni.rawValue)
        case .external: put(IFLA_VXLAN_COLLECT_METADATA, true)
        case .filtered:
            put(IFLA_VXLAN_COLLECT_METADATA, true)
            put(IFLA_VXLAN_VNIFILTER, true)
        case nil: break
        }
        if let port = vxlan.options.destinationPort { put(IFLA_VXLAN_PORT, port.bigEndian) }
        if let address = vxlan.destination { put(IFLA_VXLAN_GROUP, IFLA_VXLAN_GROUP6, address) }
        if let address = vxlan.local { put(IFLA_VXLAN_LOCAL, IFLA_VXLAN_LOCAL6, address) }
        if let device = vxlan.deviceIndex { put(IFLA_VXLAN_LINK, device) }
        putNumbers(vxlan.options)
        putSwitches(vxlan.options)
    }

    private mutating func putNumbers(_ options: VXLANOptions) {
        put(IFLA_VXLAN_TTL, options.timeToLive)
        put(IFLA_VXLAN_TOS, options.typeOfService)
        put(IFLA_VXLAN_DF, options.dontFragment?.rawValue)
        put(IFLA_VXLAN_LABEL, options.flowLabel?.bigEndian)
        put(VTEP_IFLA_VXLAN_LABEL_POLICY, options.flowLabelPolicy?.rawValue)
        put(IFLA_VXLAN_AGEING, options.ageing)
        put(IFLA_VXLAN_LIMIT, options.maximumEntries)
        if let ports = options.sourcePorts {
            // struct ifla_vxlan_port_range: low, high, in network order.
            put(IFLA_VXLAN_PORT_RANGE, (UInt32(ports.lowerBound) << 16 | UInt32(ports.upperBound)).bigEndian)
        }
        // struct vxlanhdr: two words in network order.
        put(VTEP_IFLA_VXLAN_RESERVED_BITS, options.reservedBits?.bigEndian)
    }

    private mutating func putSwitches(_ options: VXLANOptions) {
        put(IFLA_VXLAN_LEARNING, options.learning)
        put(IFLA_VXLAN_PROXY, options.proxy)
        put(IFLA_VXLAN_RSC, options.routeShortCircuit)
        put(IFLA_VXLAN_L2MISS, options.l2Miss)
        put(IFLA_VXLAN_L3MISS, options.l3Miss)
        put(IFLA_VXLAN_UDP_CSUM, options.udpChecksum)
        put(IFLA_VXLAN_UDP_ZERO_CSUM6_TX, options.udp6ZeroChecksumTransmit)
        put(IFLA_VXLAN_UDP_ZERO_CSUM6_RX, options.udp6ZeroChecksumReceive)
        put(IFLA_VXLAN_REMCSUM_TX, options.remoteChecksumTransmit)
        put(IFLA_VXLAN_REMCSUM_RX, options.remoteChecksumReceive)
        put(VTEP_IFLA_VXLAN_LOCALBYPASS, options.localBypass)
        put(VTEP_IFLA_VXLAN_MC_ROUTE, options.multicastRouting)
        // Flags without a value, so that "off" cannot be said: it is what the kernel does without them.
        if options.inheritsTimeToLive == true { putFlag(IFLA_VXLAN_TTL_INHERIT) }
        if options.groupBasedPolicy == true { putFlag(IFLA_VXLAN_GBP) }
        if options.genericProtocolExtension == true { putFlag(IFLA_VXLAN_GPE) }
        if options.remoteChecksumNoPartial == true { putFlag(IFLA_VXLAN_REMCSUM_NOPARTIAL) }
    }

    /// The kernel has one attribute for each address family.
    private mutating func put(_ v4: Int, _ v6: Int, _ address: IPAddress) {
        put(address.family == .v4 ? v4 : v6, address)
    }
}
