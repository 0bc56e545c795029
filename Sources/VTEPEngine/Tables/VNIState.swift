/// What the engine keeps of one VNI.
@safe
struct VNIState: BitwiseCopyable {
    var number: UInt32 = 0
    var isUsed = false
    var policy = VNIPolicy()
    /// To be made anew when policy or ports change: ``Engine/compile(_:)``.
    var compiled = CompiledPolicy()
    /// Where frames to groups, to everyone and to unknown stations go.
    var defaults = DestinationList.empty
    /// The numbers of the ports of this VNI.
    var ports: UnsafeMutablePointer<UInt16>?
    var portCount = 0
    /// How many FDB entries were learnt, and how many there are in all.
    var learnt: UInt32 = 0
    var entries: UInt32 = 0
    var counters: UnsafeMutablePointer<UInt64>?

    @inline(__always)
    func port(_ index: Int) -> Int {
        assert(index >= 0 && index < portCount)
        return unsafe Int(ports.unsafelyUnwrapped[index])
    }

    @inline(__always)
    func count(_ counter: Counter, _ amount: UInt64 = 1) {
        unsafe counters.unsafelyUnwrapped[Int(counter.rawValue)] &+= amount
    }

    mutating func addPort(_ number: UInt16) {
        let larger = UnsafeMutablePointer<UInt16>.allocate(capacity: portCount + 1)
        for index in 0..<portCount { unsafe larger[index] = UInt16(port(index)) }
        unsafe larger[portCount] = number
        unsafe ports?.deallocate()
        unsafe ports = larger
        portCount += 1
    }

    mutating func removePort(_ number: UInt16) {
        for index in 0..<portCount where port(index) == Int(number) {
            portCount -= 1
            unsafe ports.unsafelyUnwrapped[index] = ports.unsafelyUnwrapped[portCount]
            return
        }
    }

    /// Allocates what a VNI in use needs.
    mutating func open() {
        let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: Counter.count)
        unsafe memory.initialize(repeating: 0, count: Counter.count)
        unsafe counters = memory
        isUsed = true
    }

    func freeMemory() {
        defaults.discard()
        unsafe ports?.deallocate()
        unsafe counters?.deallocate()
    }
}

/// The VNIs by place in the engine and by number.
struct VNITable: ~Copyable {
    private let states: Memory<VNIState>
    /// Places plus one; 0 is empty. Linear probing, at most half full.
    private let index: Memory<UInt32>
    private let mask: Int
    private(set) var count = 0

    init(limit: Int) {
        states = Memory(limit, filledWith: VNIState())
        let capacity = powerOfTwo(atLeast: limit * 2)
        index = Memory(capacity, filledWith: 0)
        mask = capacity - 1
    }

    deinit {
        for place in 0..<states.count { states[place].freeMemory() }
    }

    var limit: Int { states.count }

    @inline(__always)
    func element(_ place: Int) -> Element<VNIState> { states.element(place) }

    @inline(__always)
    subscript(place: Int) -> VNIState { states[place] }

    // VNIs are configured, not learnt: nobody outside chooses them, so the numbers may be spread without a key.
    @inline(__always)
    private func home(_ number: UInt32) -> Int { Int(truncatingIfNeeded: (number &* 0x9E37_79B1) >> 8) & mask }

    /// The place of a VNI. -1 if it is not there.
    @inline(__always)
    func find(_ number: UInt32) -> Int {
        var slot = home(number)
        while index[slot] != 0 {
            let place = Int(index[slot]) &- 1
            if states.element(place).value.number == number { return place }
            slot = (slot &+ 1) & mask
        }
        return -1
    }

    /// Makes a VNI that is not there yet. -1 if there is no room.
    mutating func add(_ number: UInt32, _ policy: VNIPolicy) -> Int {
        guard count < limit else { return -1 }
        for place in 0..<limit where !states[place].isUsed {
            var state = VNIState()
            state.number = number
            state.policy = policy
            state.open()
            states[place] = state
            count += 1
            putIntoIndex(place)
            return place
        }
        return -1
    }

    /// Ends a VNI and frees what it had.
    mutating func remove(_ place: Int) {
        states[place].freeMemory()
        states[place] = VNIState()
        count -= 1
        // Rare, and small: all anew.
        for slot in 0..<index.count { index[slot] = 0 }
        for place in 0..<limit where states[place].isUsed { putIntoIndex(place) }
    }

    private func putIntoIndex(_ place: Int) {
        var slot = home(states[place].number)
        while index[slot] != 0 { slot = (slot &+ 1) & mask }
        index[slot] = UInt32(place + 1)
    }
}
