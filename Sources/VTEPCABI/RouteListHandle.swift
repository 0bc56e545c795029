internal import CVTEP
internal import VTEP

/// What a `vtep_route_list *` points to. It owns what C reads through pointers in the routes.
@safe final class RouteListHandle {
    private let routes: [Route]
    private let hops: UnsafeMutableBufferPointer<vtep_next_hop>
    /// Where the hops of each route begin.
    private let starts: [Int]
    /// What few routes have, by their places.
    private let details: [Int: Details]
    private let memory = ListMemory()

    @unsafe private struct Details {
        let encapsulation: UnsafePointer<vtep_encapsulation>?
        let metrics: UnsafePointer<vtep_route_metrics>?
    }

    init(_ routes: [Route]) {
        var hops: [vtep_next_hop] = unsafe []
        var starts: [Int] = []
        var details: [Int: Details] = unsafe [:]
        for (place, route) in routes.enumerated() {
            unsafe starts.append(hops.count)
            for hop in route.nextHops { unsafe hops.append(vtep_next_hop(hop, memory)) }
            if route.encapsulation == nil, route.metrics.isEmpty { continue }
            let metrics = route.metrics.isEmpty ? [] : [vtep_route_metrics(route.metrics)]
            unsafe details[place] = Details(
                encapsulation: memory.store(route.encapsulation), metrics: memory.store(metrics))
        }
        self.routes = routes
        self.starts = starts
        unsafe self.details = details
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
        var result = unsafe vtep_route(route, nextHops: hops)
        if let details = unsafe details[position] {
            unsafe result.encapsulation = details.encapsulation
            unsafe result.metrics = details.metrics
        }
        return unsafe result
    }
}
