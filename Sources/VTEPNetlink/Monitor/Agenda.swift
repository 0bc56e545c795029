/// Which tables a monitor has to read, and when. Times are nanoseconds of the monotonic clock.
struct Agenda {
    private var needed: WatchedTables
    /// When the tables that are needed shall be read; `nil` where none is.
    private(set) var due: Int64?
    private var notBefore: Int64 = 0
    private var lostAt: Int64?
    private var lastDuration: Int64 = 0
    private var mustAnnounce = true
    /// How often tables have been read.
    private(set) var readings = 0

    private static let quiet: Int64 = 10_000_000
    private static let patience: Int64 = 200_000_000
    private static let overdue: Int64 = 1_000_000_000

    init(reading tables: WatchedTables) {
        needed = tables
        due = 1
    }

    func isDue(now: Int64) -> Bool { due.map { $0 <= now } ?? false }
    func isOverdue(now: Int64) -> Bool { due.map { $0 + Agenda.overdue <= now } ?? false }

    /// The table may be wrong for another reason than a loss.
    mutating func need(_ table: WatchedTables, now: Int64) {
        needed.formUnion(table)
        due = min(due ?? .max, max(now, notBefore))
    }

    mutating func noteLoss(of tables: WatchedTables, now: Int64) {
        needed.formUnion(tables)
        mustAnnounce = true
        if lostAt == nil { lostAt = now }
        noteActivity(now: now)
    }

    /// After a loss it is better to wait for the end of the flood.
    mutating func noteActivity(now: Int64) {
        guard let lostAt else { return }
        due = min(now + Agenda.quiet, max(lostAt + Agenda.patience, notBefore))
    }

    mutating func takeNeeded() -> WatchedTables {
        defer {
            needed = []
            due = nil
            lostAt = nil
        }
        return needed
    }

    /// Whether all is right now, after it was not.
    mutating func conclude(_ reading: Reading, doubtful: WatchedTables, now: Int64) -> Bool {
        readings += 1
        lastDuration = reading.duration
        notBefore = now + max(lastDuration * 3, doubtful.isEmpty ? 0 : Agenda.quiet)
        if !doubtful.isEmpty { need(doubtful, now: now) }
        guard mustAnnounce, needed.isEmpty else { return false }
        mustAnnounce = false
        return true
    }
}
