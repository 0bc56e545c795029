extension MACAddress: LosslessStringConvertible {
    /// Reads `aa:bb:cc:dd:ee:ff` or `aa-bb-cc-dd-ee-ff`, in either case: six octets of two hexadecimal digits with
    /// one kind of separator. Nothing else is accepted, no surrounding space either.
    ///
    /// - Throws: ``VTEPError/Kind/invalidArgument``, saying which octet is wrong and how.
    public init(parsing text: String) throws(VTEPError) {
        do throws(MalformedText) {
            self = try MACAddress.parse(boundedBytes(of: text, limit: 64))
        } catch {
            throw error.error(
                attempted: "parse the MAC address", text: text, remedy: "write it as aa:bb:cc:dd:ee:ff")
        }
    }

    /// Like ``init(parsing:)``, but nil if the text isn't a MAC address.
    public init?(_ description: String) {
        do throws(VTEPError) { try self.init(parsing: description) } catch { return nil }
    }

    /// Lower-case text with colons: `02:42:0a:11:00:08`.
    public var description: String {
        var text = ""
        text.reserveCapacity(17)
        for shift in stride(from: 44, through: 0, by: -4) {
            text += String((rawValue >> UInt64(shift)) & 0xF, radix: 16)
            if shift % 8 == 0 && shift != 0 { text += ":" }
        }
        return text
    }

    private static func parse(_ bytes: [UInt8]) throws(MalformedText) -> MACAddress {
        var reader = OctetReader()
        for byte in bytes { try reader.read(byte) }
        return try reader.finish()
    }
}

/// Takes a MAC address' text one byte at a time.
private struct OctetReader {
    private var value: UInt64 = 0
    /// The number of the octet being read, from 1, as error texts count.
    private var octet = 1
    private var digits = 0
    private var separator: UInt8?

    mutating func read(_ byte: UInt8) throws(MalformedText) {
        if let digit = byte.hexDigit {
            digits += 1
            if digits > 2 { throw MalformedText("octet \(octet) has more than two digits") }
            value = value << 4 | UInt64(digit)
        } else if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") {
            try beginNextOctet(after: byte)
        } else {
            throw MalformedText("octet \(octet) contains \(byte.nameInErrors), which is not a hexadecimal digit")
        }
    }

    mutating func finish() throws(MalformedText) -> MACAddress {
        try requireTwoDigits()
        if octet != 6 { throw MalformedText("it has \(octet) octet\(octet == 1 ? "" : "s"); six are needed") }
        return MACAddress(uncheckedRawValue: value)
    }

    private mutating func beginNextOctet(after byte: UInt8) throws(MalformedText) {
        try requireTwoDigits()
        if let separator, separator != byte { throw MalformedText("it mixes \":\" and \"-\" as separators") }
        if octet == 6 { throw MalformedText("it has more than six octets") }
        separator = byte
        octet += 1
        digits = 0
    }

    private func requireTwoDigits() throws(MalformedText) {
        switch digits {
        case 0: throw MalformedText("octet \(octet) is empty; two digits are needed")
        case 1: throw MalformedText("octet \(octet) has one digit; two are needed")
        default: break
        }
    }
}
