public import VTEPWire

/// A nexthop object: where to, kept once and named by its id in routes and FDB entries (`RTM_NEWNEXTHOP`; `ip nexthop`).
/// It is one of a gateway and a link, a blackhole, or a group of others.
public struct NextHopObject: Hashable, Sendable {
    /// 0, in a request: the kernel chooses (`NHA_ID`).
    public var id: UInt32
    /// `nil`: the gateway's, or IPv4; groups have none (`nh_family`).
    public var family: IPAddress.Family?
    /// For an FDB nexthop, the remote VTEP (`NHA_GATEWAY`).
    public var gateway: IPAddress?
    /// `NHA_OIF`.
    public var linkIndex: UInt32?
    /// Packets vanish (`NHA_BLACKHOLE`).
    public var isBlackhole: Bool
    /// For FDB entries, such as a VXLAN device's, rather than for routes (`NHA_FDB`).
    public var isFDB: Bool
    /// `NHA_ENCAP`.
    public var encapsulation: RouteEncapsulation?
    /// Empty: it is no group (`NHA_GROUP`).
    public var group: [Member]
    /// `nil`: packets are spread by their hash alone (`NHA_GROUP_TYPE`, `NHA_RES_GROUP`).
    public var resilience: Resilience?
    /// Whether the hardware that forwards for the group counts, too (`NHA_HW_STATS_ENABLE`).
    public var hardwareStatistics: Bool?
    /// Who made it (`nh_protocol`).
    public var origin: RouteOrigin
    /// Read only (`nh_scope`).
    public var scope: RouteScope
    /// ``NextHopFlags/onLink``; the others are read only (`nh_flags`).
    public var flags: NextHopFlags

    /// A nexthop in a group (`struct nexthop_grp`).
    public struct Member: Hashable, Sendable {
        public var id: UInt32
        /// How large its share is: 1…65536, and to 256 before Linux 6.12.
        public var weight: UInt32
        /// Packets it was chosen for; read only, where statistics were asked for (`NHA_GROUP_STATS`).
        @NotCompared public var packets: UInt64?

        public init(id: UInt32, weight: UInt32 = 1) {
            self.id = id
            self.weight = weight
            packets = nil
        }
    }

    /// A resilient group keeps most flows where they are when a member comes or goes (`NHA_RES_GROUP_*`). Times are
    /// hundredths of a second.
    public struct Resilience: Hashable, Sendable {
        /// Among which flows are spread, 1…65535.
        public var buckets: UInt16
        /// A bucket idle this long may move; `nil`: the kernel's, 120 seconds.
        public var idleTimer: UInt32?
        /// The group may be unbalanced this long before busy buckets move, too; `nil`: 0, for ever.
        public var unbalancedTimer: UInt32?
        /// How long it has been unbalanced; read only.
        @NotCompared public var unbalancedTime: UInt64

        public init(buckets: UInt16, idleTimer: UInt32? = nil, unbalancedTimer: UInt32? = nil) {
            self.buckets = buckets
            self.idleTimer = idleTimer
            self.unbalancedTimer = unbalancedTimer
            unbalancedTime = 0
        }
    }

    fileprivate init(id: UInt32) {
        self.id = id
        family = nil
        gateway = nil
        linkIndex = nil
        isBlackhole = false
        isFDB = false
        encapsulation = nil
        group = []
        resilience = nil
        hardwareStatistics = nil
        origin = .unspecified
        scope = .global
        flags = []
    }

    /// As `ip nexthop add id ID via GATEWAY dev LINK` makes.
    public init(id: UInt32, gateway: IPAddress?, linkIndex: UInt32?) {
        self.init(id: id)
        self.gateway = gateway
        self.linkIndex = linkIndex
    }

    /// A remote VTEP for FDB entries, as `ip nexthop add id ID via REMOTE fdb` makes.
    public init(id: UInt32, remote: IPAddress) {
        self.init(id: id)
        gateway = remote
        isFDB = true
    }

    /// As `ip nexthop add id ID group …` makes.
    public init(id: UInt32, group: [Member], isFDB: Bool = false) {
        self.init(id: id)
        self.group = group
        self.isFDB = isFDB
    }

    public static func blackhole(id: UInt32, family: IPAddress.Family = .v4) -> NextHopObject {
        var hop = NextHopObject(id: id)
        hop.family = family
        hop.isBlackhole = true
        return hop
    }
}

/// Which nexthop objects to list or flush; what is not set does not restrict. Groups have neither link nor family.
public struct NextHopFilter: Hashable, Sendable {
    public var linkIndex: UInt32?
    /// Over links of that bridge or VRF.
    public var masterIndex: UInt32?
    public var family: IPAddress.Family?
    public var groupsOnly: Bool
    public var fdbOnly: Bool

    public init() {
        linkIndex = nil
        masterIndex = nil
        family = nil
        groupsOnly = false
        fdbOnly = false
    }

    /// As far as an object tells; only the kernel knows whose master is which.
    func matches(_ hop: NextHopObject) -> Bool {
        if let linkIndex, hop.linkIndex != linkIndex { return false }
        if let family, hop.family != family { return false }
        return (!groupsOnly || !hop.group.isEmpty) && (!fdbOnly || hop.isFDB)
    }
}

/// One of the places that a resilient group spreads flows over (`RTM_NEWNEXTHOPBUCKET`; `ip nexthop bucket`).
public struct NextHopBucket: Hashable, Sendable {
    public var groupID: UInt32
    /// From 0.
    public var index: UInt16
    /// The member that has it.
    public var nextHopID: UInt32
    /// Hundredths of a second since a packet came; no part of what makes two buckets equal.
    @NotCompared public var idleTime: UInt64
}
