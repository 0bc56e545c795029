internal import VTEPWire

/// What a monitor knows of the routes. They are no ``KnownTable``: several can share destination, table and metric, and
/// the kernel says with a notification less than one would need to tell which of them it means. Where that is so, the
/// answer is ``Outcome/unclear``, and the table is to be read again.
struct KnownRoutes {
    enum Outcome: Equatable {
        case clear(TableChange<Route>?)
        case unclear
    }

    private struct Key: Hashable {
        let destination: IPPrefix
        let table: RouteTable
        let metric: UInt32
    }

    private struct Known {
        var route: Route
        var round: UInt8
    }

    private var groups: [Key: [Known]] = [:]
    private var round: UInt8 = 0

    var count: Int { groups.values.reduce(0) { $0 + $1.count } }

    private func key(_ route: Route) -> Key {
        Key(destination: route.destination, table: route.table, metric: route.metric ?? 0)
    }
}

// MARK: - Notifications

extension KnownRoutes {
    /// - Parameter replaces: the kernel says that it took the place of another (`NLM_F_REPLACE`).
    mutating func set(_ route: Route, replaces: Bool) -> Outcome {
        let key = key(route)
        let group = groups[key] ?? []
        if let place = group.firstIndex(where: { $0.route.isSame(as: route) }) {
            groups[key]?[place].round = round
            return .clear(nil)
        }
        if replaces, group.count > 1 { return .unclear }  // it replaced the first, but which is that?
        if replaces, let before = group.first {
            groups[key] = [Known(route: route, round: round)]
            return .clear(.changed(from: before.route, to: route))
        }
        if route.destination.address.family == .v6, !group.isEmpty { return grow(key, route) }
        groups[key, default: []].append(Known(route: route, round: round))
        return .clear(.added(route))
    }

    /// Another next hop of an IPv6 route comes as the whole route; or it is a route of its own to the same destination.
    private mutating func grow(_ key: Key, _ route: Route) -> Outcome {
        let group = groups[key] ?? []
        let hops = route.ways
        for (place, known) in group.enumerated() where known.route.type == route.type {
            let before = known.route.ways
            if hops.isSuperset(of: before) {
                groups[key]?[place] = Known(route: route, round: round)
                return .clear(.changed(from: known.route, to: route))
            }
            if hops.isSubset(of: before) { return .unclear }  // older than what we know
        }
        groups[key, default: []].append(Known(route: route, round: round))
        return .clear(.added(route))
    }

    mutating func remove(_ route: Route) -> Outcome {
        let key = key(route)
        guard let group = groups[key] else { return .clear(nil) }
        let hops = route.ways
        let alike = group.indices.filter { group[$0].route.type == route.type && group[$0].route.ways == hops }
        // Of an IPv6 route with several next hops the kernel may mean one only; then none is alike.
        let place = group.firstIndex { $0.route.isSame(as: route) } ?? (alike.count == 1 ? alike.first : nil)
        guard let place else { return .unclear }
        let gone = group[place].route
        groups[key]?.remove(at: place)
        if group.count == 1 { groups[key] = nil }
        return .clear(.removed(gone))
    }
}

// MARK: - Reading the whole table

extension KnownRoutes {
    mutating func beginRound() { round &+= 1 }

    /// Takes in a route of the table that is being read.
    mutating func see(_ route: Route) -> TableChange<Route>? {
        let key = key(route)
        let group = groups[key] ?? []
        // Two equal ones would be two elements of the table: each is seen once.
        if let place = group.firstIndex(where: { $0.round != round && $0.route.isSame(as: route) }) {
            groups[key]?[place].round = round
            return nil
        }
        let hops = route.ways
        if let place = group.firstIndex(where: {
            $0.round != round && $0.route.type == route.type && $0.route.ways == hops
        }) {
            groups[key]?[place] = Known(route: route, round: round)
            return .changed(from: group[place].route, to: route)
        }
        groups[key, default: []].append(Known(route: route, round: round))
        return .added(route)
    }

    /// Forgets what was not seen in the last `rounds` rounds of reading.
    mutating func sweep(rounds: UInt8, _ visit: (TableChange<Route>) -> Void) {
        for (key, group) in groups where group.contains(where: { round &- $0.round >= rounds }) {
            let left = group.filter { round &- $0.round < rounds }
            groups[key] = left.isEmpty ? nil : left
            for gone in group where round &- gone.round >= rounds { visit(.removed(gone.route)) }
        }
    }
}

/// Where a next hop leads; its weight does not tell it from others.
private struct Way: Hashable {
    let gateway: IPAddress?
    let linkIndex: UInt32?
}

extension Route {
    /// The order of an IPv6 route's next hops means nothing: notifications have another than listings.
    fileprivate func isSame(as other: Route) -> Bool {
        if self == other { return true }
        guard nextHops.count == other.nextHops.count, nextHops.count > 1 else { return false }
        var reordered = other
        reordered.nextHops = nextHops
        return self == reordered && Set(nextHops) == Set(other.nextHops)
    }

    fileprivate var ways: Set<Way> {
        if nextHops.isEmpty { return [Way(gateway: gateway, linkIndex: linkIndex)] }
        return Set(nextHops.map { Way(gateway: $0.gateway, linkIndex: $0.linkIndex) })
    }
}
