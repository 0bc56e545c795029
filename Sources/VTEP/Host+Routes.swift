public import VTEPNetlink
public import VTEPWire

extension Host {
    /// The routes of one family and table (`ip route`, `route -n`); `nil` means all.
    public func routes(
        family: IPAddress.Family? = nil, table: RouteTable? = .main
    ) throws(VTEPError) -> [Route] {
        try connection.routes(RouteFilter(family: family, table: table))
    }

    /// The routes that pass a filter (`ip route show table all proto … type … dev …`).
    public func routes(_ filter: RouteFilter) throws(VTEPError) -> [Route] {
        try connection.routes(filter)
    }

    /// Hands out the routes that pass a filter one by one: no more of them are in memory than one datagram holds.
    ///
    /// What `visit` throws ends it and is thrown on. This host cannot be asked anything meanwhile: that is an error of
    /// kind `busy`.
    ///
    /// - Throws: kind `interrupted`, after the last route, where the table changed while it was read: some may be missing
    ///   or have come twice. ``routes(_:)`` reads such a table anew.
    public func forEachRoute(
        _ filter: RouteFilter = RouteFilter(), _ visit: (Route) throws(VTEPError) -> Void
    ) throws(VTEPError) {
        try connection.forEachRoute(filter, visit)
    }

    /// The same, from the first again where the table changed while it was read: `begin` is called before the first one.
    package func forEachRoute(
        _ filter: RouteFilter, begin: () -> Void, _ visit: (Route) -> Void
    ) throws(VTEPError) {
        try connection.forEachRoute(filter, begin: begin, visit)
    }

    /// Which way a packet would take (`ip route get`): a host route to its destination, with the source address that
    /// would be chosen; or with ``RouteLookup/matchesTable`` the route of a table that decides it.
    ///
    /// - Throws: kind `system` with `ENETUNREACH` or `EHOSTUNREACH` where no route leads there; `notFound` for a link.
    public func route(_ lookup: RouteLookup) throws(VTEPError) -> Route {
        let purpose = Purpose("find the route to", "\(lookup.destination)")
        try check(lookup, purpose)
        if let route = try connection.route(lookup, purpose) { return route }
        throw VTEPError(.notFound, attempted: "\(purpose.attempted)", subject: purpose.subject)
    }

    /// Adds a route (`ip route add`).
    ///
    /// - Throws: kind `exists` where there is one to that destination with that metric; `invalidArgument`.
    public func addRoute(_ route: Route) throws(VTEPError) {
        try write(route, .add, Purpose("add route", "\(route.destination)"))
    }

    /// Adds a route beside those to the same destination (`ip route append`): an IPv6 one becomes a next hop of theirs; an
    /// IPv4 one comes after them, and is not used while they are there.
    public func appendRoute(_ route: Route) throws(VTEPError) {
        try write(route, .append, Purpose("append route", "\(route.destination)"))
    }

    /// Adds a route, or puts it in place of the one with the same destination and metric (`ip route replace`).
    public func replaceRoute(_ route: Route) throws(VTEPError) {
        try write(route, .replace, Purpose("replace route", "\(route.destination)"))
    }

    /// Puts a route in place of the one with the same destination and metric (`ip route change`).
    ///
    /// - Throws: kind `notFound` where there is none.
    public func updateRoute(_ route: Route) throws(VTEPError) {
        try write(route, .update, Purpose("update route", "\(route.destination)"))
    }

    /// Deletes a route that matches what is set in `route` (`ip route del`). A type of unicast and an origin of boot, with
    /// which a ``Route`` starts, match any.
    ///
    /// - Throws: kind `notFound` where no route matches.
    public func deleteRoute(_ route: Route) throws(VTEPError) {
        try check(route)
        try connection.delete(route, Purpose("delete route", "\(route.destination)"))
    }

    private func write(_ route: Route, _ write: EntryWrite, _ purpose: Purpose) throws(VTEPError) {
        try checkNew(route)
        do {
            try connection.write(route, write, purpose)
        } catch {
            throw explain(error, route)
        }
    }
}

// MARK: - Checks

extension Host {
    private func check(_ lookup: RouteLookup, _ purpose: Purpose) throws(VTEPError) {
        let family = lookup.destination.family
        func invalid(_ reason: String) -> VTEPError {
            VTEPError(
                .invalidArgument, attempted: "\(purpose.attempted)", subject: purpose.subject, reason: reason)
        }
        if let source = lookup.source, source.family != family {
            throw invalid("the source \(source) is of the other address family")
        }
        if lookup.flowLabel != nil, family == .v4 { throw invalid("IPv4 has no flow label") }
        if let label = lookup.flowLabel, label > 0xF_FFFF { throw invalid("the flow label \(label) has over 20 bits") }
    }

    func checkNew(_ route: Route) throws(VTEPError) {
        try check(route)
        guard route.type == .unicast, route.gateway == nil, route.linkIndex == nil, route.nextHopID == nil else {
            return
        }
        if route.nextHops.isEmpty || route.nextHops.contains(where: { $0.gateway == nil && $0.linkIndex == nil }) {
            throw VTEPError(
                .invalidArgument, attempted: "write route", subject: "\(route.destination)",
                reason: "nothing says where it leads", remedy: "name a gateway, a link or both")
        }
    }

    func check(_ route: Route) throws(VTEPError) {
        let family = route.destination.address.family
        func invalid(_ reason: String) -> VTEPError {
            VTEPError(.invalidArgument, attempted: "write route", subject: "\(route.destination)", reason: reason)
        }
        if let source = route.preferredSource, source.family != family {
            throw invalid("the preferred source \(source) is of the other address family")
        }
        if let source = route.sourcePrefix, source.length > 0 {
            if family == .v4 { throw invalid("an IPv4 route cannot depend on the source; a rule can") }
            if source.address.family != family { throw invalid("the source prefix \(source) is of the other family") }
        }
        if family == .v6, route.typeOfService != 0 { throw invalid("an IPv6 route has no type of service; a rule can") }
        if route.nextHopID == 0 { throw invalid("0 is no nexthop's id") }
        try checkHops(route, invalid)
    }

    private func checkHops(_ route: Route, _ invalid: (String) -> VTEPError) throws(VTEPError) {
        if route.nextHopID != nil { return }  // which says it all
        for gateway in [route.gateway] + route.nextHops.map(\.gateway) {
            guard let gateway else { continue }
            if route.destination.address.family == .v6, gateway.family == .v4 {
                throw invalid("an IPv6 route has no IPv4 gateway \(gateway)")
            }
            if gateway.isMulticast || gateway.isUnspecified { throw invalid("\(gateway) is no gateway") }
        }
        if let hop = route.nextHops.first(where: { !(1...256).contains($0.weight) }) {
            throw invalid("the weight \(hop.weight) is outside 1...256")
        }
        if !route.nextHops.isEmpty {
            if route.gateway != nil || route.linkIndex != nil {
                throw invalid("it has next hops and a gateway or link of its own")
            }
            if route.encapsulation != nil { throw invalid("it has next hops; each has an encapsulation of its own") }
        }
        if route.nextHops.count > 512 { throw invalid("it has \(route.nextHops.count) next hops; 512 are possible") }
    }
}

// MARK: - Explanations

extension Host {
    private func explain(_ error: VTEPError, _ route: Route) -> VTEPError {
        var error = error
        if error.kind == .invalidArgument || error.kind == .notFound, let id = route.nextHopID,
            (try? connection.nextHop(id: id, statistics: false, Purpose("find nexthop"))) == nil
        {
            error.reason = "there is no nexthop \(id)"
            error.remedy = "add it first"
        } else if error.kind == .notSupported,
            route.encapsulation != nil || route.nextHops.contains(where: { $0.encapsulation != nil })
        {
            error.reason = "this kernel lacks that encapsulation"
            error.remedy = "tunnels need CONFIG_LWTUNNEL and, for other kinds, a module of theirs"
        } else if error.kernelMessage == "Nexthop device is not up"
            || error.kernelMessage == "Device for nexthop is not up"
        {
            error.remedy = "set the link up first"
        }
        return error
    }
}
