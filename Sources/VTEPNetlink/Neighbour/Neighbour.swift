public import VTEPWire

/// An ARP or ND entry (`RTM_NEWNEIGH`, what `ip neigh` shows).
public struct Neighbour: Hashable, Sendable {
    public var linkIndex: UInt32
    /// `NDA_DST`.
    public var address: IPAddress
    /// `nil` while unresolved (`NDA_LLADDR`).
    public var macAddress: MACAddress?
    /// `ndm_state`.
    public var state: NeighbourState
    /// `ndm_flags` and `NDA_FLAGS_EXT`. ``NeighbourFlags/proxy``: this host answers for the address.
    public var flags: NeighbourFlags
    /// Who made it; `nil`: the kernel does not know (`NDA_PROTOCOL`).
    public var origin: RouteOrigin?
    /// Requests sent without an answer; read only, and no part of what makes two neighbours equal (`NDA_PROBES`).
    @NotCompared public var probes: UInt32?
    /// Read only, and no part of what makes two neighbours equal.
    @NotCompared public var ages: EntryAges?

    /// A permanent entry, as `ip neigh add … lladdr … dev …` makes.
    public init(
        address: IPAddress, macAddress: MACAddress?, linkIndex: UInt32,
        state: NeighbourState = .permanent, flags: NeighbourFlags = []
    ) {
        self.linkIndex = linkIndex
        self.address = address
        self.macAddress = macAddress
        self.state = state
        self.flags = flags
        origin = nil
        probes = nil
        ages = nil
    }
}

/// Which neighbours to flush; what is not set does not restrict.
public struct NeighbourFilter: Hashable, Sendable {
    public var family: IPAddress.Family?
    /// Only addresses within it.
    public var prefix: IPPrefix?
    /// Entries in any of these states. The usual ones are all but permanent ones and those that need no resolution.
    public var states: NeighbourState
    /// Proxy entries, which have no state, instead of the others.
    public var proxies: Bool
    /// Only what that program made.
    public var origin: RouteOrigin?

    public init() {
        family = nil
        prefix = nil
        states = [.incomplete, .reachable, .stale, .delay, .probe, .failed]
        proxies = false
        origin = nil
    }

    func matches(_ neighbour: Neighbour) -> Bool {
        if let family, neighbour.address.family != family { return false }
        if let prefix, !prefix.contains(neighbour.address) { return false }
        if let origin, neighbour.origin != origin { return false }
        return proxies || !neighbour.state.isDisjoint(with: states)
    }
}

/// `NUD_*`.
public struct NeighbourState: OptionSet, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    public static let incomplete = NeighbourState(rawValue: 0x01)
    public static let reachable = NeighbourState(rawValue: 0x02)
    public static let stale = NeighbourState(rawValue: 0x04)
    public static let delay = NeighbourState(rawValue: 0x08)
    public static let probe = NeighbourState(rawValue: 0x10)
    public static let failed = NeighbourState(rawValue: 0x20)
    public static let noARP = NeighbourState(rawValue: 0x40)
    public static let permanent = NeighbourState(rawValue: 0x80)

    /// The words `ip neigh` prints, such as `permanent`.
    public var description: String { neighbourStateName(rawValue) }
}

/// `NTF_*` of `ndm_flags`, with `NTF_EXT_*` of `NDA_FLAGS_EXT` from bit 16 on.
public struct NeighbourFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// The kernel is to find out by itself, and to tell of entries that it did (`NTF_USE`); write only.
    public static let use = NeighbourFlags(rawValue: 0x01)
    /// The entry is the link's own, in the VXLAN device's FDB rather than its bridge's.
    public static let own = NeighbourFlags(rawValue: 0x02)
    /// The entry is the master's: the bridge's FDB.
    public static let master = NeighbourFlags(rawValue: 0x04)
    public static let proxy = NeighbourFlags(rawValue: 0x08)
    public static let externallyLearned = NeighbourFlags(rawValue: 0x10)
    public static let offloaded = NeighbourFlags(rawValue: 0x20)
    public static let sticky = NeighbourFlags(rawValue: 0x40)
    public static let router = NeighbourFlags(rawValue: 0x80)
    /// The kernel keeps the neighbour resolved by itself (`NTF_EXT_MANAGED`).
    public static let managed = NeighbourFlags(rawValue: 0x1_0000)
    /// Learnt on a locked bridge port: it says who is there, and forwards nothing (`NTF_EXT_LOCKED`).
    public static let locked = NeighbourFlags(rawValue: 0x2_0000)
    /// Learnt elsewhere and validated there: the kernel neither probes nor deletes it (`NTF_EXT_EXT_VALIDATED`, since
    /// Linux 6.18).
    public static let externallyValidated = NeighbourFlags(rawValue: 0x4_0000)
}
