/// A call's time, and as the FDB has it.
struct Stamped {
    let now: Milliseconds
    let stamp: UInt32

    @inline(__always)
    init(_ now: Milliseconds) {
        self.now = now
        stamp = FDBSlot.stamp(now)
    }
}

/// Learning where stations are, from the frames they send.
extension Engine {
    /// What learning says of a frame.
    enum Learnt {
        /// The frame may pass, learnt or not.
        case pass
        /// The station is elsewhere, and stays there.
        case drop
    }

    /// Notes that a station was heard behind a target.
    ///
    /// - Parameters:
    ///   - kind: ``FDBSlot/isPort`` for a port's number, 0 for a remote's.
    ///   - home: The key's place in the FDB.
    @inline(__always)
    mutating func learn(
        _ key: UInt64, _ target: UInt32, kind: UInt32, from source: UnderlayAddress, _ state: Element<VNIState>,
        _ time: Stamped, home: Int
    ) -> Learnt {
        let index = fdb.lookup.find(key, from: home)
        if index >= 0, fdb.lookup.refresh(index, target, kind: kind, time.stamp) { return .pass }
        return learnAnew(index, key, target, kind: kind, from: source, state, time)
    }

    /// The same for a station that was not known, where `index` is -1, or was known to be elsewhere.
    @inline(__always)
    mutating func learnAnew(
        _ index: Int, _ key: UInt64, _ target: UInt32, kind: UInt32, from source: UnderlayAddress,
        _ state: Element<VNIState>, _ time: Stamped
    ) -> Learnt {
        index < 0
            ? learnNew(key, target, kind: kind, from: source, state, time.now)
            : move(index, target, kind: kind, from: source, state, time.now)
    }

    @inline(never)
    private mutating func learnNew(
        _ key: UInt64, _ target: UInt32, kind: UInt32, from source: UnderlayAddress, _ state: Element<VNIState>,
        _ now: Milliseconds
    ) -> Learnt {
        if let limit = state.value.policy.learningLimit, state.value.learnt >= limit {
            state.value.count(.notLearntLimit)
            return .pass
        }
        var target = target
        if kind == 0 {
            guard let number = learningRemote(target, source, state) else { return .pass }
            target = number
        }
        let slot = FDBSlot(key: key, target: target, state: kind | FDBSlot.stamp(now))
        guard fdb.insert(slot) >= 0 || makeRoom(inFDBForLearning: slot, now) && fdb.insert(slot) >= 0 else {
            state.value.count(.notLearntFull)
            if kind == 0 { remotes.removeIfUnused(target) }
            return .pass
        }
        count(slot, 1)
        state.value.count(.addressesLearnt)
        post(.learnt, slot, eventPlace(slot), .nowhere, state, now)
        return .pass
    }

    /// The number of the remote to learn from, made if it is new. Nil where nothing more may be learnt from it.
    private mutating func learningRemote(
        _ known: UInt32, _ source: UnderlayAddress, _ state: Element<VNIState>
    ) -> UInt32? {
        guard let number = known != .max ? known : remotes.findOrAdd(source) else {
            state.value.count(.notLearntFull)
            return nil
        }
        if let limit = state.value.policy.learningLimitPerRemote, remotes[number].learnt >= limit {
            state.value.count(.notLearntRemoteLimit)
            remotes.removeIfUnused(number)
            return nil
        }
        return number
    }

    @inline(never)
    private mutating func move(
        _ index: Int, _ target: UInt32, kind: UInt32, from source: UnderlayAddress, _ state: Element<VNIState>,
        _ now: Milliseconds
    ) -> Learnt {
        let old = fdb.slots[index]
        if kind == 0, old.has(FDBSlot.isList), lists[old.target].names(target) { return .pass }
        let wanted: Event.Place = kind == 0 ? .remote(source) : .port(ports.id(Int(target)))
        guard old.isLearnt, !old.has(FDBSlot.isSticky) else {
            state.value.count(.dropStaticElsewhere)
            post(.moveRefused, old, eventPlace(old), wanted, state, now)
            return .drop
        }
        let policy = (limit: state.value.policy.moveLimit, period: state.value.policy.movePeriod)
        let home = fdb.home(old.key)
        let from = eventPlace(old)
        guard moves.allow(old.key, home: home, from: from, limit: policy.limit, period: policy.period, now: now) else {
            state.value.count(.notMoved)
            post(.moveRefused, old, from, wanted, state, now)
            returnToOrigin(index, from, state, now)
            return .pass
        }
        var target = target
        if kind == 0 {
            guard let number = learningRemote(target, source, state) else { return .pass }
            target = number
        }
        relocate(index, target, kind: kind, from: from, state, now)
        return .pass
    }

    /// Puts a station that moved too often back to where it was at first: whoever claims another's address shall not keep
    /// it for the rest of the period.
    private mutating func returnToOrigin(
        _ index: Int, _ place: Event.Place, _ state: Element<VNIState>, _ now: Milliseconds
    ) {
        let key = fdb.slots[index].key
        let origin = moves.origin(key, home: fdb.home(key))
        guard origin != place else { return }
        switch origin {
        case .nowhere: return
        case .remote(let address):
            guard let number = remotes.find(address) else { return }
            relocate(index, number, kind: 0, from: place, state, now)
        case .port(let port):
            let number = ports.number(port)
            guard number >= 0 else { return }
            relocate(index, UInt32(truncatingIfNeeded: number), kind: FDBSlot.isPort, from: place, state, now)
        }
    }

    /// Gives a learnt entry another target.
    private mutating func relocate(
        _ index: Int, _ target: UInt32, kind: UInt32, from: Event.Place, _ state: Element<VNIState>,
        _ now: Milliseconds
    ) {
        let old = fdb.slots[index]
        let slot = FDBSlot(
            key: old.key, target: target, state: kind | FDBSlot.stamp(now) | old.state & FDBSlot.isRouter)
        fdb.slots[index] = slot
        count(slot, 1)
        release(old)
        state.value.count(.addressesMoved)
        post(.moved, slot, eventPlace(slot), from, state, now)
    }

    private mutating func post(
        _ kind: Event.Kind, _ slot: FDBSlot, _ place: Event.Place, _ other: Event.Place, _ state: Element<VNIState>,
        _ now: Milliseconds
    ) {
        events.post(
            Event(
                kind: kind, time: now, vni: state.value.number, address: slot.address, place: place,
                otherPlace: other, internetAddress: .unspecified))
    }
}

extension DestinationList {
    /// Whether a remote is among the destinations.
    func names(_ remote: UInt32) -> Bool {
        for index in 0..<Int(count) where self[index].remote == remote { return true }
        return false
    }
}
