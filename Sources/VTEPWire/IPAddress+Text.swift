extension IPAddress: LosslessStringConvertible {
    /// Reads an IPv4 or IPv6 address, as strictly as ``IPv4Address/init(parsing:)`` and
    /// ``IPv6Address/init(parsing:)``. A text with a colon is taken for IPv6.
    ///
    /// - Throws: ``VTEPError/Kind/invalidArgument``, saying which part is wrong and how.
    public init(parsing text: String) throws(VTEPError) {
        do throws(MalformedText) {
            self = try IPAddress.parse(boundedBytes(of: text, limit: 64)[...])
        } catch {
            throw error.error(
                attempted: "parse the IP address", text: text, remedy: "write it like 192.0.2.1 or 2001:db8::1")
        }
    }

    /// Like ``init(parsing:)``, but nil if the text isn't an address.
    public init?(_ description: String) {
        do throws(VTEPError) { try self.init(parsing: description) } catch { return nil }
    }

    /// The canonical text of its family: `192.168.50.233`, `2001:db8::1` (RFC 5952).
    public var description: String {
        switch self {
        case .v4(let address): address.description
        case .v6(let address): address.description
        }
    }

    static func parse(_ bytes: ArraySlice<UInt8>) throws(MalformedText) -> IPAddress {
        if bytes.contains(UInt8(ascii: ":")) { return .v6(try IPv6Address.parse(bytes)) }
        if bytes.contains(UInt8(ascii: ".")) { return .v4(try IPv4Address.parse(bytes)) }
        throw MalformedText("it has neither the dots of an IPv4 address nor the colons of an IPv6 address")
    }
}
