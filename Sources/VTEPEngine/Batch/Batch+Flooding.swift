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

extension Transmission {
    /// Takes the slices of the first copy, which is settled.
    @inline(__always)
    mutating func share(_ first: Transmission) {
        firstSlice = first.firstSlice
        sliceCount = first.sliceCount
        datagramCount = first.datagramCount
        length = first.length
        segmentSize = first.segmentSize
        reserved = 0
    }
}
