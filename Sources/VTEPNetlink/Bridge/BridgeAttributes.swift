public import VTEPWire

/// A bridge as it is (`IFLA_BR_*`, what `brctl show` and `ip -d link show type bridge` print).
public struct BridgeAttributes: Hashable, Sendable {
    /// Priority and MAC of this bridge (`IFLA_BR_BRIDGE_ID`).
    public var bridgeID: BridgeID
    /// Priority and MAC of the root of the spanning tree (`IFLA_BR_ROOT_ID`).
    public var rootID: BridgeID
    /// Off, the kernel's own, or a user-space daemon's (`IFLA_BR_STP_STATE`).
    public var stp: SpanningTree
    /// Hundredths of a second (`IFLA_BR_FORWARD_DELAY`).
    public var forwardDelay: UInt32
    /// Hundredths of a second (`IFLA_BR_HELLO_TIME`).
    public var helloTime: UInt32
    /// Hundredths of a second (`IFLA_BR_MAX_AGE`).
    public var maximumAge: UInt32
    /// Hundredths of a second until a learnt FDB entry goes (`IFLA_BR_AGEING_TIME`).
    public var ageingTime: UInt32
    /// `IFLA_BR_PRIORITY`.
    public var priority: UInt16
    /// `IFLA_BR_VLAN_FILTERING`.
    public var vlanFiltering: Bool
    /// IGMP and MLD snooping (`IFLA_BR_MCAST_SNOOPING`).
    public var multicastSnooping: Bool
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

/// A bridge port as it is (`IFLA_BRPORT_*`, what `bridge -d link` prints).
public struct BridgePortAttributes: Hashable, Sendable {
    /// `IFLA_BRPORT_STATE`.
    public var state: BridgePortState
    /// `IFLA_BRPORT_PRIORITY`.
    public var priority: UInt16
    /// Path cost (`IFLA_BRPORT_COST`).
    public var cost: UInt32
    /// Frames may leave by the port they came in by (`IFLA_BRPORT_MODE`).
    public var hairpin: Bool
    /// `IFLA_BRPORT_LEARNING`.
    public var learning: Bool
    /// Unknown unicast is flooded to it (`IFLA_BRPORT_UNICAST_FLOOD`).
    public var unicastFlood: Bool
    /// `IFLA_BRPORT_MCAST_FLOOD`.
    public var multicastFlood: Bool
    /// `IFLA_BRPORT_BCAST_FLOOD`.
    public var broadcastFlood: Bool
    /// ARP and ND are answered from the neighbour table (`IFLA_BRPORT_NEIGH_SUPPRESS`).
    public var neighbourSuppression: Bool
    /// No traffic between isolated ports (`IFLA_BRPORT_ISOLATED`).
    public var isolated: Bool
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
