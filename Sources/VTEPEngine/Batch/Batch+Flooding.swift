/// Flooded frames of equal length that go to the same remotes become one transmission to each of them, for UDP_SEGMENT: a
/// burst of broadcasts to a thousand remotes is a thousand transmissions, not a thousand for each broadcast.
///
/// The copies share their slices. The first one has them; the others are settled after it, from it.
extension Batch {
    /// Notes that a frame goes by the same list and socket that an open flood may have: unless it is part of that, nothing
    /// may join that any more, or frames would overtake it.
    @inline(__always)
    mutating func closeFlood(socket: UInt16) {
        unsafe floodMemory[Int(socket) & (Batch.floodCount - 1)] = .none
    }

    /// Adds a frame to the copies of those before it, if all of these go where this one goes. `copy` describes the one to
    /// the list's first destination, without slices.
    ///
    /// - Returns: The number of the transmission that the frame's slices belong to; -1 if it needs copies of its own.
    mutating func joinFlood(_ copy: Transmission, by list: DestinationList, slices: UInt32, _ limits: GatheringLimits)
        -> Int
    {
        let open = unsafe floodMemory[Int(copy.entropySocket) & (Batch.floodCount - 1)]
        guard unsafe open.list == list.elements, open.copies == list.count else { return -1 }
        let first = unsafe transmissionMemory + Int(open.first)
        guard unsafe first.pointee.gathers(copy, Transmission.openCopy, limits) else { return -1 }
        unsafe first.pointee.gather(copy, slices: slices)
        return Int(open.first)
    }

    /// Notes copies that were added from `first` on, one to each destination of the list, so that others may join them.
    mutating func openFlood(_ first: Int, by list: DestinationList) {
        let socket = unsafe transmissionMemory[first].entropySocket
        unsafe floodMemory[Int(socket) & (Batch.floodCount - 1)] = OpenFlood(
            list: list.elements, first: UInt32(truncatingIfNeeded: first), copies: list.count)
    }
}

/// Copies that more frames may join.
@safe struct OpenFlood: BitwiseCopyable {
    /// Which list they go by. Lists do not change during the engine's call.
    var list: UnsafeMutablePointer<Destination>?
    var first: UInt32
    var copies: UInt32

    static var none: OpenFlood { unsafe OpenFlood(list: nil, first: 0, copies: 0) }
}

/// Copies of a flooded frame, one behind the other: the batch's count stays in a register meanwhile.
@safe
struct CopyRow {
    private let transmissions: UnsafeMutablePointer<Transmission>
    private let model: UnsafeMutableRawPointer
    fileprivate private(set) var count: Int
    /// The number of the first one that shares its slices, if there is one.
    private var firstSharing: Int
    /// How many have slices of their own.
    private var others = 0
    private let begin: Int

    fileprivate init(_ batch: borrowing Batch) {
        unsafe transmissions = batch.transmissionMemory
        unsafe model = UnsafeMutableRawPointer(batch.modelMemory)
        begin = batch.transmissionCount
        count = begin
        firstSharing = begin
    }

    /// The number of the first one that shares its slices. -1 if there is none.
    var first: Int { firstSharing < count ? firstSharing : -1 }
    /// How many share them.
    var sharing: Int { count &- begin &- others }

    /// Adds a copy that shares its slices with the others.
    @inline(__always)
    mutating func add(to number: UInt32, _ remote: UnderlayAddress, port: UInt16, timeToLive: UInt8) {
        let copy = unsafe transmissions + count
        // From memory and in two pieces, not field by field: all that is behind the address.
        let behind = MemoryLayout<UnderlayAddress>.size
        unsafe UnsafeMutableRawPointer(copy).advanced(by: behind).copyMemory(
            from: model + behind, byteCount: MemoryLayout<Transmission>.size &- behind)
        unsafe copy.pointee.remote = remote
        unsafe copy.pointee.remoteIndex = number
        unsafe copy.pointee.port = port
        unsafe copy.pointee.timeToLive = timeToLive
        count &+= 1
    }

    /// Gives the last one slices of its own.
    @inline(__always)
    mutating func setLast(slices first: UInt32, _ number: UInt32) {
        let copy = unsafe transmissions + (count &- 1)
        unsafe copy.pointee.firstSlice = first
        unsafe copy.pointee.sliceCount = number
        others &+= 1
        if firstSharing == count &- 1 { firstSharing = count }
    }

    /// Opens the first one, to which the slices belong, for more frames.
    fileprivate func open() {
        guard firstSharing < count else { return }
        let copy = unsafe transmissions + firstSharing
        unsafe copy.pointee.reserved = Transmission.openCopy
        unsafe copy.pointee.segmentSize = UInt16(truncatingIfNeeded: copy.pointee.length)
        // How long the row is, until it is settled.
        unsafe copy.pointee.firstSlice = UInt32(truncatingIfNeeded: count &- firstSharing)
    }
}

extension Batch {
    /// Begins a row of copies, for which there is room. No other transmission is added until ``end(_:)``.
    ///
    /// They are complete but for the place of their slices; and that can be told already if nothing else waits to be
    /// settled, so that a single broadcast's copies are written once.
    ///
    /// - Parameter hasOthers: Whether some may get slices of their own.
    mutating func beginCopies(of common: Transmission, slices: UInt32, hasOthers: Bool) -> CopyRow {
        let isFirst = pendingCount == 0 && !hasOthers
        expectedFlood = isFirst ? transmissionCount : expectedFlood
        unsafe modelMemory.initialize(to: common)
        unsafe modelMemory.pointee.sliceCount = slices
        unsafe modelMemory.pointee.firstSlice =
            isFirst ? UInt32(truncatingIfNeeded: sliceCount) : Transmission.unsettledSlice
        return CopyRow(self)
    }

    /// Ends it. How many copies there are.
    mutating func end(_ row: CopyRow) -> Int {
        row.open()
        let added = row.count &- transmissionCount
        transmissionCount = row.count
        assert(transmissionCount <= transmissionCapacity)
        return added
    }

    /// Settles the copies in a row that begins with a settled one.
    ///
    /// - Parameter length: How many there are, with those that have slices of their own.
    func share(_ first: Int, _ length: Int) {
        let model = unsafe transmissionMemory[first]
        let slice =
            first == expectedFlood ? unsafe transmissionMemory[first &+ 1].firstSlice : Transmission.unsettledSlice
        guard slice != model.firstSlice || model.datagramCount > 1 else { return }
        for index in first &+ 1..<first &+ length where unsafe transmissionMemory[index].firstSlice == slice {
            unsafe transmissionMemory[index].share(model)
        }
    }
}

extension Transmission {
    /// The first slice of a copy whose slices have no place yet: none has so many.
    static var unsettledSlice: UInt32 { .max }

    /// Takes the slices of the first copy, which is settled.
    @inline(__always)
    mutating func share(_ first: Transmission) {
        firstSlice = first.firstSlice
        sliceCount = first.sliceCount
        datagramCount = first.datagramCount
        length = first.length
        segmentSize = first.segmentSize
    }
}
