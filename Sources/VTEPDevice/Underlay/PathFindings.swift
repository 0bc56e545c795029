internal import VTEPEngine

/// Path MTUs that a worker found out and the engine does not know yet. It has room for a few: what is found out once more
/// is found out again.
struct PathFindings: ~Copyable {
    private var remotes = InlineArray<16, UnderlayAddress>(repeating: .unspecified)
    private var mtus = InlineArray<16, UInt16>(repeating: 0)
    private(set) var count = 0

    var isFull: Bool { count == 16 }

    /// False: there was no room.
    mutating func append(_ remote: UnderlayAddress, mtu: UInt16) -> Bool {
        guard count < 16 else { return false }
        remotes[count] = remote
        mtus[count] = mtu
        count += 1
        return true
    }

    /// Tells the engine.
    mutating func report(to engine: inout Engine) {
        for index in 0..<count { engine.setPathMTU(mtus[index], to: remotes[index]) }
        count = 0
    }
}

/// To which remotes a worker has looked up the path MTU lately, by their numbers in the engine.
@safe struct KnownPaths: ~Copyable {
    private let words: UnsafeMutablePointer<UInt64>
    private let count: Int

    init(remotes: Int) {
        count = (remotes + 63) / 64
        unsafe words = .allocate(capacity: count)
        unsafe words.initialize(repeating: 0, count: count)
    }

    deinit { unsafe words.deallocate() }

    @inline(__always)
    func contains(_ remote: UInt32) -> Bool {
        let word = Int(remote >> 6)
        // A number beyond the table, which the engine does not make, needs no look-up.
        if word >= count { return true }
        return unsafe words[word] & 1 << UInt64(remote & 63) != 0
    }

    func insert(_ remote: UInt32) {
        let word = Int(remote >> 6)
        if word < count { unsafe words[word] |= 1 << UInt64(remote & 63) }
    }

    func remove(_ remote: UInt32) {
        let word = Int(remote >> 6)
        if word < count { unsafe words[word] &= ~(1 << UInt64(remote & 63)) }
    }

    func removeAll() { unsafe words.update(repeating: 0, count: count) }
}
