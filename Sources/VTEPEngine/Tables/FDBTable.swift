/// The forwarding database of all VNIs: a flat table with open addressing and linear probing, at most half full, which
/// never grows. Every operation looks at ``FDBLookup/maximumProbe`` slots at most.
struct FDBTable: ~Copyable {
    let slots: Memory<FDBSlot>
    /// For looking many up in a row.
    let lookup: FDBLookup
    private(set) var count = 0
    /// How many entries there can be.
    let limit: Int

    init(limit: Int, hash: KeyedHash) {
        self.limit = limit
        // A quarter full at most, so that an entry is nearly always in its place; but half full where that would take
        // more than a few megabytes.
        let capacity = max(powerOfTwo(atLeast: limit * (limit <= 65_536 ? 4 : 2)), 256)
        slots = Memory(capacity, filledWith: .empty)
        lookup = FDBLookup(slots, hash)
    }

    @inline(__always)
    func home(_ key: UInt64) -> Int { lookup.home(key) }

    /// Whether the table is too large for a core's own cache, so that it pays to ask for slots beforehand.
    var isLarge: Bool { slots.count > 32_768 }

    /// Where the entry is. -1 if there is none.
    @inline(__always)
    func find(_ key: UInt64) -> Int { lookup.find(key, from: lookup.home(key)) }

    /// Puts an entry in whose key is not there yet. -1 if there is no room.
    mutating func insert(_ slot: FDBSlot) -> Int {
        guard count < limit else { return -1 }
        var index = home(slot.key)
        for _ in 0..<FDBLookup.maximumProbe {
            if slots[index].key == 0 {
                slots[index] = slot
                count &+= 1
                return index
            }
            index = (index &+ 1) & lookup.mask
        }
        return -1
    }

    /// Takes the entry at an index out. Others may move.
    mutating func remove(at index: Int) {
        let gap = OpenAddressing.closeGap(
            at: index, mask: lookup.mask, isEmpty: { slots[$0].key == 0 }, home: { home(slots[$0].key) },
            move: { slots[$1] = slots[$0] })
        slots[gap] = .empty
        count &-= 1
    }
}
