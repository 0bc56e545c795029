extension IPPrefix: LosslessStringConvertible {
    /// Reads `10.16.0.2/24` or `2001:db8::1/64`. A bare address stands for itself alone: /32 or /128.
    ///
    /// - Throws: ``VTEPError/Kind/invalidArgument``, saying what is wrong with the address or the length.
    public init(parsing text: String) throws(VTEPError) {
        do throws(MalformedText) {
            self = try IPPrefix.parse(boundedBytes(of: text, limit: 64)[...])
        } catch {
            throw error.error(
                attempted: "parse the IP prefix", text: text, remedy: "write it like 10.16.0.2/24 or 2001:db8::1/64")
        }
    }

    /// Like ``init(parsing:)``, but nil if the text isn't a prefix.
    public init?(_ description: String) {
        do throws(VTEPError) { try self.init(parsing: description) } catch { return nil }
    }

    /// The canonical address and the length, which is always written: `10.16.0.2/24`, `10.16.0.2/32`.
    public var description: String { "\(address)/\(length)" }

    private static func parse(_ bytes: ArraySlice<UInt8>) throws(MalformedText) -> IPPrefix {
        guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else {
            let address = try IPAddress.parse(bytes)
            return IPPrefix(address: address, checkedLength: UInt8(truncatingIfNeeded: address.bitWidth))
        }
        let address = try IPAddress.parse(bytes[..<slash])
        let length = try decimal(bytes[(slash + 1)...], named: "the prefix length", limit: 999)
        guard length <= UInt32(address.bitWidth) else { throw lengthOutOfRange(Int(length), for: address) }
        return IPPrefix(address: address, checkedLength: UInt8(truncatingIfNeeded: length))
    }

    static func lengthOutOfRange(_ length: Int, for address: IPAddress) -> MalformedText {
        MalformedText(
            length < 0
                ? "the prefix length is negative"
                : "the prefix length \(length) is above the \(address.bitWidth) bits of an \(address.family) address",
            remedy: "choose a prefix length from 0 to \(address.bitWidth)")
    }
}
