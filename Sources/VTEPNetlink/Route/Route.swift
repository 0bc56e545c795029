public import VTEPWire

/// A route (`RTM_NEWROUTE`, what `ip route` and `route -n` show). As a request, `nil` leaves the kernel's default. One
/// that was read can be written back, and is the same then.
public struct Route: Hashable, Sendable {
    /// `0.0.0.0/0` or `::/0` is the default route (`RTA_DST`).
    public var destination: IPPrefix
    /// Only for packets from there; IPv6 (`RTA_SRC`).
    public var sourcePrefix: IPPrefix?
    /// Only for packets of that TOS; IPv4 (`rtm_tos`). 0: of any.
    public var typeOfService: UInt8
    /// `RTA_GATEWAY`, or `RTA_VIA` where it is of the other family.
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
    /// `RTNH_F_*` of its one next hop (`rtm_flags`); see ``onLink``. The others are read only.
    public var flags: NextHopFlags
    /// More than one next hop (`RTA_MULTIPATH`); empty for an ordinary route.
    public var nextHops: [NextHop]
    /// The nexthop object that says where it leads (`RTA_NH_ID`). The kernel tells what it is as ``gateway``, too; when
    /// the route is written, only this counts.
    public var nextHopID: UInt32?
    /// `RTA_ENCAP`.
    public var encapsulation: RouteEncapsulation?
    /// `RTA_METRICS`.
    public var metrics: RouteMetrics
    /// Realms for traffic accounting: source << 16 | destination; IPv4 (`RTA_FLOW`).
    public var realms: UInt32?
    /// Among IPv6 default routers (RFC 4191, `RTA_PREF`).
    public var preference: RoutePreference?
    /// Seconds until it goes; IPv6. `nil`: never. No part of what makes two routes equal (`RTA_EXPIRES`, `rta_expires`).
    @NotCompared public var expires: UInt32?

    /// A unicast route in the main table.
    public init(
        to destination: IPPrefix, via gateway: IPAddress? = nil, linkIndex: UInt32? = nil, metric: UInt32? = nil
    ) {
        self.destination = destination
        sourcePrefix = nil
        typeOfService = 0
        self.gateway = gateway
        self.linkIndex = linkIndex
        self.metric = metric
        table = .main
        origin = .boot
        scope = nil
        type = .unicast
        preferredSource = nil
        flags = []
        nextHops = []
        nextHopID = nil
        encapsulation = nil
        metrics = RouteMetrics()
        realms = nil
        preference = nil
        expires = nil
    }

    /// The gateway is taken to be on the link even if no prefix says so (`RTNH_F_ONLINK`). With ``nextHops`` it holds for
    /// all of them; each can say so for itself, too.
    public var onLink: Bool {
        get { flags.contains(.onLink) }
        set { if newValue { flags.insert(.onLink) } else { flags.remove(.onLink) } }
    }

    /// The next hop's link is without carrier (`RTNH_F_LINKDOWN`).
    public var linkDown: Bool { flags.contains(.linkDown) }

    /// The column "Flags" of `route -n`: U up, G gateway, H host route, ! rejected.
    public var flagLetters: String {
        var letters = type == .unreachable || type == .prohibit ? "!" : "U"
        if gateway != nil || nextHops.first?.gateway != nil { letters += "G" }
        if Int(destination.length) == destination.address.bitWidth { letters += "H" }
        return letters
    }
}
