/// What calls of an ``Engine`` produced: frames for ports and transmissions for the underlay. Made once and used over and
/// over; nothing is allocated per frame.
///
///     var batch = Batch()
///     engine.encapsulate(frames, from: port, now: now, into: &batch)   // under the endpoint's lock
///     send(batch.transmissions); deliver(batch.deliveries)            // without it
///     batch.clear()
///
/// The bytes are not copied: slices point into the caller's frames and datagrams, and into the batch's own memory for
/// headers that had to be made. So all these must stay as they are until the batch has been sent. One thread at a time.
@safe
public struct Batch: ~Copyable {
    // Written by the engine, in Batch+Writing.swift.
    var deliveryMemory: UnsafeMutablePointer<Delivery>
    var transmissionMemory: UnsafeMutablePointer<Transmission>
    var sliceMemory: UnsafeMutablePointer<Slice>
    var pendingMemory: UnsafeMutablePointer<PendingSlice>
    var scratchMemory: UnsafeMutableRawPointer
    let openMemory: UnsafeMutablePointer<UInt32>
    let floodMemory: UnsafeMutablePointer<OpenFlood>
    // Where the next slice of each transmission goes, while they are settled.
    var placeMemory: UnsafeMutablePointer<UInt32>
    // What the copies of a flooded frame have in common.
    let modelMemory: UnsafeMutablePointer<Transmission>
    // The datagrams or frames that are next, and what was found at their places in the FDB.
    let usualMemory: UnsafeMutablePointer<UsualDatagram>
    let usualFrameMemory: UnsafeMutablePointer<UsualFrame>
    let touchMemory: UnsafeMutablePointer<UInt64>

    public internal(set) var deliveryCount = 0
    public internal(set) var transmissionCount = 0
    public internal(set) var sliceCount = 0
    var pendingCount = 0
    /// The number of the first copy of a flooded frame whose copies know the place of their slices already. -1: none.
    var expectedFlood = -1
    var scratchUsed = 0

    private(set) var deliveryCapacity: Int
    private(set) var transmissionCapacity: Int
    private(set) var sliceCapacity: Int
    private(set) var scratchCapacity: Int

    /// Slices are found by 32-bit numbers, and one superframe may need a few thousand.
    static var defaultSlices: Int { 8192 }
    /// Room for the headers of every segment of the largest superframe, twice.
    static var defaultScratch: Int { 512 * 1024 }
    static var openCount: Int { 256 }
    static var floodCount: Int { 16 }

    /// Allocates the memory: about 1 MB.
    public init() {
        deliveryCapacity = 2048
        transmissionCapacity = 2048
        sliceCapacity = Batch.defaultSlices
        scratchCapacity = Batch.defaultScratch
        unsafe deliveryMemory = .allocate(capacity: deliveryCapacity)
        unsafe transmissionMemory = Batch.allocateTransmissions(transmissionCapacity)
        unsafe placeMemory = .allocate(capacity: transmissionCapacity)
        unsafe sliceMemory = .allocate(capacity: sliceCapacity)
        unsafe pendingMemory = .allocate(capacity: sliceCapacity)
        unsafe scratchMemory = .allocate(byteCount: scratchCapacity, alignment: 64)
        unsafe openMemory = .allocate(capacity: Batch.openCount)
        unsafe usualMemory = .allocate(capacity: Engine.chunk)
        unsafe usualFrameMemory = .allocate(capacity: Engine.chunk)
        unsafe touchMemory = .allocate(capacity: 1)
        unsafe touchMemory.initialize(to: 0)
        unsafe openMemory.initialize(repeating: 0, count: Batch.openCount)
        unsafe floodMemory = .allocate(capacity: Batch.floodCount)
        unsafe modelMemory = .allocate(capacity: 1)
        unsafe floodMemory.initialize(repeating: .none, count: Batch.floodCount)
    }

    deinit {
        unsafe deliveryMemory.deallocate()
        unsafe Batch.deallocateTransmissions(transmissionMemory)
        unsafe placeMemory.deallocate()
        unsafe sliceMemory.deallocate()
        unsafe pendingMemory.deallocate()
        unsafe scratchMemory.deallocate()
        unsafe openMemory.deallocate()
        unsafe floodMemory.deallocate()
        unsafe modelMemory.deallocate()
        unsafe touchMemory.deallocate()
        unsafe usualMemory.deallocate()
        unsafe usualFrameMemory.deallocate()
    }

    /// Forgets everything, to be filled anew.
    public mutating func clear() {
        deliveryCount = 0
        transmissionCount = 0
        sliceCount = 0
        pendingCount = 0
        scratchUsed = 0
    }

    /// The frames for ports, in order. Valid until the batch is filled again, cleared or ends.
    public var deliveries: UnsafeMutableBufferPointer<Delivery> {
        unsafe UnsafeMutableBufferPointer(start: deliveryMemory, count: deliveryCount)
    }

    /// The sends to the underlay, those to one remote and socket in order. Valid as ``deliveries`` are.
    public var transmissions: UnsafeMutableBufferPointer<Transmission> {
        unsafe UnsafeMutableBufferPointer(start: transmissionMemory, count: transmissionCount)
    }

    /// All slices, an array of `struct iovec`. Valid as ``deliveries`` are.
    public var slices: UnsafeMutableBufferPointer<Slice> {
        unsafe UnsafeMutableBufferPointer(start: sliceMemory, count: sliceCount)
    }

    /// The slices of one frame. Valid as ``deliveries`` are.
    public func slices(of delivery: Delivery) -> UnsafeMutableBufferPointer<Slice> {
        unsafe slices(delivery.firstSlice, delivery.sliceCount)
    }

    /// The slices of one transmission. Valid as ``deliveries`` are.
    public func slices(of transmission: Transmission) -> UnsafeMutableBufferPointer<Slice> {
        unsafe slices(transmission.firstSlice, transmission.sliceCount)
    }

    /// Out of range, which only numbers made elsewhere can be, gives none.
    private func slices(_ first: UInt32, _ count: UInt32) -> UnsafeMutableBufferPointer<Slice> {
        guard Int(first) + Int(count) <= sliceCount else {
            return unsafe UnsafeMutableBufferPointer(start: nil, count: 0)
        }
        return unsafe UnsafeMutableBufferPointer(start: sliceMemory + Int(first), count: Int(count))
    }

    var isEmpty: Bool { deliveryCount == 0 && transmissionCount == 0 && sliceCount == 0 && pendingCount == 0 }

    /// Makes room, while the batch is empty, for a few frames that go to very many destinations: a batch of one would cost a
    /// call for each. Rare: memory grows with the number of remotes and ports that were configured.
    mutating func reserve(destinations: Int) {
        // With the usual frames that may follow.
        let several = 4 &* destinations &+ Engine.chunk
        guard isEmpty, !hasRoom(destinations: several, slices: 16, scratch: 4 &* Engine.answerScratch) else { return }
        grow(destinations: several, slices: 16, scratch: 4 &* Engine.answerScratch)
    }

    /// Makes room, while the batch is empty, for one superframe. Rare, too; for four of them, if at all.
    mutating func reserve(destinations: Int, slices: Int, scratch: Int) {
        guard isEmpty, !hasRoom(destinations: destinations, slices: slices, scratch: scratch) else { return }
        grow(destinations: 4 &* destinations, slices: 4 &* slices, scratch: 4 &* scratch)
    }

    private mutating func grow(destinations: Int, slices: Int, scratch: Int) {
        if destinations > transmissionCapacity {
            transmissionCapacity = destinations
            unsafe Batch.deallocateTransmissions(transmissionMemory)
            unsafe transmissionMemory = Batch.allocateTransmissions(transmissionCapacity)
            unsafe placeMemory.deallocate()
            unsafe placeMemory = .allocate(capacity: transmissionCapacity)
        }
        if destinations > deliveryCapacity {
            deliveryCapacity = destinations
            unsafe deliveryMemory.deallocate()
            unsafe deliveryMemory = .allocate(capacity: deliveryCapacity)
        }
        reserveSlices(slices &+ 2 &* destinations)
        reserveScratch(scratch &+ 8 &* destinations)
    }

    private mutating func reserveSlices(_ slices: Int) {
        guard slices > sliceCapacity else { return }
        sliceCapacity = slices
        unsafe sliceMemory.deallocate()
        unsafe pendingMemory.deallocate()
        unsafe sliceMemory = .allocate(capacity: slices)
        unsafe pendingMemory = .allocate(capacity: slices)
    }

    private mutating func reserveScratch(_ scratch: Int) {
        guard scratch > scratchCapacity else { return }
        scratchCapacity = scratch
        unsafe scratchMemory.deallocate()
        unsafe scratchMemory = .allocate(byteCount: scratch, alignment: 64)
    }
}

extension Batch: @unchecked Sendable {}

/// A slice whose transmission is still open: where it will lie among the others is not known yet.
@safe
struct PendingSlice: BitwiseCopyable {
    var base: UnsafeMutableRawPointer
    var length: UInt32
    var transmission: UInt32
}
