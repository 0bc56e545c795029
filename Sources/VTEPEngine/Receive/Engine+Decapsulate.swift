internal import VTEPWire

extension Engine {
    /// Checks VXLAN datagrams from the underlay, learns from them and gives their frames to ports.
    ///
    /// - Parameters:
    ///   - datagrams: The UDP payloads. Their bytes are written to: ECN marks, checksums. A datagram that was taken in
    ///     part only is shortened by that part, in this array.
    ///   - batch: What comes of them is added to it.
    /// - Returns: How many datagrams were taken wholly, from the first one on. Fewer than there are if the batch is full:
    ///   empty it and call again with the rest.
    public mutating func decapsulate(
        _ datagrams: UnsafeMutableBufferPointer<Datagram>, now: Milliseconds, into batch: inout Batch
    ) -> Int {
        batch.reserve(destinations: mostDestinations)
        guard var rest = unsafe IncomingDatagrams(datagrams) else { return 0 }
        var arrival = Arrival(now: now)
        while !rest.isEmpty {
            if takeUsual(&rest, &arrival, &batch) { continue }
            let next = rest.next
            let bytes = rest.bytes(of: next)
            if bytes.count >= VXLANHeader.length, bytes.u64(0) != arrival.header {
                // Perhaps it is usual in another VNI.
                arrival.turn(toHeader: bytes.u64(0), vnis)
                if arrival.isUsual { continue }
            }
            guard batch.hasRoom(destinations: mostDestinations, slices: 1, scratch: 0) else { break }
            arrival.turn(to: next, remotes)
            decapsulateUnusual(bytes, &arrival, &batch)
            rest.advance(over: next)
        }
        arrival.coalescer.close(&batch)
        rest.cutTaken()
        return rest.taken
    }

    /// Takes a datagram of any kind, to whose header `arrival` has turned.
    @inline(never)
    mutating func decapsulateUnusual(_ bytes: PacketBytes, _ arrival: inout Arrival, _ batch: inout Batch) {
        guard let header = VXLANHeader(bytes) else {
            countStray(.dropDatagramLength)
            return
        }
        guard header.isValid else {
            countStray(.dropNoVNIFlag)
            return
        }
        let place = arrival.vniPlace
        guard place >= 0 else {
            countStray(.dropUnknownVNI)
            return
        }
        let state = vnis.element(place)
        state.value.count(.datagramsFromUnderlay)
        state.value.count(.bytesFromUnderlay, UInt64(bytes.count))
        if let drop = header.objection(state.value.policy) {
            state.value.count(drop)
            return
        }
        guard arrival.isConfigured || (state.value.policy.acceptsUnknownRemotes) else {
            state.value.count(.dropUnknownRemote)
            return
        }
        let frame = bytes.dropping(VXLANHeader.length)
        guard let ethernet = EthernetHeader(frame) else {
            state.value.count(.dropFrameLength)
            return
        }
        if let drop = objection(frame, ethernet, arrival, state) {
            state.value.count(drop)
            return
        }
        if state.value.policy.learning && !header.forbidsLearning(state.value.policy.dialect) {
            let key = FDBSlot.key(vni: place, address: ethernet.source)
            let learnt = learn(
                key, arrival.remote, kind: 0, from: arrival.source, state, arrival.time, home: fdb.home(key))
            guard case .pass = learnt else { return }
        }
        let policy = header.policy(state.value.policy.dialect)
        let incoming = IncomingFrame(bytes: frame, ethernet: ethernet, policy: policy)
        if state.value.policy.learnsBindings { learnBindings(incoming, place, arrival.time.now) }
        if !ethernet.isToGroup, state.value.portCount == 1 {
            deliver(incoming, to: state.value.port(0), state, &arrival, &batch)
        } else {
            distribute(incoming, place, state, &arrival, &batch)
        }
    }
}

/// A frame from the underlay on its way.
struct IncomingFrame {
    let bytes: PacketBytes
    let ethernet: EthernetHeader
    /// The group policy's number and bits. 0 if there is none.
    let policy: UInt32
}
