internal import Foundation

/// A JSON text as a value, for what `ip -j` and `bridge -j` print.
package enum JSON: Decodable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    package init(parsing text: String) throws {
        // `ip -j` prints nothing at all for an empty IPv6 list.
        if text.allSatisfy(\.isWhitespace) {
            self = .array([])
        } else {
            self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
        }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    package var elements: [JSON] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// A member, or a member's member: `["linkinfo", "info_kind"]`.
    package subscript(path: String...) -> JSON? {
        path.reduce(Optional(self)) { value, key in
            if case .object(let members)? = value { members[key] } else { nil }
        }
    }

    /// The value as one word, the same however it is typed; a list's elements in order of the alphabet.
    package var word: String {
        switch self {
        case .null: "yes"  // `ip` prints a bare word, such as "router", with the value null
        case .bool(let value): String(value)
        case .number(let value): value == value.rounded() ? String(Int(value)) : String(value)
        case .string(let value): value
        case .array(let values): values.map(\.word).sorted().joined(separator: " ")
        case .object(let members): members.map { "\($0)=\($1.word)" }.sorted().joined(separator: " ")
        }
    }
}
