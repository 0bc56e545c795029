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
    var vnis = KnownLinkTables<VNIFilterEntry>()
    var vlans = KnownLinkTables<BridgeVLAN>()
    var vlanTunnels = KnownLinkTables<VLANTunnel>()
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
        case .vnis: vnis.beginRound()
        case .vlans: vlans.beginRound()
        case .vlanTunnels: vlanTunnels.beginRound()
        default: break
        }
    }

    /// Takes in what one message tells of a table that is being read.
    mutating func see(_ reply: Reply, of table: WatchedTables, _ visit: (HostEvent) -> Void) {
        switch table {
        case .links: if let link = Link(reply), let change = links.set(link) { visit(.link(change)) }
        case .addresses:
            if let address = InterfaceAddress(reply), let change = addresses.set(address) { visit(.address(change)) }
        case .routes: if let route = Route(reply), let change = routes.see(route) { visit(.route(change)) }
        case .neighbours:
            if let neighbour = Neighbour(reply), let change = neighbours.set(neighbour) { visit(.neighbour(change)) }
        case .fdb: if let entry = FDBEntry(reply), let change = fdb.set(entry) { visit(.fdb(change)) }
        case .nextHops: if let hop = NextHopObject(reply), let change = nextHops.set(hop) { visit(.nextHop(change)) }
        case .rules: if let rule = RoutingRule(reply), let change = rules.set(rule) { visit(.rule(change)) }
        case .vnis: takeVNIs(reply, areGone: false, visit)
        case .vlans, .vlanTunnels:
            for entry in VLANEntry.entries(of: reply) ?? [] { take(entry, areGone: false, table, visit) }
        default: break
        }
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
        case .vnis: vnis.sweep(rounds: rounds) { visit(.vni($0)) }
        case .vlans: vlans.sweep(rounds: rounds) { visit(.vlan($0)) }
        case .vlanTunnels: vlanTunnels.sweep(rounds: rounds) { visit(.vlanTunnel($0)) }
        default: break
        }
    }

    /// Forgets what a link that has left the namespace took with it in silence.
    mutating func removeAll(ofLink index: UInt32, _ visit: (HostEvent) -> Void) {
        addresses.remove(where: { $0.linkIndex == index }, { visit(.address($0)) })
        neighbours.remove(where: { $0.linkIndex == index }, { visit(.neighbour($0)) })
        fdb.remove(where: { $0.linkIndex == index }, { visit(.fdb($0)) })
        removeTables(ofLink: index, visit)
    }
}
