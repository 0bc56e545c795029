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
        let isUsual = state.value.compiled.isUsual
        let usual = unsafe batch.usualFrameMemory
        let resolver = Resolver(self, port, state, now)
        if isUsual {
            unsafe UsualFrame.sortOut(frames, count, ports[port].vni, fdb.lookup, hash, usual)
            if fdb.isLarge { batch.touchDestinations(count, of: fdb.lookup) }
        }
        var index = 0
        while index < count {
            let end = isUsual ? unsafe resolver.resolve(frames, usual, index, count) : index
            if end > index { unsafe send(frames, usual, index, end, state, &batch) }
            index = end
            guard index < count else { break }
            // The room that was made sure of is for usual ones.
            let frame = unsafe frames[index]
            guard encapsulateUnusual(frame, port, count &- index &- 1, state, now, &batch) else { break }
            index &+= 1
        }
        return index
    }

    /// Sends usual frames whose remotes are known.
    @inline(never)
    private func send(
        _ frames: UnsafeMutablePointer<Frame>, _ usual: UnsafeMutablePointer<UsualFrame>, _ first: Int, _ end: Int,
        _ state: Element<VNIState>, _ batch: inout Batch
    ) {
        let compiled = state.value.compiled
        var bytes: UInt64 = 0
        var row = batch.beginGathering(limits)
        for index in first..<end {
            let base = unsafe frames[index].base - VXLANHeader.length
            let length = unsafe frames[index].length &+ UInt32(VXLANHeader.length)
            let destination = Destination(
                remote: unsafe usual[index].remote, vni: Destination.ownVNI, port: 0)
            var alone = transmission(to: destination, unsafe usual[index].inner, compiled)
            alone.length = length
            unsafe PacketBytes(base, count: VXLANHeader.length).set(u64: compiled.header, at: 0)
            unsafe row.add(alone, from: base)
            bytes &+= UInt64(length)
        }
        batch.end(row)
        let count = UInt64(end &- first)
        state.value.count(.framesFromPorts, count)
        state.value.count(.bytesFromPorts, bytes &- count &* UInt64(VXLANHeader.length))
        state.value.count(.datagramsToUnderlay, count)
        state.value.count(.bytesToUnderlay, bytes)
    }
}

/// Finds out to which remotes usual frames go.
private struct Resolver {
    private let fdb: FDBLookup
    private let remotes: Elements<Remote>
    /// Where the frames come from, and the VNI's part of the FDB's keys.
    private let port: UInt32
    private let key: UInt64
    private let learns: Bool
    private let stamp: UInt32

    init(_ engine: borrowing Engine, _ port: Int, _ state: Element<VNIState>, _ now: Milliseconds) {
        fdb = engine.fdb.lookup
        remotes = engine.remotes.elements
        self.port = UInt32(truncatingIfNeeded: port)
        key = FDBSlot.key(vni: engine.ports[port].vni, address: 0)
        learns = state.value.compiled.learnsFromPorts
        stamp = FDBSlot.stamp(now)
    }

    /// Notes the remotes of the frames from `first` on, up to one whose destination, remote or source makes it unusual.
    /// Returns the place of that one, or `end`.
    ///
    /// Nothing changes but when stations were heard of: the remotes that were found stay.
    @inline(never)
    func resolve(
        _ frames: UnsafeMutablePointer<Frame>, _ usual: UnsafeMutablePointer<UsualFrame>, _ first: Int, _ end: Int
    ) -> Int {
        for index in first..<end {
            let frame = unsafe usual[index]
            guard frame.isUsual else { return index }
            let place = fdb.find(frame.key, from: Int(frame.home))
            guard place >= 0 else { return index }
            let slot = fdb[place]
            guard slot.state & (FDBSlot.isPort | FDBSlot.isList) == 0,
                unsafe frames[index].length <= remotes[Int(slot.target)].longestFrame,
                unsafe !learns || isHeardAgain(frames[index])
            else { return index }
            unsafe usual[index].remote = slot.target
        }
        return end
    }

    /// Whether a frame's source is known to be behind the port; then it was heard of.
    @inline(__always)
    private func isHeardAgain(_ frame: Frame) -> Bool {
        let source = unsafe PacketBytes(frame.base, count: Int(frame.length)).u48(6)
        let place = fdb.find(key | source, from: fdb.home(key | source))
        return place >= 0 && fdb.refresh(place, port, kind: FDBSlot.isPort, stamp)
    }
}

/// A frame from a port that was looked at and is not sent yet, with what is needed of it if it is usual: complete,
/// untagged, to one station, with room for the VXLAN header before it.
struct UsualFrame: BitwiseCopyable {
    /// The destination's key in the FDB, and its place there.
    let key: UInt64
    let home: UInt32
    /// The number of the remote to send it to, once that is found.
    var remote: UInt32 = 0
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

    /// Looks at frames of a VNI, and notes what is needed of each that is usual so far.
    @inline(never)
    static func sortOut(
        _ frames: UnsafeMutablePointer<Frame>, _ count: Int, _ place: Int, _ lookup: FDBLookup, _ hash: KeyedHash,
        _ usual: UnsafeMutablePointer<UsualFrame>
    ) {
        let vni = FDBSlot.key(vni: place, address: 0)
        for index in 0..<count {
            unsafe (usual + index).initialize(to: UsualFrame(frames[index], vni, lookup, hash))
        }
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
