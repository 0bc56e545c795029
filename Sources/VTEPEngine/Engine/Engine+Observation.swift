public import VTEPWire

extension Engine {
    /// Takes out the oldest event that waits. Nil if none does.
    public mutating func nextEvent() -> Event? { events.next() }

    /// One counter, over all VNIs and what belongs to none. VNIs that were removed are not in it any more.
    public func counter(_ counter: Counter) -> UInt64 {
        if counter == .eventsLost { return events.lost }
        if counter == .eventsSuppressed { return events.suppressed }
        var sum = strayCounters[Int(counter.rawValue)]
        for place in 0..<vnis.limit where vnis[place].isUsed { sum &+= vnis[place].value(counter) }
        return sum
    }

    /// One counter of one VNI.
    ///
    /// - Throws: ``VTEPError/Kind/notFound``.
    public func counter(_ counter: Counter, of vni: VNI) throws(VTEPError) -> UInt64 {
        vnis[try find(vni, "read the VNI's counters")].value(counter)
    }
}

extension VNIState {
    func value(_ counter: Counter) -> UInt64 {
        guard let counters = unsafe counters else { return 0 }
        return unsafe counters[Int(counter.rawValue)]
    }
}
