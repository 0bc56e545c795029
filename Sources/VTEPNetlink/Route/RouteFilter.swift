internal import CLibNL
internal import Glibc
public import VTEPWire

/// Which routes to list; `nil` does not restrict. The kernel filters (strict checking).
public struct RouteFilter: Hashable, Sendable {
    public var family: IPAddress.Family?
    /// `nil`: all tables.
    public var table: RouteTable?
    /// Only what that program made (`rtm_protocol`).
    public var origin: RouteOrigin?
    public var type: RouteType?
    /// Only those that leave by that link (`RTA_OIF`).
    public var linkIndex: UInt32?

    public init(family: IPAddress.Family? = nil, table: RouteTable? = nil) {
        self.family = family
        self.table = table
        origin = nil
        type = nil
        linkIndex = nil
    }

    /// Older kernels do not filter, and none by link where there are several next hops.
    func matches(_ route: Route) -> Bool {
        if let family, route.destination.address.family != family { return false }
        if let table, route.table != table { return false }
        if let origin, route.origin != origin { return false }
        if let type, route.type != type { return false }
        guard let linkIndex else { return true }
        return route.linkIndex == linkIndex || route.nextHops.contains { $0.linkIndex == linkIndex }
    }
}

extension Request {
    init(listing filter: RouteFilter) throws(VTEPError) {
        try self.init(type: RTM_GETROUTE, flags: NLM_F_DUMP)
        var header = rtmsg()
        header.rtm_family = filter.family?.addressFamily ?? 0
        header.rtm_protocol = filter.origin?.rawValue ?? 0
        header.rtm_type = filter.type?.rawValue ?? 0
        append(header: header)
        if let table = filter.table { put(RouteAttribute.table, table.rawValue) }
        if let link = filter.linkIndex { put(RouteAttribute.outputLink, link) }
    }
}
