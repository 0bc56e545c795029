import Testing

@testable import VTEPNetlink

/// One attribute of the kernel's interface, and the field that carries it. Set `field`, and the request must hold the
/// attribute with exactly that payload; receive the attribute, and exactly that field must come out.
struct AttributeRow<Value: Equatable> {
    enum Use { case both, read, written }

    let number: Int
    let name: String
    let payload: [UInt8]
    let use: Use
    let field: (inout Value) throws -> Void

    init(
        _ number: Int, _ name: String, _ payload: [UInt8], _ use: Use = .both,
        _ field: @escaping (inout Value) throws -> Void
    ) {
        self.number = number
        self.name = name
        self.payload = payload
        self.use = use
        self.field = field
    }
}

/// All attributes of one of the kernel's enumerations.
struct AttributeTable<Value: Equatable> {
    /// The type of the message that carries them.
    let type: UInt16
    /// The fixed header of a reply.
    let header: [UInt8]
    /// Attributes without which a reply is nothing.
    var key: [UInt8] = []
    let base: Value
    let rows: [AttributeRow<Value>]
    /// The numbers there is no field for, and why.
    var left: [Int: String] = [:]
    let read: (Everything) -> Value?
    let write: (inout Request, Value) throws -> Void

    /// Every number up to the last one of the kernel's has a row, or a reason.
    func checkComplete(through last: Int) {
        let known = Set(rows.map(\.number)).union(left.keys)
        let missing = (1...last).filter { !known.contains($0) }
        #expect(missing == [], "these attributes have neither a field nor a reason")
        #expect(known.max() == last)
    }

    func check() throws {
        for row in rows {
            var value = base
            try row.field(&value)
            if row.use != .read { try checkWritten(row, value) }
            if row.use != .written { try checkRead(row, value) }
        }
    }

    private func checkWritten(_ row: AttributeRow<Value>, _ value: Value) throws {
        var request = try Request()
        try write(&request, value)
        let bytes = try #require(try unsafe request.withBytes(sequence: 1) { unsafe Array($0) })
        let found = Bytes.attributes(of: bytes, after: header.count).filter { $0.0 == row.number }.map(\.1)
        #expect(found == [row.payload], "\(row.name) as it is written")
    }

    private func checkRead(_ row: AttributeRow<Value>, _ value: Value) throws {
        let message = Bytes.message(type, header + key + Bytes.attribute(UInt16(row.number), row.payload))
        #expect(read(Everything(message)) == value, "\(row.name) as it is read")
    }
}

extension Bytes {
    /// The attributes after the fixed header, as numbers (without flags) and payloads.
    static func attributes(of message: [UInt8], after header: Int) -> [(Int, [UInt8])] {
        attributes(Array(message.dropFirst(16 + (header + 3) & ~3)))
    }

    static func attributes(_ bytes: [UInt8]) -> [(Int, [UInt8])] {
        var result: [(Int, [UInt8])] = []
        var rest = bytes[...]
        while rest.count >= 4 {
            let at = rest.startIndex
            let length = Int(rest[at]) | Int(rest[at + 1]) << 8
            guard length >= 4, length <= rest.count else { break }
            result.append((Int(rest[at + 2]) | Int(rest[at + 3] & 0x3F) << 8, Array(rest[at + 4..<at + length])))
            rest = rest.dropFirst((length + 3) & ~3)
        }
        return result
    }

    static func octets(_ values: UInt8...) -> [UInt8] { values }
}
