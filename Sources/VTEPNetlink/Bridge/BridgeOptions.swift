public import VTEPWire

/// What a bridge can be told; all of it can be left out. In a creation `nil` is the kernel's default, in a change it leaves
/// things as they are. Times are hundredths of a second.
public struct BridgeOptions: Hashable, Sendable {
    /// Run the spanning tree (`IFLA_BR_STP_STATE`; kernel's default: no).
    public var stp: Bool?
    /// 200…3000 while the spanning tree runs (`IFLA_BR_FORWARD_DELAY`; kernel's default: 1500).
    public var forwardDelay: UInt32?
    /// 100…1000 (`IFLA_BR_HELLO_TIME`; kernel's default: 200).
    public var helloTime: UInt32?
    /// 600…4000 (`IFLA_BR_MAX_AGE`; kernel's default: 2000).
    public var maximumAge: UInt32?
    /// Until a learnt FDB entry goes; 0 makes a hub of the bridge (`IFLA_BR_AGEING_TIME`; kernel's default: 30000).
    public var ageingTime: UInt32?
    /// Of the bridge in the spanning tree (`IFLA_BR_PRIORITY`; kernel's default: 32768).
    public var priority: UInt16?
    /// Which frames to 01:80:c2:00:00:0X are forwarded, bit X each; not 0, 1 and 2 (`IFLA_BR_GROUP_FWD_MASK`).
    public var groupForwardMask: UInt16?
    /// Where the spanning tree's frames go: 01:80:c2:00:00:0X, X not 1, 2 or 3 (`IFLA_BR_GROUP_ADDR`).
    public var groupAddress: MACAddress?
    /// The most FDB entries it learns; 0 for no limit (`IFLA_BR_FDB_MAX_LEARNED`; from Linux 6.7 on).
    public var maximumLearned: UInt32?
    /// Do not learn from link-local frames (`BR_BOOLOPT_NO_LL_LEARN`; kernel's default: no).
    public var noLinkLocalLearning: Bool?

    /// Look at VLAN tags (`IFLA_BR_VLAN_FILTERING`; kernel's default: no).
    public var vlanFiltering: Bool?
    /// `IFLA_BR_VLAN_PROTOCOL`.
    public var vlanProtocol: VLANProtocol?
    /// The VLAN that new ports get as theirs, 1…4094; 0 for none (`IFLA_BR_VLAN_DEFAULT_PVID`; kernel's default: 1).
    public var defaultPVID: UInt16?
    /// Count per VLAN (`IFLA_BR_VLAN_STATS_ENABLED`; kernel's default: no).
    public var vlanStatistics: Bool?
    /// Count per VLAN and port; only while no port has VLANs (`IFLA_BR_VLAN_STATS_PER_PORT`; kernel's default: no).
    public var vlanStatisticsPerPort: Bool?
    /// Snoop per VLAN; needs VLAN filtering (`BR_BOOLOPT_MCAST_VLAN_SNOOPING`; kernel's default: no).
    public var multicastVLANSnooping: Bool?
    /// Multiple spanning trees; needs VLAN filtering (`BR_BOOLOPT_MST_ENABLE`; kernel's default: no).
    public var multipleSpanningTrees: Bool?
    /// Entries for the bridge's own addresses in VLAN 0 only (`BR_BOOLOPT_FDB_LOCAL_VLAN_0`; from Linux 6.18 on).
    public var localEntriesInVLAN0: Bool?

    /// IGMP and MLD snooping (`IFLA_BR_MCAST_SNOOPING`; kernel's default: yes).
    public var multicastSnooping: Bool?
    /// Whether the host itself is a multicast router (`IFLA_BR_MCAST_ROUTER`).
    public var multicastRouter: MulticastRouter?
    /// Send queries from the bridge's own address rather than 0.0.0.0 (`IFLA_BR_MCAST_QUERY_USE_IFADDR`).
    public var multicastQueryUsesAddress: Bool?
    /// Send queries where nobody else does (`IFLA_BR_MCAST_QUERIER`; kernel's default: no).
    public var multicastQuerier: Bool?
    /// The most groups it knows (`IFLA_BR_MCAST_HASH_MAX`; kernel's default: 4096).
    public var multicastHashMaximum: UInt32?
    /// `IFLA_BR_MCAST_LAST_MEMBER_CNT`; kernel's default: 2.
    public var multicastLastMemberCount: UInt32?
    /// `IFLA_BR_MCAST_STARTUP_QUERY_CNT`; kernel's default: 2.
    public var multicastStartupQueryCount: UInt32?
    /// `IFLA_BR_MCAST_LAST_MEMBER_INTVL`; kernel's default: 100.
    public var multicastLastMemberInterval: UInt64?
    /// `IFLA_BR_MCAST_MEMBERSHIP_INTVL`; kernel's default: 26000.
    public var multicastMembershipInterval: UInt64?
    /// `IFLA_BR_MCAST_QUERIER_INTVL`; kernel's default: 25500.
    public var multicastQuerierInterval: UInt64?
    /// From 100 on (`IFLA_BR_MCAST_QUERY_INTVL`; kernel's default: 12500).
    public var multicastQueryInterval: UInt64?
    /// `IFLA_BR_MCAST_QUERY_RESPONSE_INTVL`; kernel's default: 1000.
    public var multicastQueryResponseInterval: UInt64?
    /// From 100 on (`IFLA_BR_MCAST_STARTUP_QUERY_INTVL`; kernel's default: 3125).
    public var multicastStartupQueryInterval: UInt64?
    /// Count IGMP and MLD packets (`IFLA_BR_MCAST_STATS_ENABLED`; kernel's default: no).
    public var multicastStatistics: Bool?
    /// 2 or 3 (`IFLA_BR_MCAST_IGMP_VERSION`; kernel's default: 2).
    public var igmpVersion: UInt8?
    /// 1 or 2 (`IFLA_BR_MCAST_MLD_VERSION`; kernel's default: 1).
    public var mldVersion: UInt8?
    /// Tell listeners of group entries that hardware refused (`BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION`; from Linux 6.16
    /// on).
    public var offloadFailureNotifications: Bool?

    /// Send bridged IPv4 through iptables, where the kernel has br_netfilter (`IFLA_BR_NF_CALL_IPTABLES`).
    public var callsIPTables: Bool?
    /// `IFLA_BR_NF_CALL_IP6TABLES`.
    public var callsIP6Tables: Bool?
    /// `IFLA_BR_NF_CALL_ARPTABLES`.
    public var callsARPTables: Bool?

    public init() {}
}

/// Which tags are VLAN tags: an EtherType. An open set.
public struct VLANProtocol: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// Customer tags, IEEE 802.1Q.
    public static let dot1Q = VLANProtocol(rawValue: 0x8100)
    /// Service tags, IEEE 802.1ad.
    public static let dot1AD = VLANProtocol(rawValue: 0x88A8)
}

/// Whether multicast routers are behind a port, or are the host (`MDB_RTR_TYPE_*`). An open set.
public struct MulticastRouter: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Never.
    public static let disabled = MulticastRouter(rawValue: 0)
    /// Where queries come from: the kernel's default.
    public static let learned = MulticastRouter(rawValue: 1)
    /// Always.
    public static let permanent = MulticastRouter(rawValue: 2)
    /// For a while, as if a query had come. Of ports only.
    public static let temporary = MulticastRouter(rawValue: 3)
}
