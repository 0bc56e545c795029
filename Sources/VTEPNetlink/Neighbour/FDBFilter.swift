public import VTEPWire

/// Which of a link's FDB entries to flush; what is not set does not restrict. Which filters a device knows is the
/// kernel's affair: a bridge's FDB takes VLAN, port, state and flags (since Linux 5.19), a VXLAN device's takes what is
/// about remotes, state and flags (since 6.7).
public struct FDBFilter: Hashable, Sendable {
    /// ``NeighbourFlags/own``: the device's own FDB; ``NeighbourFlags/master``: that of the bridge it is a port of.
    public var table: NeighbourFlags
    /// `NDA_VLAN`; in a bridge's FDB.
    public var vlan: UInt16?
    /// A bridge's port (`NDA_IFINDEX`), where the bridge itself is flushed.
    public var portIndex: UInt32?
    /// `NDA_DST`; in a VXLAN device's FDB, like those that follow.
    public var destination: IPAddress?
    /// `NDA_VNI`.
    public var vni: VNI?
    /// `NDA_SRC_VNI`.
    public var sourceVNI: VNI?
    /// `NDA_PORT`.
    public var port: UInt16?
    /// `NDA_NH_ID`.
    public var nextHopID: UInt32?
    /// What the states within ``stateMask`` must be. ``NeighbourState/permanent`` and ``NeighbourState/noARP`` can be
    /// looked at.
    public var state: NeighbourState
    /// Which states matter (`NDA_NDM_STATE_MASK`). Dynamic entries: an empty `state` under a mask of both.
    public var stateMask: NeighbourState
    /// What the flags within ``flagsMask`` must be.
    public var flags: NeighbourFlags
    /// Which flags matter (`NDA_NDM_FLAGS_MASK`), of ``NeighbourFlags/externallyLearned``,
    /// ``NeighbourFlags/offloaded`` and others.
    public var flagsMask: NeighbourFlags

    /// Every entry of one of the two tables.
    public init(table: NeighbourFlags = .own) {
        self.table = table
        vlan = nil
        portIndex = nil
        destination = nil
        vni = nil
        sourceVNI = nil
        port = nil
        nextHopID = nil
        state = []
        stateMask = []
        flags = []
        flagsMask = []
    }

    /// Entries that were learnt, or are to age.
    public static func dynamic(table: NeighbourFlags = .own) -> FDBFilter {
        var filter = FDBFilter(table: table)
        filter.stateMask = [.permanent, .noARP]
        return filter
    }
}
