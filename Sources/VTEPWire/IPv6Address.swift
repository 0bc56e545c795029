/// A 128-bit IPv6 address (RFC 4291), such as `2001:db8::1`.
///
/// Stored as plain integers: comparing and hashing never allocate. It has no zone: in a link's or a VXLAN's
/// configuration the device is always named apart from the address.
public struct IPv6Address: Hashable, Sendable {
    // Two halves, not one UInt128. Swift 6.3 without optimisation passes an enum or struct around a UInt128 through
    // temporaries aligned to 8 bytes and then reads them with instructions that need 16: an IPPrefix crashed when
    // hashed. The halves also make an IPAddress 24 bytes apart in an array instead of 32.
    private let upper: UInt64
    private let lower: UInt64

    /// The address as a number in host byte order: `::1` is 1.
    public var rawValue: UInt128 { UInt128(upper) << 64 | UInt128(lower) }

    /// Makes the address of a number in host byte order.
    public init(rawValue: UInt128) {
        upper = UInt64(truncatingIfNeeded: rawValue >> 64)
        lower = UInt64(truncatingIfNeeded: rawValue)
    }

    /// `::` (RFC 4291 §2.5.2).
    public static let unspecified = IPv6Address(rawValue: 0)
    /// `::1` (RFC 4291 §2.5.3).
    public static let loopback = IPv6Address(rawValue: 1)

    /// Whether it addresses a group: ff00::/8 (RFC 4291 §2.7).
    public var isMulticast: Bool { rawValue >> 120 == 0xFF }
    /// Whether it is `::`.
    public var isUnspecified: Bool { rawValue == 0 }
    /// Whether it is `::1`.
    public var isLoopback: Bool { rawValue == 1 }
    /// Whether it is a unicast address valid on one link only: fe80::/10 (RFC 4291 §2.5.6).
    public var isLinkLocal: Bool { rawValue >> 118 == 0x3FA }
    /// Whether it carries an IPv4 address: ::ffff:0:0/96 (RFC 4291 §2.5.5.2). The other properties don't look inside.
    public var isIPv4Mapped: Bool { rawValue >> 32 == 0xFFFF }
}

extension IPv6Address: Comparable {
    /// Orders by octets, the first one deciding first.
    public static func < (left: IPv6Address, right: IPv6Address) -> Bool {
        left.upper == right.upper ? left.lower < right.lower : left.upper < right.upper
    }
}

extension IPv6Address {
    /// The number of octets, 16.
    public static var byteCount: Int { 16 }

    /// Reads sixteen octets in network order. Nil unless there are exactly sixteen.
    public init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == IPv6Address.byteCount else { return nil }
        upper = unsafe UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
        lower = unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }

    /// Writes the sixteen octets, in network order, to the start of the buffer.
    ///
    /// - Returns: False, with nothing written, if the buffer is shorter than sixteen bytes.
    @discardableResult
    public func copyBytes(to buffer: UnsafeMutableRawBufferPointer) -> Bool {
        guard buffer.count >= IPv6Address.byteCount else { return false }
        unsafe buffer.storeBytes(of: upper.bigEndian, as: UInt64.self)
        unsafe buffer.storeBytes(of: lower.bigEndian, toByteOffset: 8, as: UInt64.self)
        return true
    }

    /// Lends the sixteen octets, in network order, without allocating. They are valid during the call only.
    public func withUnsafeBytes<R, E>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe Swift.withUnsafeBytes(of: (upper.bigEndian, lower.bigEndian), body)
    }
}
