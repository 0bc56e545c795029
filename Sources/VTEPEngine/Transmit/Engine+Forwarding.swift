internal import VTEPWire

/// The ways a frame from a port can go, besides the usual one to a single remote.
extension Engine {
    /// To a port, or to several remotes.
    @inline(never)
    mutating func forward(
        _ outgoing: OutgoingFrame, _ slot: FDBSlot, _ state: Element<VNIState>, _ now: Milliseconds,
        _ batch: inout Batch
    ) {
        if slot.has(FDBSlot.isPort) {
            guard Int(slot.target) != outgoing.port else {
                state.value.count(.dropSamePort)
                return
            }
            deliver(outgoing, to: Int(slot.target), state, &batch)
        } else {
            replicate(outgoing, to: lists[slot.target], state, now, &batch)
        }
    }

    /// A unicast frame to a station nobody knows.
    @inline(never)
    mutating func forwardUnknown(
        _ outgoing: OutgoingFrame, _ key: UInt64, _ state: Element<VNIState>, _ now: Milliseconds, _ batch: inout Batch
    ) {
        if state.value.defaults.count == 0 {
            if misses.isNew(key, home: fdb.home(key), now) {
                events.post(
                    Event(
                        kind: .destinationMiss, time: now, vni: state.value.number,
                        address: outgoing.ethernet.destination, place: .nowhere, otherPlace: .nowhere,
                        internetAddress: .unspecified))
            }
        }
        let mayFlood = state.value.policy.unknownUnicast == .flood
        guard mayFlood, state.value.defaults.count > 0 || state.value.portCount > 1 else {
            state.value.count(.dropUnknownDestination)
            return
        }
        flood(outgoing, state, now, &batch)
    }

    /// To the other ports and to the default remotes.
    @inline(never)
    mutating func flood(
        _ outgoing: OutgoingFrame, _ state: Element<VNIState>, _ now: Milliseconds, _ batch: inout Batch
    ) {
        guard ports.element(outgoing.port).value.flood.take(now) else {
            state.value.count(.dropFloodLimit)
            return
        }
        state.value.count(.floodedFrames)
        var outgoing = outgoing
        // The copies share the frame's bytes, so these must be right for all of them.
        outgoing.complete()
        for index in 0..<state.value.portCount {
            let port = state.value.port(index)
            if port != outgoing.port { deliver(outgoing, to: port, state, &batch) }
        }
        replicate(outgoing, to: state.value.defaults, state, now, &batch)
    }

    /// One copy to each destination. They share their slices, but for those that are sent with another VNI.
    private mutating func replicate(
        _ outgoing: OutgoingFrame, to list: DestinationList, _ state: Element<VNIState>, _ now: Milliseconds,
        _ batch: inout Batch
    ) {
        guard list.count > 1 else {
            if list.count == 1 { transmit(outgoing, to: list[0], state, now, &batch) }
            return
        }
        if outgoing.frame.offload.isSuperframe {
            segment(outgoing, to: list, state, now, &batch)
            return
        }
        if outgoing.frame.offload.isChecksumPartial { _ = outgoing.bytes.completeChecksum(outgoing.frame.offload) }
        let inner = InnerPacket(outgoing.bytes, outgoing.ethernet, hash: hash)
        // What all copies have in common; most differ by the remote alone.
        var common = transmission(
            to: Destination(remote: list[0].remote, vni: Destination.ownVNI, port: list[0].port), inner,
            state.value.compiled)
        common.length = outgoing.frame.length &+ UInt32(VXLANHeader.length)
        let hasHeadroom = outgoing.frame.headroom >= Frame.vxlanHeadroom
        let slices: UInt32 = hasHeadroom ? 1 : 2
        var copies = UInt64(list.count)
        var first = batch.joinFlood(common, by: list, slices: slices, limits)
        if first < 0 {
            (first, copies) = copy(outgoing, common, slices, to: list, inner, state, now, &batch)
        }
        if first >= 0 { addSlices(outgoing, to: first, hasHeadroom, state, &batch) }
        state.value.count(.datagramsToUnderlay, copies)
        state.value.count(.bytesToUnderlay, copies &* UInt64(common.length))
    }

    /// Adds a transmission to each destination.
    ///
    /// - Returns: The number of the first one that shares its slices with others, -1 for none; and how many there are.
    private mutating func copy(
        _ outgoing: OutgoingFrame, _ common: Transmission, _ slices: UInt32, to list: DestinationList,
        _ inner: InnerPacket, _ state: Element<VNIState>, _ now: Milliseconds, _ batch: inout Batch
    ) -> (first: Int, copies: UInt64) {
        batch.closeFlood(socket: common.entropySocket)
        let known = remotes.elements
        let hasOthers = mostOverrides > 0
        let timeToLive = OuterFields(state.value.compiled, inner).timeToLive
        let defaultMask: UInt8 = timeToLive == 0 ? 0xFF : 0
        let usualPort = state.value.compiled.destinationPort
        var row = batch.beginCopies(of: common, slices: slices, hasOthers: hasOthers)
        for index in 0..<Int(list.count) {
            let destination = list[index]
            let remote = known[Int(destination.remote)]
            if outgoing.frame.length > remote.longestFrame, !fits(outgoing, destination, state, now, &batch) {
                continue
            }
            row.add(
                to: destination.remote, remote.address, port: destination.port == 0 ? usualPort : destination.port,
                timeToLive: remote.defaultTimeToLive & defaultMask | timeToLive)
            if hasOthers, destination.vni != Destination.ownVNI {
                let slices = addSlices(outgoing, destination, state, &batch)
                row.setLast(slices: slices.first, slices.count)
            }
        }
        let copies = batch.end(row)
        if row.sharing == list.count { batch.openFlood(row.first, by: list) }
        return (row.first, UInt64(copies))
    }

    /// Slices for all copies.
    private func addSlices(
        _ outgoing: OutgoingFrame, to first: Int, _ hasHeadroom: Bool, _ state: Element<VNIState>,
        _ batch: inout Batch
    ) {
        let own = Destination(remote: 0, vni: Destination.ownVNI, port: 0)
        let header = vxlanHeader(outgoing, own, state)
        if hasHeadroom {
            batch.add(pending: prepend(header, outgoing), to: first)
            return
        }
        let bytes = batch.takeScratch(VXLANHeader.length)
        header.write(to: bytes)
        unsafe batch.add(pending: Slice(bytes.address, VXLANHeader.length), to: first)
        unsafe batch.add(pending: Slice(outgoing.frame.base, Int(outgoing.frame.length)), to: first)
    }

    /// Slices for a copy that is sent with a VNI of its own.
    private func addSlices(
        _ outgoing: OutgoingFrame, _ destination: Destination, _ state: Element<VNIState>, _ batch: inout Batch
    ) -> (first: UInt32, count: UInt32) {
        let first = UInt32(truncatingIfNeeded: batch.sliceCount)
        let bytes = batch.takeScratch(VXLANHeader.length)
        vxlanHeader(outgoing, destination, state).write(to: bytes)
        unsafe batch.add(slice: Slice(bytes.address, VXLANHeader.length))
        unsafe batch.add(slice: Slice(outgoing.frame.base, Int(outgoing.frame.length)))
        return (first, 2)
    }
}
