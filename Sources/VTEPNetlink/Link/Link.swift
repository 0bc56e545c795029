public import VTEPWire

/// A network interface of one network namespace, as the kernel described it (`RTM_NEWLINK`, what `ip -d link` shows).
public struct Link: Hashable, Sendable {
    /// The kernel's number for this link, unique within its network namespace (`ifi_index`).
    public var index: UInt32
    /// At most 15 bytes (`IFLA_IFNAME`).
    public var name: String
    /// The kind of virtual device, or ``LinkKind/physical`` where the kernel names none (`IFLA_INFO_KIND`).
    public var kind: LinkKind
    /// `ifi_flags`.
    public var flags: LinkFlags
    /// The largest packet in bytes, without the Ethernet header (`IFLA_MTU`).
    public var mtu: UInt32
    /// `nil` where the link-layer address is not six octets long (`IFLA_ADDRESS`).
    public var macAddress: MACAddress?
    /// `IFLA_BROADCAST`.
    public var broadcastAddress: MACAddress?
    /// RFC 2863 state (`IFLA_OPERSTATE`).
    public var operationalState: OperationalState
    /// Packets (`IFLA_TXQLEN`).
    public var transmitQueueLength: UInt32
    /// The root queueing discipline, such as `noqueue` (`IFLA_QDISC`).
    public var queueingDiscipline: String
    /// `IFLA_GROUP`; 0 is the group named "default".
    public var group: UInt32
    /// `ARPHRD_*`: 1 is Ethernet, 772 is loopback (`ifi_type`).
    public var hardwareType: UInt16
    /// The bridge (or other master) this link is a port of (`IFLA_MASTER`).
    public var masterIndex: UInt32?
    /// The link underneath, or a veth's peer (`IFLA_LINK`).
    public var lowerIndex: UInt32?
    /// The namespace ``lowerIndex`` counts in, where that is another one (`IFLA_LINK_NETNSID`).
    public var lowerNamespaceID: Int32?
    /// Free text of the administrator (`IFLA_IFALIAS`).
    public var alias: String?
    /// Bytes; the range the driver accepts (`IFLA_MIN_MTU`, `IFLA_MAX_MTU`). A maximum of 0 means the driver names none.
    public var minimumMTU: UInt32
    public var maximumMTU: UInt32
    /// How many users hold the link promiscuous (`IFLA_PROMISCUITY`).
    public var promiscuity: UInt32
    /// What the kind adds (`IFLA_INFO_DATA`).
    public var details: LinkDetails
    /// What being a bridge port adds (`IFLA_INFO_SLAVE_DATA`).
    public var bridgePort: BridgePortAttributes?
    /// `IFLA_STATS64`.
    public var statistics: LinkStatistics

    /// Whether the administrator has set the link up (`IFF_UP`).
    public var isUp: Bool { flags.contains(.up) }
}

/// The part of a ``Link`` that depends on its kind.
public enum LinkDetails: Hashable, Sendable {
    /// A kind without attributes of its own, or one this library does not read.
    case none
    case vxlan(VXLANAttributes)
    case bridge(BridgeAttributes)
}

/// The kernel's name for a kind of virtual link (`IFLA_INFO_KIND`). An open set.
public struct LinkKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue.isEmpty ? "physical" : rawValue }

    public static let physical = LinkKind(rawValue: "")
    public static let vxlan = LinkKind(rawValue: "vxlan")
    public static let bridge = LinkKind(rawValue: "bridge")
    public static let veth = LinkKind(rawValue: "veth")
}

/// `IFF_*` of `ifi_flags`.
public struct LinkFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let up = LinkFlags(rawValue: 0x1)
    public static let broadcast = LinkFlags(rawValue: 0x2)
    public static let loopback = LinkFlags(rawValue: 0x8)
    public static let pointToPoint = LinkFlags(rawValue: 0x10)
    public static let running = LinkFlags(rawValue: 0x40)
    public static let noARP = LinkFlags(rawValue: 0x80)
    public static let promiscuous = LinkFlags(rawValue: 0x100)
    public static let allMulticast = LinkFlags(rawValue: 0x200)
    public static let multicast = LinkFlags(rawValue: 0x1000)
    public static let lowerUp = LinkFlags(rawValue: 0x1_0000)
    public static let dormant = LinkFlags(rawValue: 0x2_0000)
}

/// RFC 2863 operational state (`IF_OPER_*`). An open set.
public struct OperationalState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let unknown = OperationalState(rawValue: 0)
    public static let notPresent = OperationalState(rawValue: 1)
    public static let down = OperationalState(rawValue: 2)
    public static let lowerLayerDown = OperationalState(rawValue: 3)
    public static let testing = OperationalState(rawValue: 4)
    public static let dormant = OperationalState(rawValue: 5)
    public static let up = OperationalState(rawValue: 6)

    /// The word `ip link` prints.
    public var description: String {
        switch self {
        case .notPresent: "NOTPRESENT"
        case .down: "DOWN"
        case .lowerLayerDown: "LOWERLAYERDOWN"
        case .testing: "TESTING"
        case .dormant: "DORMANT"
        case .up: "UP"
        default: "UNKNOWN"
        }
    }
}
