internal import CVTEP
internal import VTEP

extension vtep_route: @unsafe InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_ROUTE_HAS_ORIGIN) << 1) - 1 }
    var reservedIsZero: Bool { unsafe isZero(reserved) }

    init(_ route: Route, nextHops: UnsafeBufferPointer<vtep_next_hop>) {
        unsafe self.init()
        unsafe has.set(
            VTEP_ROUTE_HAS_TABLE | VTEP_ROUTE_HAS_SCOPE | VTEP_ROUTE_HAS_TYPE | VTEP_ROUTE_HAS_ORIGIN)
        if let metric = route.metric {
            unsafe has.set(VTEP_ROUTE_HAS_METRIC)
            unsafe self.metric = metric
        }
        unsafe link_index = route.linkIndex ?? 0
        unsafe table = route.table.rawValue
        if !nextHops.isEmpty {
            unsafe next_hop_count = UInt32(clamping: nextHops.count)
            unsafe next_hops = nextHops.baseAddress
        }
        unsafe scope = route.scope?.rawValue ?? 0
        unsafe type = route.type.rawValue
        unsafe origin = route.origin.rawValue
        unsafe on_link = route.onLink ? 1 : 0
        unsafe link_down = route.linkDown ? 1 : 0
        unsafe destination = vtep_prefix(route.destination)
        unsafe gateway = vtep_ip(route.gateway)
        unsafe preferred_source = vtep_ip(route.preferredSource)
    }
}

extension vtep_next_hop {
    init(_ hop: NextHop) {
        self.init()
        link_index = hop.linkIndex ?? 0
        weight = hop.weight
        gateway = vtep_ip(hop.gateway)
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

    private func nextHop(_ hop: vtep_next_hop) throws(VTEPError) -> NextHop {
        guard hop.reserved == 0, isZero(hop.reserved2) else {
            throw invalid("a reserved field of a next hop is not zero")
        }
        return NextHop(
            gateway: try address(hop.gateway, "gateway"), linkIndex: hop.link_index == 0 ? nil : hop.link_index,
            weight: hop.weight)
    }
}
