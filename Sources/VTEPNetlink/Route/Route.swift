public import VTEPWire

/// A route (`RTM_NEWROUTE`, what `ip route` and `route -n` show). As a request, `nil` leaves the kernel's default.
public struct Route: Hashable, Sendable {
    /// `0.0.0.0/0` or `::/0` is the default route (`RTA_DST`).
    public var destination: IPPrefix
    /// `RTA_GATEWAY`.
    public var gateway: IPAddress?
    /// The link it leaves by (`RTA_OIF`).
    public var linkIndex: UInt32?
    /// Lower wins; `nil` is the kernel's default, 0 for IPv4 and 1024 for IPv6 (`RTA_PRIORITY`).
    public var metric: UInt32?
    /// `RTA_TABLE`.
    public var table: RouteTable
    /// Who made it (`rtm_protocol`).
    public var origin: RouteOrigin
    /// `nil`: link for a route without gateway, otherwise global, as `ip route` chooses (`rtm_scope`).
    public var scope: RouteScope?
    /// `rtm_type`.
    public var type: RouteType
    /// The source address the host prefers for it (`RTA_PREFSRC`).
    public var preferredSource: IPAddress?
    /// The gateway is taken to be on the link even if no prefix says so (`RTNH_F_ONLINK`).
    public var onLink: Bool
    /// The next hop's link is without carrier (`RTNH_F_LINKDOWN`); read only.
    public var linkDown: Bool
    /// More than one next hop (`RTA_MULTIPATH`); empty for an ordinary route.
    public var nextHops: [NextHop]

    /// A unicast route in the main table.
    public init(
        to destination: IPPrefix, via gateway: IPAddress? = nil, linkIndex: UInt32? = nil, metric: UInt32? = nil
    ) {
        self.destination = destination
        self.gateway = gateway
        self.linkIndex = linkIndex
        self.metric = metric
        table = .main
        origin = .boot
        scope = nil
        type = .unicast
        preferredSource = nil
        onLink = false
        linkDown = false
        nextHops = []
    }

    /// The column "Flags" of `route -n`: U up, G gateway, H host route, ! rejected.
    public var flagLetters: String {
        var letters = type == .unreachable || type == .prohibit ? "!" : "U"
        if gateway != nil || nextHops.first?.gateway != nil { letters += "G" }
        if Int(destination.length) == destination.address.bitWidth { letters += "H" }
        return letters
    }
}

/// One of several next hops of a ``Route`` (`struct rtnexthop`).
public struct NextHop: Hashable, Sendable {
    public var gateway: IPAddress?
    public var linkIndex: UInt32?
    /// 1…256: how large its share is.
    public var weight: UInt16

    public init(gateway: IPAddress? = nil, linkIndex: UInt32? = nil, weight: UInt16 = 1) {
        self.gateway = gateway
        self.linkIndex = linkIndex
        self.weight = weight
    }
}

/// A routing table's number (`RT_TABLE_*`). An open set.
public struct RouteTable: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    public static let `default` = RouteTable(rawValue: 253)
    public static let main = RouteTable(rawValue: 254)
    public static let local = RouteTable(rawValue: 255)

    /// The word `ip` prints, or the number.
    public var description: String { routeTableName(rawValue) }
}

/// Who made a route (`RTPROT_*`). An open set.
public struct RouteOrigin: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let redirect = RouteOrigin(rawValue: 1)
    public static let kernel = RouteOrigin(rawValue: 2)
    public static let boot = RouteOrigin(rawValue: 3)
    public static let `static` = RouteOrigin(rawValue: 4)

    /// The word `ip` prints, or the number.
    public var description: String { routeOriginName(rawValue) }
}

/// `RTN_*`. An open set.
public struct RouteType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let unicast = RouteType(rawValue: 1)
    public static let local = RouteType(rawValue: 2)
    public static let broadcast = RouteType(rawValue: 3)
    public static let anycast = RouteType(rawValue: 4)
    public static let multicast = RouteType(rawValue: 5)
    public static let blackhole = RouteType(rawValue: 6)
    public static let unreachable = RouteType(rawValue: 7)
    public static let prohibit = RouteType(rawValue: 8)

    /// The word `ip` prints.
    public var description: String { routeTypeName(rawValue) }
}
