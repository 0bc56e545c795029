public import VTEPWire

/// One of several next hops of a ``Route`` (`struct rtnexthop`).
public struct NextHop: Hashable, Sendable {
    public var gateway: IPAddress?
    public var linkIndex: UInt32?
    /// 1…256: how large its share is.
    public var weight: UInt16
    /// ``NextHopFlags/onLink``; the others are read only (`rtnh_flags`).
    public var flags: NextHopFlags
    /// `RTA_FLOW`; IPv4.
    public var realms: UInt32?
    /// `RTA_ENCAP`.
    public var encapsulation: RouteEncapsulation?

    public init(gateway: IPAddress? = nil, linkIndex: UInt32? = nil, weight: UInt16 = 1) {
        self.gateway = gateway
        self.linkIndex = linkIndex
        self.weight = weight
        flags = []
        realms = nil
        encapsulation = nil
    }
}

/// `RTNH_F_*`.
public struct NextHopFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Its link is down.
    public static let dead = NextHopFlags(rawValue: 0x01)
    public static let pervasive = NextHopFlags(rawValue: 0x02)
    /// The gateway is taken to be on the link even if no prefix says so.
    public static let onLink = NextHopFlags(rawValue: 0x04)
    public static let offloaded = NextHopFlags(rawValue: 0x08)
    /// Its link is without carrier.
    public static let linkDown = NextHopFlags(rawValue: 0x10)
    public static let unresolved = NextHopFlags(rawValue: 0x20)
    public static let trap = NextHopFlags(rawValue: 0x40)
}
