internal import VTEPWire

/// Tables of fixed size are what a peer with many addresses aims at. What is configured has room nevertheless, and of what
/// is learnt everybody gets as much as the others.
extension Engine {
    /// Takes a learnt entry out, so that a configured one can come in: the one that was heard of least lately, of those
    /// near the key's place. False if there is none.
    mutating func makeRoom(inFDBFor key: UInt64) -> Bool {
        let now = sweep.last ?? 0
        let stamp = FDBSlot.stamp(now)
        var best = -1
        var index = fdb.home(key)
        for step in 0..<fdb.slots.count {
            // Beyond this, the first one will do.
            if best >= 0, step >= FDBLookup.maximumProbe { break }
            let slot = fdb.slots[index]
            if slot.key != 0, slot.isLearnt, best < 0 || slot.idle(at: stamp) > fdb.slots[best].idle(at: stamp) {
                best = index
            }
            index = (index &+ 1) & fdb.lookup.mask
        }
        guard best >= 0 else { return false }
        displace(best, now)
        return true
    }

    /// Takes an entry out that was learnt from somebody who has more of them than the one that `slot` is learnt from. False
    /// if there is none near its place.
    mutating func makeRoom(inFDBForLearning slot: FDBSlot, _ now: Milliseconds) -> Bool {
        // It shall not come back for this one.
        var most = learnt(from: slot) &+ 1
        // Who has half of all need not look for somebody who has more: a flood costs little.
        guard Int(most) &* 2 <= fdb.limit else { return false }
        var best = -1
        var index = fdb.home(slot.key)
        for _ in 0..<Engine.slotsLookedAt {
            let other = fdb.slots[index]
            if other.key != 0, other.isLearnt, learnt(from: other) > most {
                most = learnt(from: other)
                best = index
            }
            index = (index &+ 1) & fdb.lookup.mask
        }
        guard best >= 0 else { return false }
        displace(best, now)
        return true
    }

    /// Among so many there are a dozen entries at least when the table is full.
    private static var slotsLookedAt: Int { 64 }

    /// How many entries were learnt from where an entry was learnt.
    private func learnt(from slot: FDBSlot) -> UInt32 {
        slot.has(FDBSlot.isPort)
            ? ports.element(Int(slot.target)).value.learnt : remotes.element(slot.target).value.learnt
    }

    /// Forgets a remote that is known by learning only, with what was learnt from it: the one with the fewest entries.
    /// False if there is none.
    mutating func makeRoomInRemotes() -> Bool {
        var best = UInt32.max
        for number in 0..<UInt32(remotes.limit) {
            let remote = remotes.element(number)
            guard remote.value.pins == 0, remote.value.learnt > 0 else { continue }
            if best == .max || remote.value.learnt < remotes.element(best).value.learnt { best = number }
        }
        guard best != .max else { return false }
        var index = 0
        while index < fdb.slots.count {
            let slot = fdb.slots[index]
            if slot.key != 0, slot.isLearnt, !slot.has(FDBSlot.isPort), slot.target == best {
                // Another may move into this place: it is looked at again.
                displace(index, sweep.last ?? 0)
            } else {
                index += 1
            }
        }
        return true
    }

    private mutating func displace(_ index: Int, _ now: Milliseconds) {
        let slot = fdb.slots[index]
        fdb.remove(at: index)
        tellAged(slot, now)
        release(slot)
    }
}

extension BindingTable {
    /// Takes a learnt binding out, so that a configured one can come in. False if there is none.
    mutating func makeRoom(_ vni: Int, _ address: UnderlayAddress) -> Bool {
        var index = home(vni, address)
        for _ in 0..<slots.count {
            if slots[index].station != 0, slots[index].flags & Binding.isStatic == 0 {
                remove(at: index)
                return true
            }
            index = (index &+ 1) & (slots.count - 1)
        }
        return false
    }
}
