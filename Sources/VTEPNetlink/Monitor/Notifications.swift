internal import CLibNL
internal import Glibc
internal import VTEPWire

extension TableMonitor {
    /// Takes in a notification. The table it was about.
    func takeNotification(_ reply: Reply) -> WatchedTables {
        switch Int(reply.type) {
        case RTM_NEWLINK, RTM_DELLINK: return takeLink(reply)
        case RTM_NEWADDR, RTM_DELADDR: return takeAddress(reply)
        case RTM_NEWROUTE, RTM_DELROUTE: return takeRoute(reply)
        case RTM_NEWNEIGH, RTM_DELNEIGH: return takeNeighbour(reply)
        case NextHopMessage.new, NextHopMessage.delete: return takeNextHop(reply)
        case RuleMessage.new, RuleMessage.delete: return takeRule()
        case RTM_NEWTUNNEL, RTM_DELTUNNEL: return takeVNIs(reply)
        case RTM_NEWVLAN, RTM_DELVLAN: return takeVLANs(reply)
        default: return []
        }
    }

    private func takeLink(_ reply: Reply) -> WatchedTables {
        guard let header = reply.header(ifinfomsg.self) else { return [] }
        // The bridge's word about one of its ports: a link that leaves its bridge is "deleted" in it. It is no whole link.
        if header.ifi_family == AF_BRIDGE {
            portsToLookAt.insert(UInt32(truncatingIfNeeded: header.ifi_index))
            return .links
        }
        guard let link = Link(reply.asAddition) else { return .links }
        if reply.isRemoval {
            // It has not ended, it has moved; its FDB goes along without a word.
            if reply.attributes(after: ifinfomsg.self).contains(where: { $0.type == IFLA_NEW_NETNSID }) {
                tables.removeAll(ofLink: link.index) { emit($0, of: $0.table) }
            }
            // Their ends have been told by now, one by one.
            tables.removeTables(ofLink: link.index) { emit($0, of: $0.table) }
            note(tables.links.remove(link))
            return WatchedTables.countedByDevice.union(.links)
        }
        note(tables.links.set(link))
        return .links
    }

    private func note(_ change: TableChange<Link>?) {
        guard let change else { return }
        emit(.link(change), of: .links)
        doubt(.rules)  // which may name a link that is missing
        switch change {
        case .added(let link):
            // It may have come from another namespace, with its FDB and its VNIs.
            unannounced.note(link, now: Wakeup.now)
            if link.kind == .vxlan, followed.contains(.fdb) || unannounced.hasVNIFilter(link.index) {
                devicesToLookAt.insert(link.index)
            }
        case .changed(from: let before, to: let link):
            unannounced.note(link, now: Wakeup.now)
            // What a VLAN can be set to depends on its bridge.
            if link.kind == .bridge, before.details != link.details { doubt(.vlans) }
            let matters: LinkFlags = [.up, .running, .lowerUp]
            if before.flags.intersection(matters) != link.flags.intersection(matters) {
                doubt([.routes, .nextHops])
            }
        case .removed(let link):
            unannounced.forget(link)
            doubt([.routes, .nextHops])
        }
    }

    /// The kernel may have changed something in these tables without a word.
    private func doubt(_ tables: WatchedTables) {
        let concerned = tables.intersection(followed)
        if !concerned.isEmpty { agenda.need(concerned, now: Wakeup.now) }
    }

    private func takeAddress(_ reply: Reply) -> WatchedTables {
        guard followed.contains(.addresses), let address = InterfaceAddress(reply.asAddition) else { return [] }
        let change = reply.isRemoval ? tables.addresses.remove(address) : tables.addresses.set(address)
        if let change {
            emit(.address(change), of: .addresses)
            if reply.isRemoval { doubt(.routes) }
        }
        return .addresses
    }

    private func takeRoute(_ reply: Reply) -> WatchedTables {
        guard followed.contains(.routes), let route = Route(reply.asAddition) else { return [] }
        let outcome =
            reply.isRemoval
            ? tables.routes.remove(route)
            : tables.routes.set(route, replaces: reply.flags & UInt16(NLM_F_REPLACE) != 0)
        switch outcome {
        case .clear(let change): if let change { emit(.route(change), of: .routes) }
        case .unclear: doubt(.routes)
        }
        return .routes
    }

    private func takeNextHop(_ reply: Reply) -> WatchedTables {
        guard followed.contains(.nextHops), let hop = NextHopObject(reply.asAddition) else { return [] }
        if let change = reply.isRemoval ? tables.nextHops.remove(hop) : tables.nextHops.set(hop) {
            emit(.nextHop(change), of: .nextHops)
            doubt(.routes)
        }
        return .nextHops
    }

    /// One of several equal rules may be meant: only the whole table tells. It is small and seldom changes.
    private func takeRule() -> WatchedTables {
        doubt(.rules)
        return .rules
    }

    private func takeVNIs(_ reply: Reply) -> WatchedTables {
        guard followed.contains(.vnis) else { return [] }
        return tables.takeVNIs(reply.asAddition, areGone: reply.isRemoval) { emit($0, of: .vnis) } ? .vnis : []
    }

    /// Of several VLANs that are there the kernel tells what the first is set to, whether or not the others are set to the
    /// same: only the whole table tells. A message about none is about their bridge, and may change the VLANs' states.
    private func takeVLANs(_ reply: Reply) -> WatchedTables {
        let concerned = followed.intersection([.vlans, .vlanTunnels])
        guard let entries = VLANEntry.entries(of: reply.asAddition) else { return [] }
        if entries.isEmpty { doubt(.vlans) }
        for entry in entries {
            if reply.isRemoval || entry.vlan.vlans.count == 1 {
                tables.take(entry, areGone: reply.isRemoval, concerned) { emit($0, of: $0.table) }
            } else {
                doubt(concerned)
            }
        }
        return concerned
    }

    private func takeNeighbour(_ reply: Reply) -> WatchedTables {
        let addition = reply.asAddition
        if followed.contains(.fdb), let entry = FDBEntry(addition) {
            let change = reply.isRemoval ? tables.fdb.remove(entry) : tables.fdb.set(entry)
            if let change { emit(.fdb(change), of: .fdb) }
            return .fdb
        }
        guard followed.contains(.neighbours), let neighbour = Neighbour(addition) else { return [] }
        let change = reply.isRemoval ? tables.neighbours.remove(neighbour) : tables.neighbours.set(neighbour)
        if let change { emit(.neighbour(change), of: .neighbours) }
        return .neighbours
    }
}

// MARK: - What a notification did not tell

extension TableMonitor {
    /// Asks for what notifications only hinted at. Newer than notifications that wait, which does no harm: see above.
    func lookAgain() throws(VTEPError) -> Bool {
        if let index = portsToLookAt.popFirst() {
            if let link = try connection.link(index: index) {
                note(tables.links.set(link))
                doubt(unannounced.tables(concernedBy: link))
            }
            return true
        }
        if let index = devicesToLookAt.popFirst() {
            if followed.contains(.fdb) { try look(at: .fdb, Request(listingFDBOf: index)) }
            if followed.contains(.vnis), unannounced.hasVNIFilter(index) { try lookForVNIs(of: index) }
            return true
        }
        return try lookForUnannouncedVNIs()
    }

    private func look(at table: WatchedTables, _ request: borrowing Request) throws(VTEPError) {
        try connection.stream(request, Purpose("read a table")) { reply in
            tables.see(reply, of: table) { emit($0, of: table) }
        }
    }

    /// - Parameter index: `nil`: of all devices.
    private func lookForVNIs(of index: UInt32?) throws(VTEPError) {
        var request = try Request()
        request.listVNIs(of: index, statistics: false)
        do {
            try look(at: .vnis, request)
        } catch {
            // The device has no filter, or is gone already.
            if ![EINVAL, ENODEV, EOPNOTSUPP].contains(error.systemErrno) { throw error }
        }
    }

    private func lookForUnannouncedVNIs() throws(VTEPError) -> Bool {
        let began = Wakeup.now
        guard followed.contains(.vnis), unannounced.isDue(now: began) else { return false }
        try lookForVNIs(of: nil)
        let now = Wakeup.now
        unannounced.noteLook(took: now - began, now: now)
        return true
    }
}

extension HostEvent {
    fileprivate var table: WatchedTables {
        switch self {
        case .link: .links
        case .address: .addresses
        case .route: .routes
        case .neighbour: .neighbours
        case .fdb: .fdb
        case .nextHop: .nextHops
        case .rule: .rules
        case .vni: .vnis
        case .vlan: .vlans
        case .vlanTunnel: .vlanTunnels
        case .synchronised: []
        }
    }
}

extension Reply {
    /// `RTM_DEL…` is one above `RTM_NEW…` and holds the same.
    fileprivate var isRemoval: Bool { type & 1 != 0 }

    fileprivate var asAddition: Reply {
        unsafe Reply(type: type & ~1, flags: flags, sequence: sequence, payload: payload)
    }
}
