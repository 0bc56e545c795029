internal import VTEPWire

/// Sending to the underlay.
extension Engine {
    /// Puts the VXLAN header before a frame and adds it to the transmissions to its destination.
    @inline(__always)
    mutating func transmit(
        _ outgoing: OutgoingFrame, to destination: Destination, _ state: Element<VNIState>, _ now: Milliseconds,
        _ batch: inout Batch
    ) {
        guard fits(outgoing, destination, state, now, &batch) else { return }
        if outgoing.frame.offload.flags & Offload.needsChecksum != 0 {
            if outgoing.frame.offload.isSuperframe {
                segment(outgoing, to: destination, state, &batch)
                return
            }
            _ = outgoing.bytes.completeChecksum(outgoing.frame.offload)
        }
        let inner = InnerPacket(outgoing.bytes, outgoing.ethernet, hash: hash)
        var transmission = transmission(to: destination, inner, state.value.compiled)
        transmission.length = outgoing.frame.length &+ UInt32(VXLANHeader.length)
        countSent(transmission, state)
        if outgoing.frame.headroom >= Frame.vxlanHeadroom {
            let whole = prepend(vxlanHeader(outgoing, destination, state), outgoing)
            let number = batch.join(transmission, slices: 1, limits: limits)
            batch.add(pending: whole, to: number)
        } else {
            let header = batch.takeScratch(VXLANHeader.length)
            vxlanHeader(outgoing, destination, state).write(to: header)
            let number = batch.join(transmission, slices: 2, limits: limits)
            unsafe batch.add(pending: Slice(header.address, VXLANHeader.length), to: number)
            unsafe batch.add(pending: Slice(outgoing.frame.base, Int(outgoing.frame.length)), to: number)
        }
    }

    /// Writes the header into the frame's headroom.
    @inline(__always)
    func prepend(_ header: VXLANHeader, _ outgoing: OutgoingFrame) -> Slice {
        let start = unsafe outgoing.frame.base - VXLANHeader.length
        header.write(to: unsafe PacketBytes(start, count: VXLANHeader.length))
        return unsafe Slice(start, Int(outgoing.frame.length) &+ VXLANHeader.length)
    }

    @inline(__always)
    func countSent(_ transmission: Transmission, _ state: Element<VNIState>) {
        state.value.count(.datagramsToUnderlay, UInt64(transmission.datagramCount))
        state.value.count(.bytesToUnderlay, UInt64(transmission.length))
    }

    /// A transmission of one datagram, without length and slices.
    @inline(__always)
    func transmission(
        to destination: Destination, _ inner: InnerPacket, _ compiled: CompiledPolicy
    ) -> Transmission {
        let outer = OuterFields(compiled, inner)
        let remote = remotes.element(destination.remote)
        return Transmission(
            remote: remote.value.address,
            port: destination.port == 0 ? compiled.destinationPort : destination.port,
            entropySocket: UInt16(truncatingIfNeeded: Engine.scale(inner.flow, sockets)),
            sourcePort: firstSourcePort &+ UInt16(truncatingIfNeeded: Engine.scale(inner.flow, sourcePortCount)),
            segmentSize: 0, typeOfService: outer.typeOfService,
            timeToLive: outer.timeToLive == 0 ? remote.value.defaultTimeToLive : outer.timeToLive,
            flags: outer.flags, firstSlice: 0, sliceCount: 0, length: 0, datagramCount: 1,
            remoteIndex: destination.remote)
    }

    /// Maps all 32-bit numbers evenly to 0 ..< count.
    @inline(__always)
    static func scale(_ number: UInt32, _ count: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: (UInt64(number) &* UInt64(count)) >> 32)
    }

    @inline(__always)
    func vxlanHeader(
        _ outgoing: OutgoingFrame, _ destination: Destination, _ state: Element<VNIState>
    ) -> VXLANHeader {
        let vni = destination.vni == Destination.ownVNI ? state.value.number : destination.vni
        var header = VXLANHeader(vni: vni)
        switch state.value.policy.dialect {
        case .plain: break
        case .groupPolicy: header.setPolicy(outgoing.frame)
        case .protocolExtension: header.first |= ProtocolExtensionBits.present | ProtocolExtensionBits.ethernet
        }
        return header
    }
}

extension VXLANHeader {
    /// Adds a frame's group policy, if it has one.
    fileprivate mutating func setPolicy(_ frame: Frame) {
        let bits = frame.policyBits & (GroupPolicyBits.applied | GroupPolicyBits.dontLearn)
        guard bits != 0 || frame.policyID != 0 else { return }
        first |= GroupPolicyBits.present | bits | UInt32(frame.policyID)
    }
}
