extension UInt8 {
    /// The value of this ASCII decimal digit. Nil for anything else.
    var decimalDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self &- UInt8(ascii: "0")
        default: nil
        }
    }

    /// The value of this ASCII hexadecimal digit, of either case. Nil for anything else.
    var hexDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self &- UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self &- UInt8(ascii: "a") &+ 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self &- UInt8(ascii: "A") &+ 10
        default: nil
        }
    }

    /// How an error text names this byte of a text.
    var nameInErrors: String {
        switch self {
        case 0x20: "a space"
        case 0..<0x20, 0x7F: "a control character"
        case 0x80...: "a character outside ASCII"
        default: "\"" + String(Unicode.Scalar(self)) + "\""
        }
    }
}

/// Reads an unsigned decimal number: digits only, no sign, no leading zeros, at most `limit`.
///
/// - Parameter name: What the number is, for the error text: `octet 3`.
func decimal(
    _ digits: ArraySlice<UInt8>, named name: @autoclosure () -> String, limit: UInt32
) throws(MalformedText) -> UInt32 {
    if digits.isEmpty { throw MalformedText("\(name()) is empty") }
    var value: UInt64 = 0
    for byte in digits {
        guard let digit = byte.decimalDigit else {
            throw MalformedText("\(name()) contains \(byte.nameInErrors), which is not a decimal digit")
        }
        // Stops growing above the limit, so that any number of digits is safe.
        if value <= UInt64(limit) { value = value * 10 + UInt64(digit) }
    }
    if digits.count > 1 && digits.first == UInt8(ascii: "0") {
        throw MalformedText("\(name()) has a leading zero, which some programs read as octal")
    }
    if value > UInt64(limit) { throw MalformedText("\(name()) is above \(limit)") }
    return UInt32(truncatingIfNeeded: value)
}
