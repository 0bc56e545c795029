public import VTEPWire

/// A forwarding-database entry of a bridge or of a VXLAN device (`AF_BRIDGE` `RTM_NEWNEIGH`, what `bridge fdb` shows).
public struct FDBEntry: Hashable, Sendable {
    /// The VXLAN device or bridge port.
    public var linkIndex: UInt32
    /// All zero is a VXLAN device's default entry: where what it does not know goes (`NDA_LLADDR`).
    public var macAddress: MACAddress
    /// The remote VTEP, or a group; VXLAN devices only (`NDA_DST`).
    public var destination: IPAddress?
    /// `nil`: the device's own (`NDA_VNI`).
    public var vni: VNI?
    /// The VNI the entry is looked up under on an external device (`NDA_SRC_VNI`).
    public var sourceVNI: VNI?
    /// `nil`: the device's own UDP port (`NDA_PORT`).
    public var port: UInt16?
    /// The underlay link to send by (`NDA_IFINDEX`).
    public var viaIndex: UInt32?
    /// The namespace `viaIndex` counts in, where the VXLAN device's underlay is in another one (`NDA_LINK_NETNSID`);
    /// read only.
    public var viaNamespaceID: Int32?
    /// The FDB nexthop group that takes the place of a remote (`NDA_NH_ID`); see ``NextHopObject/isFDB``.
    public var nextHopID: UInt32?
    /// `NDA_VLAN`.
    public var vlan: UInt16?
    /// The bridge it belongs to (`NDA_MASTER`); read only.
    public var masterIndex: UInt32?
    /// `ndm_state`: ``NeighbourState/permanent`` or ``NeighbourState/noARP`` is static, ``NeighbourState/reachable`` ages.
    public var state: NeighbourState
    /// `ndm_flags` and `NDA_FLAGS_EXT`: ``NeighbourFlags/own`` for the device's own FDB, ``NeighbourFlags/master`` for the
    /// bridge's.
    public var flags: NeighbourFlags
    /// In a bridge's FDB; `nil`: none (`NDA_FDB_EXT_ATTRS`).
    public var activity: FDBActivity?
    /// Read only, and no part of what makes two entries equal.
    @NotCompared public var ages: EntryAges?

    /// A permanent entry in the device's own FDB, as `bridge fdb append … dst … dev …` makes.
    public init(
        macAddress: MACAddress, destination: IPAddress? = nil, linkIndex: UInt32,
        state: NeighbourState = .permanent, flags: NeighbourFlags = .own
    ) {
        self.linkIndex = linkIndex
        self.macAddress = macAddress
        self.destination = destination
        vni = nil
        sourceVNI = nil
        port = nil
        viaIndex = nil
        viaNamespaceID = nil
        nextHopID = nil
        vlan = nil
        masterIndex = nil
        self.state = state
        self.flags = flags
        activity = nil
        ages = nil
    }
}
