public import VTEPWire

/// An IP address as the data path holds it: sixteen bytes in network order, where IPv4 is mapped (`::ffff:192.0.2.1`,
/// RFC 4291 §2.5.5.2), as a dual-stack socket reports it.
@frozen
public struct UnderlayAddress: Hashable, BitwiseCopyable, Sendable {
    // As they lie in memory, so that no access needs to turn bytes around.
    @usableFromInline let upper: UInt64
    @usableFromInline let lower: UInt64

    @inlinable
    init(upper: UInt64, lower: UInt64) {
        self.upper = upper
        self.lower = lower
    }

    /// `::`, which no VTEP has.
    @inlinable public static var unspecified: UnderlayAddress { UnderlayAddress(upper: 0, lower: 0) }

    @inlinable
    public init(_ address: IPv4Address) {
        self.init(upper: 0, lower: (0x0000_FFFF_0000_0000 | UInt64(address.rawValue)).bigEndian)
    }

    /// An IPv4-mapped address becomes the IPv4 address that it carries.
    public init(_ address: IPv6Address) {
        self.init(
            upper: UInt64(truncatingIfNeeded: address.rawValue >> 64).bigEndian,
            lower: UInt64(truncatingIfNeeded: address.rawValue).bigEndian)
    }

    public init(_ address: IPAddress) {
        switch address {
        case .v4(let address): self.init(address)
        case .v6(let address): self.init(address)
        }
    }

    /// Whether it is an IPv4 address.
    @inlinable public var isV4: Bool {
        upper == 0 && lower.bigEndian >> 32 == 0x0000_FFFF
    }

    /// The IPv4 address as a number in host order; the last four bytes of an IPv6 address.
    @inlinable public var v4: UInt32 { UInt32(truncatingIfNeeded: lower.bigEndian) }

    /// The address as a value of the library's other parts.
    public var address: IPAddress {
        isV4
            ? .v4(IPv4Address(rawValue: v4))
            : .v6(IPv6Address(rawValue: UInt128(upper.bigEndian) << 64 | UInt128(lower.bigEndian)))
    }

    /// Whether it addresses a group: 224.0.0.0/4 or ff00::/8.
    @inlinable public var isMulticast: Bool {
        isV4 ? v4 >> 28 == 0xE : upper.bigEndian >> 56 == 0xFF
    }
}
