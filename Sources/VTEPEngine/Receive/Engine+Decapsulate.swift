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
        var arrival = Arrival(now: now)
        var taken = 0
        while taken < datagrams.count, let base = datagrams.baseAddress {
            let chunk = min(datagrams.count &- taken, Engine.chunk)
            let done = unsafe decapsulateChunk(base + taken, chunk, &arrival, &batch)
            taken &+= done
            if done < chunk { break }
        }
        arrival.coalescer.close(&batch)
        return taken
    }

    /// Takes a datagram of any kind.
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
        if bytes.u64(0) != arrival.header { arrival.turn(toHeader: bytes.u64(0), vnis) }
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
            // Learning may have given a remote its number, or taken it.
            if !arrival.isConfigured { arrival.look(remotes) }
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
