import TestNetwork
import Testing
import VTEP

/// Whatever `ip` and `bridge` made is read, deleted and written back: the kernel then tells exactly what it told before,
/// attribute by attribute. What this library has no field for does not survive that.
@Suite(.inNamespaces, .using("ip"), .using("bridge"))
struct WrittenBackTests {
    @Test(arguments: Difference.allTables)
    func survives(_ difference: Difference) throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        let host = try namespace.host()
        let atFirst = try Holdings(host)
        for command in difference.theirs { try namespace.run(command) }
        _ = try eventually {
            try host.addresses().filter { $0.flags.contains(.tentative) }
        } until: {
            $0.isEmpty
        }
        let made = try Holdings(host).without(atFirst)
        let before = try View(raw: namespace)

        try made.delete(from: host)
        let deleted = try Holdings(host).without(atFirst)
        #expect(deleted == Holdings(), "what was read names what is to be deleted")
        try made.add(to: host)
        let lost = try eventually {
            try View(raw: namespace).differences(from: before)
        } until: {
            $0.isEmpty
        }
        #expect(lost == [], "here is what was written back, there is what was read")
    }

    /// What `ip` of Debian 12 has no words for.
    @Test func originsOfAddressesSurvive() throws {
        let namespace = try TestNamespace()
        let host = try namespace.host()
        for text in ["10.16.0.2/24", "fd16::2/64"] {
            var address = InterfaceAddress(try prefix(text), linkIndex: 1)
            address.origin = AddressOrigin(rawValue: 186)
            address.flags = .noDuplicateDetection
            try host.addAddress(address)
            #expect(try host.addresses().first { $0.prefix == address.prefix }?.origin == address.origin)
        }
    }

    /// The same.
    @Test func rulesOfNewKernelsSurvive() throws {
        let namespace = try TestNamespace()
        let host = try namespace.host()
        var marked = RoutingRule(.v4, table: RouteTable(rawValue: 7), priority: 10)
        marked.dscp = RoutingRule.Masked(46)
        var labelled = RoutingRule(.v6, table: RouteTable(rawValue: 7), priority: 11)
        labelled.flowLabel = RoutingRule.Masked(0xABC00, mask: 0xFFF00)
        var masked = RoutingRule(.v4, table: RouteTable(rawValue: 7), priority: 12)
        masked.sourcePorts = 0x1200...0x1200
        masked.sourcePortMask = 0xFF00
        masked.destinationPorts = 0x4300...0x4300
        masked.destinationPortMask = 0xFF00
        masked.dscp = RoutingRule.Masked(0x20, mask: 0x38)
        let since = ["6.13", "6.14", "6.15"]
        for (rule, version) in zip([marked, labelled, masked], since) {
            do throws(VTEPError) {
                try host.addRule(rule)
            } catch {
                #expect(error.remedy.contains(version), "an older kernel is told which one can")
                continue
            }
            let read = try #require(try host.rules(family: rule.family).first { $0.priority == rule.priority })
            #expect(read == rule)
            let before = try View(raw: namespace)
            try host.deleteRule(read)
            #expect(try View(raw: namespace) != before)
            try host.addRule(read)
            #expect(try View(raw: namespace) == before)
        }
    }
}

/// The entries of a namespace's tables.
private struct Holdings: Equatable {
    var addresses: [InterfaceAddress] = []
    var nextHops: [NextHopObject] = []
    var routes: [Route] = []
    var rules: [RoutingRule] = []
    var neighbours: [Neighbour] = []
    var entries: [FDBEntry] = []

    init() {}

    init(_ host: borrowing Host) throws {
        addresses = try host.addresses()
        nextHops = try host.nextHops()
        // The kernel makes its own from the addresses.
        routes = try host.routes(table: nil).filter { $0.origin != .kernel }
        rules = try host.rules()
        neighbours = try host.neighbours().filter { $0.state != .noARP || $0.origin != nil } + host.proxyNeighbours()
        // Those that are the links' own come and go with them.
        entries = try host.fdb().filter { !$0.isOwnAddress }
    }

    func without(_ other: Holdings) -> Holdings {
        var rest = self
        rest.addresses.removeAll { other.addresses.contains($0) }
        rest.nextHops.removeAll { other.nextHops.contains($0) }
        rest.routes.removeAll { other.routes.contains($0) }
        rest.rules.removeAll { other.rules.contains($0) }
        rest.neighbours.removeAll { other.neighbours.contains($0) }
        rest.entries.removeAll { other.entries.contains($0) }
        return rest
    }

    func delete(from host: borrowing Host) throws {
        for entry in entries { try host.deleteFDB(entry) }
        for neighbour in neighbours { try host.deleteNeighbour(neighbour) }
        for rule in rules { try host.deleteRule(rule) }
        for route in routes { try host.deleteRoute(route) }
        for hop in groupsFirst { try host.deleteNextHop(id: hop.id) }
        for address in addresses { try host.deleteAddress(address) }
    }

    func add(to host: borrowing Host) throws {
        for address in addresses { try host.addAddress(address) }
        for hop in groupsFirst.reversed() { try host.addNextHop(hop) }
        for route in routes { try host.appendRoute(route) }
        for rule in rules { try host.addRule(rule) }
        for neighbour in neighbours { try host.addNeighbour(neighbour) }
        for entry in entries { try host.appendFDB(entry) }
    }

    private var groupsFirst: [NextHopObject] {
        nextHops.filter { !$0.group.isEmpty } + nextHops.filter(\.group.isEmpty)
    }
}

extension FDBEntry {
    /// A group that the link listens to, or its own address.
    fileprivate var isOwnAddress: Bool { destination == nil && nextHopID == nil && state == .permanent }
}
