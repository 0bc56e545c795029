/// A 32-bit IPv4 address (RFC 791), such as `192.168.50.233`.
///
/// Stored as one integer: comparing and hashing never allocate.
public struct IPv4Address: Hashable, Sendable {
    /// The address as a number in host byte order: `10.0.0.1` is `0x0A000001`.
    public let rawValue: UInt32

    /// Makes the address of a number in host byte order.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Makes an address of its octets as they are written: `IPv4Address(10, 0, 0, 1)`.
    public init(_ b0: UInt8, _ b1: UInt8, _ b2: UInt8, _ b3: UInt8) {
        rawValue = UInt32(b0) << 24 | UInt32(b1) << 16 | UInt32(b2) << 8 | UInt32(b3)
    }

    /// `0.0.0.0`.
    public static let unspecified = IPv4Address(0, 0, 0, 0)
    /// `127.0.0.1`.
    public static let loopback = IPv4Address(127, 0, 0, 1)
    /// `255.255.255.255`, to every host of the link.
    public static let broadcast = IPv4Address(255, 255, 255, 255)

    /// The four octets as they are written.
    public var octets: (UInt8, UInt8, UInt8, UInt8) {
        (
            UInt8(truncatingIfNeeded: rawValue >> 24), UInt8(truncatingIfNeeded: rawValue >> 16),
            UInt8(truncatingIfNeeded: rawValue >> 8), UInt8(truncatingIfNeeded: rawValue)
        )
    }

    /// Whether it addresses a group: 224.0.0.0/4 (RFC 5771).
    public var isMulticast: Bool { rawValue >> 28 == 0xE }
    /// Whether it is `0.0.0.0`.
    public var isUnspecified: Bool { rawValue == 0 }
    /// Whether it stays on this host: 127.0.0.0/8 (RFC 1122 §3.2.1.3).
    public var isLoopback: Bool { rawValue >> 24 == 127 }
    /// Whether it is valid on one link only: 169.254.0.0/16 (RFC 3927).
    public var isLinkLocal: Bool { rawValue >> 16 == 0xA9FE }
    /// Whether it is `255.255.255.255` (RFC 919). A subnet's own broadcast address is ``IPPrefix/broadcast``.
    public var isBroadcast: Bool { rawValue == .max }
}

extension IPv4Address: Comparable {
    /// Orders by octets, the first one deciding first.
    public static func < (left: IPv4Address, right: IPv4Address) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension IPv4Address {
    /// The number of octets, 4.
    public static var byteCount: Int { 4 }

    /// Reads four octets in network order. Nil unless there are exactly four.
    public init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == IPv4Address.byteCount else { return nil }
        self.init(rawValue: unsafe UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))
    }

    /// Writes the four octets, in network order, to the start of the buffer.
    ///
    /// - Returns: False, with nothing written, if the buffer is shorter than four bytes.
    @discardableResult
    public func copyBytes(to buffer: UnsafeMutableRawBufferPointer) -> Bool {
        guard buffer.count >= IPv4Address.byteCount else { return false }
        unsafe buffer.storeBytes(of: rawValue.bigEndian, as: UInt32.self)
        return true
    }

    /// Lends the four octets, in network order, without allocating. They are valid during the call only.
    public func withUnsafeBytes<R, E>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe Swift.withUnsafeBytes(of: rawValue.bigEndian, body)
    }
}
