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
        while taken < datagrams.count {
            unsafe arrival.turn(to: datagrams[taken], remotes)
            guard unsafe take(&datagrams[taken], &arrival, &batch) else { break }
            taken &+= 1
        }
        arrival.coalescer.close(&batch)
        return taken
    }

    /// Takes one received datagram, or several of UDP_GRO. False if the batch was full before its end.
    @inline(__always)
    private mutating func take(_ datagram: inout Datagram, _ arrival: inout Arrival, _ batch: inout Batch) -> Bool {
        let bytes = unsafe PacketBytes(datagram.base, count: Int(datagram.length))
        let each = datagram.segmentSize == 0 ? bytes.count : Int(datagram.segmentSize)
        var offset = 0
        repeat {
            guard batch.hasRoom(destinations: mostDestinations, slices: 4, scratch: 512) else {
                unsafe datagram.base += offset
                datagram.length &-= UInt32(truncatingIfNeeded: offset)
                return false
            }
            decapsulate(bytes.dropping(offset).prefix(each), &arrival, &batch)
            offset &+= each
        } while offset < bytes.count
        return true
    }

    @inline(__always)
    private mutating func decapsulate(_ bytes: PacketBytes, _ arrival: inout Arrival, _ batch: inout Batch) {
        guard let header = VXLANHeader(bytes) else {
            countStray(.dropDatagramLength)
            return
        }
        guard header.isValid else {
            countStray(.dropNoVNIFlag)
            return
        }
        if header.vni != arrival.vniNumber {
            arrival.vniPlace = vnis.find(header.vni)
            arrival.vniNumber = header.vni
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
            let learnt = learn(key, arrival.remote, kind: 0, from: arrival.source, state, arrival.now)
            guard case .pass = learnt else { return }
            // The first frame of a remote may have given it its number.
            if arrival.remote == .max { arrival.look(remotes) }
        }
        let incoming = IncomingFrame(bytes: frame, ethernet: ethernet, header: header)
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
    let header: VXLANHeader
}
