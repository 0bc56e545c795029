internal import VTEPEngine

/// To which remotes a worker has looked up the path MTU lately, and whether there was a route: by their numbers in the
/// engine, which are given to others once a remote is forgotten, and a mark of their addresses.
@safe struct KnownPaths: ~Copyable {
    private let marks: UnsafeMutablePointer<UInt32>
    private let count: Int
    private var hasFailures = false

    private static var failed: UInt32 { 1 }

    init(remotes: Int) {
        count = remotes
        unsafe marks = .allocate(capacity: max(count, 1))
        unsafe marks.initialize(repeating: 0, count: max(count, 1))
    }

    deinit { unsafe marks.deallocate() }

    @inline(__always)
    func contains(_ remote: UInt32, _ address: UnderlayAddress) -> Bool {
        // A number beyond the table, which the engine does not make, needs no look-up.
        if remote >= count { return true }
        return unsafe marks[Int(remote)] | KnownPaths.failed == KnownPaths.mark(address)
    }

    mutating func insert(_ remote: UInt32, _ address: UnderlayAddress, hasRoute: Bool) {
        if remote >= count { return }
        let mark = KnownPaths.mark(address)
        unsafe marks[Int(remote)] = hasRoute ? mark & ~KnownPaths.failed : mark
        if !hasRoute { hasFailures = true }
    }

    /// There may be a route by now to remotes that had none.
    mutating func forgetFailures() {
        guard hasFailures else { return }
        hasFailures = false
        for index in 0..<count where unsafe marks[index] & KnownPaths.failed != 0 { unsafe marks[index] = 0 }
    }

    mutating func removeAll() {
        hasFailures = false
        unsafe marks.update(repeating: 0, count: count)
    }

    /// 30 bits of an address' hash, a bit that is always set, and that of failure.
    @inline(__always)
    private static func mark(_ address: UnderlayAddress) -> UInt32 {
        UInt32(truncatingIfNeeded: address.mixed >> 32) | 3
    }
}

extension UnderlayAddress {
    /// A hash for tables that only we choose what is in.
    @inline(__always)
    var mixed: UInt64 {
        let halves = unsafe unsafeBitCast(self, to: (UInt64, UInt64).self)
        return (halves.0 ^ halves.1).byteSwapped &* 0x9E37_79B9_7F4A_7C15
    }
}
