internal import VTEPWire

/// The way of nearly all frames, by the batch: unicast, complete, to a station behind one remote.
///
/// Passes over a few dozen frames, each of which needs little of the machine at once, as with datagrams
/// (``takeUsual(_:_:_:)``): the first looks at the bytes; the second, where the FDB is large, asks for the destinations'
/// places in it; the third sends. What is unusual in any way goes through the general code, in its turn.
extension Engine {
    /// How many frames or datagrams the passes go over at once.
    static var chunk: Int { 64 }

    /// Forwards `count` frames, 64 at most. The batch has room for as many usual ones.
    @inline(never)
    mutating func encapsulateChunk(
        _ frames: UnsafeMutablePointer<Frame>, _ count: Int, _ port: Int, _ state: Element<VNIState>,
        _ now: Milliseconds, _ batch: inout Batch
    ) -> Int {
        let compiled = state.value.compiled
        let place = ports[port].vni
        let lookup = fdb.lookup
        if compiled.isUsual {
            unsafe Engine.sortOut(frames, count, place, lookup, hash, batch.usualFrameMemory)
            if fdb.isLarge { batch.touchDestinations(count, of: lookup) }
        }
        let time = Stamped(now)
        var sent = Sent()
        for index in 0..<count {
            let frame = unsafe frames[index]
            if compiled.isUsual {
                let usual = unsafe batch.usualFrameMemory[index]
                if usual.isUsual,
                    send(usual, frame, place, port, lookup, compiled, state, time, &sent, &batch)
                {
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

    /// Looks at the frames, and notes what is needed of each that is usual so far.
    @inline(never)
    private static func sortOut(
        _ frames: UnsafeMutablePointer<Frame>, _ count: Int, _ place: Int, _ lookup: FDBLookup, _ hash: KeyedHash,
        _ usual: UnsafeMutablePointer<UsualFrame>
    ) {
        let vni = FDBSlot.key(vni: place, address: 0)
        for index in 0..<count {
            unsafe (usual + index).initialize(to: UsualFrame(frames[index], vni, lookup, hash))
        }
    }

    /// Sends a usual frame. False, with nothing done, if its destination or remote makes it unusual.
    @inline(__always)
    private mutating func send(
        _ usual: UsualFrame, _ frame: Frame, _ place: Int, _ port: Int, _ lookup: FDBLookup, _ compiled: CompiledPolicy,
        _ state: Element<VNIState>, _ time: Stamped, _ sent: inout Sent, _ batch: inout Batch
    ) -> Bool {
        let index = lookup.find(usual.key, from: Int(usual.home))
        guard index >= 0 else { return false }
        let slot = lookup[index]
        guard slot.state & (FDBSlot.isPort | FDBSlot.isList) == 0 else { return false }
        guard frame.length <= remotes.element(slot.target).value.longestFrame else { return false }
        sent.received(frame.length)
        if compiled.learnsFromPorts, !learns(frame, place, port, state, time) { return true }
        let destination = Destination(remote: slot.target, vni: Destination.ownVNI, port: 0)
        var transmission = transmission(to: destination, usual.inner, compiled)
        transmission.length = frame.length &+ UInt32(VXLANHeader.length)
        sent.sent(transmission.length)
        let start = unsafe frame.base - VXLANHeader.length
        unsafe PacketBytes(start, count: VXLANHeader.length).set(u64: compiled.header, at: 0)
        let number = batch.join(transmission, slices: 1, limits: limits)
        unsafe batch.add(pending: Slice(start, Int(transmission.length)), to: number)
        return true
    }

    /// Notes that a usual frame's source is behind a port. False if the frame must not pass.
    @inline(never)
    private mutating func learns(
        _ frame: Frame, _ place: Int, _ port: Int, _ state: Element<VNIState>, _ time: Stamped
    ) -> Bool {
        let source = unsafe PacketBytes(frame.base, count: Int(frame.length)).u48(6)
        let key = FDBSlot.key(vni: place, address: source)
        switch learn(
            key, UInt32(truncatingIfNeeded: port), kind: FDBSlot.isPort, from: .unspecified, state, time,
            home: fdb.home(key))
        {
        case .pass: return true
        case .drop: return false
        }
    }
}

/// A frame from a port that was looked at and is not sent yet, with what is needed of it if it is usual: complete,
/// untagged, to one station, with room for the VXLAN header before it.
struct UsualFrame: BitwiseCopyable {
    /// The destination's key in the FDB, and its place there.
    let key: UInt64
    let home: UInt32
    let inner: InnerPacket

    /// False: it is not usual, and the rest means nothing.
    @inline(__always) var isUsual: Bool { home != .max }

    @inline(__always)
    init(_ frame: Frame, _ vni: UInt64, _ lookup: FDBLookup, _ hash: KeyedHash) {
        let bytes = unsafe PacketBytes(frame.base, count: Int(frame.length))
        guard frame.offload.flags & Offload.needsChecksum | frame.offload.segmentation == 0,
            frame.headroom >= Frame.vxlanHeadroom, let ethernet = EthernetHeader(untagged: bytes)
        else {
            key = 0
            home = .max
            inner = .none
            return
        }
        key = vni | ethernet.destination
        home = UInt32(truncatingIfNeeded: lookup.home(key))
        inner = InnerPacket(bytes, ethernet, hash: hash)
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
