internal import VTEPWire

/// Frames that the engine itself sends to a port.
extension Engine {
    /// Begins a frame that answers another: its Ethernet header, with the same tags.
    func beginAnswer(
        _ outgoing: OutgoingFrame, from source: UInt64, to destination: UInt64, _ length: Int, _ batch: inout Batch
    ) -> PacketBytes {
        let headers = outgoing.ethernet.payloadOffset
        let frame = batch.takeScratch(headers &+ length)
        frame.set(u48: destination, at: 0)
        frame.set(u48: source, at: 6)
        frame.dropping(12).copy(outgoing.bytes.dropping(12).prefix(headers &- 12))
        return frame
    }

    /// Gives it to the port that the other came from.
    func deliverAnswer(
        _ frame: PacketBytes, _ outgoing: OutgoingFrame, _ counter: Counter, _ state: Element<VNIState>,
        _ batch: inout Batch
    ) {
        let first = UInt32(truncatingIfNeeded: batch.sliceCount)
        unsafe batch.add(slice: Slice(frame.address, frame.count))
        batch.add(
            Delivery(
                port: ports.id(outgoing.port), firstSlice: first, sliceCount: 1,
                length: UInt32(truncatingIfNeeded: frame.count), offload: .none, policyID: 0, policyBits: 0,
                vni: state.value.number))
        state.value.count(counter)
        state.value.count(.framesToPorts)
        state.value.count(.bytesToPorts, UInt64(truncatingIfNeeded: frame.count))
    }
}
