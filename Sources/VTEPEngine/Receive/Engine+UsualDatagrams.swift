internal import VTEPWire

/// The way of nearly all datagrams: the header that RFC 7348 says and nothing else, untagged, to one station, in a VNI
/// with one port. The two passes are those of frames from ports.
extension Engine {
    /// Takes `count` datagrams, 64 at most. Returns how many were taken wholly before the batch was full.
    @inline(never)
    mutating func decapsulateChunk(
        _ datagrams: UnsafeMutablePointer<Datagram>, _ count: Int, _ arrival: inout Arrival, _ batch: inout Batch
    ) -> Int {
        unsafe lookAhead(datagrams, count, &arrival, &batch)
        var received = Received()
        for index in 0..<count {
            unsafe arrival.turn(to: datagrams[index], remotes)
            let home = Int(unsafe batch.homeMemory[index])
            guard unsafe take(&datagrams[index], home, &arrival, &received, &batch) else {
                received.count(arrival)
                return index
            }
        }
        received.count(arrival)
        return count
    }

    @inline(__always)
    private func lookAhead(
        _ datagrams: UnsafeMutablePointer<Datagram>, _ count: Int, _ arrival: inout Arrival, _ batch: inout Batch
    ) {
        for index in 0..<count {
            let bytes = unsafe PacketBytes(datagrams[index].base, count: Int(datagrams[index].length))
            guard bytes.count >= VXLANHeader.length &+ EthernetHeader.length else { continue }
            if bytes.u64(0) != arrival.header { arrival.turn(toHeader: bytes.u64(0), vnis) }
            guard arrival.vniPlace >= 0 else { continue }
            let home = fdb.home(FDBSlot.key(vni: arrival.vniPlace, address: bytes.u64(14) >> 16))
            unsafe batch.homeMemory[index] = UInt32(truncatingIfNeeded: home)
            // Swift has no prefetch. A load whose value nobody waits for does the same.
            unsafe batch.touchMemory[index] = UInt32(truncatingIfNeeded: fdb.slots[home].key)
        }
    }

    /// Takes one received datagram, or several of UDP_GRO. False if the batch was full before its end; then the datagram
    /// is what is left.
    @inline(__always)
    private mutating func take(
        _ datagram: inout Datagram, _ home: Int, _ arrival: inout Arrival, _ received: inout Received,
        _ batch: inout Batch
    ) -> Bool {
        let bytes = unsafe PacketBytes(datagram.base, count: Int(datagram.length))
        if datagram.segmentSize == 0 {
            guard batch.hasRoom(destinations: mostDestinations, slices: 1, scratch: 0) else { return false }
            decapsulate(bytes, home, &arrival, &received, &batch)
            return true
        }
        let each = Int(datagram.segmentSize)
        var offset = 0
        repeat {
            guard batch.hasRoom(destinations: mostDestinations, slices: 1, scratch: 0) else {
                unsafe datagram.base += offset
                datagram.length &-= UInt32(truncatingIfNeeded: offset)
                return false
            }
            decapsulate(bytes.dropping(offset).prefix(each), -1, &arrival, &received, &batch)
            offset &+= each
        } while offset < bytes.count
        return true
    }

    /// - Parameter home: The place of the inner source in the FDB, if it is known already; else -1.
    @inline(__always)
    private mutating func decapsulate(
        _ bytes: PacketBytes, _ home: Int, _ arrival: inout Arrival, _ received: inout Received, _ batch: inout Batch
    ) {
        guard takeUsual(bytes, home, &arrival, &received, &batch) else {
            received.count(arrival)
            decapsulateUnusual(bytes, &arrival, &batch)
            return
        }
    }

    /// Takes a usual datagram. False, with nothing done, if it is not one.
    @inline(__always)
    private mutating func takeUsual(
        _ bytes: PacketBytes, _ home: Int, _ arrival: inout Arrival, _ received: inout Received, _ batch: inout Batch
    ) -> Bool {
        guard bytes.count >= VXLANHeader.length &+ EthernetHeader.length else { return false }
        if bytes.u64(0) != arrival.header {
            received.count(arrival)
            arrival.turn(toHeader: bytes.u64(0), vnis)
        }
        guard arrival.onlyPort >= 0, arrival.isConfigured, arrival.typeOfService & 1 == 0 else { return false }
        let frame = bytes.dropping(VXLANHeader.length)
        guard let ethernet = EthernetHeader(untagged: frame), ethernet.source != arrival.ownAddress,
            frame.hasWholeInternetHeader(ethernet.etherType)
        else { return false }
        let state = vnis.element(arrival.vniPlace)
        received.arrived(bytes.count)
        if arrival.learns {
            let key = FDBSlot.key(vni: arrival.vniPlace, address: ethernet.source)
            let place = home >= 0 ? home : fdb.home(key)
            guard
                case .pass = learn(
                    key, arrival.remote, kind: 0, from: arrival.source, state, arrival.now, home: place)
            else { return true }
        }
        let incoming = IncomingFrame(bytes: frame, ethernet: ethernet, policy: 0)
        if arrival.coalesces {
            coalesce(incoming, to: arrival.onlyPort, state, &arrival, &batch)
        } else {
            received.delivered(frame.count)
            unsafe batch.add(slice: Slice(frame.address, frame.count))
            batch.add(
                Delivery(
                    port: arrival.onlyPortID, firstSlice: UInt32(truncatingIfNeeded: batch.sliceCount &- 1),
                    sliceCount: 1, length: UInt32(truncatingIfNeeded: frame.count), offload: .none, policyID: 0,
                    policyBits: 0, vni: arrival.vniNumber))
        }
        return true
    }
}

extension PacketBytes {
    /// Whether a frame without tags has all of its IP header, if its type says that it has one.
    @inline(__always)
    fileprivate func hasWholeInternetHeader(_ etherType: UInt16) -> Bool {
        if etherType == EtherType.ipv4 {
            // With options it is for the general code.
            return count >= EthernetHeader.length &+ IPv4Header.length && u8(14) == 0x45
        }
        if etherType == EtherType.ipv6 {
            return count >= EthernetHeader.length &+ IPv6Header.length && u8(14) >> 4 == 6
        }
        return true
    }
}

/// What is counted for one VNI until another comes, or the chunk ends.
struct Received {
    private var datagrams: UInt64 = 0
    private var datagramBytes: UInt64 = 0
    private var frames: UInt64 = 0
    private var bytes: UInt64 = 0

    @inline(__always)
    mutating func arrived(_ length: Int) {
        datagrams &+= 1
        datagramBytes &+= UInt64(length)
    }

    @inline(__always)
    mutating func delivered(_ length: Int) {
        frames &+= 1
        bytes &+= UInt64(length)
    }

    /// Adds it to the counters of the VNI that it was counted for.
    mutating func count(_ arrival: Arrival) {
        guard datagrams > 0, let state = arrival.state else { return }
        state.value.count(.datagramsFromUnderlay, datagrams)
        state.value.count(.bytesFromUnderlay, datagramBytes)
        state.value.count(.framesToPorts, frames)
        state.value.count(.bytesToPorts, bytes)
        self = Received()
    }
}
