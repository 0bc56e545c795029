internal import VTEPWire

extension Engine {
    /// Gives a frame from one port to another: as it is where the port takes its offloads.
    mutating func deliver(
        _ outgoing: OutgoingFrame, to port: Int, _ state: Element<VNIState>, _ batch: inout Batch
    ) {
        if ports.element(port).value.takes(outgoing.frame.offload) {
            let first = UInt32(truncatingIfNeeded: batch.sliceCount)
            unsafe batch.add(slice: Slice(outgoing.frame.base, outgoing.bytes.count))
            let offload = ports.element(port).value.takes(.checksum) ? outgoing.frame.offload : .none
            add(outgoing.frame, port, first, 1, outgoing.bytes.count, offload, state, &batch)
        } else if outgoing.frame.offload.isSuperframe {
            deliverSegments(outgoing, to: port, state, &batch)
        } else {
            var complete = outgoing
            complete.complete()
            let first = UInt32(truncatingIfNeeded: batch.sliceCount)
            unsafe batch.add(slice: Slice(complete.frame.base, complete.bytes.count))
            add(complete.frame, port, first, 1, complete.bytes.count, .none, state, &batch)
        }
    }

    private func deliverSegments(
        _ outgoing: OutgoingFrame, to port: Int, _ state: Element<VNIState>, _ batch: inout Batch
    ) {
        guard let superframe = Superframe(outgoing.bytes, outgoing.ethernet, outgoing.frame.offload) else { return }
        let segmenter = Segmenter(outgoing.bytes, superframe, VXLANHeader(vni: 0))
        state.value.count(.superframesSegmented)
        for index in 0..<superframe.segments {
            var (header, payload) = add(index, of: segmenter, &batch)
            // For a port there is no VXLAN header.
            unsafe header.base += VXLANHeader.length
            header.length -= VXLANHeader.length
            let first = UInt32(truncatingIfNeeded: batch.sliceCount)
            batch.add(slice: header)
            batch.add(slice: payload)
            add(outgoing.frame, port, first, 2, header.length &+ payload.length, .none, state, &batch)
        }
    }

    private func add(
        _ frame: Frame, _ port: Int, _ first: UInt32, _ count: UInt32, _ length: Int, _ offload: Offload,
        _ state: Element<VNIState>, _ batch: inout Batch
    ) {
        batch.add(
            Delivery(
                port: ports.id(port), firstSlice: first, sliceCount: count,
                length: UInt32(truncatingIfNeeded: length), offload: offload, policyID: frame.policyID,
                policyBits: frame.policyBits, vni: state.value.number))
        state.value.count(.framesToPorts)
        state.value.count(.bytesToPorts, UInt64(truncatingIfNeeded: length))
    }
}

extension PortState {
    /// Whether a frame may come with this offload.
    @inline(__always)
    func takes(_ offload: Offload) -> Bool {
        offload.flags & Offload.needsChecksum == 0 && !offload.isSuperframe || takesUncommon(offload)
    }

    private func takesUncommon(_ offload: Offload) -> Bool {
        guard takes(.checksum) else { return false }
        if offload.segmentation & Offload.ecn != 0, !takes(.ecn) { return false }
        switch offload.kind {
        case Offload.noSegmentation: return true
        case Offload.tcp4: return takes(.tcp4)
        case Offload.tcp6: return takes(.tcp6)
        default: return takes(.udp)
        }
    }
}
