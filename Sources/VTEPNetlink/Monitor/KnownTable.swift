/// Something that a monitor remembers one of for each key.
protocol Watched: Hashable, Sendable {
    associatedtype Key: Hashable
    /// What the kernel has one of at most.
    var key: Key { get }
    /// Whether the kernel announces each change of it; otherwise it is no part of the table.
    var isAnnounced: Bool { get }
    /// Whether nothing changed that the kernel announces.
    func isSame(as other: Self) -> Bool
}

/// What a monitor knows of one table, for telling what changed. Each element is held once, and remembers in which round
/// of reading the whole table it was last seen.
struct KnownTable<Value: Watched> {
    private var elements: Set<Known<Value>> = []
    private var round: UInt8 = 0

    var count: Int { elements.count }

    /// Takes in what the kernel says is there.
    mutating func set(_ value: Value) -> TableChange<Value>? {
        if !value.isAnnounced { return remove(value) }
        let known = Known(value: value, round: round)
        guard let place = elements.firstIndex(of: known) else {
            elements.insert(known)
            return .added(value)
        }
        let before = elements[place]
        if !before.value.isSame(as: value) {
            elements.update(with: known)
            return .changed(from: before.value, to: value)
        }
        // What was told stays what is known: the next change begins from it.
        if before.round != round { elements.update(with: Known(value: before.value, round: round)) }
        return nil
    }

    /// Takes in that it is gone.
    mutating func remove(_ value: Value) -> TableChange<Value>? {
        elements.remove(Known(value: value, round: round)).map { .removed($0.value) }
    }

    /// Changes what is known to what follows from something else that the kernel said: nothing was seen of it itself.
    mutating func correct(_ correction: (Value) -> Value?, _ visit: (TableChange<Value>) -> Void) {
        for element in elements {
            guard let value = correction(element.value) else { continue }
            elements.update(with: Known(value: value, round: element.round))
            visit(.changed(from: element.value, to: value))
        }
    }

    /// What the whole table is read for begins anew.
    mutating func beginRound() { round &+= 1 }

    /// Forgets what was not seen in the last `rounds` rounds of reading.
    mutating func sweep(rounds: UInt8, _ visit: (TableChange<Value>) -> Void) {
        let round = round
        sweep(visit) { round &- $0.round >= rounds }
    }

    /// Forgets what cannot exist any more.
    mutating func remove(where condition: (Value) -> Bool, _ visit: (TableChange<Value>) -> Void) {
        sweep(visit) { condition($0.value) }
    }

    private mutating func sweep(_ visit: (TableChange<Value>) -> Void, _ condition: (Known<Value>) -> Bool) {
        let gone = elements.filter(condition)
        for element in gone {
            elements.remove(element)
            visit(.removed(element.value))
        }
    }

    /// The element of that key.
    subscript(like value: Value) -> Value? {
        elements.firstIndex(of: Known(value: value, round: 0)).map { elements[$0].value }
    }
}

/// Equal by its key: so a set of them needs no second copy of it.
private struct Known<Value: Watched>: Hashable {
    let value: Value
    let round: UInt8

    static func == (left: Known, right: Known) -> Bool { left.value.key == right.value.key }

    func hash(into hasher: inout Hasher) { hasher.combine(value.key) }
}
