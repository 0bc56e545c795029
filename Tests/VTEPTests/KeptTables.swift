import TestNetwork
import VTEP

/// Tables kept from a monitor's events alone. Each event must fit what is there: nothing is added twice, nothing changed or
/// removed that was not told before.
struct KeptTables {
    private(set) var links: [Link] = []
    private(set) var addresses: [InterfaceAddress: Int] = [:]
    private(set) var routes: [Route: Int] = [:]
    private(set) var neighbours: [Neighbour: Int] = [:]
    private(set) var fdb: [FDBEntry: Int] = [:]
    private(set) var nextHops: [NextHopObject: Int] = [:]
    private(set) var rules: [RoutingRule: Int] = [:]
    private(set) var vnis: [VNIFilterEntry: Int] = [:]
    private(set) var vlans: [BridgeVLAN: Int] = [:]
    private(set) var vlanTunnels: [VLANTunnel: Int] = [:]
    private(set) var synchronisations = 0
    private(set) var events = 0
    private(set) var mistakes: [String] = []

    mutating func take(_ event: HostEvent) {
        events += 1
        switch event {
        case .link(let change): take(change)
        case .address(let change): KeptTables.apply(change, to: &addresses, &mistakes)
        case .route(let change): KeptTables.apply(change, to: &routes, &mistakes)
        case .neighbour(let change): KeptTables.apply(change, to: &neighbours, &mistakes)
        case .fdb(let change): KeptTables.apply(change, to: &fdb, &mistakes)
        case .nextHop(let change): KeptTables.apply(change, to: &nextHops, &mistakes)
        case .rule(let change): KeptTables.apply(change, to: &rules, &mistakes)
        case .vni(let change): KeptTables.apply(change, to: &vnis, &mistakes)
        case .vlan(let change): KeptTables.apply(change, to: &vlans, &mistakes)
        case .vlanTunnel(let change): KeptTables.apply(change, to: &vlanTunnels, &mistakes)
        case .synchronised: synchronisations += 1
        }
    }

    private static func apply<Value>(
        _ change: TableChange<Value>, to table: inout [Value: Int], _ mistakes: inout [String]
    ) {
        func remove(_ value: Value) {
            if table.removeValue(forKey: value) == nil { mistakes.append("never told: \(value)") }
        }
        func add(_ value: Value) {
            if table.updateValue(1, forKey: value) != nil { mistakes.append("told twice: \(value)") }
        }
        switch change {
        case .added(let value): add(value)
        case .changed(from: let before, to: let value):
            remove(before)
            add(value)
        case .removed(let value): remove(value)
        }
    }

    private mutating func take(_ change: TableChange<Link>) {
        let index = change.value.index
        let before = links.firstIndex { $0.index == index }
        switch change {
        case .added(let link):
            if before != nil { mistakes.append("told twice: \(link.name)") }
            links.append(link)
        case .changed(from: _, to: let link):
            guard let before else { return mistakes.append("never told: \(link.name)") }
            links[before] = link
        case .removed(let link):
            guard let before else { return mistakes.append("never told: \(link.name)") }
            links.remove(at: before)
        }
    }

    /// Takes events until all is synchronised and nothing has come for some time.
    mutating func settle(_ monitor: inout Monitor, quiet: Duration = .milliseconds(80)) throws {
        while let event = try monitor.next(timeout: quiet) { take(event) }
    }

    /// Where they differ from what the kernel lists.
    func differences(from host: borrowing Host) throws -> [String] {
        var differences = mistakes
        func compare<Value: Hashable>(_ ours: some Sequence<Value>, _ theirs: [Value]) {
            let (ours, theirs) = (Set(ours), Set(theirs))
            differences +=
                ours.subtracting(theirs).map { "gone: \($0)" } + theirs.subtracting(ours).map { "missing: \($0)" }
        }
        compare(links.map(KeptTables.announced), try host.links().map(KeptTables.announced))
        compare(addresses.keys.map(KeptTables.announced), try host.addresses().map(KeptTables.announced))
        compare(routes.keys.map(KeptTables.announced), try host.routes(table: nil).map(KeptTables.announced))
        compare(
            neighbours.keys.map(KeptTables.announced),
            try host.neighbours().filter(KeptTables.isAnnounced).map(KeptTables.announced))
        compare(fdb.keys.map(KeptTables.announced), try host.fdb().filter { $0.ages != nil }.map(KeptTables.announced))
        compare(nextHops.keys, try host.nextHops())
        compare(rules.keys, try host.rules())
        compare(vnis.keys, try host.vniFilter().flatMap(KeptTables.single))
        compare(vlans.keys, try host.bridgeVLANs().flatMap(KeptTables.single))
        compare(vlanTunnels.keys, try host.vlanTunnels().flatMap(KeptTables.single))
        return differences
    }

    private static func announced(_ link: Link) -> Link {
        var link = link
        link.statistics = LinkStatistics()
        link.promiscuity = 0
        return link
    }

    private static func announced(_ address: InterfaceAddress) -> InterfaceAddress {
        var address = address
        address.validLifetime = address.validLifetime.map { _ in 0 }
        address.preferredLifetime = address.preferredLifetime.map { _ in 0 }
        return address
    }

    /// The order of next hops means nothing.
    private static func announced(_ route: Route) -> Route {
        var route = route
        route.nextHops.sort { "\($0)" < "\($1)" }
        return route
    }

    private static func announced(_ neighbour: Neighbour) -> Neighbour {
        var neighbour = neighbour
        if neighbour.state == .delay { neighbour.state = .stale }
        return neighbour
    }

    private static func announced(_ entry: FDBEntry) -> FDBEntry {
        var entry = entry
        if entry.state == .stale { entry.state = .reachable }
        return entry
    }

    /// What a range stands for.
    private static func single(_ entry: VNIFilterEntry) -> [VNIFilterEntry] {
        (entry.vnis.lowerBound.rawValue...entry.vnis.upperBound.rawValue).compactMap { VNI(exactly: $0) }.map {
            VNIFilterEntry(linkIndex: entry.linkIndex, vnis: $0...$0, destination: entry.destination)
        }
    }

    private static func single(_ entry: BridgeVLAN) -> [BridgeVLAN] {
        entry.vlans.map { number in
            var vlan = entry
            vlan.vlans = number...number
            return vlan
        }
    }

    private static func single(_ entry: VLANTunnel) -> [VLANTunnel] {
        entry.vlans.compactMap { number in
            VNI(exactly: entry.firstVNI.rawValue + UInt32(number - entry.vlans.lowerBound)).map {
                VLANTunnel(linkIndex: entry.linkIndex, vlans: number...number, firstVNI: $0)
            }
        }
    }

    private static func isAnnounced(_ neighbour: Neighbour) -> Bool {
        !neighbour.state.isEmpty && neighbour.state.isDisjoint(with: [.incomplete, .noARP])
    }
}
