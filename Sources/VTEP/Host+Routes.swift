public import VTEPNetlink
public import VTEPWire

extension Host {
    /// The routes of one family and table (`ip route`, `route -n`); `nil` means all.
    public func routes(
        family: IPAddress.Family? = nil, table: RouteTable? = .main
    ) throws(VTEPError) -> [Route] {
        try connection.routes(family: family, table: table)
    }

    /// Adds a route (`ip route add`).
    ///
    /// - Throws: kind `exists` where there is one to that destination with that metric; `invalidArgument`.
    public func addRoute(_ route: Route) throws(VTEPError) {
        try checkNew(route)
        try connection.write(route, .add, Purpose("add route", "\(route.destination)"))
    }

    /// Adds a route, or puts it in place of the one with the same destination and metric (`ip route replace`).
    public func replaceRoute(_ route: Route) throws(VTEPError) {
        try checkNew(route)
        try connection.write(route, .replace, Purpose("replace route", "\(route.destination)"))
    }

    /// Deletes a route that matches what is set in `route` (`ip route del`). A type of unicast and an origin of boot, with
    /// which a ``Route`` starts, match any.
    ///
    /// - Throws: kind `notFound` where no route matches.
    public func deleteRoute(_ route: Route) throws(VTEPError) {
        try check(route)
        try connection.delete(route, Purpose("delete route", "\(route.destination)"))
    }

    func checkNew(_ route: Route) throws(VTEPError) {
        try check(route)
        guard route.type == .unicast, route.gateway == nil, route.linkIndex == nil else { return }
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
        for gateway in [route.gateway] + route.nextHops.map(\.gateway) {
            guard let gateway else { continue }
            if family == .v6, gateway.family == .v4 { throw invalid("an IPv6 route has no IPv4 gateway \(gateway)") }
            if gateway.isMulticast || gateway.isUnspecified { throw invalid("\(gateway) is no gateway") }
        }
        if let hop = route.nextHops.first(where: { !(1...256).contains($0.weight) }) {
            throw invalid("the weight \(hop.weight) is outside 1...256")
        }
        if !route.nextHops.isEmpty, route.gateway != nil || route.linkIndex != nil {
            throw invalid("it has next hops and a gateway or link of its own")
        }
        if route.nextHops.count > 512 { throw invalid("it has \(route.nextHops.count) next hops; 512 are possible") }
    }
}
