/// Consecutive datagrams of equal length to one remote become one transmission, for UDP_SEGMENT.
///
/// Of the transmissions to one remote through one socket only the last is open, so that their order, and with it the
/// order within each flow, is kept.
extension Batch {
    /// The place where the open transmission to a remote through a socket is noted.
    @inline(__always)
    static func openPlace(_ transmission: Transmission) -> Int {
        Int(truncatingIfNeeded: transmission.remoteIndex &* 16 &+ UInt32(transmission.entropySocket))
            & (Batch.openCount - 1)
    }

    /// The number of the transmission that a datagram joins, or that is made for it. `transmission` describes it alone,
    /// without slices.
    @inline(__always)
    mutating func join(_ transmission: Transmission, slices: UInt32, limits: GatheringLimits) -> Int {
        let place = Batch.openPlace(transmission)
        let open = unsafe Int(openMemory[place]) &- 1
        if open >= 0, unsafe (transmissionMemory + open).pointee.gathers(transmission, Transmission.open, limits) {
            unsafe (transmissionMemory + open).pointee.gather(transmission, slices: slices)
            return open
        }
        let number = transmissionCount
        var alone = transmission
        alone.sliceCount = slices
        alone.segmentSize = UInt16(truncatingIfNeeded: transmission.length)
        alone.reserved = Transmission.open
        add(alone)
        unsafe openMemory[place] = UInt32(truncatingIfNeeded: number &+ 1)
        return number
    }
}

/// What one transmission may hold.
struct GatheringLimits: BitwiseCopyable {
    var datagrams: UInt32
    var bytes: UInt32
}

/// While the engine's call runs, `reserved` tells whether a transmission's slices are pending, and whether more may
/// follow; and `segmentSize` is the first datagram's length even if there is one only.
extension Transmission {
    @inline(__always) static var open: UInt8 { 1 }
    @inline(__always) static var full: UInt8 { 2 }
    /// The first copy of flooded frames, whose slices the others share: ``copied`` and one of the two above.
    @inline(__always) static var copied: UInt8 { 4 }
    @inline(__always) static var openCopy: UInt8 { copied | open }

    @inline(__always) var isPending: Bool { reserved != 0 }

    /// Whether a datagram may become the next of this transmission, which is in the state `open`.
    @inline(__always)
    func gathers(_ next: Transmission, _ open: UInt8, _ limits: GatheringLimits) -> Bool {
        remoteIndex == next.remoteIndex && entropySocket == next.entropySocket && port == next.port
            && typeOfService == next.typeOfService && timeToLive == next.timeToLive && flags == next.flags
            && next.length <= UInt32(segmentSize) && reserved == open
            && datagramCount < limits.datagrams && length &+ next.length <= limits.bytes
            && flags & Transmission.zeroChecksum == 0
    }

    @inline(__always)
    mutating func gather(_ next: Transmission, slices: UInt32) {
        // A shorter one can only be the last.
        if next.length < UInt32(segmentSize) { reserved = reserved & Transmission.copied | Transmission.full }
        datagramCount &+= 1
        length &+= next.length
        sliceCount &+= slices
    }

    /// Ends what only the engine's call needs.
    @inline(__always)
    mutating func settle(firstSlice first: UInt32) {
        firstSlice = first
        reserved = 0
        // 0 if there is one only; all bits of the lower number's upper half are the same. Without a branch: which of them
        // have several is a matter of chance.
        segmentSize &= UInt16(truncatingIfNeeded: (1 &- datagramCount) >> 16)
    }
}
