internal import VTEPWire

/// The way of nearly all datagrams: the header that RFC 7348 says and nothing else, untagged, to one station, in a VNI
/// with one port. The two passes are those of frames from ports.
extension Engine {
    /// Takes `count` datagrams, 64 at most. Returns how many were taken wholly before the batch was full.
    @inline(never)
    mutating func decapsulateChunk(
        _ datagrams: UnsafeMutablePointer<Datagram>, _ count: Int, _ arrival: inout Arrival, _ batch: inout Batch
    ) -> Int {
        let looks = fdb.isLarge
        if looks { unsafe lookAhead(datagrams, count, &arrival, &batch) }
        // Room for all of them if each is usual; what is not asks for its own.
        let hasRoom = batch.hasRoom(usual: count)
        var received = Received()
        for index in 0..<count {
            let datagram = unsafe datagrams[index]
            arrival.turn(to: datagram, remotes)
            if hasRoom, datagram.segmentSize == 0 {
                let bytes = unsafe PacketBytes(datagram.base, count: Int(datagram.length))
                let home = looks ? Int(unsafe batch.homeMemory[index]) : -1
                if takeUsual(bytes, home, &arrival, &received, &batch) { continue }
            }
            received.count(arrival)
            guard unsafe take(&datagrams[index], following: count &- index &- 1, &arrival, &batch) else { return index }
        }
        received.count(arrival)
        return count
    }

    /// Asks for the FDB's slots of the inner sources: first where they are, then all of them at once.
    private func lookAhead(
        _ datagrams: UnsafeMutablePointer<Datagram>, _ count: Int, _ arrival: inout Arrival, _ batch: inout Batch
    ) {
        for index in 0..<count {
            let bytes = unsafe PacketBytes(datagrams[index].base, count: Int(datagrams[index].length))
            var home = 0
            if bytes.count >= VXLANHeader.length &+ EthernetHeader.length {
                if bytes.u64(0) != arrival.header { arrival.turn(toHeader: bytes.u64(0), vnis) }
                home = fdb.home(FDBSlot.key(vni: max(arrival.vniPlace, 0), address: bytes.u64(14) >> 16))
            }
            unsafe batch.homeMemory[index] = UInt32(truncatingIfNeeded: home)
        }
        batch.touchHomes(count, of: fdb)
    }

    /// Takes a datagram of any kind, or several of UDP_GRO. False if the batch was full before its end; then the datagram
    /// is what is left. Room for `following` usual ones stays.
    @inline(never)
    private mutating func take(
        _ datagram: inout Datagram, following: Int, _ arrival: inout Arrival, _ batch: inout Batch
    ) -> Bool {
        let bytes = unsafe PacketBytes(datagram.base, count: Int(datagram.length))
        let each = datagram.segmentSize == 0 ? bytes.count : Int(datagram.segmentSize)
        var received = Received()
        var offset = 0
        repeat {
            guard batch.hasRoom(destinations: mostDestinations &+ following, slices: 1, scratch: 0) else {
                received.count(arrival)
                unsafe datagram.base += offset
                datagram.length &-= UInt32(truncatingIfNeeded: offset)
                return false
            }
            let segment = bytes.dropping(offset).prefix(each)
            if !takeUsual(segment, -1, &arrival, &received, &batch) {
                received.count(arrival)
                decapsulateUnusual(segment, &arrival, &batch)
            }
            offset &+= each
        } while offset < bytes.count
        received.count(arrival)
        return true
    }

    /// Takes a usual datagram. False, with nothing done, if it is not one.
    ///
    /// - Parameter home: The place of the inner source in the FDB, if it is known already; else -1.
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
        received.arrived(bytes.count)
        if arrival.learns {
            let key = FDBSlot.key(vni: arrival.vniPlace, address: ethernet.source)
            let place = home >= 0 ? home : fdb.home(key)
            guard
                case .pass = learn(
                    key, arrival.remote, kind: 0, from: arrival.source, vnis.element(arrival.vniPlace), arrival.time,
                    home: place)
            else {
                received.wentElsewhere(bytes.count)
                return true
            }
        }
        if arrival.coalesces {
            received.wentElsewhere(bytes.count)
            let incoming = IncomingFrame(bytes: frame, ethernet: ethernet, policy: 0)
            coalesce(incoming, to: arrival.onlyPort, vnis.element(arrival.vniPlace), &arrival, &batch)
        } else {
            batch.add(arrival.delivery, of: frame)
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
    private var bytes: UInt64 = 0
    /// Those that were not given to a port one by one: what becomes of them is counted elsewhere.
    private var others: UInt64 = 0
    private var otherBytes: UInt64 = 0

    @inline(__always)
    mutating func arrived(_ length: Int) {
        datagrams &+= 1
        bytes &+= UInt64(length)
    }

    @inline(__always)
    mutating func wentElsewhere(_ length: Int) {
        others &+= 1
        otherBytes &+= UInt64(length)
    }

    /// Adds it to the counters of the VNI that it was counted for.
    mutating func count(_ arrival: Arrival) {
        guard datagrams > 0, let state = arrival.state else { return }
        let frames = datagrams &- others
        state.value.count(.datagramsFromUnderlay, datagrams)
        state.value.count(.bytesFromUnderlay, bytes)
        state.value.count(.framesToPorts, frames)
        state.value.count(.bytesToPorts, bytes &- otherBytes &- frames &* UInt64(VXLANHeader.length))
        self = Received()
    }
}
