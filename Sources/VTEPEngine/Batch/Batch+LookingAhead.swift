extension Batch {
    /// Reads the FDB's slots whose places are in `homeMemory`. Swift has no prefetch; loads that nothing waits for, and
    /// little between them, do the same: a core has a dozen of them under way at once.
    @inline(never)
    func touchHomes(_ count: Int, of fdb: borrowing FDBTable) {
        var sum: UInt64 = 0
        for index in 0..<count { sum ^= fdb.slots[Int(unsafe homeMemory[index])].key }
        unsafe touchMemory.pointee = sum
    }
}
