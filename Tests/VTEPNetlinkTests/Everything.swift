import VTEPWire

@testable import VTEPNetlink

/// What can be read from one datagram, by every reader there is. The fuzz target netlink-reply compiles this file, too.
struct Everything: Equatable {
    var links: [Link] = []
    var addresses: [InterfaceAddress] = []
    var routes: [Route] = []
    var neighbours: [Neighbour] = []
    var entries: [FDBEntry] = []
    var nextHops: [NextHopObject] = []
    var buckets: [NextHopBucket] = []
    var rules: [RoutingRule] = []
    var bridges: [BridgeStatus] = []
    var ports: [BridgePortStatus] = []
    var vlans: [BridgeVLAN] = []
    var tunnels: [VLANTunnel] = []
    var vnis: [VNIFilterEntry] = []
    var verdicts: [Int32] = []

    var count: Int {
        links.count + addresses.count + routes.count + neighbours.count + entries.count + nextHops.count
            + buckets.count + rules.count + bridges.count + ports.count + vlans.count + tunnels.count + vnis.count
    }

    init(_ bytes: UnsafeRawBufferPointer) {
        for reply in unsafe Replies(bytes) { read(reply) }
    }

    private mutating func read(_ reply: Reply) {
        if let link = Link(reply) { links.append(link) }
        if let address = InterfaceAddress(reply) { addresses.append(address) }
        if let route = Route(reply) { routes.append(route) }
        if let neighbour = Neighbour(reply) { neighbours.append(neighbour) }
        if let entry = FDBEntry(reply) { entries.append(entry) }
        if let hop = NextHopObject(reply) { nextHops.append(hop) }
        if let bucket = NextHopBucket(reply) { buckets.append(bucket) }
        if let rule = RoutingRule(reply) { rules.append(rule) }
        if let bridge = BridgeStatus(reply) { bridges.append(bridge) }
        if let port = BridgePortStatus(reply) { ports.append(port) }
        if let tables = VLANTables(reply) {
            vlans += tables.vlans
            tunnels += tables.tunnels
        }
        for entry in VLANEntry.entries(of: reply) ?? [] {
            vlans.append(entry.vlan)
            if let tunnel = entry.tunnel { tunnels.append(tunnel) }
        }
        vnis += VNIFilterEntry.entries(of: reply) ?? []
        if let verdict = ExtendedAck(error: reply) { verdicts.append(verdict.errno) }
        verdicts.append(ExtendedAck(done: reply).errno)
    }
}
