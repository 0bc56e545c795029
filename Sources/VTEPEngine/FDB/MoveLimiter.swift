/// Remembers how often stations moved lately and where they were before, in a table of fixed size where newer ones replace
/// older ones.
struct MoveLimiter: ~Copyable {
    // Not private: with a private one Swift 6.3.1 crashes in debug builds.
    struct Moves: BitwiseCopyable {
        var key: UInt64 = 0
        var since: Milliseconds = 0
        var count: UInt32 = 0
        /// Where the station was before the first of them.
        var origin = Engine.Event.Place.nowhere
    }

    private let table = Memory<Moves>(1024, filledWith: Moves())

    /// Counts one move away from a place. False if there were `limit` already in this period.
    func allow(
        _ key: UInt64, home: Int, from place: Engine.Event.Place, limit: UInt8, period: UInt8, now: Milliseconds
    ) -> Bool {
        guard limit > 0 else { return true }
        let index = home & (table.count - 1)
        var moves = table[index]
        if moves.key != key || now &- moves.since >= UInt64(period) * 1000 {
            moves = Moves(key: key, since: now, count: 0, origin: place)
        }
        guard moves.count < limit else { return false }
        moves.count += 1
        table[index] = moves
        return true
    }

    /// Where a station that moved too often was at first.
    func origin(_ key: UInt64, home: Int) -> Engine.Event.Place {
        let moves = table[home & (table.count - 1)]
        return moves.key == key ? moves.origin : .nowhere
    }
}
