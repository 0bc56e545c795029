internal import VTEPWire

extension Engine {
    /// Sends an IP frame for a router's station straight to the neighbour that has the destination's address, if a
    /// binding knows it: as if the router had forwarded it. Whether the frame was changed.
    @inline(never)
    mutating func shortCircuit(
        _ outgoing: inout OutgoingFrame, _ place: Int, _ state: Element<VNIState>, _ now: Milliseconds
    ) -> Bool {
        let packet = outgoing.bytes.dropping(outgoing.ethernet.payloadOffset)
        let destination: UnderlayAddress
        if outgoing.ethernet.etherType == EtherType.ipv4, let header = IPv4Header(packet) {
            destination = UnderlayAddress(v4: header.destination)
        } else if outgoing.ethernet.etherType == EtherType.ipv6, IPv6Header(packet) != nil {
            destination = UnderlayAddress(packet, at: 24)
        } else {
            return false
        }
        let index = bindings.find(place, destination)
        guard index >= 0 else {
            report(miss: destination, place, state, now)
            return false
        }
        let station = bindings.slots[index].mac
        guard station != outgoing.ethernet.destination else { return false }
        outgoing.bytes.set(u48: outgoing.ethernet.destination, at: 6)
        outgoing.bytes.set(u48: station, at: 0)
        guard let ethernet = EthernetHeader(outgoing.bytes) else { return false }
        outgoing.ethernet = ethernet
        return true
    }
}
