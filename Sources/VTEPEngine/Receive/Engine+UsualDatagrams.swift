internal import VTEPWire

/// The way of nearly all datagrams: the header that RFC 7348 says and nothing else, untagged, to one station, in a VNI
/// with one port.
///
/// Passes over a few dozen of them, each of which needs little of the machine at once: the first looks at the bytes and
/// finds out remote and place in the FDB; the second, where the FDB is large, asks for those places, so that the cache
/// misses happen at the same time; the third learns and delivers. None of them has a branch that the order of the
/// datagrams decides: they come from anywhere in any order, which no processor can foresee.
extension Engine {
    /// Takes usual datagrams from the next one on, up to the first that is not, a chunk at the most. False if there is
    /// none, or no room.
    mutating func takeUsual(
        _ datagrams: inout IncomingDatagrams, _ arrival: inout Arrival, _ batch: inout Batch
    ) -> Bool {
        guard arrival.isUsual, let state = arrival.state else { return false }
        let lookups = Lookups(fdb: fdb.lookup, remotes: remotes.lookup)
        let most = min(batch.roomForDeliveries, Engine.chunk)
        let sorted = unsafe datagrams.sortOut(most, arrival.usual, lookups, batch.usualMemory)
        guard sorted.count > 0 else { return false }
        if fdb.isLarge, arrival.usual.learns { batch.touchSources(sorted.count, of: fdb.lookup) }
        state.value.count(.datagramsFromUnderlay, UInt64(sorted.count))
        state.value.count(.bytesFromUnderlay, sorted.bytes)
        if arrival.usual.coalesces {
            coalesceUsual(sorted.count, state, &arrival, &batch)
        } else {
            deliverUsual(sorted, state, &arrival, &batch)
        }
        return true
    }

    /// Learns from the datagrams that were sorted out, and gives their frames to the port.
    @inline(never)
    private mutating func deliverUsual(
        _ sorted: SortedOut, _ state: Element<VNIState>, _ arrival: inout Arrival, _ batch: inout Batch
    ) {
        let lookup = fdb.lookup
        let learns = arrival.usual.learns
        let time = arrival.time
        let template = arrival.usual.delivery
        let usual = unsafe batch.usualMemory
        var refused = 0
        var row = batch.beginDeliveries()
        for index in 0..<sorted.count {
            let datagram = unsafe usual[index]
            if learns, !heard(datagram, lookup, state, time) {
                refused &+= Int(datagram.length)
                continue
            }
            row.add(template, unsafe Slice(datagram.frame, Int(datagram.length)))
        }
        let delivered = batch.end(row)
        state.value.count(.framesToPorts, UInt64(delivered))
        let headers = UInt64(sorted.count &* VXLANHeader.length)
        state.value.count(.bytesToPorts, sorted.bytes &- headers &- UInt64(refused))
    }

    /// The same for a port that takes superframes.
    @inline(never)
    private mutating func coalesceUsual(
        _ count: Int, _ state: Element<VNIState>, _ arrival: inout Arrival, _ batch: inout Batch
    ) {
        let lookup = fdb.lookup
        for index in 0..<count {
            let datagram = unsafe batch.usualMemory[index]
            if arrival.usual.learns, !heard(datagram, lookup, state, arrival.time) { continue }
            let frame = unsafe PacketBytes(datagram.frame, count: Int(datagram.length))
            guard let ethernet = EthernetHeader(untagged: frame) else { continue }
            let incoming = IncomingFrame(bytes: frame, ethernet: ethernet, policy: 0)
            coalesce(incoming, to: arrival.usual.port, state, &arrival, &batch)
        }
    }

    /// Notes that the station was heard. False if its frame must not pass.
    @inline(__always)
    private mutating func heard(
        _ datagram: UsualDatagram, _ lookup: FDBLookup, _ state: Element<VNIState>, _ time: Stamped
    ) -> Bool {
        let index = lookup.find(datagram.key, from: Int(datagram.home))
        if index >= 0, lookup.refresh(index, datagram.remote, kind: 0, time.stamp) { return true }
        return heardAnew(datagram, index, state, time)
    }

    @inline(never)
    private mutating func heardAnew(
        _ datagram: UsualDatagram, _ index: Int, _ state: Element<VNIState>, _ time: Stamped
    ) -> Bool {
        let source = remotes[datagram.remote].address
        switch learnAnew(index, datagram.key, datagram.remote, kind: 0, from: source, state, time) {
        case .pass: return true
        case .drop: return false
        }
    }
}
