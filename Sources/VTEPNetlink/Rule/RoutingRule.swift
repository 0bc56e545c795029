public import VTEPWire

/// A rule that chooses the routing table for a packet (`RTM_NEWRULE`; `ip rule`). What is not set matches everything.
/// One that was read can be written back.
public struct RoutingRule: Hashable, Sendable {
    public var family: IPAddress.Family
    /// Rules are tried from the lowest on; `nil`: the kernel puts it before those there are (`FRA_PRIORITY`).
    public var priority: UInt32?
    /// What becomes of a packet that matches.
    public var action: RuleAction
    /// Where it is looked up (`FRA_TABLE`); `nil` for other actions, and for ``isL3Master``.
    public var table: RouteTable?
    /// Of the rule where it goes on, for ``RuleAction/goto`` (`FRA_GOTO`).
    public var target: UInt32?
    /// `FRA_SRC`.
    public var source: IPPrefix?
    /// `FRA_DST`.
    public var destination: IPPrefix?
    /// The link it came in by; `lo` for this host's own packets (`FRA_IIFNAME`). By name, as the kernel has it: a link of
    /// that name may come and go.
    public var inputLink: String?
    /// The link its socket is bound to (`FRA_OIFNAME`).
    public var outputLink: String?
    /// `FRA_FWMARK`.
    public var mark: UInt32?
    /// Which bits of the mark count; `nil`: all (`FRA_FWMASK`).
    public var markMask: UInt32?
    /// The three upper bits less of the TOS, 0…7 << 2; 0: any (`tos`).
    public var typeOfService: UInt8
    /// All six bits (`FRA_DSCP`, since Linux 6.13).
    public var dscp: Masked<UInt8>?
    /// IPv6 (`FRA_FLOWLABEL`, since 6.14).
    public var flowLabel: Masked<UInt32>?
    /// `IPPROTO_*` (`FRA_IP_PROTO`).
    public var ipProtocol: UInt8?
    /// `FRA_SPORT_RANGE`.
    public var sourcePorts: ClosedRange<UInt16>?
    /// For a single port (`FRA_SPORT_MASK`, since 6.15).
    public var sourcePortMask: UInt16?
    /// `FRA_DPORT_RANGE`.
    public var destinationPorts: ClosedRange<UInt16>?
    /// For a single port (`FRA_DPORT_MASK`, since 6.15).
    public var destinationPortMask: UInt16?
    /// Who sends it: ids of users (`FRA_UID_RANGE`).
    public var users: ClosedRange<UInt32>?
    /// The VNI it came in under, or that of another tunnel (`FRA_TUN_ID`).
    public var tunnelID: UInt64?
    /// Whether it goes through a VRF, whose table is then looked in (`FRA_L3MDEV`).
    public var isL3Master: Bool
    /// It matches what the rest does not (`FIB_RULE_INVERT`).
    public var isInverted: Bool
    /// Routes of the table with prefixes no longer than that do not count: 0 leaves the default route out
    /// (`FRA_SUPPRESS_PREFIXLEN`).
    public var suppressedPrefixLength: UInt32?
    /// Routes over links of that group do not count (`FRA_SUPPRESS_IFGROUP`).
    public var suppressedGroup: UInt32?
    /// Source << 16 | destination, for traffic accounting; IPv4 (`FRA_FLOW`).
    public var realms: UInt32?
    /// Who made it; ``RouteOrigin/unspecified``, as `ip rule` has it, when it is deleted: anybody (`FRA_PROTOCOL`).
    public var origin: RouteOrigin
    /// `FIB_RULE_*`; read only.
    public var status: Status

    /// Looks in a table, as `ip rule add table TABLE` makes.
    public init(_ family: IPAddress.Family, table: RouteTable, priority: UInt32? = nil) {
        self.init(family, .lookup, priority: priority)
        self.table = table
    }

    public init(_ family: IPAddress.Family, _ action: RuleAction, priority: UInt32? = nil) {
        self.family = family
        self.priority = priority
        self.action = action
        table = nil
        target = nil
        source = nil
        destination = nil
        inputLink = nil
        outputLink = nil
        mark = nil
        markMask = nil
        typeOfService = 0
        dscp = nil
        flowLabel = nil
        ipProtocol = nil
        sourcePorts = nil
        sourcePortMask = nil
        destinationPorts = nil
        destinationPortMask = nil
        users = nil
        tunnelID = nil
        isL3Master = false
        isInverted = false
        suppressedPrefixLength = nil
        suppressedGroup = nil
        realms = nil
        origin = .unspecified
        status = []
    }

    /// A value, and which of its bits count.
    public struct Masked<Value: FixedWidthInteger & Sendable>: Hashable, Sendable {
        public var value: Value
        /// `nil`: all that there are.
        public var mask: Value?

        public init(_ value: Value, mask: Value? = nil) {
            self.value = value
            self.mask = mask
        }
    }

    /// `FIB_RULE_*`.
    public struct Status: OptionSet, Hashable, Sendable {
        public let rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        /// The kernel's own; it cannot be deleted.
        public static let permanent = Status(rawValue: 0x01)
        /// There is no rule of the target's priority.
        public static let unresolved = Status(rawValue: 0x04)
        /// There is no link of the name.
        public static let inputLinkMissing = Status(rawValue: 0x08)
        public static let outputLinkMissing = Status(rawValue: 0x10)
    }

    /// For error texts.
    package var subject: String {
        let place = priority.map { "\($0)" } ?? "-"
        return "\(place): \(family) from \(source.map { "\($0)" } ?? "all")"
    }
}

/// `FR_ACT_*`. An open set.
public struct RuleAction: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// It is looked up in the rule's table.
    public static let lookup = RuleAction(rawValue: 1)
    /// It goes on with the rule of another priority.
    public static let goto = RuleAction(rawValue: 2)
    /// Nothing: a place to go to.
    public static let nothing = RuleAction(rawValue: 3)
    public static let blackhole = RuleAction(rawValue: 6)
    public static let unreachable = RuleAction(rawValue: 7)
    public static let prohibit = RuleAction(rawValue: 8)
}
