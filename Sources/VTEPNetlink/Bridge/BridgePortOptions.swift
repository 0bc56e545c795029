/// What a bridge port can be told; `nil` leaves things as they are.
public struct BridgePortOptions: Hashable, Sendable {
    /// Only while the kernel runs no spanning tree (`IFLA_BRPORT_STATE`).
    public var state: BridgePortState?
    /// 0…63, in the spanning tree (`IFLA_BRPORT_PRIORITY`).
    public var priority: UInt16?
    /// Path cost, 1…65535 (`IFLA_BRPORT_COST`).
    public var cost: UInt32?
    /// Frames may leave by the port they came in by (`IFLA_BRPORT_MODE`).
    public var hairpin: Bool?
    /// A spanning tree's frame that comes in disables the port (`IFLA_BRPORT_GUARD`).
    public var bpduGuard: Bool?
    /// It cannot become the root port (`IFLA_BRPORT_PROTECT`).
    public var rootBlock: Bool?
    /// A group's only member here leaves it at once (`IFLA_BRPORT_FAST_LEAVE`).
    public var fastLeave: Bool?
    /// Learn source addresses into the FDB (`IFLA_BRPORT_LEARNING`).
    public var learning: Bool?
    /// Flood unknown unicast to it (`IFLA_BRPORT_UNICAST_FLOOD`).
    public var unicastFlood: Bool?
    /// `IFLA_BRPORT_MCAST_FLOOD`.
    public var multicastFlood: Bool?
    /// `IFLA_BRPORT_BCAST_FLOOD`.
    public var broadcastFlood: Bool?
    /// Answer ARP for what is behind other ports (`IFLA_BRPORT_PROXYARP`).
    public var proxyARP: Bool?
    /// The same, and in no other way (`IFLA_BRPORT_PROXYARP_WIFI`).
    public var proxyARPWiFi: Bool?
    /// Answer ARP and ND from the neighbour table, and send none to it (`IFLA_BRPORT_NEIGH_SUPPRESS`).
    public var neighbourSuppression: Bool?
    /// Let each VLAN say so for itself (`IFLA_BRPORT_NEIGH_VLAN_SUPPRESS`; from Linux 6.4 on).
    public var neighbourVLANSuppression: Bool?
    /// No traffic between isolated ports (`IFLA_BRPORT_ISOLATED`).
    public var isolated: Bool?
    /// Take frames only from addresses with an FDB entry at this port (`IFLA_BRPORT_LOCKED`).
    public var locked: Bool?
    /// MAC authentication bypass: a locked port's unknown addresses get locked entries (`IFLA_BRPORT_MAB`; from Linux 6.2
    /// on).
    public var authenticationBypass: Bool?
    /// Translate VLANs to tunnel ids and back: for an external VXLAN device (`IFLA_BRPORT_VLAN_TUNNEL`).
    public var vlanTunnel: Bool?
    /// Send multicast as unicast to each member (`IFLA_BRPORT_MCAST_TO_UCAST`).
    public var multicastToUnicast: Bool?
    /// `IFLA_BRPORT_MULTICAST_ROUTER`.
    public var multicastRouter: MulticastRouter?
    /// The most groups behind it; 0 for no limit (`IFLA_BRPORT_MCAST_MAX_GROUPS`; from Linux 6.3 on).
    public var maximumGroups: UInt32?
    /// The most hosts behind it that are tracked per group (`IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT`).
    public var trackedHostsLimit: UInt32?
    /// Like ``BridgeOptions/groupForwardMask`` (`IFLA_BRPORT_GROUP_FWD_MASK`).
    public var groupForwardMask: UInt16?
    /// The FDB nexthop group that goes along with what is redirected to the backup port; 0 for none
    /// (`IFLA_BRPORT_BACKUP_NHID`; from Linux 6.6 on).
    public var backupNextHopID: UInt32?

    public init() {}
}
