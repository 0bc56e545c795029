internal import CLibNL
package import VTEPWire

/// What every kind of new link can be told in the message that creates it.
package struct NewLink {
    package var name: String
    package var properties: LinkChanges

    package init(name: String, properties: LinkChanges = LinkChanges()) {
        self.name = name
        self.properties = properties
    }
}

/// What a new VXLAN device can be told; `nil` leaves the kernel's default.
package struct NewVXLAN {
    package var vni: VNI
    package var destinationPort: UInt16
    package var destination: IPAddress?
    package var local: IPAddress?
    package var deviceIndex: UInt32?
    package var timeToLive: UInt8?
    package var typeOfService: UInt8?
    package var learning: Bool?
    package var ageing: UInt32?
    package var sourcePorts: ClosedRange<UInt16>?
    package var udpChecksum: Bool?
    package var udp6ZeroChecksumTransmit: Bool?
    package var udp6ZeroChecksumReceive: Bool?

    package init(vni: VNI, destinationPort: UInt16) {
        self.vni = vni
        self.destinationPort = destinationPort
    }
}

/// What a new bridge can be told; `nil` leaves the kernel's default.
package struct NewBridge {
    package var stp: Bool?
    /// Hundredths of a second.
    package var forwardDelay: UInt32?
    /// Hundredths of a second.
    package var ageingTime: UInt32?
    package var priority: UInt16?
    package var multicastSnooping: Bool?

    package init() {}
}

extension Connection {
    package func create(_ link: NewLink, vxlan: NewVXLAN, _ purpose: Purpose) throws(VTEPError) {
        try create(link, .vxlan, purpose) { request throws(VTEPError) in request.put(vxlan) }
    }

    package func create(_ link: NewLink, bridge: NewBridge, _ purpose: Purpose) throws(VTEPError) {
        try create(link, .bridge, purpose) { request throws(VTEPError) in request.put(bridge) }
    }

    /// A veth pair; the peer may be born in another namespace.
    package func create(
        _ link: NewLink, vethPeer peer: NewLink, peerNamespace: NetworkNamespace, _ purpose: Purpose
    ) throws(VTEPError) {
        try peerNamespace.withDescriptor(attempted: purpose.attempted) { descriptor throws(VTEPError) in
            try create(link, .veth, purpose) { request throws(VTEPError) in
                try request.nest(VETH_INFO_PEER) { request throws(VTEPError) in
                    var header = ifinfomsg()
                    header.setUp(peer.properties.up)
                    request.append(header: header)
                    request.put(IFLA_IFNAME, peer.name)
                    request.put(peer.properties)
                    if let descriptor { request.put(IFLA_NET_NS_FD, descriptor) }
                }
            }
        }
    }

    private func create(
        _ link: NewLink, _ kind: LinkKind, _ purpose: Purpose,
        _ data: (inout Request) throws(VTEPError) -> Void
    ) throws(VTEPError) {
        var request = try Request(type: RTM_NEWLINK, flags: NLM_F_CREATE | NLM_F_EXCL)
        var header = ifinfomsg()
        header.setUp(link.properties.up)
        request.append(header: header)
        request.put(IFLA_IFNAME, link.name)
        request.put(link.properties)
        try request.nest(IFLA_LINKINFO) { request throws(VTEPError) in
            request.put(IFLA_INFO_KIND, kind.rawValue)
            try request.nest(IFLA_INFO_DATA, data)
        }
        try change(request, purpose)
    }
}

extension Request {
    fileprivate mutating func put(_ vxlan: NewVXLAN) {
        put(IFLA_VXLAN_ID, vxlan.vni.rawValue)
        put(IFLA_VXLAN_PORT, vxlan.destinationPort.bigEndian)
        if let address = vxlan.destination { put(IFLA_VXLAN_GROUP, IFLA_VXLAN_GROUP6, address) }
        if let address = vxlan.local { put(IFLA_VXLAN_LOCAL, IFLA_VXLAN_LOCAL6, address) }
        if let device = vxlan.deviceIndex { put(IFLA_VXLAN_LINK, device) }
        if let ttl = vxlan.timeToLive { put(IFLA_VXLAN_TTL, ttl) }
        if let tos = vxlan.typeOfService { put(IFLA_VXLAN_TOS, tos) }
        if let learning = vxlan.learning { put(IFLA_VXLAN_LEARNING, learning) }
        if let ageing = vxlan.ageing { put(IFLA_VXLAN_AGEING, ageing) }
        if let ports = vxlan.sourcePorts {
            // struct ifla_vxlan_port_range: low, high, in network order.
            put(IFLA_VXLAN_PORT_RANGE, (UInt32(ports.lowerBound) << 16 | UInt32(ports.upperBound)).bigEndian)
        }
        if let flag = vxlan.udpChecksum { put(IFLA_VXLAN_UDP_CSUM, flag) }
        if let flag = vxlan.udp6ZeroChecksumTransmit { put(IFLA_VXLAN_UDP_ZERO_CSUM6_TX, flag) }
        if let flag = vxlan.udp6ZeroChecksumReceive { put(IFLA_VXLAN_UDP_ZERO_CSUM6_RX, flag) }
    }

    fileprivate mutating func put(_ bridge: NewBridge) {
        if let stp = bridge.stp { put(IFLA_BR_STP_STATE, UInt32(stp ? 1 : 0)) }
        if let delay = bridge.forwardDelay { put(IFLA_BR_FORWARD_DELAY, delay) }
        if let ageing = bridge.ageingTime { put(IFLA_BR_AGEING_TIME, ageing) }
        if let priority = bridge.priority { put(IFLA_BR_PRIORITY, priority) }
        if let snooping = bridge.multicastSnooping { put(IFLA_BR_MCAST_SNOOPING, snooping) }
    }

    /// The kernel has one attribute for each address family.
    private mutating func put(_ v4: Int, _ v6: Int, _ address: IPAddress) {
        put(address.family == .v4 ? v4 : v6, address)
    }
}
