/// Something of which each link has a table of its own.
protocol OfLink: Watched {
    var linkIndex: UInt32 { get }
}

/// What a monitor knows of a table that each link has one of; so a link's end costs what it had, and no look at the rest.
struct KnownLinkTables<Value: OfLink> {
    private var tables: [UInt32: KnownTable<Value>] = [:]

    var count: Int { tables.values.reduce(0) { $0 + $1.count } }

    /// Takes in what the kernel says is there.
    mutating func set(_ value: Value) -> TableChange<Value>? {
        tables[value.linkIndex, default: KnownTable()].set(value)
    }

    /// Takes in that it is gone.
    mutating func remove(_ value: Value) -> TableChange<Value>? { tables[value.linkIndex]?.remove(value) }

    /// Changes what is known of a link to what follows from something else that the kernel said.
    mutating func correct(
        ofLink index: UInt32, _ correction: (Value) -> Value?, _ visit: (TableChange<Value>) -> Void
    ) {
        tables[index]?.correct(correction, visit)
    }

    /// What the whole table is read for begins anew.
    mutating func beginRound() {
        for index in Array(tables.keys) { tables[index]?.beginRound() }
    }

    /// Forgets what was not seen in the last `rounds` rounds of reading.
    mutating func sweep(rounds: UInt8, _ visit: (TableChange<Value>) -> Void) {
        for index in Array(tables.keys) {
            tables[index]?.sweep(rounds: rounds, visit)
            if tables[index]?.count == 0 { tables[index] = nil }
        }
    }

    /// Forgets what a link took with it.
    mutating func removeAll(ofLink index: UInt32, _ visit: (TableChange<Value>) -> Void) {
        tables[index]?.remove(where: { _ in true }, visit)
        tables[index] = nil
    }
}
