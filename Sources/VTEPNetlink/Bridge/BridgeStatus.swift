public import VTEPWire

/// What changes about a bridge by itself: of the spanning tree, of what was learnt, and timers, in hundredths of a second
/// until they fire, 0 for one that is not running.
public struct BridgeStatus: Hashable, Sendable {
    /// The number of the port towards the root; 0 for the root itself (`IFLA_BR_ROOT_PORT`).
    public var rootPort: UInt16 = 0
    /// `IFLA_BR_ROOT_PATH_COST`.
    public var rootPathCost: UInt32 = 0
    /// `IFLA_BR_TOPOLOGY_CHANGE`.
    public var topologyChange = false
    /// `IFLA_BR_TOPOLOGY_CHANGE_DETECTED`.
    public var topologyChangeDetected = false
    /// `IFLA_BR_HELLO_TIMER`.
    public var helloTimer: UInt64 = 0
    /// `IFLA_BR_TCN_TIMER`.
    public var topologyNotificationTimer: UInt64 = 0
    /// `IFLA_BR_TOPOLOGY_CHANGE_TIMER`.
    public var topologyChangeTimer: UInt64 = 0
    /// Until old FDB entries are looked for (`IFLA_BR_GC_TIMER`).
    public var collectionTimer: UInt64 = 0
    /// How many FDB entries it has learnt; `nil` before Linux 6.7 (`IFLA_BR_FDB_N_LEARNED`).
    public var learned: UInt32?
    /// Who sends the queries, for each address family; `nil` where nobody does (`IFLA_BR_MCAST_QUERIER_STATE`).
    public var igmpQuerier: MulticastQuerier?
    public var mldQuerier: MulticastQuerier?
}

/// The multicast router, or bridge, that asks a network's hosts which groups they want.
public struct MulticastQuerier: Hashable, Sendable {
    public var address: IPAddress
    /// The port it is behind; `nil` for the bridge itself.
    public var portIndex: UInt32?
    /// Hundredths of a second until it counts as gone; `nil` for the bridge itself.
    public var timer: UInt64?
}

/// What changes about a bridge port by itself. Timers are hundredths of a second until they fire.
public struct BridgePortStatus: Hashable, Sendable {
    /// `IFLA_BRPORT_ID`: priority and number.
    public var portID: UInt16 = 0
    /// Unique within the bridge (`IFLA_BRPORT_NO`).
    public var number: UInt16 = 0
    /// `IFLA_BRPORT_ROOT_ID`.
    public var designatedRoot = BridgeID(priority: 0, macAddress: .zero)
    /// `IFLA_BRPORT_BRIDGE_ID`.
    public var designatedBridge = BridgeID(priority: 0, macAddress: .zero)
    /// `IFLA_BRPORT_DESIGNATED_PORT`.
    public var designatedPort: UInt16 = 0
    /// `IFLA_BRPORT_DESIGNATED_COST`.
    public var designatedCost: UInt16 = 0
    /// `IFLA_BRPORT_TOPOLOGY_CHANGE_ACK`.
    public var topologyChangeAcknowledged = false
    /// `IFLA_BRPORT_CONFIG_PENDING`.
    public var configurationPending = false
    /// `IFLA_BRPORT_MESSAGE_AGE_TIMER`.
    public var messageAgeTimer: UInt64 = 0
    /// `IFLA_BRPORT_FORWARD_DELAY_TIMER`.
    public var forwardDelayTimer: UInt64 = 0
    /// `IFLA_BRPORT_HOLD_TIMER`.
    public var holdTimer: UInt64 = 0
    /// How many groups it knows behind it; `nil` before Linux 6.3 (`IFLA_BRPORT_MCAST_N_GROUPS`).
    public var groups: UInt32?
    /// How many hosts behind it are tracked (`IFLA_BRPORT_MCAST_EHT_HOSTS_CNT`).
    public var trackedHosts: UInt32?
    /// Media redundancy (IEC 62439-2): the ring has lost its continuity (`IFLA_BRPORT_MRP_RING_OPEN`).
    public var ringOpen = false
    /// The same of the interconnection (`IFLA_BRPORT_MRP_IN_OPEN`).
    public var interconnectionOpen = false
}
