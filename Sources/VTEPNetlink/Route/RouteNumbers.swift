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

/// Who made a route, a rule, a neighbour or a nexthop (`RTPROT_*`). An open set.
public struct RouteOrigin: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let unspecified = RouteOrigin(rawValue: 0)
    public static let redirect = RouteOrigin(rawValue: 1)
    public static let kernel = RouteOrigin(rawValue: 2)
    public static let boot = RouteOrigin(rawValue: 3)
    public static let `static` = RouteOrigin(rawValue: 4)
    public static let routerAdvertisement = RouteOrigin(rawValue: 9)
    public static let dhcp = RouteOrigin(rawValue: 16)
    public static let bgp = RouteOrigin(rawValue: 186)

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
    /// Look on in the tables of the next rule.
    public static let `throw` = RouteType(rawValue: 9)

    /// The word `ip` prints.
    public var description: String { routeTypeName(rawValue) }
}

/// Which of several IPv6 default routers is taken (RFC 4191, `ICMPV6_ROUTER_PREF_*`).
public struct RoutePreference: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let medium = RoutePreference(rawValue: 0)
    public static let high = RoutePreference(rawValue: 1)
    public static let low = RoutePreference(rawValue: 3)
}
