internal import VTEPWire

extension Engine {
    /// Gives a frame to a port that takes superframes: as a part of the open one if it follows it.
    @inline(never)
    mutating func coalesce(
        _ incoming: IncomingFrame, to port: Int, _ state: Element<VNIState>, _ arrival: inout Arrival,
        _ batch: inout Batch
    ) {
        let configuration = ports.element(port)
        guard let candidate = Candidate(incoming.bytes, incoming.ethernet),
            configuration.value.takes(candidate.support), incoming.policy == 0
        else {
            arrival.coalescer.close(&batch)
            deliver(incoming, to: port, state, &batch)
            return
        }
        let before = arrival.coalescer.count
        if arrival.coalescer.append(candidate, to: port, trusting: configuration.value.trustsUnderlay, &batch) {
            if before == 1 { state.value.count(.superframesCoalesced) }
            state.value.count(.bytesToPorts, UInt64(candidate.payloadLength))
            return
        }
        arrival.coalescer.close(&batch)
        deliver(incoming, to: port, state, &batch)
        arrival.coalescer.open(candidate, to: port, &batch)
    }
}
