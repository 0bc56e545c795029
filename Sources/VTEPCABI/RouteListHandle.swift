internal import CVTEP
internal import VTEP

/// What a `vtep_route_list *` points to. It owns the next hops that C reads through the routes.
@safe final class RouteListHandle {
    private let routes: [Route]
    private let hops: UnsafeMutableBufferPointer<vtep_next_hop>
    /// Where the hops of each route begin.
    private let starts: [Int]

    init(_ routes: [Route]) {
        var hops: [vtep_next_hop] = []
        var starts: [Int] = []
        for route in routes {
            starts.append(hops.count)
            hops += route.nextHops.map { vtep_next_hop($0) }
        }
        self.routes = routes
        self.starts = starts
        unsafe self.hops = .allocate(capacity: hops.count)
        _ = unsafe self.hops.initialize(from: hops)
    }

    deinit { unsafe hops.deallocate() }

    var count: Int { routes.count }

    /// Element `position`, which must be one of the list's; valid as long as the list.
    func route(at position: Int) -> vtep_route {
        let route = routes[position]
        let start = starts[position]
        let hops = unsafe UnsafeBufferPointer(rebasing: self.hops[start..<start + route.nextHops.count])
        return unsafe vtep_route(route, nextHops: hops)
    }
}
