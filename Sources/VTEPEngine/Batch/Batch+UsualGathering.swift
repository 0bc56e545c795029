/// Datagrams of one slice each that are gathered one behind the other, as ``Batch/join(_:slices:limits:)`` and
/// ``Batch/add(pending:to:)`` do it: the batch's counts stay in registers meanwhile.
@safe
struct GatheringRow {
    private let transmissions: UnsafeMutablePointer<Transmission>
    private let open: UnsafeMutablePointer<UInt32>
    private var pending: UnsafeMutablePointer<PendingSlice>
    fileprivate private(set) var count: Int
    private let limits: GatheringLimits

    fileprivate init(_ batch: borrowing Batch, _ limits: GatheringLimits) {
        unsafe transmissions = batch.transmissionMemory
        unsafe open = batch.openMemory
        unsafe pending = batch.pendingMemory + batch.pendingCount
        count = batch.transmissionCount
        self.limits = limits
    }

    /// Adds a datagram.
    ///
    /// Without a branch: whether one goes on with a transmission depends on where those before went, and for frames to
    /// anywhere no processor could foresee it. So the transmission that it joins, or the new one, is written in any case,
    /// with what was there or without.
    ///
    /// - Parameter alone: The transmission that it would be.
    @inline(__always)
    mutating func add(_ alone: Transmission, from base: UnsafeMutableRawPointer) {
        let place = Batch.openPlace(alone)
        // Where none is open, this is the one before the first, which takes nothing.
        let old = unsafe Int(open[place]) &- 1
        let before = unsafe transmissions + old
        let takes = unsafe before.pointee.takes(alone, limits)
        let number = count ^ ((count ^ old) & takes)
        let mask = UInt32(truncatingIfNeeded: takes)
        var joined = alone
        let segment = unsafe alone.length ^ ((alone.length ^ UInt32(before.pointee.segmentSize)) & mask)
        joined.segmentSize = UInt16(truncatingIfNeeded: segment)
        unsafe joined.sourcePort ^= (joined.sourcePort ^ before.pointee.sourcePort) & UInt16(truncatingIfNeeded: mask)
        // A shorter one can only be the last.
        joined.reserved = Transmission.open &+ UInt8(truncatingIfNeeded: (alone.length &- segment) >> 31)
        unsafe joined.datagramCount = 1 &+ (before.pointee.datagramCount & mask)
        unsafe joined.sliceCount = 1 &+ (before.pointee.sliceCount & mask)
        unsafe joined.length = alone.length &+ (before.pointee.length & mask)
        unsafe (transmissions + number).initialize(to: joined)
        unsafe open[place] = UInt32(truncatingIfNeeded: number &+ 1)
        count = count &+ 1 &+ takes
        unsafe pending.initialize(
            to: PendingSlice(base: base, length: alone.length, transmission: UInt32(truncatingIfNeeded: number)))
        unsafe pending += 1
    }

    fileprivate func pendingCount(from first: UnsafeMutablePointer<PendingSlice>) -> Int { unsafe pending - first }
}

extension Batch {
    /// Begins a row, for which there is room. Nothing else is added until ``end(_:)``.
    @inline(__always)
    func beginGathering(_ limits: GatheringLimits) -> GatheringRow { GatheringRow(self, limits) }

    @inline(__always)
    mutating func end(_ row: GatheringRow) {
        pendingCount = unsafe row.pendingCount(from: pendingMemory)
        transmissionCount = row.count
        assert(transmissionCount <= transmissionCapacity && sliceCount &+ pendingCount <= sliceCapacity)
    }

    /// Memory for transmissions, with one before the first that is never open.
    static func allocateTransmissions(_ capacity: Int) -> UnsafeMutablePointer<Transmission> {
        let memory = UnsafeMutablePointer<Transmission>.allocate(capacity: capacity + 1)
        let none = Transmission(remote: .unspecified, port: 0, sourcePort: 0, length: 0)
        unsafe memory.initialize(to: none)
        return unsafe memory + 1
    }

    static func deallocateTransmissions(_ memory: UnsafeMutablePointer<Transmission>) {
        unsafe (memory - 1).deallocate()
    }
}

extension Transmission {
    /// What ``gathers(_:_:_:)`` says, without a branch: all ones if it is so, else 0.
    @inline(__always)
    fileprivate func takes(_ next: Transmission, _ limits: GatheringLimits) -> Int {
        let places =
            (remoteIndex ^ next.remoteIndex) | UInt32(entropySocket ^ next.entropySocket) | UInt32(port ^ next.port)
        let fields = (typeOfService ^ next.typeOfService) | (timeToLive ^ next.timeToLive) | (flags ^ next.flags)
        let state = (reserved ^ Transmission.open) | (flags & Transmission.zeroChecksum)
        // The uppermost bit is set where it does not fit.
        let longer = UInt32(segmentSize) &- next.length
        let many = limits.datagrams &- 1 &- datagramCount
        let bytes = limits.bytes &- length &- next.length
        let difference = places | UInt32(fields | state) | ((longer | many | bytes) & 0x8000_0000)
        // Only 0 becomes negative. (As a comparison, the compiler would make a branch of it.)
        return (Int(difference) &- 1) >> 63
    }
}
