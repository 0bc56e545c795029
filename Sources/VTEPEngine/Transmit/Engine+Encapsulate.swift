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
        while taken < frames.count, let base = frames.baseAddress {
            var chunk = min(frames.count &- taken, Engine.chunk)
            if !batch.hasRoom(usual: chunk) {
                guard batch.hasRoom(usual: 1) else { break }
                chunk = 1
            }
            let done = unsafe encapsulateChunk(base + taken, chunk, number, state, now, &batch)
            taken &+= done
            if done < chunk { break }
        }
        batch.settle()
        return taken
    }

    /// Forwards a frame that may need anything. False, with nothing done, if the batch might be too small for it and for
    /// `following` usual frames.
    @inline(never)
    mutating func encapsulateUnusual(
        _ frame: Frame, _ port: Int, _ following: Int, _ state: Element<VNIState>, _ now: Milliseconds,
        _ batch: inout Batch
    ) -> Bool {
        mayAnswer = true
        if frame.offload.isSuperframe {
            switch room(for: frame, following, state, &batch) {
            case .enough: encapsulate(frame, port, state, now, &batch)
            case .never: state.value.count(.dropTooManySegments)
            case .later: return false
            }
        } else {
            guard batch.hasRoom(destinations: mostDestinations &+ following, slices: 4, scratch: Engine.answerScratch)
            else {
                return false
            }
            encapsulate(frame, port, state, now, &batch)
        }
        return true
    }

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
        if state.value.compiled.learnsFromPorts {
            let key = FDBSlot.key(vni: place, address: ethernet.source)
            guard
                case .pass = learn(
                    key, UInt32(truncatingIfNeeded: port), kind: FDBSlot.isPort, from: .unspecified, state,
                    Stamped(now),
                    home: fdb.home(key))
            else { return }
        }
        var outgoing = OutgoingFrame(frame: frame, bytes: bytes, ethernet: ethernet, port: port)
        if !state.value.compiled.isUsual, handleNeighbour(outgoing, state, now, &batch) { return }
        if ethernet.isToGroup {
            flood(outgoing, state, now, &batch)
            return
        }
        var key = FDBSlot.key(vni: place, address: ethernet.destination)
        var index = fdb.find(key)
        if index >= 0, fdb.slots[index].has(FDBSlot.isRouter), state.value.policy.routeShortCircuit,
            shortCircuit(&outgoing, place, state, now)
        {
            key = FDBSlot.key(vni: place, address: outgoing.ethernet.destination)
            index = fdb.find(key)
        }
        guard index >= 0 else {
            forwardUnknown(outgoing, key, state, now, &batch)
            return
        }
        let slot = fdb.slots[index]
        if slot.state & (FDBSlot.isPort | FDBSlot.isList) == 0 {
            let destination = Destination(remote: slot.target, vni: Destination.ownVNI, port: 0)
            transmit(outgoing, to: destination, state, now, &batch)
        } else {
            forward(outgoing, slot, state, now, &batch)
        }
    }

    /// What the longest answer needs of a batch's memory, and more: an ICMPv6 error has 1280 bytes.
    static var answerScratch: Int { 2048 }

    /// A superframe may be as long as virtio-net lets it be: 64 KB and the headers.
    static var longestFrame: Int { 65_535 + 22 }
}

/// A frame from a port on its way.
struct OutgoingFrame {
    /// With the offload that was found right.
    var frame: Frame
    let bytes: PacketBytes
    var ethernet: EthernetHeader
    /// The number of the port it came from.
    let port: Int
}

extension EthernetHeader {
    /// Whether the source is a station's address: neither a group's nor 0.
    @inline(__always)
    var hasValidSource: Bool { source & 0x0100_0000_0000 == 0 && source != 0 }
}
