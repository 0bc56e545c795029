internal import VTEPWire

/// ARP and ND from ports: answered here where the answer is known (RFC 7348 has nothing of it; the kernel's `proxy`, and
/// RFC 9161 for EVPN).
extension Engine {
    /// Learns from an ARP or ND packet, and answers it. True if the frame is done with.
    @inline(never)
    mutating func handleNeighbour(
        _ outgoing: OutgoingFrame, _ state: Element<VNIState>, _ now: Milliseconds, _ batch: inout Batch
    ) -> Bool {
        let policy = state.value.policy
        guard policy.neighbours != .flood || policy.learnsBindings else { return false }
        let place = ports[outgoing.port].vni
        let packet = outgoing.bytes.dropping(outgoing.ethernet.payloadOffset)
        if outgoing.ethernet.etherType == EtherType.arp {
            return handleARP(packet, outgoing, place, state, now, &batch)
        }
        guard outgoing.ethernet.etherType == EtherType.ipv6, let message = NeighbourMessage(packet) else {
            return false
        }
        if policy.learnsBindings { learn(message, place, now) }
        guard policy.neighbours != .flood, message.type == NeighbourMessage.solicitation else { return false }
        guard let binding = answer(place, message.target, for: outgoing) else {
            return miss(message.target, place, outgoing, state, now)
        }
        let frame = beginAnswer(
            outgoing, from: binding.mac,
            to: message.source == .unspecified ? 0x3333_0000_0001 : outgoing.ethernet.source,
            NeighbourMessage.answerLength, &batch)
        message.writeAnswer(
            binding.mac, isRouter: binding.flags & Binding.isRouter != 0,
            to: frame.dropping(outgoing.ethernet.payloadOffset))
        deliverAnswer(frame, outgoing, .neighbourRequestsAnswered, state, &batch)
        return true
    }

    private mutating func handleARP(
        _ bytes: PacketBytes, _ outgoing: OutgoingFrame, _ place: Int, _ state: Element<VNIState>,
        _ now: Milliseconds, _ batch: inout Batch
    ) -> Bool {
        let policy = state.value.policy
        let isProxy = policy.neighbours == .proxy
        guard let packet = ARPPacket(bytes) else { return drop(isProxy, state) }
        if policy.learnsBindings, packet.senderAddress != 0 {
            learnBinding(place, UnderlayAddress(v4: packet.senderAddress), packet.senderStation, now)
        }
        guard policy.neighbours != .flood else { return false }
        guard packet.isRequest, !packet.isGratuitous else { return drop(isProxy, state) }
        let target = UnderlayAddress(v4: packet.targetAddress)
        guard let binding = answer(place, target, for: outgoing) else {
            return miss(target, place, outgoing, state, now)
        }
        let frame = beginAnswer(
            outgoing, from: binding.mac, to: outgoing.ethernet.source, ARPPacket.length, &batch)
        packet.writeAnswer(binding.mac, to: frame.dropping(outgoing.ethernet.payloadOffset))
        deliverAnswer(frame, outgoing, .neighbourRequestsAnswered, state, &batch)
        return true
    }

    /// Learns from a packet that came from the underlay.
    @inline(never)
    mutating func learnBindings(_ incoming: IncomingFrame, _ place: Int, _ now: Milliseconds) {
        let packet = incoming.bytes.dropping(incoming.ethernet.payloadOffset)
        if incoming.ethernet.etherType == EtherType.arp, let packet = ARPPacket(packet), packet.senderAddress != 0 {
            learnBinding(place, UnderlayAddress(v4: packet.senderAddress), packet.senderStation, now)
        } else if incoming.ethernet.etherType == EtherType.ipv6, let message = NeighbourMessage(packet) {
            learn(message, place, now)
        }
    }

    private mutating func learn(_ message: NeighbourMessage, _ place: Int, _ now: Milliseconds) {
        let isSolicitation = message.type == NeighbourMessage.solicitation
        learnBinding(
            place, isSolicitation ? message.source : message.target, message.station, replaces: message.overrides, now)
    }

    /// The binding to answer with. Nil if there is none, or if the station is where the question came from and can
    /// answer itself.
    private func answer(_ place: Int, _ target: UnderlayAddress, for outgoing: OutgoingFrame) -> Binding? {
        let index = bindings.find(place, target)
        guard index >= 0 else { return nil }
        let binding = bindings.slots[index]
        guard binding.mac != outgoing.ethernet.source else { return nil }
        let entry = fdb.find(binding.station)
        if entry >= 0, fdb.slots[entry].has(FDBSlot.isPort), Int(fdb.slots[entry].target) == outgoing.port {
            return nil
        }
        return binding
    }

    /// Nobody knows the answer: the request is flooded or, by a proxy, reported and dropped.
    private mutating func miss(
        _ target: UnderlayAddress, _ place: Int, _ outgoing: OutgoingFrame, _ state: Element<VNIState>,
        _ now: Milliseconds
    ) -> Bool {
        guard state.value.policy.neighbours == .proxy else { return false }
        report(miss: target, place, state, now)
        return drop(true, state)
    }

    /// Tells once a second that nobody knows who has an address.
    mutating func report(miss target: UnderlayAddress, _ place: Int, _ state: Element<VNIState>, _ now: Milliseconds) {
        let key = hash(target.upper ^ UInt64(truncatingIfNeeded: place), target.lower)
        guard misses.isNew(key, home: Int(truncatingIfNeeded: key >> 8), now) else { return }
        events.post(
            Event(
                kind: .neighbourMiss, time: now, vni: state.value.number, address: 0, place: .nowhere,
                otherPlace: .nowhere, internetAddress: target))
    }

    private func drop(_ drops: Bool, _ state: Element<VNIState>) -> Bool {
        if drops { state.value.count(.dropNeighbourRequest) }
        return drops
    }
}
