/// The VXLAN header (RFC 7348 §5), eight bytes:
///
///      0                   1                   2                   3
///     |R|R|R|R|I|R|R|R|            Reserved                           |
///     |                VXLAN Network Identifier (VNI) |   Reserved    |
///
/// With group based policy (draft-smith-vxlan-group-policy) the first bit is G, bits 9 and 12 are D (don't learn) and A
/// (policy applied), and the second half of the first word is the policy's number. With generic protocol extension
/// (draft-ietf-nvo3-vxlan-gpe) bits 2 and 3 are the version, 5 is P, 7 is O, and the first word's last byte tells the
/// next protocol.
@frozen
public struct VXLANHeader: Equatable, Sendable {
    /// The length of the header, 8 bytes.
    @inlinable public static var length: Int { 8 }
    /// The I flag, in the first word: the VNI is valid.
    @inlinable public static var hasVNI: UInt32 { 0x0800_0000 }

    /// The flags and what else the first four bytes hold.
    public var first: UInt32
    /// The VNI in the upper 24 bits, and eight reserved ones.
    public var second: UInt32

    /// Reads the header. Nil if there are fewer than eight bytes. No flag is looked at.
    @inlinable @inline(__always)
    public init?(_ datagram: PacketBytes) {
        guard datagram.count >= VXLANHeader.length else { return nil }
        first = datagram.u32(0)
        second = datagram.u32(4)
    }

    /// A header for a VNI, of 24 bits, as RFC 7348 wants it sent: only I set, everything reserved 0.
    @inlinable @inline(__always)
    public init(vni: UInt32) {
        first = VXLANHeader.hasVNI
        second = vni << 8
    }

    /// The VNI. Meaningful only where ``isValid``.
    @inlinable public var vni: UInt32 { second >> 8 }
    /// Whether the I flag is set, without which the datagram must be dropped.
    @inlinable public var isValid: Bool { first & VXLANHeader.hasVNI != 0 }

    /// Writes the eight bytes; nothing where there are fewer.
    @inlinable @inline(__always)
    public func write(to bytes: PacketBytes) {
        guard bytes.count >= VXLANHeader.length else { return }
        bytes.set(u32: first, at: 0)
        bytes.set(u32: second, at: 4)
    }
}

/// Group based policy's bits in the first word of a ``VXLANHeader``.
public enum GroupPolicyBits {
    /// G: the header carries a policy.
    @inlinable public static var present: UInt32 { 0x8000_0000 }
    /// D: the receiver must not learn the source's address.
    @inlinable public static var dontLearn: UInt32 { 0x0040_0000 }
    /// A: the policy has been applied.
    @inlinable public static var applied: UInt32 { 0x0008_0000 }
    /// Where the policy's number is.
    @inlinable public static var number: UInt32 { 0x0000_FFFF }
}

/// Generic protocol extension's bits in the first word of a ``VXLANHeader``.
public enum ProtocolExtensionBits {
    /// P: the next protocol is valid.
    @inlinable public static var present: UInt32 { 0x0400_0000 }
    /// O: an OAM packet, which is not for forwarding.
    @inlinable public static var oam: UInt32 { 0x0100_0000 }
    /// The version, of which only 0 is defined.
    @inlinable public static var version: UInt32 { 0x3000_0000 }
    /// Where the next protocol is.
    @inlinable public static var nextProtocol: UInt32 { 0x0000_00FF }
    /// The next protocol that is Ethernet.
    @inlinable public static var ethernet: UInt32 { 3 }
}
