public import VTEPWire

/// VLANs of a bridge port, or of the bridge itself, that are alike (`BRIDGE_VLANDB_ENTRY`, `bridge vlan`).
public struct BridgeVLAN: Hashable, Sendable {
    /// The port or the bridge.
    public var linkIndex: UInt32
    /// 1…4094.
    public var vlans: ClosedRange<UInt16>
    /// What comes in without a tag belongs to it. One VLAN of a port at most.
    public var isPVID: Bool
    /// Leaves without a tag.
    public var untagged: Bool
    /// What else it is set to, as far as this kernel tells; before Linux 5.6 nothing.
    public var options: VLANOptions
    /// Only where asked for; then each VLAN has an entry of its own.
    public var statistics: VLANStatistics?

    public init(
        linkIndex: UInt32, vlans: ClosedRange<UInt16>, isPVID: Bool = false, untagged: Bool = false,
        options: VLANOptions = VLANOptions()
    ) {
        self.linkIndex = linkIndex
        self.vlans = vlans
        self.isPVID = isPVID
        self.untagged = untagged
        self.options = options
    }
}

/// What a VLAN of a bridge port, or of the bridge itself, can be told (`bridge vlan set`). `nil`: left as it is, or in a
/// listing, not told by this kernel.
public struct VLANOptions: Hashable, Sendable {
    /// Whether it learns and forwards; only while the kernel runs no spanning tree (`BRIDGE_VLANDB_ENTRY_STATE`).
    public var state: BridgePortState?
    /// While multicast is snooped per VLAN (`BRIDGE_VLANDB_ENTRY_MCAST_ROUTER`; from Linux 5.15 on).
    public var multicastRouter: MulticastRouter?
    /// Of a port: the most groups behind it; 0 for no limit (`BRIDGE_VLANDB_ENTRY_MCAST_MAX_GROUPS`; from Linux 6.3 on,
    /// while multicast is snooped per VLAN).
    public var maximumGroups: UInt32?
    /// Of a port with ``BridgePortOptions/neighbourVLANSuppression``: answer ARP and ND from the neighbour table, and send
    /// none to it (`BRIDGE_VLANDB_ENTRY_NEIGH_SUPPRESS`; from Linux 6.4 on).
    public var neighbourSuppression: Bool?

    public init() {}
}

/// Counters of one VLAN at one link; at 0 while the bridge does not count (`BRIDGE_VLANDB_ENTRY_STATS`).
public struct VLANStatistics: Hashable, Sendable {
    public var receivedBytes: UInt64 = 0
    public var receivedPackets: UInt64 = 0
    public var transmittedBytes: UInt64 = 0
    public var transmittedPackets: UInt64 = 0

    public init() {}
}

/// VLANs that are VNIs on the other side of a bridge port: of an external VXLAN device whose port has ``BridgePortOptions/vlanTunnel`` on
/// (`BRIDGE_VLANDB_ENTRY_TUNNEL_INFO`, `bridge vlan … tunnel_info`).
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
