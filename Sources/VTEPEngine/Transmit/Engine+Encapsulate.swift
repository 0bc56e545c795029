internal import VTEPWire

extension Engine {
    /// Forwards frames from a port: to remotes, with a VXLAN header, and to other ports of the same VNI.
    ///
    /// - Parameters:
    ///   - frames: The frames. Their bytes and headroom are written to: headers, checksums.
    ///   - port: Where they came from. One that was removed drops them.
    ///   - batch: What comes of them is added to it.
    /// - Returns: How many frames were taken, from the first one on. Fewer than there are if the batch is full: empty it
    ///   and call again with the rest. An empty batch takes at least one.
    public mutating func encapsulate(
        _ frames: UnsafeMutableBufferPointer<Frame>, from port: PortID, now: Milliseconds, into batch: inout Batch
    ) -> Int {
        let number = ports.number(port)
        guard number >= 0 else {
            countStray(.dropUnknownPort, UInt64(frames.count))
            return frames.count
        }
        batch.reserve(destinations: mostDestinations)
        let state = vnis.element(ports[number].vni)
        var taken = 0
        loop: while taken < frames.count {
            let frame = unsafe frames[taken]
            if frame.offload.isSuperframe {
                switch room(for: frame, state, &batch) {
                case .enough: encapsulate(frame, number, state, now, &batch)
                case .never: state.value.count(.dropTooManySegments)
                case .later: break loop
                }
            } else {
                guard batch.hasRoom(destinations: mostDestinations, slices: 4, scratch: 512) else { break }
                encapsulate(frame, number, state, now, &batch)
            }
            taken &+= 1
        }
        batch.settle()
        return taken
    }

    @inline(__always)
    private mutating func encapsulate(
        _ frame: Frame, _ port: Int, _ state: Element<VNIState>, _ now: Milliseconds, _ batch: inout Batch
    ) {
        let bytes = unsafe PacketBytes(frame.base, count: Int(frame.length))
        state.value.count(.framesFromPorts)
        state.value.count(.bytesFromPorts, UInt64(frame.length))
        guard bytes.count <= Engine.longestFrame, let ethernet = EthernetHeader(bytes) else {
            state.value.count(.dropFrameLength)
            return
        }
        if ethernet.isTagged, state.value.policy.innerVLAN == .drop {
            state.value.count(.dropInnerVLAN)
            return
        }
        guard ethernet.hasValidSource else {
            state.value.count(.dropInvalidSource)
            return
        }
        var frame = frame
        if frame.offload != .none {
            guard let checked = checked(frame, bytes, ethernet) else {
                state.value.count(.dropOffload)
                return
            }
            frame = checked
        }
        let place = ports[port].vni
        // With one port there is nothing to learn: whatever is not remote is there.
        if state.value.portCount > 1 && state.value.policy.learning {
            let key = FDBSlot.key(vni: place, address: ethernet.source)
            guard
                case .pass = learn(
                    key, UInt32(truncatingIfNeeded: port), kind: FDBSlot.isPort, from: .unspecified, state, now)
            else { return }
        }
        let outgoing = OutgoingFrame(frame: frame, bytes: bytes, ethernet: ethernet, port: port)
        if ethernet.isToGroup {
            flood(outgoing, state, now, &batch)
            return
        }
        let key = FDBSlot.key(vni: place, address: ethernet.destination)
        let index = fdb.find(key)
        guard index >= 0 else {
            forwardUnknown(outgoing, key, state, now, &batch)
            return
        }
        let slot = fdb.slots[index]
        if slot.state & (FDBSlot.isPort | FDBSlot.isList) == 0 {
            let destination = Destination(remote: slot.target, vni: Destination.ownVNI, port: 0)
            transmit(outgoing, to: destination, state, &batch)
        } else {
            forward(outgoing, slot, state, &batch)
        }
    }

    /// A superframe may be as long as virtio-net lets it be: 64 KB and the headers.
    static var longestFrame: Int { 65_535 + 22 }
}

/// A frame from a port on its way.
struct OutgoingFrame {
    /// With the offload that was found right.
    var frame: Frame
    let bytes: PacketBytes
    let ethernet: EthernetHeader
    /// The number of the port it came from.
    let port: Int
}

extension EthernetHeader {
    /// Whether the source is a station's address: neither a group's nor 0.
    @inline(__always)
    var hasValidSource: Bool { source & 0x0100_0000_0000 == 0 && source != 0 }
}
