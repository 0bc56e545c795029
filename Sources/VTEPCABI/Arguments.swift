internal import CVTEP
internal import VTEP

/// Checks what a C caller passes, so that nothing beyond this module sees a pointer or a number out of range.
struct Arguments {
    let attempted: StaticString
    /// What the call is about, for error texts; set as soon as it is known.
    var subject = ""

    init(attempted: StaticString) { self.attempted = attempted }

    func invalid(_ reason: String, _ remedy: String = "") -> VTEPError {
        VTEPError(
            .invalidArgument, attempted: "\(attempted)", subject: subject, reason: reason, remedy: remedy)
    }

    func null(_ name: StaticString) -> VTEPError { invalid("the argument \"\(name)\" is NULL") }
}

// MARK: - Numbers

extension Arguments {
    func truth(_ value: UInt8, _ name: StaticString) throws(VTEPError) -> Bool {
        guard value <= 1 else { throw invalid("\(name) is \(value); 0 and 1 are possible") }
        return value == 1
    }

    /// The C interface takes wider numbers than it needs, so that one too large is refused rather than cut.
    func number<Value: FixedWidthInteger & UnsignedInteger>(
        _ value: UInt32, _ name: StaticString
    ) throws(VTEPError) -> Value {
        guard let fitting = Value(exactly: value) else { throw invalid("\(name) \(value) is above \(Value.max)") }
        return fitting
    }

    /// `nil` for 0, which is both.
    func family(_ value: UInt8) throws(VTEPError) -> IPAddress.Family? {
        if value == 0 { return nil }
        guard let family = IPAddress.Family(rawValue: value) else {
            throw invalid("the family is \(value); 4, 6 and, for both, 0 are possible")
        }
        return family
    }

    func linkIndex(_ value: UInt32) throws(VTEPError) -> UInt32 {
        if value == 0 { throw invalid("link_index is 0, which no link has", "use the index of a vtep_link") }
        return value
    }
}

extension UInt32 {
    /// Whether a bit of a `has` field is set. The header's constants are Int in Swift.
    func sets(_ bit: Int) -> Bool { self & UInt32(truncatingIfNeeded: bit) != 0 }

    mutating func set(_ bit: Int, where condition: Bool = true) {
        if condition { self |= UInt32(truncatingIfNeeded: bit) }
    }

    /// The value of a field that is filled: with its bit, or 0 without it.
    mutating func set<Value: FixedWidthInteger>(_ bit: Int, to value: Value?) -> Value {
        set(bit, where: value != nil)
        return value ?? 0
    }
}
