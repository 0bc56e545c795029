/// A 48-bit Ethernet address (IEEE 802 EUI-48), such as `02:42:0a:11:00:08`.
///
/// Stored as one integer: comparing and hashing are as cheap as on a `UInt64` and never allocate.
public struct MACAddress: Hashable, Sendable {
    /// The address as a number: the octet sent first is the most significant of the low 48 bits. The upper 16 bits
    /// are always zero.
    public let rawValue: UInt64

    /// Makes the address of a number. Nil if any of the upper 16 bits is set.
    public init?(rawValue: UInt64) {
        if rawValue >> 48 != 0 { return nil }
        self.rawValue = rawValue
    }

    /// The caller guarantees that the upper 16 bits are zero.
    init(uncheckedRawValue: UInt64) {
        self.rawValue = uncheckedRawValue
    }

    /// Makes an address of its octets, in the order they are sent.
    public init(_ b0: UInt8, _ b1: UInt8, _ b2: UInt8, _ b3: UInt8, _ b4: UInt8, _ b5: UInt8) {
        let upper = UInt64(b0) << 40 | UInt64(b1) << 32 | UInt64(b2) << 24
        rawValue = upper | UInt64(b3) << 16 | UInt64(b4) << 8 | UInt64(b5)
    }

    /// `ff:ff:ff:ff:ff:ff`, to every station.
    public static let broadcast = MACAddress(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)
    /// `00:00:00:00:00:00`. In a VXLAN's FDB it marks the default remotes.
    public static let zero = MACAddress(0, 0, 0, 0, 0, 0)

    /// The six octets in the order they are sent.
    public var octets: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) {
        (
            UInt8(truncatingIfNeeded: rawValue >> 40), UInt8(truncatingIfNeeded: rawValue >> 32),
            UInt8(truncatingIfNeeded: rawValue >> 24), UInt8(truncatingIfNeeded: rawValue >> 16),
            UInt8(truncatingIfNeeded: rawValue >> 8), UInt8(truncatingIfNeeded: rawValue)
        )
    }

    /// Whether it addresses a group of stations (the I/G bit, lowest of the first octet). True for the broadcast too.
    public var isMulticast: Bool { rawValue & 0x0100_0000_0000 != 0 }
    /// Whether it is `ff:ff:ff:ff:ff:ff`.
    public var isBroadcast: Bool { rawValue == 0xFFFF_FFFF_FFFF }
    /// Whether it addresses one station. True for the zero address too; see ``isZero``.
    public var isUnicast: Bool { !isMulticast }
    /// Whether it was chosen locally, not assigned by a manufacturer (the U/L bit, second lowest of the first octet).
    public var isLocallyAdministered: Bool { rawValue & 0x0200_0000_0000 != 0 }
    /// Whether it is `00:00:00:00:00:00`.
    public var isZero: Bool { rawValue == 0 }
}

extension MACAddress: Comparable {
    /// Orders by octets, the one sent first deciding first.
    public static func < (left: MACAddress, right: MACAddress) -> Bool {
        left.rawValue < right.rawValue
    }
}
