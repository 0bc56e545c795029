/// What looking into the FDB needs, so little that it stays in registers while many are looked up. Valid as long as the
/// table is.
struct FDBLookup: BitwiseCopyable {
    private let slots: Elements<FDBSlot>
    let mask: Int
    private let hash: KeyedHash

    /// How far an entry may lie from its place. In a table half full one of a million lies 50 slots away.
    static var maximumProbe: Int { 128 }

    /// - Parameter slots: As many as a power of two.
    init(_ slots: borrowing Memory<FDBSlot>, _ hash: KeyedHash) {
        self.slots = slots.elements
        mask = slots.count - 1
        self.hash = hash
    }

    @inline(__always)
    func home(_ key: UInt64) -> Int { Int(truncatingIfNeeded: hash(key)) & mask }

    @inline(__always)
    subscript(index: Int) -> FDBSlot { slots[index] }

    /// Where the entry of a key is whose home is known. -1 if there is none.
    ///
    /// Nearly every entry is at its home or one behind it. Which of the two is not decided by a branch: for stations at
    /// random none could foresee it.
    @inline(__always)
    func find(_ key: UInt64, from home: Int) -> Int {
        let index = (home &+ (slots[home].key == key ? 0 : 1)) & mask
        return slots[index].key == key ? index : findFurther(key, from: home)
    }

    @inline(never)
    private func findFurther(_ key: UInt64, from home: Int) -> Int {
        var index = home
        for _ in 0..<FDBLookup.maximumProbe {
            let found = slots[index].key
            if found == key { return index }
            if found == 0 { return -1 }
            index = (index &+ 1) & mask
        }
        return -1
    }

    /// Notes that the entry at an index was heard of. False, with nothing done, if its target is another one.
    ///
    /// - Parameter kind: ``FDBSlot/isPort`` for a port's number, 0 for a remote's.
    @inline(__always)
    func refresh(_ index: Int, _ target: UInt32, kind: UInt32, _ stamp: UInt32) -> Bool {
        let slot = slots[index]
        guard slot.target == target, slot.state & (FDBSlot.isPort | FDBSlot.isList) == kind else { return false }
        // Most frames come within the same tenth of a second: the cache line stays clean.
        if slot.seen != stamp { slots[index].state = slot.state & 0xFF00_0000 | stamp }
        return true
    }
}
