internal import CLibNL
internal import VTEPWire

extension Link {
    /// Reads an `RTM_NEWLINK`; `nil` for any other message.
    init?(_ reply: Reply) {
        guard reply.type == RTM_NEWLINK, let header = reply.header(ifinfomsg.self), header.ifi_index > 0 else {
            return nil
        }
        self.init(index: UInt32(header.ifi_index), flags: header.ifi_flags, hardwareType: header.ifi_type)
        for attribute in reply.attributes(after: ifinfomsg.self) { read(attribute) }
    }

    private init(index: UInt32, flags: UInt32, hardwareType: UInt16) {
        self.index = index
        name = ""
        kind = .physical
        self.flags = LinkFlags(rawValue: flags)
        mtu = 0
        macAddress = nil
        broadcastAddress = nil
        operationalState = .unknown
        transmitQueueLength = 0
        queueingDiscipline = ""
        group = 0
        self.hardwareType = hardwareType
        masterIndex = nil
        lowerIndex = nil
        lowerNamespaceID = nil
        alias = nil
        minimumMTU = 0
        maximumMTU = 0
        promiscuity = 0
        details = .none
        bridgePort = nil
        statistics = LinkStatistics()
    }

    private mutating func read(_ attribute: Attribute) {
        let payload = attribute.payload
        switch attribute.type {
        case IFLA_IFNAME: name = payload.string
        case IFLA_ADDRESS: macAddress = payload.macAddress
        case IFLA_BROADCAST: broadcastAddress = payload.macAddress
        case IFLA_MTU: mtu = payload.uint32 ?? 0
        case IFLA_OPERSTATE: operationalState = OperationalState(rawValue: payload.uint8 ?? 0)
        case IFLA_TXQLEN: transmitQueueLength = payload.uint32 ?? 0
        case IFLA_QDISC: queueingDiscipline = payload.string
        case IFLA_GROUP: group = payload.uint32 ?? 0
        case IFLA_MASTER: masterIndex = payload.uint32
        case IFLA_LINK: lowerIndex = payload.uint32.flatMap { $0 == 0 ? nil : $0 }
        case IFLA_LINK_NETNSID: lowerNamespaceID = payload.int32
        case IFLA_IFALIAS: alias = payload.string
        case IFLA_MIN_MTU: minimumMTU = payload.uint32 ?? 0
        case IFLA_MAX_MTU: maximumMTU = payload.uint32 ?? 0
        case IFLA_PROMISCUITY: promiscuity = payload.uint32 ?? 0
        case IFLA_STATS64: statistics = LinkStatistics(payload)
        case IFLA_LINKINFO: readLinkInfo(payload.nested)
        default: break
        }
    }

    private mutating func readLinkInfo(_ info: Attributes) {
        var portKind = ""
        for attribute in info {
            switch attribute.type {
            case IFLA_INFO_KIND: kind = LinkKind(rawValue: attribute.payload.string)
            case IFLA_INFO_SLAVE_KIND: portKind = attribute.payload.string
            case IFLA_INFO_DATA where kind == .vxlan: details = .vxlan(VXLANAttributes(attribute.payload.nested))
            case IFLA_INFO_DATA where kind == .bridge: details = .bridge(BridgeAttributes(attribute.payload.nested))
            case IFLA_INFO_SLAVE_DATA where portKind == "bridge":
                bridgePort = BridgePortAttributes(attribute.payload.nested)
            default: break
            }
        }
    }
}
