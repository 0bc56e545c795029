internal import VTEPWire

extension Engine {
    /// Gives a frame from one port to another, as it is.
    mutating func deliver(
        _ outgoing: OutgoingFrame, to port: Int, _ state: Element<VNIState>, _ batch: inout Batch
    ) {
        let first = UInt32(truncatingIfNeeded: batch.sliceCount)
        unsafe batch.add(slice: Slice(outgoing.frame.base, outgoing.bytes.count))
        batch.add(
            Delivery(
                port: ports.id(port), firstSlice: first, sliceCount: 1, length: outgoing.frame.length,
                offload: outgoing.frame.offload, policyID: outgoing.frame.policyID,
                policyBits: outgoing.frame.policyBits, vni: state.value.number))
        state.value.count(.framesToPorts)
        state.value.count(.bytesToPorts, UInt64(outgoing.frame.length))
    }
}
