/// Names and values; an absent one is left out.
package typealias Fields = [(String, String?)]

/// What a network namespace holds, as lines of text: one for each field of each object. Two observers agree where their
/// lines do, and a line that differs tells what about what.
package struct View: Equatable, Sendable {
    package private(set) var lines: [String] = []

    package init() {}

    package mutating func add(_ object: String, _ fields: Fields) {
        for (name, value) in fields {
            if let value { lines.append("\(object): \(name) \(value)") }
        }
    }

    /// For objects that have no name of their own: all their fields on one line.
    package mutating func addLine(_ object: String, _ fields: Fields) {
        lines.append(
            ([object] + fields.compactMap { name, value in value.map { "\(name)=\($0)" } }).joined(separator: " "))
    }

    /// The lines that only one of the two has.
    package func differences(from other: View) -> [String] {
        let changes = other.lines.sorted().difference(from: lines.sorted())
        return changes.map { change in
            switch change {
            case .remove(_, let line, _): "only here:  \(line)"
            case .insert(_, let line, _): "only there: \(line)"
            }
        }
    }
}
