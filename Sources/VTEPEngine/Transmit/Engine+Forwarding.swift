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
        let own = Destination(remote: list[0].remote, vni: Destination.ownVNI, port: 0)
        let slices = addSlices(outgoing, own, state, &batch)
        // What all copies have in common; most differ by the remote alone.
        var common = transmission(to: own, inner, state.value.compiled)
        let outer = OuterFields(state.value.compiled, inner)
        common.length = outgoing.frame.length &+ UInt32(VXLANHeader.length)
        var copies: UInt64 = 0
        for index in 0..<Int(list.count) {
            let destination = list[index]
            let remote = remotes.element(destination.remote)
            if outgoing.frame.length > remote.value.longestFrame {
                guard fits(outgoing, destination, state, now, &batch) else { continue }
            }
            let own =
                destination.vni == Destination.ownVNI ? slices : addSlices(outgoing, destination, state, &batch)
            var transmission = common
            transmission.remote = remote.value.address
            transmission.remoteIndex = destination.remote
            if destination.port != 0 { transmission.port = destination.port }
            transmission.timeToLive = outer.timeToLive == 0 ? remote.value.defaultTimeToLive : outer.timeToLive
            transmission.firstSlice = own.first
            transmission.sliceCount = own.count
            batch.add(transmission)
            copies &+= 1
        }
        state.value.count(.datagramsToUnderlay, copies)
        state.value.count(.bytesToUnderlay, copies &* UInt64(common.length))
    }

    private func addSlices(
        _ outgoing: OutgoingFrame, _ destination: Destination, _ state: Element<VNIState>, _ batch: inout Batch
    ) -> (first: UInt32, count: UInt32) {
        let first = UInt32(truncatingIfNeeded: batch.sliceCount)
        let header = vxlanHeader(outgoing, destination, state)
        if outgoing.frame.headroom >= Frame.vxlanHeadroom, destination.vni == Destination.ownVNI {
            batch.add(slice: prepend(header, outgoing))
            return (first, 1)
        }
        let bytes = batch.takeScratch(VXLANHeader.length)
        header.write(to: bytes)
        unsafe batch.add(slice: Slice(bytes.address, VXLANHeader.length))
        unsafe batch.add(slice: Slice(outgoing.frame.base, Int(outgoing.frame.length)))
        return (first, 2)
    }
}
