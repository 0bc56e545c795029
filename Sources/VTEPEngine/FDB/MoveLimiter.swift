/// Remembers how often stations moved lately, in a table of fixed size where newer ones replace older ones.
struct MoveLimiter: ~Copyable {
    // Not private: with a private one Swift 6.3.1 crashes in debug builds.
    struct Moves: BitwiseCopyable {
        var key: UInt64 = 0
        var since: Milliseconds = 0
        var count: UInt32 = 0
    }

    private let table = Memory<Moves>(1024, filledWith: Moves())

    /// Counts one move. False if there were `limit` already in this period.
    func allow(_ key: UInt64, home: Int, limit: UInt8, period: UInt8, now: Milliseconds) -> Bool {
        guard limit > 0 else { return true }
        let place = home & (table.count - 1)
        var moves = table[place]
        if moves.key != key || now &- moves.since >= UInt64(period) * 1000 {
            moves = Moves(key: key, since: now, count: 0)
        }
        guard moves.count < limit else { return false }
        moves.count += 1
        table[place] = moves
        return true
    }
}
