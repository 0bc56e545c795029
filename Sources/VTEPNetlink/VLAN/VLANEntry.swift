internal import CLibNL
internal import VTEPWire

/// What the kernel says of VLANs that are alike: in a listing, in a notification (`BRIDGE_VLANDB_ENTRY`).
struct VLANEntry {
    var vlan: BridgeVLAN
    /// That of the first VLAN, where they are VNIs on the other side.
    var firstVNI: VNI?

    /// What an RTM_NEWVLAN tells; `nil` for any other message.
    static func entries(of reply: Reply) -> [VLANEntry]? {
        guard reply.type == RTM_NEWVLAN, let header = reply.header(br_vlan_msg.self), header.ifindex > 0 else {
            return nil
        }
        return reply.attributes(after: br_vlan_msg.self).compactMap { VLANEntry($0, linkIndex: header.ifindex) }
    }

    /// `nil` for any other attribute, and for a range that is none.
    private init?(_ attribute: Attribute, linkIndex: UInt32) {
        guard attribute.type == BRIDGE_VLANDB_ENTRY else { return nil }
        var info: bridge_vlan_info?
        var last: UInt16?
        vlan = BridgeVLAN(linkIndex: linkIndex, vlans: 1...1)
        for attribute in attribute.payload.nested {
            let payload = attribute.payload
            switch attribute.type {
            case BRIDGE_VLANDB_ENTRY_INFO: info = payload.load(bridge_vlan_info.self)
            case BRIDGE_VLANDB_ENTRY_RANGE: last = payload.uint16
            case BRIDGE_VLANDB_ENTRY_TUNNEL_INFO: firstVNI = VLANEntry.vni(payload.nested)
            case BRIDGE_VLANDB_ENTRY_STATS: vlan.statistics = VLANStatistics(payload.nested)
            default: vlan.options.read(attribute)
            }
        }
        guard let info, info.vid > 0, last ?? info.vid >= info.vid, last ?? info.vid <= 4094 else { return nil }
        let flags = Int32(info.flags)
        vlan.vlans = info.vid...(last ?? info.vid)
        vlan.isPVID = flags & BRIDGE_VLAN_INFO_PVID != 0
        vlan.untagged = flags & BRIDGE_VLAN_INFO_UNTAGGED != 0
        // A range of tunnels that runs past the last VNI is none.
        if let first = firstVNI, Int(first.rawValue) + vlan.vlans.count - 1 > Int(VNI.max.rawValue) { firstVNI = nil }
    }

    private static func vni(_ attributes: Attributes) -> VNI? {
        for attribute in attributes where attribute.type == BRIDGE_VLANDB_TINFO_ID {
            return attribute.payload.uint32.flatMap { VNI(exactly: $0) }
        }
        return nil
    }

    var tunnel: VLANTunnel? {
        firstVNI.map { VLANTunnel(linkIndex: vlan.linkIndex, vlans: vlan.vlans, firstVNI: $0) }
    }

    /// Each VLAN on its own, without counters.
    func forEach(_ visit: (BridgeVLAN, VLANTunnel?) -> Void) {
        for number in vlan.vlans {
            var single = vlan
            single.vlans = number...number
            single.statistics = nil
            let offset = UInt32(number - vlan.vlans.lowerBound)
            let vni = firstVNI.flatMap { VNI(exactly: $0.rawValue + offset) }
            visit(single, vni.map { VLANTunnel(linkIndex: vlan.linkIndex, vlans: number...number, firstVNI: $0) })
        }
    }
}

extension VLANOptions {
    fileprivate mutating func read(_ attribute: Attribute) {
        let payload = attribute.payload
        switch attribute.type {
        case BRIDGE_VLANDB_ENTRY_STATE: state = payload.uint8.map { BridgePortState(rawValue: $0) }
        case BRIDGE_VLANDB_ENTRY_MCAST_ROUTER: multicastRouter = payload.uint8.map { MulticastRouter(rawValue: $0) }
        case VTEP_BRIDGE_VLANDB_ENTRY_MCAST_MAX_GROUPS: maximumGroups = payload.uint32
        case VTEP_BRIDGE_VLANDB_ENTRY_NEIGH_SUPPRESS: neighbourSuppression = payload.bool
        default: break
        }
    }
}

extension VLANStatistics {
    fileprivate init(_ attributes: Attributes) {
        self.init()
        for attribute in attributes {
            let count = attribute.payload.uint64(at: 0) ?? 0
            switch attribute.type {
            case BRIDGE_VLANDB_STATS_RX_BYTES: receivedBytes = count
            case BRIDGE_VLANDB_STATS_RX_PACKETS: receivedPackets = count
            case BRIDGE_VLANDB_STATS_TX_BYTES: transmittedBytes = count
            case BRIDGE_VLANDB_STATS_TX_PACKETS: transmittedPackets = count
            default: break
            }
        }
    }
}
