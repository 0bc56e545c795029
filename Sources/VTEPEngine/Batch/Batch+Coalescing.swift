internal import VTEPWire

/// What coalescing does with the deliveries of a batch.
extension Batch {
    func length(of delivery: Int) -> Int {
        assert(delivery < deliveryCount)
        return unsafe Int(deliveryMemory[delivery].length)
    }

    /// Whether a delivery's slices are the last ones, so that another can follow them.
    func endsWithSlices(of delivery: Int) -> Bool {
        assert(delivery < deliveryCount)
        let entry = unsafe deliveryMemory[delivery]
        return pendingCount == 0 && Int(entry.firstSlice) &+ Int(entry.sliceCount) == sliceCount
    }

    mutating func extend(_ delivery: Int, by bytes: PacketBytes) {
        assert(delivery < deliveryCount)
        unsafe add(slice: Slice(bytes.address, bytes.count))
        unsafe deliveryMemory[delivery].sliceCount &+= 1
        unsafe deliveryMemory[delivery].length &+= UInt32(truncatingIfNeeded: bytes.count)
    }

    mutating func setOffload(_ offload: Offload, of delivery: Int) {
        assert(delivery < deliveryCount)
        unsafe deliveryMemory[delivery].offload = offload
    }
}
