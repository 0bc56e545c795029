internal import CLibNL
internal import VTEPWire

/// What one AF_BRIDGE RTM_NEWLINK says about the VLANs of a link, with ranges put together.
struct VLANTables {
    var vlans: [BridgeVLAN] = []
    var tunnels: [VLANTunnel] = []

    private let linkIndex: UInt32
    /// The first of a range whose last is yet to come.
    private var openVLAN: UInt16?
    private var openTunnel: (vlan: UInt16, vni: VNI)?

    init?(_ reply: Reply) {
        guard reply.type == RTM_NEWLINK, let header = reply.header(ifinfomsg.self), header.ifi_family == PF_BRIDGE,
            header.ifi_index > 0
        else { return nil }
        linkIndex = UInt32(header.ifi_index)
        for attribute in reply.attributes(after: ifinfomsg.self) where attribute.type == IFLA_AF_SPEC {
            for attribute in attribute.payload.nested { read(attribute) }
        }
    }

    private mutating func read(_ attribute: Attribute) {
        switch attribute.type {
        case IFLA_BRIDGE_VLAN_INFO: readVLAN(attribute.payload)
        case IFLA_BRIDGE_VLAN_TUNNEL_INFO: readTunnel(attribute.payload.nested)
        default: break
        }
    }

    /// `struct bridge_vlan_info`.
    private mutating func readVLAN(_ payload: AttributePayload) {
        guard let info = payload.load(bridge_vlan_info.self) else { return }
        let flags = Int32(info.flags)
        if flags & BRIDGE_VLAN_INFO_RANGE_BEGIN != 0 {
            openVLAN = info.vid
            return
        }
        let first = flags & BRIDGE_VLAN_INFO_RANGE_END != 0 ? openVLAN ?? info.vid : info.vid
        openVLAN = nil
        guard first <= info.vid else { return }
        vlans.append(
            BridgeVLAN(
                linkIndex: linkIndex, vlans: first...info.vid, isPVID: flags & BRIDGE_VLAN_INFO_PVID != 0,
                untagged: flags & BRIDGE_VLAN_INFO_UNTAGGED != 0))
    }

    private mutating func readTunnel(_ attributes: Attributes) {
        var (vlan, vni, flags) = (UInt16?.none, VNI?.none, Int32(0))
        for attribute in attributes {
            let payload = attribute.payload
            switch attribute.type {
            case IFLA_BRIDGE_VLAN_TUNNEL_ID: vni = payload.uint32.flatMap { VNI(exactly: $0) }
            case IFLA_BRIDGE_VLAN_TUNNEL_VID: vlan = payload.uint16
            case IFLA_BRIDGE_VLAN_TUNNEL_FLAGS: flags = Int32(payload.uint16 ?? 0)
            default: break
            }
        }
        guard let vlan, let vni else { return }
        if flags & BRIDGE_VLAN_INFO_RANGE_BEGIN != 0 {
            openTunnel = (vlan, vni)
            return
        }
        let begun = flags & BRIDGE_VLAN_INFO_RANGE_END != 0 ? openTunnel : nil
        openTunnel = nil
        let first = begun?.vlan ?? vlan
        guard first <= vlan else { return }
        tunnels.append(VLANTunnel(linkIndex: linkIndex, vlans: first...vlan, firstVNI: begun?.vni ?? vni))
    }
}
