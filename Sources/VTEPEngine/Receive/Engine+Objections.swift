internal import VTEPWire

extension VXLANHeader {
    /// Why the header is refused. Nil if it is not.
    @inline(__always)
    func objection(_ policy: borrowing VNIPolicy) -> Counter? {
        // The usual header of every dialect that has nothing to say.
        if first == VXLANHeader.hasVNI, second & 0xFF == 0, policy.dialect != .protocolExtension { return nil }
        return uncommonObjection(policy.dialect, policy.reservedBits)
    }

    @inline(never)
    private func uncommonObjection(_ dialect: VNIPolicy.Dialect, _ reserved: VNIPolicy.ReservedBits) -> Counter? {
        var known = VXLANHeader.hasVNI
        switch dialect {
        case .plain: break
        case .groupPolicy:
            if first & GroupPolicyBits.present != 0 {
                known |= GroupPolicyBits.present | GroupPolicyBits.dontLearn | GroupPolicyBits.applied
                known |= GroupPolicyBits.number
            }
        case .protocolExtension:
            if first & ProtocolExtensionBits.oam != 0 { return .dropOAM }
            let isEthernet = first & ProtocolExtensionBits.nextProtocol == ProtocolExtensionBits.ethernet
            guard first & ProtocolExtensionBits.version == 0, first & ProtocolExtensionBits.present != 0, isEthernet
            else { return .dropNextProtocol }
            known |= ProtocolExtensionBits.present | ProtocolExtensionBits.nextProtocol
        }
        let hasUnknown = first & ~known != 0 || second & 0xFF != 0
        return hasUnknown && reserved == .refuse ? .dropReservedBits : nil
    }

    /// Whether a group policy asks not to learn the sender's address.
    @inline(__always)
    func forbidsLearning(_ dialect: VNIPolicy.Dialect) -> Bool {
        let asks = GroupPolicyBits.present | GroupPolicyBits.dontLearn
        return dialect == .groupPolicy && first & asks == asks
    }
}

extension Engine {
    /// Why a frame from the underlay is refused. Nil if it is not; then its ECN mark is what RFC 6040 says.
    @inline(__always)
    func objection(
        _ frame: PacketBytes, _ ethernet: EthernetHeader, _ arrival: Arrival, _ state: Element<VNIState>
    ) -> Counter? {
        if ethernet.isTagged, state.value.policy.innerVLAN == .drop { return .dropInnerVLAN }
        guard ethernet.hasValidSource else { return .dropInvalidSource }
        for index in 0..<state.value.portCount {
            let port = state.value.port(index)
            if ports.element(port).value.ownAddress == ethernet.source { return .dropOwnAddress }
        }
        let packet = frame.dropping(ethernet.payloadOffset)
        switch ethernet.etherType {
        case EtherType.ipv4:
            guard let header = IPv4Header(packet) else { return .dropInnerHeader }
            return header.decapsulateECN(outer: arrival.typeOfService & 3) ? nil : .dropECN
        case EtherType.ipv6:
            guard let header = IPv6Header(packet) else { return .dropInnerHeader }
            return header.decapsulateECN(outer: arrival.typeOfService & 3) ? nil : .dropECN
        default:
            return nil
        }
    }
}
