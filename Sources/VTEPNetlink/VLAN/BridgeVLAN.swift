public import VTEPWire

/// VLANs of a bridge port, or of the bridge itself, that are alike (`IFLA_BRIDGE_VLAN_INFO`, `bridge vlan`).
public struct BridgeVLAN: Hashable, Sendable {
    /// The port or the bridge.
    public var linkIndex: UInt32
    /// 1…4094.
    public var vlans: ClosedRange<UInt16>
    /// What comes in without a tag belongs to it. One VLAN of a port at most.
    public var isPVID: Bool
    /// Leaves without a tag.
    public var untagged: Bool

    public init(linkIndex: UInt32, vlans: ClosedRange<UInt16>, isPVID: Bool = false, untagged: Bool = false) {
        self.linkIndex = linkIndex
        self.vlans = vlans
        self.isPVID = isPVID
        self.untagged = untagged
    }
}

/// VLANs that are VNIs on the other side of a bridge port: of an external VXLAN device whose port has ``BridgePortOptions/vlanTunnel`` on
/// (`IFLA_BRIDGE_VLAN_TUNNEL_INFO`, `bridge vlan … tunnel_info`).
public struct VLANTunnel: Hashable, Sendable {
    /// The port.
    public var linkIndex: UInt32
    /// 1…4094.
    public var vlans: ClosedRange<UInt16>
    /// That of the first VLAN; the others follow one by one.
    public var firstVNI: VNI

    public init(linkIndex: UInt32, vlans: ClosedRange<UInt16>, firstVNI: VNI) {
        self.linkIndex = linkIndex
        self.vlans = vlans
        self.firstVNI = firstVNI
    }
}
