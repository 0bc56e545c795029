/// How far ageing has come through the FDB.
struct FDBSweep {
    var place = 0
    var last: Milliseconds?

    /// In which time the whole table is looked at once, as the kernel does.
    static var period: Milliseconds { 10_000 }
    /// How many slots one call looks at, at most: some 30 microseconds.
    static var most: Int { 32_768 }
}

extension Engine {
    /// Lets time pass: entries that were idle too long go. To be called about ten times a second, whether there is
    /// traffic or not; each call does a bounded part of the work, so that all entries are looked at every 10 s.
    ///
    /// Without such calls nothing ages.
    public mutating func advance(to now: Milliseconds) {
        guard let last = sweep.last else {
            sweep.last = now
            return
        }
        guard now > last else { return }
        let size = fdb.slots.count
        let due = min(now - last, FDBSweep.period) * UInt64(size) / FDBSweep.period
        let slots = min(Int(due), FDBSweep.most)
        // Too little time for one slot: the next call will have more.
        guard slots > 0 else { return }
        sweep.last = now
        age(slots, now)
        ageBindings(slots, now)
    }

    private mutating func age(_ slots: Int, _ now: Milliseconds) {
        let stamp = FDBSlot.stamp(now)
        var index = sweep.place
        var left = slots
        while left > 0 {
            let slot = fdb.slots[index]
            left -= 1
            if slot.key != 0, slot.isLearnt, isOld(slot, stamp) {
                // Another may move into this place: it is looked at next.
                fdb.remove(at: index)
                tellAged(slot, now)
                release(slot)
            } else {
                index = index + 1 == fdb.slots.count ? 0 : index + 1
            }
        }
        sweep.place = index
    }

    private func isOld(_ slot: FDBSlot, _ stamp: UInt32) -> Bool {
        let ageing = vnis.element(slot.vni).value.policy.ageing
        return ageing != 0 && slot.idle(at: stamp) >= ageing * 10
    }

    /// Tells that a learnt entry is gone.
    mutating func tellAged(_ slot: FDBSlot, _ now: Milliseconds) {
        let state = vnis.element(slot.vni)
        state.value.count(.addressesAged)
        events.post(
            Event(
                kind: .aged, time: now, vni: state.value.number, address: slot.address, place: eventPlace(slot),
                otherPlace: .nowhere, internetAddress: .unspecified))
    }
}
