internal import VTEPWire

/// Superframes to the underlay: VXLAN datagrams of equal length, that leave in as few transmissions as possible.
extension Engine {
    /// To one remote.
    @inline(never)
    mutating func segment(
        _ outgoing: OutgoingFrame, to destination: Destination, _ state: Element<VNIState>, _ batch: inout Batch
    ) {
        guard let superframe = Superframe(outgoing.bytes, outgoing.ethernet, outgoing.frame.offload) else { return }
        let inner = InnerPacket(outgoing.bytes, outgoing.ethernet, hash: hash)
        var transmission = transmission(to: destination, inner, state.value.compiled)
        let segmenter = Segmenter(outgoing.bytes, superframe, vxlanHeader(outgoing, destination, state))
        state.value.count(.superframesSegmented)
        for index in 0..<superframe.segments {
            let (header, payload) = add(index, of: segmenter, &batch)
            transmission.length = UInt32(truncatingIfNeeded: header.length &+ payload.length)
            let number = batch.join(transmission, slices: 2, limits: limits)
            batch.add(pending: header, to: number)
            batch.add(pending: payload, to: number)
            countSent(transmission, state)
        }
    }

    /// To several remotes, which share the slices, but for those that are sent with another VNI.
    @inline(never)
    mutating func segment(
        _ outgoing: OutgoingFrame, to list: DestinationList, _ state: Element<VNIState>, _ now: Milliseconds,
        _ batch: inout Batch
    ) {
        guard let superframe = Superframe(outgoing.bytes, outgoing.ethernet, outgoing.frame.offload) else { return }
        let inner = InnerPacket(outgoing.bytes, outgoing.ethernet, hash: hash)
        let own = Destination(remote: 0, vni: Destination.ownVNI, port: 0)
        let segmenter = Segmenter(outgoing.bytes, superframe, vxlanHeader(outgoing, own, state))
        state.value.count(.superframesSegmented)
        batch.closeFlood(socket: UInt16(truncatingIfNeeded: Engine.scale(inner.flow, sockets)))
        let first = batch.sliceCount
        for index in 0..<superframe.segments {
            let (header, payload) = add(index, of: segmenter, &batch)
            batch.add(slice: header)
            batch.add(slice: payload)
        }
        for index in 0..<Int(list.count) {
            guard fits(outgoing, list[index], state, now, &batch) else { continue }
            if list[index].vni != Destination.ownVNI {
                segment(outgoing, to: list[index], state, &batch)
            } else {
                add(transmission(to: list[index], inner, state.value.compiled), segmenter, first, state, &batch)
            }
        }
    }

    /// Transmissions of slices that are there: as many as the limits make necessary.
    private func add(
        _ alone: Transmission, _ segmenter: Segmenter, _ first: Int, _ state: Element<VNIState>, _ batch: inout Batch
    ) {
        let superframe = segmenter.superframe
        let each = segmenter.headerLength &+ superframe.segmentSize
        let most = alone.flags & Transmission.zeroChecksum != 0 ? 1 : most(of: each)
        var index = 0
        while index < superframe.segments {
            let count = min(most, superframe.segments &- index)
            var transmission = alone
            transmission.firstSlice = UInt32(truncatingIfNeeded: first &+ index &* 2)
            transmission.sliceCount = UInt32(truncatingIfNeeded: count &* 2)
            transmission.datagramCount = UInt32(truncatingIfNeeded: count)
            transmission.segmentSize = count == 1 ? 0 : UInt16(truncatingIfNeeded: each)
            let last = segmenter.headerLength &+ superframe.payload(of: index &+ count &- 1)
            transmission.length = UInt32(truncatingIfNeeded: each &* (count &- 1) &+ last)
            batch.add(transmission)
            countSent(transmission, state)
            index &+= count
        }
    }

    /// How many datagrams of a length one transmission may have.
    func most(of length: Int) -> Int {
        max(min(Int(limits.datagrams), Int(limits.bytes) / length), 1)
    }

    /// Makes one segment's header. Its slices are the caller's to add.
    func add(_ index: Int, of segmenter: Segmenter, _ batch: inout Batch) -> (header: Slice, payload: Slice) {
        let header = batch.takeScratch(segmenter.headerLength)
        segmenter.writeHeader(index, to: header)
        let payload = segmenter.payload(index)
        return unsafe (Slice(header.address, header.count), Slice(payload.address, payload.count))
    }
}
