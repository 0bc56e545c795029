/// Consecutive datagrams of equal length to one remote become one transmission, for UDP_SEGMENT.
///
/// Of the transmissions to one remote through one socket only the last is open, so that their order, and with it the
/// order within each flow, is kept.
extension Batch {
    /// The number of the transmission that a datagram joins, or that is made for it. `transmission` describes it alone,
    /// without slices.
    @inline(__always)
    mutating func join(_ transmission: Transmission, slices: UInt32, limits: GatheringLimits) -> Int {
        let key = Int(
            truncatingIfNeeded: transmission.remoteIndex &* 0x9E37_79B1 >> 16 &+ UInt32(transmission.entropySocket))
        let place = key & (Batch.openCount - 1)
        let open = unsafe Int(openMemory[place]) &- 1
        if open >= 0, unsafe (transmissionMemory + open).pointee.gathers(transmission, limits) {
            unsafe (transmissionMemory + open).pointee.gather(transmission, slices: slices)
            return open
        }
        let number = transmissionCount
        var alone = transmission
        alone.sliceCount = slices
        alone.reserved = 1
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

extension Transmission {
    /// Whether a datagram may become the next of this transmission.
    @inline(__always)
    func gathers(_ next: Transmission, _ limits: GatheringLimits) -> Bool {
        // While there is one datagram its length is all of it; later, a last one that was shorter closed it.
        let each = datagramCount == 1 ? length : UInt32(segmentSize)
        return remoteIndex == next.remoteIndex && entropySocket == next.entropySocket && port == next.port
            && typeOfService == next.typeOfService && timeToLive == next.timeToLive && flags == next.flags
            && flags & Transmission.zeroChecksum == 0
            && next.datagramCount == 1 && next.length <= each && length == each &* datagramCount
            && datagramCount < limits.datagrams && length &+ next.length <= limits.bytes
    }

    @inline(__always)
    mutating func gather(_ next: Transmission, slices: UInt32) {
        if datagramCount == 1 { segmentSize = UInt16(truncatingIfNeeded: length) }
        datagramCount &+= 1
        length &+= next.length
        sliceCount &+= slices
    }
}
