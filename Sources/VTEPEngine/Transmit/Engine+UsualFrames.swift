internal import VTEPWire

/// The way of nearly all frames, by the batch: unicast, complete, to a station behind one remote.
///
/// Two passes over a few dozen frames. The first asks for each destination's place in the FDB, so that the cache misses
/// of a large table happen at the same time and not one after the other. The second does the work. What is unusual in
/// any way goes through the general code, in its turn.
extension Engine {
    /// How many frames the two passes go over at once.
    static var chunk: Int { 64 }

    /// Forwards `count` frames, 64 at most. The batch has room for as many usual ones.
    @inline(never)
    mutating func encapsulateChunk(
        _ frames: UnsafeMutablePointer<Frame>, _ count: Int, _ port: Int, _ state: Element<VNIState>,
        _ now: Milliseconds, _ batch: inout Batch
    ) -> Int {
        let vni = ports[port].vni
        let looks = fdb.isLarge
        if looks { unsafe lookAhead(frames, count, vni, &batch) }
        let compiled = state.value.compiled
        let time = Stamped(now)
        var sent = Sent()
        for index in 0..<count {
            let frame = unsafe frames[index]
            if compiled.isUsual, let usual = UsualFrame(frame) {
                let key = FDBSlot.key(vni: vni, address: usual.ethernet.destination)
                let home = looks ? Int(unsafe batch.homeMemory[index]) : fdb.home(key)
                if send(usual, frame, fdb.find(key, from: home), vni, port, compiled, state, time, &sent, &batch) {
                    continue
                }
            }
            // The room that was made sure of is for usual ones.
            guard encapsulateUnusual(frame, port, count &- index &- 1, state, now, &batch) else {
                sent.count(state)
                return index
            }
        }
        sent.count(state)
        return count
    }

    /// Asks for the FDB's slots of the destinations: first where they are, then all of them at once.
    private func lookAhead(_ frames: UnsafeMutablePointer<Frame>, _ count: Int, _ vni: Int, _ batch: inout Batch) {
        for index in 0..<count {
            let bytes = unsafe PacketBytes(frames[index].base, count: Int(frames[index].length))
            let address = bytes.count >= EthernetHeader.length ? bytes.u64(0) >> 16 : 0
            let home = fdb.home(FDBSlot.key(vni: vni, address: address))
            unsafe batch.homeMemory[index] = UInt32(truncatingIfNeeded: home)
        }
        batch.touchHomes(count, of: fdb)
    }

    /// Sends a usual frame. False, with nothing done, if its destination or remote makes it unusual.
    @inline(__always)
    private mutating func send(
        _ usual: UsualFrame, _ frame: Frame, _ index: Int, _ vni: Int, _ port: Int, _ compiled: CompiledPolicy,
        _ state: Element<VNIState>, _ time: Stamped, _ sent: inout Sent, _ batch: inout Batch
    ) -> Bool {
        guard index >= 0 else { return false }
        let slot = fdb.slots[index]
        guard slot.state & (FDBSlot.isPort | FDBSlot.isList) == 0 else { return false }
        guard frame.length <= remotes.element(slot.target).value.longestFrame else { return false }
        if compiled.learnsFromPorts {
            let key = FDBSlot.key(vni: vni, address: usual.ethernet.source)
            let target = UInt32(truncatingIfNeeded: port)
            guard
                case .pass = learn(
                    key, target, kind: FDBSlot.isPort, from: .unspecified, state, time, home: fdb.home(key))
            else {
                sent.received(frame.length)
                return true
            }
        }
        sent.received(frame.length)
        let inner = InnerPacket(usual.bytes, usual.ethernet, hash: hash)
        let destination = Destination(remote: slot.target, vni: Destination.ownVNI, port: 0)
        var transmission = transmission(to: destination, inner, compiled)
        transmission.length = frame.length &+ UInt32(VXLANHeader.length)
        sent.sent(transmission.length)
        let start = unsafe frame.base - VXLANHeader.length
        unsafe PacketBytes(start, count: VXLANHeader.length).set(u64: compiled.header, at: 0)
        let number = batch.join(transmission, slices: 1, limits: limits)
        unsafe batch.add(pending: Slice(start, Int(transmission.length)), to: number)
        return true
    }
}

/// A complete, untagged unicast frame with room for the VXLAN header before it.
struct UsualFrame {
    let bytes: PacketBytes
    let ethernet: EthernetHeader

    @inline(__always)
    init?(_ frame: Frame) {
        guard frame.offload.flags & Offload.needsChecksum | frame.offload.segmentation == 0,
            frame.headroom >= Frame.vxlanHeadroom
        else { return nil }
        bytes = unsafe PacketBytes(frame.base, count: Int(frame.length))
        guard let ethernet = EthernetHeader(untagged: bytes) else { return nil }
        self.ethernet = ethernet
    }
}

extension EthernetHeader {
    /// Nil for tagged frames, for those to a group, and for sources that can't be.
    @inline(__always)
    init?(untagged frame: PacketBytes) {
        guard frame.count >= EthernetHeader.length else { return nil }
        let first = frame.u64(0)
        let second = frame.u64(6)
        let type = UInt16(truncatingIfNeeded: second)
        // The I/G bit of both addresses is at the same place.
        guard (first | second) & 0x0100_0000_0000_0000 == 0, second >> 16 != 0, !EtherType.isTag(type) else {
            return nil
        }
        self.init(destination: first >> 16, source: second >> 16, etherType: type)
    }
}

/// What a chunk counts, all at once at its end.
private struct Sent {
    private var frames: UInt64 = 0
    private var bytes: UInt64 = 0
    private var datagrams: UInt64 = 0
    private var datagramBytes: UInt64 = 0

    @inline(__always)
    mutating func received(_ length: UInt32) {
        frames &+= 1
        bytes &+= UInt64(length)
    }

    @inline(__always)
    mutating func sent(_ length: UInt32) {
        datagrams &+= 1
        datagramBytes &+= UInt64(length)
    }

    func count(_ state: Element<VNIState>) {
        state.value.count(.framesFromPorts, frames)
        state.value.count(.bytesFromPorts, bytes)
        state.value.count(.datagramsToUnderlay, datagrams)
        state.value.count(.bytesToUnderlay, datagramBytes)
    }
}
