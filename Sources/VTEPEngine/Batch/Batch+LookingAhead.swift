/// Swift has no prefetch; loads that nothing waits for, and little between them, do the same: a core has a dozen of them
/// under way at once.
extension Batch {
    /// Reads the FDB's slots of the sources of the datagrams that were sorted out.
    @inline(never)
    func touchSources(_ count: Int, of fdb: FDBLookup) {
        var sum: UInt64 = 0
        for index in 0..<count { sum ^= fdb[Int(unsafe usualMemory[index].home)].key }
        unsafe touchMemory.pointee = sum
    }

    /// The same of the destinations of frames.
    @inline(never)
    func touchDestinations(_ count: Int, of fdb: FDBLookup) {
        var sum: UInt64 = 0
        for index in 0..<count {
            let usual = unsafe usualFrameMemory[index]
            if usual.isUsual { sum ^= fdb[Int(usual.home)].key }
        }
        unsafe touchMemory.pointee = sum
    }
}
