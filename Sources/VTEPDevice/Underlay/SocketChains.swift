/// Which transmissions of a batch leave by which socket: for each socket a list, in the batch's order.
@safe struct SocketChains: ~Copyable {
    /// For each socket, the first and the last of its transmissions; -1 for none.
    private let first: UnsafeMutablePointer<Int32>
    private let last: UnsafeMutablePointer<Int32>
    /// The sockets that have any, in the order of their first one.
    private let used: UnsafeMutablePointer<Int32>
    private var usedCount = 0
    private var usedTaken = 0
    /// For each transmission, the next one of the same socket; -1 for none.
    private var next: UnsafeMutablePointer<Int32>
    private var capacity = 2048

    init(sockets: Int) {
        unsafe first = .allocate(capacity: sockets)
        unsafe first.initialize(repeating: -1, count: sockets)
        unsafe last = .allocate(capacity: sockets)
        unsafe last.initialize(repeating: -1, count: sockets)
        unsafe used = .allocate(capacity: sockets)
        unsafe next = .allocate(capacity: capacity)
    }

    deinit {
        unsafe first.deallocate()
        unsafe last.deallocate()
        unsafe used.deallocate()
        unsafe next.deallocate()
    }

    /// Gets ready for that many transmissions. All sockets' lists are empty: they were taken to their ends.
    mutating func begin(_ transmissions: Int) {
        usedCount = 0
        usedTaken = 0
        guard transmissions > capacity else { return }
        capacity = transmissions
        unsafe next.deallocate()
        unsafe next = .allocate(capacity: transmissions)
    }

    @inline(__always)
    mutating func append(_ transmission: Int, to socket: Int) {
        let number = Int32(truncatingIfNeeded: transmission)
        unsafe next[transmission] = -1
        if unsafe first[socket] < 0 {
            unsafe first[socket] = number
            unsafe used[usedCount] = Int32(truncatingIfNeeded: socket)
            usedCount += 1
        } else {
            unsafe next[Int(last[socket])] = number
        }
        unsafe last[socket] = number
    }

    mutating func popSocket() -> Int? {
        guard usedTaken < usedCount else { return nil }
        usedTaken += 1
        return unsafe Int(used[usedTaken - 1])
    }

    @inline(__always)
    mutating func popTransmission(of socket: Int) -> Int? {
        let number = unsafe first[socket]
        guard number >= 0 else { return nil }
        unsafe first[socket] = next[Int(number)]
        return Int(number)
    }
}
