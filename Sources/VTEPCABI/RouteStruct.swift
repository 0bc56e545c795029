internal import CVTEP
internal import VTEP

extension vtep_route: @unsafe InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_ROUTE_HAS_EXPIRES) << 1) - 1 }
    var reservedIsZero: Bool { unsafe isZero(reserved) }

    init(_ route: Route, _ memory: ListMemory) {
        unsafe self.init()
        unsafe has.set(
            VTEP_ROUTE_HAS_TABLE | VTEP_ROUTE_HAS_SCOPE | VTEP_ROUTE_HAS_TYPE | VTEP_ROUTE_HAS_ORIGIN)
        if let metric = route.metric {
            unsafe has.set(VTEP_ROUTE_HAS_METRIC)
            unsafe self.metric = metric
        }
        if let preference = route.preference {
            unsafe has.set(VTEP_ROUTE_HAS_PREFERENCE)
            unsafe self.preference = preference.rawValue
        }
        if let seconds = route.expires {
            unsafe has.set(VTEP_ROUTE_HAS_EXPIRES)
            unsafe expires = seconds
        }
        unsafe link_index = route.linkIndex ?? 0
        unsafe next_hop_id = route.nextHopID ?? 0
        unsafe realms = route.realms ?? 0
        unsafe tos = route.typeOfService
        unsafe table = route.table.rawValue
        if !route.nextHops.isEmpty {
            unsafe next_hop_count = UInt32(clamping: route.nextHops.count)
            unsafe next_hops = memory.store(route.nextHops.map { unsafe vtep_next_hop($0, memory) })
        }
        unsafe encapsulation = memory.store(route.encapsulation)
        if !route.metrics.isEmpty { unsafe metrics = memory.store([vtep_route_metrics(route.metrics)]) }
        unsafe scope = route.scope?.rawValue ?? 0
        unsafe type = route.type.rawValue
        unsafe origin = route.origin.rawValue
        unsafe on_link = route.onLink ? 1 : 0
        unsafe link_down = route.linkDown ? 1 : 0
        unsafe destination = vtep_prefix(route.destination)
        if let source = route.sourcePrefix { unsafe source_prefix = vtep_prefix(source) }
        unsafe gateway = vtep_ip(route.gateway)
        unsafe preferred_source = vtep_ip(route.preferredSource)
    }
}

extension ListHandle where Element == vtep_route {
    /// Each is converted as it comes, so that a large table is in memory once.
    convenience init(reading filter: RouteFilter, of host: borrowing Host) throws(VTEPError) {
        var memory = ListMemory()
        var routes: [vtep_route] = unsafe []
        try host.forEachRoute(
            filter,
            begin: {
                memory = ListMemory()
                unsafe routes.removeAll(keepingCapacity: true)
            },
            { unsafe routes.append(vtep_route($0, memory)) })
        unsafe self.init(routes, memory)
    }

    convenience init(routes: [Route]) {
        let memory = ListMemory()
        unsafe self.init(routes.map { unsafe vtep_route($0, memory) }, memory)
    }
}

extension vtep_next_hop {
    init(_ hop: NextHop, _ memory: ListMemory) {
        unsafe self.init()
        unsafe link_index = hop.linkIndex ?? 0
        unsafe realms = hop.realms ?? 0
        unsafe weight = hop.weight
        unsafe flags = hop.flags.rawValue
        unsafe gateway = vtep_ip(hop.gateway)
        unsafe encapsulation = memory.store(hop.encapsulation)
    }
}

extension Arguments {
    /// The kernel's own limit lies near it, and it bounds what is read of the caller's array.
    private static var mostNextHops: UInt32 { 512 }

    func route(_ pointer: UnsafePointer<vtep_route>?) throws(VTEPError) -> Route {
        let input = try unsafe self.input(pointer, "route")
        let has = unsafe input.has
        var route = Route(
            to: try unsafe prefix(input.destination, "destination"),
            via: try unsafe address(input.gateway, "gateway"))
        if unsafe input.link_index != 0 { route.linkIndex = unsafe input.link_index }
        if has.sets(VTEP_ROUTE_HAS_METRIC) { route.metric = unsafe input.metric }
        if has.sets(VTEP_ROUTE_HAS_TABLE) { route.table = unsafe RouteTable(rawValue: input.table) }
        if has.sets(VTEP_ROUTE_HAS_SCOPE) { route.scope = unsafe RouteScope(rawValue: input.scope) }
        if has.sets(VTEP_ROUTE_HAS_TYPE) { route.type = unsafe RouteType(rawValue: input.type) }
        if has.sets(VTEP_ROUTE_HAS_ORIGIN) { route.origin = unsafe RouteOrigin(rawValue: input.origin) }
        if route.table.rawValue == 0 { throw invalid("0 is not the number of a routing table") }
        if has.sets(VTEP_ROUTE_HAS_PREFERENCE) { route.preference = unsafe RoutePreference(rawValue: input.preference) }
        if has.sets(VTEP_ROUTE_HAS_EXPIRES) { route.expires = unsafe input.expires }
        if unsafe input.next_hop_id != 0 { route.nextHopID = unsafe input.next_hop_id }
        if unsafe input.realms != 0 { route.realms = unsafe input.realms }
        if unsafe input.source_prefix.address.family != 0 {
            route.sourcePrefix = try unsafe prefix(input.source_prefix, "source_prefix")
        }
        route.typeOfService = unsafe input.tos
        route.encapsulation = try unsafe encapsulation(input.encapsulation)
        route.metrics = try unsafe metrics(input.metrics)
        route.onLink = try unsafe truth(input.on_link, "on_link")
        route.preferredSource = try unsafe address(input.preferred_source, "preferred_source")
        route.nextHops = try unsafe nextHops(input.next_hops, input.next_hop_count)
        return route
    }

    private func nextHops(
        _ array: UnsafePointer<vtep_next_hop>?, _ count: UInt32
    ) throws(VTEPError) -> [NextHop] {
        if count == 0 { return [] }
        guard let array = unsafe array else { throw invalid("next_hops is NULL and next_hop_count is \(count)") }
        guard count <= Arguments.mostNextHops else {
            throw invalid("next_hop_count is \(count); at most \(Arguments.mostNextHops) are possible")
        }
        var hops: [NextHop] = []
        for position in 0..<Int(count) { hops.append(try unsafe nextHop(array[position])) }
        return hops
    }

    private func nextHop(_ input: vtep_next_hop) throws(VTEPError) -> NextHop {
        guard unsafe input.reserved == 0, unsafe isZero(input.reserved2) else {
            throw invalid("a reserved field of a next hop is not zero")
        }
        var hop = NextHop(
            gateway: try unsafe address(input.gateway, "gateway"),
            linkIndex: unsafe input.link_index == 0 ? nil : input.link_index, weight: unsafe input.weight)
        hop.flags = unsafe NextHopFlags(rawValue: input.flags)
        if unsafe input.realms != 0 { hop.realms = unsafe input.realms }
        hop.encapsulation = try unsafe encapsulation(input.encapsulation)
        return hop
    }
}
