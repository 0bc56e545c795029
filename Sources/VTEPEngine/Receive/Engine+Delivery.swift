internal import VTEPWire

extension Engine {
    /// To a group, to everyone, or where the VNI has not exactly one port.
    @inline(never)
    mutating func distribute(
        _ incoming: IncomingFrame, _ place: Int, _ state: Element<VNIState>, _ arrival: inout Arrival,
        _ batch: inout Batch
    ) {
        guard state.value.portCount > 0 else {
            state.value.count(.dropNoPort)
            return
        }
        if !incoming.ethernet.isToGroup {
            let index = fdb.find(FDBSlot.key(vni: place, address: incoming.ethernet.destination))
            if index >= 0 {
                let slot = fdb.slots[index]
                guard slot.has(FDBSlot.isPort) else {
                    state.value.count(.dropSplitHorizon)
                    return
                }
                deliver(incoming, to: Int(slot.target), state, &arrival, &batch)
                return
            }
        }
        // What came from the tunnel never goes back into it: ports only.
        let slice = addSlice(incoming, &batch)
        for index in 0..<state.value.portCount {
            deliver(incoming, slice, to: state.value.port(index), state, &batch)
        }
    }

    @inline(__always)
    private func addSlice(_ incoming: IncomingFrame, _ batch: inout Batch) -> UInt32 {
        unsafe batch.add(slice: Slice(incoming.bytes.address, incoming.bytes.count))
        return UInt32(truncatingIfNeeded: batch.sliceCount &- 1)
    }

    /// To one port alone.
    @inline(__always)
    mutating func deliver(
        _ incoming: IncomingFrame, to port: Int, _ state: Element<VNIState>, _ arrival: inout Arrival,
        _ batch: inout Batch
    ) {
        if ports.element(port).value.coalesces {
            coalesce(incoming, to: port, state, &arrival, &batch)
        } else {
            deliver(incoming, to: port, state, &batch)
        }
    }

    @inline(__always)
    mutating func deliver(
        _ incoming: IncomingFrame, to port: Int, _ state: Element<VNIState>, _ batch: inout Batch
    ) {
        deliver(incoming, addSlice(incoming, &batch), to: port, state, &batch)
    }

    @inline(__always)
    private mutating func deliver(
        _ incoming: IncomingFrame, _ slice: UInt32, to port: Int, _ state: Element<VNIState>, _ batch: inout Batch
    ) {
        batch.add(
            Delivery(
                port: ports.id(port), firstSlice: slice, sliceCount: 1,
                length: UInt32(truncatingIfNeeded: incoming.bytes.count), offload: .none,
                policyID: UInt16(truncatingIfNeeded: incoming.policy & GroupPolicyBits.number),
                policyBits: incoming.policy & ~GroupPolicyBits.number, vni: state.value.number))
        state.value.count(.framesToPorts)
        state.value.count(.bytesToPorts, UInt64(incoming.bytes.count))
    }
}

extension VXLANHeader {
    /// The group policy's number and bits. 0 if there is none.
    @inline(__always)
    func policy(_ dialect: VNIPolicy.Dialect) -> UInt32 {
        guard dialect == .groupPolicy, first & GroupPolicyBits.present != 0 else { return 0 }
        return first
            & (GroupPolicyBits.present | GroupPolicyBits.dontLearn | GroupPolicyBits.applied | GroupPolicyBits.number)
    }
}
