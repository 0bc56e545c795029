internal import CLibNL
internal import Glibc
package import VTEPWire

extension Connection {
    /// The routes that pass a filter; the kernel applies it.
    package func routes(_ filter: RouteFilter) throws(VTEPError) -> [Route] {
        do {
            return try dump(Request(listing: filter), Purpose("list routes")) { reply in
                Route(reply).flatMap { filter.matches($0) ? $0 : nil }
            }
        } catch  where filter.table != nil && error.systemErrno == ENOENT {
            return []  // a table nobody has put a route into does not exist
        }
    }

    /// The same, one by one.
    package func forEachRoute(
        _ filter: RouteFilter, _ visit: (Route) throws(VTEPError) -> Void
    ) throws(VTEPError) {
        var visited = false
        do throws(VTEPError) {
            try stream(Request(listing: filter), Purpose("list routes")) { reply throws(VTEPError) in
                guard let route = Route(reply), filter.matches(route) else { return }
                visited = true
                try visit(route)
            }
        } catch {
            if visited || filter.table == nil || error.systemErrno != ENOENT { throw error }
        }
    }

    /// The same for who keeps them in a form of its own. Where the table changed while it was read, they come once more,
    /// all of them: `begin` is called before the first one.
    package func forEachRoute(
        _ filter: RouteFilter, begin: () -> Void, _ visit: (Route) -> Void
    ) throws(VTEPError) {
        for attempt in 1...Connection.dumpAttempts {
            begin()
            do throws(VTEPError) {
                return try forEachRoute(filter) { route throws(VTEPError) in visit(route) }
            } catch {
                if error.kind != .interrupted || attempt == Connection.dumpAttempts { throw error }
            }
        }
    }

    package func write(_ route: Route, _ write: EntryWrite, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request(capacity: route.requestCapacity)
        request.write(route, write)
        try change(request, purpose)
    }

    package func delete(_ route: Route, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request(capacity: route.requestCapacity)
        request.delete(route)
        try change(request, purpose)
    }
}

extension Route {
    /// Bytes that its request takes at the most.
    var requestCapacity: Int {
        let own = 512 + (encapsulation?.capacity ?? 0)
        return nextHops.reduce(own) { $0 + 64 + ($1.encapsulation?.capacity ?? 0) }
    }

    /// The scope `ip route` gives a new route.
    fileprivate var usualScope: RouteScope {
        if destination.address.family == .v6 || nextHopID != nil { return .global }
        switch type {
        case .local: return .host
        case .unicast where gateway == nil && nextHops.isEmpty, .broadcast, .multicast, .anycast: return .link
        default: return .global
        }
    }
}

extension rtmsg {
    fileprivate init(_ route: Route) {
        self.init()
        rtm_family = route.destination.address.family.addressFamily
        rtm_dst_len = route.destination.length
        rtm_src_len = route.sourcePrefix?.length ?? 0
        rtm_tos = route.typeOfService
        // Tables above 255 travel in RTA_TABLE only.
        rtm_table = UInt8(exactly: route.table.rawValue) ?? UInt8(RT_TABLE_UNSPEC.rawValue)
    }
}

extension Request {
    mutating func write(_ route: Route, _ write: EntryWrite) {
        restart(type: RTM_NEWROUTE, flags: write.flags)
        var header = rtmsg(route)
        header.rtm_protocol = route.origin.rawValue
        header.rtm_scope = route.scope?.rawValue ?? route.usualScope.rawValue
        header.rtm_type = route.type.rawValue
        header.rtm_flags = route.onLink ? UInt32(RTNH_F_ONLINK) : 0
        append(header: header)
        put(route)
    }

    mutating func delete(_ route: Route) {
        restart(type: RTM_DELROUTE, flags: 0)
        var header = rtmsg(route)
        // "Nowhere" and 0 match anything. Unicast and boot do, too: they are what a value starts with, not a choice.
        header.rtm_scope = route.scope?.rawValue ?? RouteScope.nowhere.rawValue
        header.rtm_type = route.type == .unicast ? 0 : route.type.rawValue
        header.rtm_protocol = route.origin == .boot ? 0 : route.origin.rawValue
        append(header: header)
        put(route)
    }

    private mutating func put(_ route: Route) {
        if route.destination.length > 0 { put(RouteAttribute.destination, route.destination.network) }
        if let source = route.sourcePrefix, source.length > 0 { put(RouteAttribute.source, source.network) }
        put(RouteAttribute.table, route.table.rawValue)
        if let metric = route.metric { put(RouteAttribute.priority, metric) }
        if let source = route.preferredSource { put(RouteAttribute.preferredSource, source) }
        if !route.metrics.isEmpty { route.metrics.write(to: &self, RouteAttribute.metrics) }
        if let preference = route.preference { put(RouteAttribute.preference, preference.rawValue) }
        if let seconds = route.expires { put(RouteAttribute.expires, seconds) }
        if let id = route.nextHopID { return put(RouteAttribute.nextHopID, id) }
        if let gateway = route.gateway { put(gateway, routeFamily: route.destination.address.family) }
        if let link = route.linkIndex { put(RouteAttribute.outputLink, link) }
        if let realms = route.realms { put(RouteAttribute.flow, realms) }
        if let encapsulation = route.encapsulation { put(encapsulation) }
        if !route.nextHops.isEmpty {
            nest(RouteAttribute.multipath) { request in
                for hop in route.nextHops { request.put(hop, of: route) }
            }
        }
    }

    private mutating func put(_ encapsulation: RouteEncapsulation) {
        put(encapsulation, type: RouteAttribute.encapsulationType, contents: RouteAttribute.encapsulation)
    }

    private mutating func put(_ hop: NextHop, of route: Route) {
        let start = length
        var header = rtnexthop()
        header.rtnh_flags = route.onLink || hop.flags.contains(.onLink) ? UInt8(RTNH_F_ONLINK) : 0
        header.rtnh_hops = UInt8(clamping: Int(hop.weight) - 1)
        header.rtnh_ifindex = Int32(truncatingIfNeeded: hop.linkIndex ?? 0)
        append(header: header)
        if let gateway = hop.gateway { put(gateway, routeFamily: route.destination.address.family) }
        if let realms = hop.realms { put(RouteAttribute.flow, realms) }
        if let encapsulation = hop.encapsulation { put(encapsulation) }
        // Known only now; the first field of the header.
        overwrite(at: start, UInt16(truncatingIfNeeded: length - start))
    }

    /// A gateway of the route's own family is RTA_GATEWAY; an IPv4 route's IPv6 gateway is RTA_VIA (RFC 5549).
    private mutating func put(_ gateway: IPAddress, routeFamily: IPAddress.Family) {
        if gateway.family == routeFamily { return put(RouteAttribute.gateway, gateway) }
        putVia(gateway)
    }
}
