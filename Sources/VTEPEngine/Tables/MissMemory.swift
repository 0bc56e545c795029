/// Remembers for which unknown destinations an event was posted lately: one is enough per second and station.
struct MissMemory: ~Copyable {
    // Not private: with a private one Swift 6.3.1 crashes in debug builds.
    struct Miss: BitwiseCopyable {
        var key: UInt64 = 0
        var time: Milliseconds = 0
    }

    private let table = Memory<Miss>(256, filledWith: Miss())

    /// Whether this one has not been told within the last second. Then it counts as told.
    func isNew(_ key: UInt64, home: Int, _ now: Milliseconds) -> Bool {
        let place = home & (table.count - 1)
        let last = table[place]
        if last.key == key, now &- last.time < 1000 { return false }
        table[place] = Miss(key: key, time: now)
        return true
    }
}
