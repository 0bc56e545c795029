/// Tables that are being read, one after the other.
struct Reading {
    let tables: WatchedTables
    /// Those for which notifications came since it began: what it lacks may be there nevertheless.
    var disturbed: WatchedTables = []
    var dump: Dump?
    private var left: [WatchedTables]
    private let began: Int64
    /// When the last table was read; then follow the notifications that arrived meanwhile.
    private(set) var ended: Int64 = .max / 2

    init(_ tables: WatchedTables, began: Int64) {
        self.tables = tables
        left = tables.each.reversed()
        self.began = began
        if left.isEmpty { ended = began }
    }

    var current: WatchedTables? { left.last }
    var duration: Int64 { ended - began }

    mutating func finishTable(now: Int64) {
        left.removeLast()
        if left.isEmpty { ended = now }
    }
}
