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
