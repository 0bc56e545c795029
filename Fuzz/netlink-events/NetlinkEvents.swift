import VTEPWire

@testable import VTEPNetlink

/// Notifications and readings of whole tables in any order: whoever applies what is told has what the monitor knows, and
/// nothing is told removed or changed that was not told before.
@c(LLVMFuzzerTestOneInput)
public func fuzzNetlinkEvents(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var follower = Follower()
    for reply in unsafe Replies(UnsafeRawBufferPointer(start: start, count: count)) { follower.take(reply) }
    return 0
}

/// Tables kept from what is told.
private struct Follower {
    private var tables = KnownTables()
    private var told = Told()

    mutating func take(_ reply: Reply) {
        // Bits that no notification of these tables has say what else happens before it.
        for table in WatchedTables.all.each {
            if reply.flags & 0x1000 != 0 { tables.beginRound(table) }
            if reply.flags & 0x2000 != 0 {
                tables.sweep(table, rounds: reply.flags & 0x4000 != 0 ? 2 : 1) { told.apply($0) }
            }
        }
        if reply.flags & 0x8000 != 0 {
            see(reply)
        } else {
            notify(reply)
        }
        told.check(tables)
    }

    private mutating func notify(_ reply: Reply) {
        let isRemoval = reply.type & 1 != 0
        let addition = unsafe Reply(
            type: reply.type & ~1, flags: reply.flags, sequence: reply.sequence, payload: reply.payload)
        if let route = Route(addition) {
            let outcome =
                isRemoval ? tables.routes.remove(route) : tables.routes.set(route, replaces: reply.flags & 0x100 != 0)
            if case .clear(let change?) = outcome { told.apply(.route(change)) }
        } else if let entries = VLANEntry.entries(of: addition) {
            if addition.hasMany { return }
            for entry in entries { tables.take(entry, areGone: isRemoval, .all) { told.apply($0) } }
        } else if !isRemoval {
            see(addition)
        } else if VNIFilterEntry.entries(of: addition) != nil {
            if !addition.hasMany { tables.takeVNIs(addition, areGone: true) { told.apply($0) } }
        } else if let entry = FDBEntry(addition) {
            if let change = tables.fdb.remove(entry) { told.apply(.fdb(change)) }
        } else if let neighbour = Neighbour(addition) {
            if let change = tables.neighbours.remove(neighbour) { told.apply(.neighbour(change)) }
        } else if let link = Link(addition) {
            if let change = tables.links.remove(link) { told.apply(.link(change)) }
            tables.removeAll(ofLink: link.index) { told.apply($0) }
        } else if let address = InterfaceAddress(addition) {
            if let change = tables.addresses.remove(address) { told.apply(.address(change)) }
        }
    }
}

extension Follower {
    fileprivate mutating func see(_ reply: Reply) {
        if reply.hasMany { return }
        for table in WatchedTables.all.each { tables.see(reply, of: table) { told.apply($0) } }
    }
}

extension Reply {
    /// The kernel has memory for each of them, and so has the monitor; the fuzzer has not.
    fileprivate var hasMany: Bool {
        let vnis = (VNIFilterEntry.entries(of: self) ?? []).map {
            Int($0.vnis.upperBound.rawValue) - Int($0.vnis.lowerBound.rawValue)
        }
        let vlans = (VLANEntry.entries(of: self) ?? []).map(\.vlan.vlans.count)
        return vnis.reduce(0, +) + vlans.reduce(0, +) > 5000
    }
}

private struct Told {
    private var counts: [HostEvent: Int] = [:]
    private var sizes: [Int: Int] = [:]

    mutating func apply(_ event: HostEvent) {
        switch event {
        case .link(let change): apply(change, 0) { .link(.added($0)) }
        case .address(let change): apply(change, 1) { .address(.added($0)) }
        case .route(let change): apply(change, 2) { .route(.added($0)) }
        case .neighbour(let change): apply(change, 3) { .neighbour(.added($0)) }
        case .fdb(let change): apply(change, 4) { .fdb(.added($0)) }
        case .nextHop(let change): apply(change, 5) { .nextHop(.added($0)) }
        case .rule(let change): apply(change, 6) { .rule(.added($0)) }
        case .vni(let change): apply(change, 7) { .vni(.added($0)) }
        case .vlan(let change): apply(change, 8) { .vlan(.added($0)) }
        case .vlanTunnel(let change): apply(change, 9) { .vlanTunnel(.added($0)) }
        case .synchronised: break
        }
    }

    private mutating func apply<Value>(_ change: TableChange<Value>, _ table: Int, _ name: (Value) -> HostEvent) {
        switch change {
        case .added(let value): add(name(value), table)
        case .changed(from: let before, to: let value):
            remove(name(before), table)
            add(name(value), table)
        case .removed(let value): remove(name(value), table)
        }
    }

    private mutating func add(_ value: HostEvent, _ table: Int) {
        counts[value, default: 0] += 1
        sizes[table, default: 0] += 1
    }

    private mutating func remove(_ value: HostEvent, _ table: Int) {
        precondition(counts[value, default: 0] > 0, "never told")
        counts[value, default: 0] -= 1
        sizes[table, default: 0] -= 1
        precondition(sizes[table, default: 0] >= 0, "more was removed than told")
    }

    func check(_ tables: KnownTables) {
        let known = [
            tables.links.count, tables.addresses.count, tables.routes.count, tables.neighbours.count, tables.fdb.count,
            tables.nextHops.count, tables.rules.count, tables.vnis.count, tables.vlans.count, tables.vlanTunnels.count,
        ]
        for (table, count) in known.enumerated() { precondition(sizes[table, default: 0] == count, "not all was told") }
    }
}
