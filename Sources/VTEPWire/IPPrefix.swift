/// An address with the length of its network's prefix, such as `10.16.0.2/24` (CIDR, RFC 4632 §3.1).
///
/// The host bits are kept, as an interface's address needs both: `10.16.0.2/24` and `10.16.0.0/24` are different
/// values with the same ``network``.
public struct IPPrefix: Hashable, Sendable {
    /// The address with its host bits.
    public let address: IPAddress
    /// The number of leading bits that name the network: 0...32 for IPv4, 0...128 for IPv6.
    public let length: UInt8

    /// Makes a prefix.
    ///
    /// - Throws: ``VTEPError/Kind/invalidArgument`` unless the length is within 0 and the address' number of bits.
    public init(address: IPAddress, length: Int) throws(VTEPError) {
        guard let checked = UInt8(exactly: length), checked <= address.bitWidth else {
            throw IPPrefix.lengthOutOfRange(length, for: address).error(
                attempted: "make the IP prefix", text: "\(address)/\(length)", remedy: "")
        }
        self.init(address: address, checkedLength: checked)
    }

    /// The caller guarantees that the address has at least so many bits.
    init(address: IPAddress, checkedLength: UInt8) {
        self.address = address
        self.length = checkedLength
    }

    /// The first address of the network: ``address`` with all host bits zero.
    public var network: IPAddress {
        switch address {
        case .v4(let address): .v4(IPv4Address(rawValue: address.rawValue & networkBits()))
        case .v6(let address): .v6(IPv6Address(rawValue: address.rawValue & networkBits()))
        }
    }

    /// The prefix as a mask: `255.255.255.0` for `/24`.
    public var netmask: IPAddress {
        switch address {
        case .v4: .v4(IPv4Address(rawValue: networkBits()))
        case .v6: .v6(IPv6Address(rawValue: networkBits()))
        }
    }

    /// The last address of an IPv4 network. Nil for IPv6, which has none, and for /31 and /32, where every address
    /// is a host (RFC 3021).
    public var broadcast: IPAddress? {
        guard case .v4(let address) = address, length <= 30 else { return nil }
        return .v4(IPv4Address(rawValue: address.rawValue | ~networkBits()))
    }

    /// Whether an address is in this network. Never true for one of the other family.
    public func contains(_ other: IPAddress) -> Bool {
        switch (address, other) {
        case (.v4(let own), .v4(let other)): (own.rawValue ^ other.rawValue) & networkBits() == 0
        case (.v6(let own), .v6(let other)): (own.rawValue ^ other.rawValue) & networkBits() == 0
        case (.v4, .v6), (.v6, .v4): false
        }
    }

    /// As many leading ones as the prefix is long. Shifting by the full width, as for /0, gives 0 in Swift.
    private func networkBits<Bits: FixedWidthInteger & UnsignedInteger>() -> Bits {
        Bits.max << (Bits.bitWidth - Int(length))
    }
}
