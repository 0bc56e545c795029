internal import VTEPWire

/// All that a monitor knows.
struct KnownTables {
    var links = KnownTable<Link>()
    var addresses = KnownTable<InterfaceAddress>()
    var routes = KnownRoutes()
    var neighbours = KnownTable<Neighbour>()
    var fdb = KnownTable<FDBEntry>()
    var nextHops = KnownTable<NextHopObject>()
    var rules = KnownTable<RoutingRule>()
}

extension KnownTables {
    mutating func beginRound(_ table: WatchedTables) {
        switch table {
        case .links: links.beginRound()
        case .addresses: addresses.beginRound()
        case .routes: routes.beginRound()
        case .neighbours: neighbours.beginRound()
        case .fdb: fdb.beginRound()
        case .nextHops: nextHops.beginRound()
        case .rules: rules.beginRound()
        default: break
        }
    }

    /// Takes in an object of a table that is being read.
    mutating func see(_ reply: Reply) -> HostEvent? {
        if let entry = FDBEntry(reply) { return fdb.set(entry).map { .fdb($0) } }
        if let route = Route(reply) { return routes.see(route).map { .route($0) } }
        if let neighbour = Neighbour(reply) { return neighbours.set(neighbour).map { .neighbour($0) } }
        if let address = InterfaceAddress(reply) { return addresses.set(address).map { .address($0) } }
        if let link = Link(reply) { return links.set(link).map { .link($0) } }
        if let hop = NextHopObject(reply) { return nextHops.set(hop).map { .nextHop($0) } }
        if let rule = RoutingRule(reply) { return rules.set(rule).map { .rule($0) } }
        return nil
    }

    /// Forgets what was not seen in the last `rounds` rounds of reading.
    mutating func sweep(_ table: WatchedTables, rounds: UInt8, _ visit: (HostEvent) -> Void) {
        switch table {
        case .links: links.sweep(rounds: rounds) { visit(.link($0)) }
        case .addresses: addresses.sweep(rounds: rounds) { visit(.address($0)) }
        case .routes: routes.sweep(rounds: rounds) { visit(.route($0)) }
        case .neighbours: neighbours.sweep(rounds: rounds) { visit(.neighbour($0)) }
        case .fdb: fdb.sweep(rounds: rounds) { visit(.fdb($0)) }
        case .nextHops: nextHops.sweep(rounds: rounds) { visit(.nextHop($0)) }
        case .rules: rules.sweep(rounds: rounds) { visit(.rule($0)) }
        default: break
        }
    }

    /// Forgets what a link that has left the namespace took with it in silence.
    mutating func removeAll(ofLink index: UInt32, _ visit: (HostEvent) -> Void) {
        addresses.remove(where: { $0.linkIndex == index }, { visit(.address($0)) })
        neighbours.remove(where: { $0.linkIndex == index }, { visit(.neighbour($0)) })
        fdb.remove(where: { $0.linkIndex == index }, { visit(.fdb($0)) })
    }
}
