internal import VTEPWire

/// Frames that are longer than the underlay takes. The RFC forbids to fragment them (RFC 7348 §4.3).
extension Engine {
    /// Whether a frame fits, or is to be sent all the same. If not it is dropped here, and its sender told.
    @inline(__always)
    mutating func fits(
        _ outgoing: OutgoingFrame, _ destination: Destination, _ state: Element<VNIState>, _ now: Milliseconds,
        _ batch: inout Batch
    ) -> Bool {
        let longest = remotes.element(destination.remote).value.longestFrame
        if !outgoing.frame.offload.isSuperframe, outgoing.frame.length <= longest { return true }
        return fitsUncommon(outgoing, Int(longest), state, now, &batch)
    }

    @inline(never)
    private mutating func fitsUncommon(
        _ outgoing: OutgoingFrame, _ longest: Int, _ state: Element<VNIState>, _ now: Milliseconds,
        _ batch: inout Batch
    ) -> Bool {
        let offload = outgoing.frame.offload
        // Of a superframe, each segment must fit.
        let length =
            offload.isSuperframe ? Int(offload.headerLength) &+ Int(offload.segmentSize) : outgoing.bytes.count
        if length <= longest { return true }
        if state.value.policy.oversized == .send, length <= Int(Remote.longestPossible) { return true }
        state.value.count(.dropOversized)
        // However many remotes it is too long for: one answer, for which room was made sure of.
        if state.value.policy.oversized == .answer, !outgoing.ethernet.isToGroup, mayAnswer {
            mayAnswer = false
            answerOversized(outgoing, longest &- outgoing.ethernet.payloadOffset, state, now, &batch)
        }
        return false
    }

    /// Tells the sender, as a router would, how long an IP packet may be.
    private func answerOversized(
        _ outgoing: OutgoingFrame, _ mtu: Int, _ state: Element<VNIState>, _ now: Milliseconds,
        _ batch: inout Batch
    ) {
        let packet = outgoing.bytes.dropping(outgoing.ethernet.payloadOffset)
        if outgoing.ethernet.etherType == EtherType.ipv4, let header = IPv4Header(packet) {
            guard let error = FragmentationNeeded(header, mtu: mtu), mayAnswer(outgoing.port, now) else { return }
            let frame = beginAnswer(
                outgoing, from: outgoing.ethernet.destination, to: outgoing.ethernet.source, error.length, &batch)
            error.write(to: frame.dropping(outgoing.ethernet.payloadOffset))
            deliverAnswer(frame, outgoing, .oversizedAnswered, state, &batch)
        } else if outgoing.ethernet.etherType == EtherType.ipv6, let header = IPv6Header(packet) {
            guard let error = PacketTooBig(header, mtu: mtu), mayAnswer(outgoing.port, now) else { return }
            let frame = beginAnswer(
                outgoing, from: outgoing.ethernet.destination, to: outgoing.ethernet.source, error.length, &batch)
            error.write(to: frame.dropping(outgoing.ethernet.payloadOffset))
            deliverAnswer(frame, outgoing, .oversizedAnswered, state, &batch)
        }
    }

    private func mayAnswer(_ port: Int, _ now: Milliseconds) -> Bool { ports.element(port).value.answers.take(now) }
}
