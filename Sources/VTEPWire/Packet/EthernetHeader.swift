/// The Ethernet header of a frame, with up to two VLAN tags behind it (IEEE 802.3, 802.1Q, 802.1ad).
///
///     +-------------------+--------------+----------------+-----------+
///     | destination MAC 6 | source MAC 6 | tags, 4 each … | type 2    |
///     +-------------------+--------------+----------------+-----------+
///
/// A value below 1536 in the place of the type is an 802.3 length; then ``etherType`` is that length.
@frozen
public struct EthernetHeader {
    /// The length without tags, 14 bytes: less is no frame.
    @inlinable public static var length: Int { 14 }

    /// The destination's MAC address, a 48-bit number.
    public let destination: UInt64
    /// The source's MAC address, a 48-bit number.
    public let source: UInt64
    /// The type of the payload, behind the tags.
    public let etherType: UInt16
    /// Where the payload begins: 14, 18 or 22.
    public let payloadOffset: Int

    /// Reads the header. Nil if the frame is shorter than 14 bytes, or ends within a tag.
    @inlinable @inline(__always)
    public init?(_ frame: PacketBytes) {
        guard frame.count >= EthernetHeader.length else { return nil }
        let first = frame.u64(0)
        destination = first >> 16
        source = (first & 0xFFFF) << 32 | UInt64(frame.u32(8))
        let type = frame.u16(12)
        guard EtherType.isTag(type) else {
            etherType = type
            payloadOffset = EthernetHeader.length
            return
        }
        guard let (inner, offset) = EthernetHeader.typeBehindTags(frame) else { return nil }
        etherType = inner
        payloadOffset = offset
    }

    /// A header without tags.
    @inlinable @inline(__always)
    public init(destination: UInt64, source: UInt64, etherType: UInt16) {
        self.destination = destination
        self.source = source
        self.etherType = etherType
        payloadOffset = EthernetHeader.length
    }

    @usableFromInline
    static func typeBehindTags(_ frame: PacketBytes) -> (UInt16, Int)? {
        guard frame.count >= 18 else { return nil }
        let second = frame.u16(16)
        guard EtherType.isTag(second) else { return (second, 18) }
        guard frame.count >= 22 else { return nil }
        return (frame.u16(20), 22)
    }

    /// Whether there is a VLAN tag.
    @inlinable public var isTagged: Bool { payloadOffset > EthernetHeader.length }
    /// Whether the frame goes to a group or to everyone (the destination's I/G bit).
    @inlinable public var isToGroup: Bool { destination & 0x0100_0000_0000 != 0 }
}

/// The numbers that tell what an Ethernet frame carries.
public enum EtherType {
    /// IPv4, 0x0800.
    @inlinable public static var ipv4: UInt16 { 0x0800 }
    /// ARP (RFC 826), 0x0806.
    @inlinable public static var arp: UInt16 { 0x0806 }
    /// IPv6, 0x86DD.
    @inlinable public static var ipv6: UInt16 { 0x86DD }
    /// A customer VLAN tag (802.1Q), 0x8100.
    @inlinable public static var vlan: UInt16 { 0x8100 }
    /// A service VLAN tag (802.1ad), 0x88A8.
    @inlinable public static var serviceVLAN: UInt16 { 0x88A8 }

    /// Whether a VLAN tag follows, and not the payload.
    @inlinable @inline(__always)
    public static func isTag(_ type: UInt16) -> Bool { type == vlan || type == serviceVLAN }
}
