public import VTEPWire

extension Engine {
    /// Puts an entry into the FDB. One of the same VNI and address is replaced, whatever kind it is. Where the FDB is full,
    /// a configured entry takes the place of a learnt one.
    ///
    /// - Throws: ``VTEPError/Kind/notFound`` for the VNI or the port, ``VTEPError/Kind/noSpace`` if the FDB or the table
    ///   of remotes is full, ``VTEPError/Kind/invalidArgument`` for a group's address, for no remotes or for a remote
    ///   that can't be. Nothing has changed then.
    public mutating func setFDBEntry(_ entry: FDBEntry, now: Milliseconds) throws(VTEPError) {
        let place = try find(entry.vni, Engine.setting)
        guard entry.address.isUnicast, !entry.address.isZero else {
            throw VTEPError(
                .invalidArgument, attempted: Engine.setting, subject: "\(entry.address)",
                reason: "it is no station's address", remedy: "add a default remote for what goes to everyone")
        }
        var slot = FDBSlot(
            key: FDBSlot.key(vni: place, address: entry.address.rawValue), target: 0, state: FDBSlot.stamp(now))
        slot.state |= entry.flags
        guard fdb.count < fdb.limit || entry.kind != .learnt || fdb.find(slot.key) >= 0 else { throw fullFDB(entry) }
        try setTarget(of: &slot, entry, place)
        // Not before: entries may have made room for a remote.
        let old = fdb.find(slot.key)
        if old >= 0 {
            let replaced = fdb.slots[old]
            fdb.slots[old] = slot
            count(slot, 1)
            release(replaced)
        } else if fdb.insert(slot) >= 0 {
            count(slot, 1)
        } else {
            // Counted first: what makes room must not take the remotes that it names.
            count(slot, 1)
            guard entry.kind != .learnt, makeRoom(inFDBFor: slot.key), fdb.insert(slot) >= 0 else {
                release(slot)
                throw fullFDB(entry)
            }
        }
    }

    /// Takes an entry out, whatever kind it is.
    ///
    /// - Throws: ``VTEPError/Kind/notFound``.
    public mutating func removeFDBEntry(_ address: MACAddress, of vni: VNI) throws(VTEPError) {
        let place = try find(vni, "remove the FDB entry")
        let index = fdb.find(FDBSlot.key(vni: place, address: address.rawValue))
        guard index >= 0 else {
            throw VTEPError(
                .notFound, attempted: "remove the FDB entry", subject: "\(address)",
                reason: "VNI \(vni) has no such entry")
        }
        let slot = fdb.slots[index]
        fdb.remove(at: index)
        release(slot)
    }

    /// The entry of an address. Nil if there is none.
    ///
    /// - Throws: ``VTEPError/Kind/notFound`` for the VNI.
    public func fdbEntry(_ address: MACAddress, of vni: VNI) throws(VTEPError) -> FDBEntry? {
        let index = fdb.find(FDBSlot.key(vni: try find(vni, "find the FDB entry"), address: address.rawValue))
        return index < 0 ? nil : entry(fdb.slots[index])
    }

    /// Calls `body` with every entry of a VNI and the milliseconds since its last frame, in no particular order.
    ///
    /// It looks at the whole table: a few milliseconds where that is of a million.
    ///
    /// - Throws: ``VTEPError/Kind/notFound`` for the VNI.
    public func forEachFDBEntry(
        of vni: VNI, now: Milliseconds, _ body: (FDBEntry, Milliseconds) -> Void
    ) throws(VTEPError) {
        let place = try find(vni, "list the FDB entries")
        let stamp = FDBSlot.stamp(now)
        for index in 0..<fdb.slots.count {
            let slot = fdb.slots[index]
            if slot.key != 0, slot.vni == place, let entry = entry(slot) {
                body(entry, Milliseconds(slot.idle(at: stamp)) * 100)
            }
        }
    }

    /// Takes all entries of a VNI out that were learnt.
    ///
    /// - Throws: ``VTEPError/Kind/notFound`` for the VNI.
    public mutating func flushLearnt(of vni: VNI) throws(VTEPError) {
        flush(try find(vni, "flush the FDB")) { $0.isLearnt }
    }

    /// How many FDB entries there are, of all VNIs together.
    public var fdbCount: Int { fdb.count }

    private static var setting: String { "set the FDB entry" }

    private func fullFDB(_ entry: FDBEntry) -> VTEPError {
        VTEPError(
            .noSpace, attempted: Engine.setting, subject: "\(entry.address)",
            reason: "the FDB has room for \(fdb.limit) entries", remedy: "raise maximumFDBEntries")
    }

    /// Takes out the entries of a VNI that `isMeant` says.
    mutating func flush(_ place: Int, _ isMeant: (FDBSlot) -> Bool) {
        guard vnis.element(place).value.entries > 0 else { return }
        var index = 0
        while index < fdb.slots.count {
            let slot = fdb.slots[index]
            if slot.key != 0, slot.vni == place, isMeant(slot) {
                // Another may move into this place: it is looked at again.
                fdb.remove(at: index)
                release(slot)
            } else {
                index += 1
            }
        }
    }
}
