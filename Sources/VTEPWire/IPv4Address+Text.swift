extension IPv4Address: LosslessStringConvertible {
    /// Reads exactly four decimal octets without leading zeros, as `inet_pton` does. The shorter, hexadecimal and
    /// octal forms of `inet_aton` are refused, because programs disagree on what they mean.
    ///
    /// - Throws: ``VTEPError/Kind/invalidArgument``, saying which octet is wrong and how.
    public init(parsing text: String) throws(VTEPError) {
        do throws(MalformedText) {
            self = try IPv4Address.parse(boundedBytes(of: text, limit: 64)[...])
        } catch {
            throw error.error(
                attempted: "parse the IPv4 address", text: text, remedy: "write it as four numbers: 192.0.2.1")
        }
    }

    /// Like ``init(parsing:)``, but nil if the text isn't an IPv4 address.
    public init?(_ description: String) {
        do throws(VTEPError) { try self.init(parsing: description) } catch { return nil }
    }

    /// Four decimal numbers: `192.168.50.233`.
    public var description: String {
        let (b0, b1, b2, b3) = octets
        return "\(b0).\(b1).\(b2).\(b3)"
    }

    static func parse(_ bytes: ArraySlice<UInt8>) throws(MalformedText) -> IPv4Address {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        var value: UInt32 = 0
        for (index, part) in parts.enumerated() {
            value = try value << 8 | decimal(part, named: "octet \(index + 1)", limit: 255)
        }
        if parts.count != 4 {
            throw MalformedText("it has \(parts.count) octet\(parts.count == 1 ? "" : "s"); four are needed")
        }
        return IPv4Address(rawValue: value)
    }
}
