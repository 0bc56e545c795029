public import VTEPWire

/// A bridge as it is set up (`IFLA_BR_*`, what `brctl show` and `ip -d link show type bridge` print). What the values mean
/// is told at ``BridgeOptions``; what changes by itself is in ``BridgeStatus``. `nil`: this kernel lacks it.
public struct BridgeAttributes: Hashable, Sendable {
    /// Priority and MAC of this bridge (`IFLA_BR_BRIDGE_ID`).
    public var bridgeID = BridgeID(priority: 0, macAddress: .zero)
    /// Priority and MAC of the root of the spanning tree (`IFLA_BR_ROOT_ID`).
    public var rootID = BridgeID(priority: 0, macAddress: .zero)
    /// Off, the kernel's own, or a user-space daemon's (`IFLA_BR_STP_STATE`).
    public var stp = SpanningTree.off
    /// Hundredths of a second (`IFLA_BR_FORWARD_DELAY`).
    public var forwardDelay: UInt32 = 0
    /// Hundredths of a second (`IFLA_BR_HELLO_TIME`).
    public var helloTime: UInt32 = 0
    /// Hundredths of a second (`IFLA_BR_MAX_AGE`).
    public var maximumAge: UInt32 = 0
    /// Hundredths of a second until a learnt FDB entry goes (`IFLA_BR_AGEING_TIME`).
    public var ageingTime: UInt32 = 0
    /// `IFLA_BR_PRIORITY`.
    public var priority: UInt16 = 0
    /// `IFLA_BR_GROUP_FWD_MASK`.
    public var groupForwardMask: UInt16 = 0
    /// `IFLA_BR_GROUP_ADDR`.
    public var groupAddress = MACAddress.zero
    /// 0 for no limit (`IFLA_BR_FDB_MAX_LEARNED`).
    public var maximumLearned: UInt32?
    /// `BR_BOOLOPT_NO_LL_LEARN`.
    public var noLinkLocalLearning = false

    /// `IFLA_BR_VLAN_FILTERING`.
    public var vlanFiltering = false
    /// `IFLA_BR_VLAN_PROTOCOL`.
    public var vlanProtocol: VLANProtocol?
    /// 0 for none (`IFLA_BR_VLAN_DEFAULT_PVID`).
    public var defaultPVID: UInt16?
    /// `IFLA_BR_VLAN_STATS_ENABLED`.
    public var vlanStatistics: Bool?
    /// `IFLA_BR_VLAN_STATS_PER_PORT`.
    public var vlanStatisticsPerPort: Bool?
    /// `BR_BOOLOPT_MCAST_VLAN_SNOOPING`.
    public var multicastVLANSnooping = false
    /// `BR_BOOLOPT_MST_ENABLE`.
    public var multipleSpanningTrees = false
    /// `BR_BOOLOPT_FDB_LOCAL_VLAN_0`.
    public var localEntriesInVLAN0 = false

    /// IGMP and MLD snooping (`IFLA_BR_MCAST_SNOOPING`).
    public var multicastSnooping = false
    /// `IFLA_BR_MCAST_ROUTER`.
    public var multicastRouter = MulticastRouter.disabled
    /// `IFLA_BR_MCAST_QUERY_USE_IFADDR`.
    public var multicastQueryUsesAddress = false
    /// `IFLA_BR_MCAST_QUERIER`.
    public var multicastQuerier = false
    /// 16; the kernel accepts other values and ignores them (`IFLA_BR_MCAST_HASH_ELASTICITY`).
    public var multicastHashElasticity: UInt32 = 0
    /// `IFLA_BR_MCAST_HASH_MAX`.
    public var multicastHashMaximum: UInt32 = 0
    /// `IFLA_BR_MCAST_LAST_MEMBER_CNT`.
    public var multicastLastMemberCount: UInt32 = 0
    /// `IFLA_BR_MCAST_STARTUP_QUERY_CNT`.
    public var multicastStartupQueryCount: UInt32 = 0
    /// Hundredths of a second (`IFLA_BR_MCAST_LAST_MEMBER_INTVL`).
    public var multicastLastMemberInterval: UInt64 = 0
    /// Hundredths of a second (`IFLA_BR_MCAST_MEMBERSHIP_INTVL`).
    public var multicastMembershipInterval: UInt64 = 0
    /// Hundredths of a second (`IFLA_BR_MCAST_QUERIER_INTVL`).
    public var multicastQuerierInterval: UInt64 = 0
    /// Hundredths of a second (`IFLA_BR_MCAST_QUERY_INTVL`).
    public var multicastQueryInterval: UInt64 = 0
    /// Hundredths of a second (`IFLA_BR_MCAST_QUERY_RESPONSE_INTVL`).
    public var multicastQueryResponseInterval: UInt64 = 0
    /// Hundredths of a second (`IFLA_BR_MCAST_STARTUP_QUERY_INTVL`).
    public var multicastStartupQueryInterval: UInt64 = 0
    /// `IFLA_BR_MCAST_STATS_ENABLED`.
    public var multicastStatistics = false
    /// `IFLA_BR_MCAST_IGMP_VERSION`.
    public var igmpVersion: UInt8 = 0
    /// `nil` without IPv6 (`IFLA_BR_MCAST_MLD_VERSION`).
    public var mldVersion: UInt8?
    /// `BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION`.
    public var offloadFailureNotifications = false

    /// `nil` without br_netfilter (`IFLA_BR_NF_CALL_IPTABLES`).
    public var callsIPTables: Bool?
    /// `IFLA_BR_NF_CALL_IP6TABLES`.
    public var callsIP6Tables: Bool?
    /// `IFLA_BR_NF_CALL_ARPTABLES`.
    public var callsARPTables: Bool?
}

/// `IFLA_BR_STP_STATE`. An open set.
public struct SpanningTree: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    public static let off = SpanningTree(rawValue: 0)
    public static let kernel = SpanningTree(rawValue: 1)
    public static let user = SpanningTree(rawValue: 2)
}

/// IEEE 802.1D bridge identifier: 16 bits of priority and a MAC address. Reads `8000.02421e76cdbe`, as in `brctl show`.
public struct BridgeID: Hashable, Sendable, CustomStringConvertible {
    public var priority: UInt16
    public var macAddress: MACAddress

    public init(priority: UInt16, macAddress: MACAddress) {
        self.priority = priority
        self.macAddress = macAddress
    }

    public var description: String {
        let hex = String(priority, radix: 16)
        let mac = macAddress.description.filter { $0 != ":" }
        return String(repeating: "0", count: 4 - hex.count) + hex + "." + mac
    }
}

/// A bridge port as it is set up (`IFLA_BRPORT_*`, what `bridge -d link` prints). What the values mean is told at
/// ``BridgePortOptions``; what changes by itself is in ``BridgePortStatus``. `nil`: this kernel lacks it.
public struct BridgePortAttributes: Hashable, Sendable {
    /// `IFLA_BRPORT_STATE`.
    public var state = BridgePortState.disabled
    /// `IFLA_BRPORT_PRIORITY`.
    public var priority: UInt16 = 0
    /// Path cost (`IFLA_BRPORT_COST`).
    public var cost: UInt32 = 0
    /// Frames may leave by the port they came in by (`IFLA_BRPORT_MODE`).
    public var hairpin = false
    /// `IFLA_BRPORT_GUARD`.
    public var bpduGuard = false
    /// `IFLA_BRPORT_PROTECT`.
    public var rootBlock = false
    /// `IFLA_BRPORT_FAST_LEAVE`.
    public var fastLeave = false
    /// `IFLA_BRPORT_LEARNING`.
    public var learning = false
    /// Unknown unicast is flooded to it (`IFLA_BRPORT_UNICAST_FLOOD`).
    public var unicastFlood = false
    /// `IFLA_BRPORT_MCAST_FLOOD`.
    public var multicastFlood = false
    /// `IFLA_BRPORT_BCAST_FLOOD`.
    public var broadcastFlood = false
    /// `IFLA_BRPORT_PROXYARP`.
    public var proxyARP = false
    /// `IFLA_BRPORT_PROXYARP_WIFI`.
    public var proxyARPWiFi = false
    /// ARP and ND are answered from the neighbour table (`IFLA_BRPORT_NEIGH_SUPPRESS`).
    public var neighbourSuppression = false
    /// `IFLA_BRPORT_NEIGH_VLAN_SUPPRESS`.
    public var neighbourVLANSuppression: Bool?
    /// No traffic between isolated ports (`IFLA_BRPORT_ISOLATED`).
    public var isolated = false
    /// `IFLA_BRPORT_LOCKED`.
    public var locked = false
    /// `IFLA_BRPORT_MAB`.
    public var authenticationBypass: Bool?
    /// `IFLA_BRPORT_VLAN_TUNNEL`.
    public var vlanTunnel = false
    /// `IFLA_BRPORT_MCAST_TO_UCAST`.
    public var multicastToUnicast = false
    /// `IFLA_BRPORT_MULTICAST_ROUTER`.
    public var multicastRouter = MulticastRouter.disabled
    /// `IFLA_BRPORT_MCAST_MAX_GROUPS`.
    public var maximumGroups: UInt32?
    /// `IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT`.
    public var trackedHostsLimit: UInt32?
    /// `IFLA_BRPORT_GROUP_FWD_MASK`.
    public var groupForwardMask: UInt16 = 0
    /// The port that takes over while this one is down; `nil` for none (`IFLA_BRPORT_BACKUP_PORT`).
    public var backupPortIndex: UInt32?
    /// `nil` for none (`IFLA_BRPORT_BACKUP_NHID`).
    public var backupNextHopID: UInt32?
}

/// IEEE 802.1D port state (`BR_STATE_*`). An open set.
public struct BridgePortState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let disabled = BridgePortState(rawValue: 0)
    public static let listening = BridgePortState(rawValue: 1)
    public static let learning = BridgePortState(rawValue: 2)
    public static let forwarding = BridgePortState(rawValue: 3)
    public static let blocking = BridgePortState(rawValue: 4)

    /// The word `bridge link` prints.
    public var description: String {
        switch self {
        case .disabled: "disabled"
        case .listening: "listening"
        case .learning: "learning"
        case .forwarding: "forwarding"
        case .blocking: "blocking"
        default: "state \(rawValue)"
        }
    }
}
