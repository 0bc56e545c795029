/// One IP address and the station that has it.
struct Binding: BitwiseCopyable {
    var address: UnderlayAddress
    /// The VNI's place plus one in the upper 16 bits, the MAC address in the lower 48. 0: the slot is empty.
    var station: UInt64
    /// When it was last heard of, in tenths of a second.
    var seen: UInt32
    var flags: UInt32

    static var isStatic: UInt32 { 1 }
    static var isRouter: UInt32 { 2 }

    static var empty: Binding { Binding(address: .unspecified, station: 0, seen: 0, flags: 0) }

    var vni: Int { Int(station >> 48) &- 1 }
    var mac: UInt64 { station & 0xFFFF_FFFF_FFFF }
}

/// The ARP and ND bindings of all VNIs: open addressing with linear probing, at most half full, of fixed size.
struct BindingTable: ~Copyable {
    let slots: Memory<Binding>
    private let mask: Int
    private let hash: KeyedHash
    private(set) var count = 0
    let limit: Int

    static var maximumProbe: Int { 128 }

    init(limit: Int, hash: KeyedHash) {
        self.limit = limit
        self.hash = hash
        let capacity = powerOfTwo(atLeast: limit * 2)
        slots = Memory(capacity, filledWith: .empty)
        mask = capacity - 1
    }

    func home(_ vni: Int, _ address: UnderlayAddress) -> Int {
        Int(truncatingIfNeeded: hash(address.upper ^ UInt64(truncatingIfNeeded: vni) << 40, address.lower)) & mask
    }

    /// Where a binding is. -1 if there is none.
    func find(_ vni: Int, _ address: UnderlayAddress) -> Int {
        var index = home(vni, address)
        for _ in 0..<min(BindingTable.maximumProbe, slots.count) {
            let slot = slots[index]
            if slot.station == 0 { return -1 }
            if slot.address == address, slot.vni == vni { return index }
            index = (index &+ 1) & mask
        }
        return -1
    }

    /// Puts a binding in whose address is not there yet. False if there is no room.
    mutating func insert(_ binding: Binding) -> Bool {
        guard count < limit else { return false }
        var index = home(binding.vni, binding.address)
        for _ in 0..<min(BindingTable.maximumProbe, slots.count) {
            if slots[index].station == 0 {
                slots[index] = binding
                count &+= 1
                return true
            }
            index = (index &+ 1) & mask
        }
        return false
    }

    /// Takes the binding at an index out. Others may move.
    mutating func remove(at index: Int) {
        let gap = OpenAddressing.closeGap(
            at: index, mask: mask, isEmpty: { slots[$0].station == 0 },
            home: { home(slots[$0].vni, slots[$0].address) }, move: { slots[$1] = slots[$0] })
        slots[gap] = .empty
        count &-= 1
    }
}
