internal import VTEPWire

extension Engine.FDBEntry {
    /// The flags of the slot.
    var flags: UInt32 {
        var flags: UInt32 = 0
        switch kind {
        case .learnt: break
        case .permanent: flags |= FDBSlot.isStatic
        case .external: flags |= FDBSlot.isExternal
        }
        if isSticky { flags |= FDBSlot.isSticky }
        if isRouter { flags |= FDBSlot.isRouter }
        return flags
    }
}

/// How entries refer to ports, remotes and lists, and how these know of it.
extension Engine {
    /// Gives a slot its target. What it refers to is counted by ``count(_:_:)``.
    mutating func setTarget(of slot: inout FDBSlot, _ entry: FDBEntry, _ place: Int) throws(VTEPError) {
        switch entry.target {
        case .port(let port):
            let number = ports.number(port)
            guard number >= 0, ports[number].vni == place else {
                throw VTEPError(
                    .notFound, attempted: "set the FDB entry", subject: "\(entry.address)",
                    reason: "VNI \(entry.vni) has no port \(port.rawValue)")
            }
            slot.target = UInt32(number)
            slot.state |= FDBSlot.isPort
        case .remotes(let named):
            try setRemotes(of: &slot, named, entry)
        }
    }

    private mutating func setRemotes(of slot: inout FDBSlot, _ named: [FDBRemote], _ entry: FDBEntry) throws(VTEPError)
    {
        guard let first = named.first else {
            throw VTEPError(
                .invalidArgument, attempted: "set the FDB entry", subject: "\(entry.address)",
                reason: "no remote is named")
        }
        for remote in named { try Engine.check(remote.port, "set the FDB entry", remote.address) }
        if named.count == 1, first.port == nil, first.sendVNI == nil {
            slot.target = try remote(first.address, "set the FDB entry")
            return
        }
        guard entry.kind != .learnt else {
            throw VTEPError(
                .invalidArgument, attempted: "set the FDB entry", subject: "\(entry.address)",
                reason: "a learnt entry has one remote, without port or VNI of its own",
                remedy: "make it permanent or external")
        }
        var list = DestinationList.empty
        do throws(VTEPError) {
            for remote in named {
                let number = try self.remote(remote.address, "set the FDB entry")
                let destination = Destination(remote: number, port: remote.port, vni: remote.sendVNI)
                guard !list.contains(destination) else { continue }
                list.append(destination)
                // Held, so that it is not forgotten to make room for the next one.
                remotes.pin(number)
            }
            for index in 0..<Int(list.count) { remotes.unhold(list[index].remote) }
        } catch {
            for index in 0..<Int(list.count) { remotes.unpin(list[index].remote) }
            list.free()
            throw error
        }
        mostDestinations = max(mostDestinations, Int(list.count))
        mostOverrides = max(mostOverrides, list.overrides)
        slot.target = lists.add(list)
        slot.state |= FDBSlot.isList
    }

    /// Notes that an entry is there: at its VNI, and at what it refers to.
    mutating func count(_ slot: FDBSlot, _ one: UInt32) {
        let state = vnis.element(slot.vni)
        state.value.entries &+= one
        if slot.isLearnt { state.value.learnt &+= one }
        if slot.has(FDBSlot.isPort) {
            if slot.isLearnt { ports.element(Int(slot.target)).value.learnt &+= one }
            return
        }
        if slot.has(FDBSlot.isList) {
            let list = lists[slot.target]
            for index in 0..<Int(list.count) { remotes.pin(list[index].remote) }
        } else if slot.isLearnt {
            remotes.element(slot.target).value.learnt &+= one
        } else {
            remotes.pin(slot.target)
        }
    }

    /// Takes back what ``count(_:_:)`` did, for an entry that is gone from the table.
    mutating func release(_ slot: FDBSlot) {
        let state = vnis.element(slot.vni)
        state.value.entries &-= 1
        if slot.isLearnt { state.value.learnt &-= 1 }
        if slot.has(FDBSlot.isPort) {
            if slot.isLearnt { ports.element(Int(slot.target)).value.learnt &-= 1 }
            return
        }
        if slot.has(FDBSlot.isList) {
            let list = lists[slot.target]
            for index in 0..<Int(list.count) { remotes.unpin(list[index].remote) }
            lists.remove(slot.target)
        } else if slot.isLearnt {
            remotes.element(slot.target).value.learnt &-= 1
            remotes.removeIfUnused(slot.target)
        } else {
            remotes.unpin(slot.target)
        }
    }

    /// An entry as the caller sees it.
    func entry(_ slot: FDBSlot) -> FDBEntry? {
        guard let vni = VNI(exactly: vnis[slot.vni].number), let address = MACAddress(rawValue: slot.address) else {
            return nil
        }
        let kind: FDBEntry.Kind =
            slot.has(FDBSlot.isStatic) ? .permanent : slot.has(FDBSlot.isExternal) ? .external : .learnt
        return FDBEntry(
            vni: vni, address: address, target: target(slot), kind: kind, isSticky: slot.has(FDBSlot.isSticky),
            isRouter: slot.has(FDBSlot.isRouter))
    }

    private func target(_ slot: FDBSlot) -> FDBEntry.Target {
        if slot.has(FDBSlot.isPort) { return .port(ports.id(Int(slot.target))) }
        guard slot.has(FDBSlot.isList) else {
            return .remotes([FDBRemote(remotes[slot.target].address.address)])
        }
        let list = lists[slot.target]
        var named: [FDBRemote] = []
        for index in 0..<Int(list.count) {
            let destination = list[index]
            named.append(
                FDBRemote(
                    remotes[destination.remote].address.address, port: destination.port == 0 ? nil : destination.port,
                    sendVNI: destination.vni == Destination.ownVNI ? nil : VNI(exactly: destination.vni)))
        }
        return .remotes(named)
    }

    /// The place of an entry as events tell it.
    func eventPlace(_ slot: FDBSlot) -> Event.Place {
        if slot.has(FDBSlot.isPort) { return .port(ports.id(Int(slot.target))) }
        let remote = slot.has(FDBSlot.isList) ? lists[slot.target][0].remote : slot.target
        return .remote(remotes[remote].address)
    }
}
