/// An IPv4 header (RFC 791), checked once and then read at fixed places.
@frozen
public struct IPv4Header {
    /// The header's least length, 20 bytes.
    @inlinable public static var length: Int { 20 }

    /// The packet from its first byte on, as long as the buffer has it.
    public let bytes: PacketBytes
    /// The header's length with its options, 20...60 bytes, all of which are there.
    public let headerLength: Int

    /// Nil unless the version is 4 and the whole header is there. The total length is not compared.
    @inlinable @inline(__always)
    public init?(_ packet: PacketBytes) {
        guard packet.count >= IPv4Header.length else { return nil }
        let first = packet.u8(0)
        let length = Int(first & 0x0F) &* 4
        guard first >> 4 == 4, length >= IPv4Header.length, packet.count >= length else { return nil }
        bytes = packet
        headerLength = length
    }

    @inlinable public var typeOfService: UInt8 { bytes.u8(1) }
    /// The length of header and payload that the packet claims.
    @inlinable public var totalLength: Int { Int(bytes.u16(2)) }
    @inlinable public var identification: UInt16 { bytes.u16(4) }
    /// Whether the DF flag is set.
    @inlinable public var dontFragment: Bool { bytes.u16(6) & 0x4000 != 0 }
    /// Whether it is a fragment, the first one or another.
    @inlinable public var isFragment: Bool { bytes.u16(6) & 0x3FFF != 0 }
    @inlinable public var timeToLive: UInt8 { bytes.u8(8) }
    @inlinable public var protocolNumber: UInt8 { bytes.u8(9) }
    @inlinable public var checksum: UInt16 { bytes.u16(10) }
    @inlinable public var source: UInt32 { bytes.u32(12) }
    @inlinable public var destination: UInt32 { bytes.u32(16) }
}

/// An IPv6 header (RFC 8200), checked once and then read at fixed places.
@frozen
public struct IPv6Header {
    /// The length without extension headers, 40 bytes.
    @inlinable public static var length: Int { 40 }

    /// The packet from its first byte on, as long as the buffer has it.
    public let bytes: PacketBytes

    /// Nil unless the version is 6 and 40 bytes are there. The payload's length is not compared.
    @inlinable @inline(__always)
    public init?(_ packet: PacketBytes) {
        guard packet.count >= IPv6Header.length, packet.u8(0) >> 4 == 6 else { return nil }
        bytes = packet
    }

    @inlinable public var trafficClass: UInt8 { UInt8(truncatingIfNeeded: bytes.u16(0) >> 4) }
    /// The length of what follows the 40 bytes that the packet claims.
    @inlinable public var payloadLength: Int { Int(bytes.u16(4)) }
    @inlinable public var nextHeader: UInt8 { bytes.u8(6) }
    @inlinable public var hopLimit: UInt8 { bytes.u8(7) }
}

/// The numbers in IPv4's protocol field and IPv6's next header field.
public enum IPProtocol {
    @inlinable public static var icmp: UInt8 { 1 }
    @inlinable public static var tcp: UInt8 { 6 }
    @inlinable public static var udp: UInt8 { 17 }
    @inlinable public static var icmp6: UInt8 { 58 }
}

/// A TCP header (RFC 9293), checked once and then read at fixed places.
@frozen
public struct TCPHeader {
    /// The header's least length, 20 bytes.
    @inlinable public static var length: Int { 20 }

    public let bytes: PacketBytes
    /// The header's length with its options, 20...60 bytes, all of which are there.
    public let headerLength: Int

    /// Nil unless the whole header is there.
    @inlinable @inline(__always)
    public init?(_ segment: PacketBytes) {
        guard segment.count >= TCPHeader.length else { return nil }
        let length = Int(segment.u8(12) >> 4) &* 4
        guard length >= TCPHeader.length, segment.count >= length else { return nil }
        bytes = segment
        headerLength = length
    }

    @inlinable public var sourcePort: UInt16 { bytes.u16(0) }
    @inlinable public var destinationPort: UInt16 { bytes.u16(2) }
    @inlinable public var sequence: UInt32 { bytes.u32(4) }
    @inlinable public var acknowledgement: UInt32 { bytes.u32(8) }
    /// CWR, ECE, URG, ACK, PSH, RST, SYN, FIN from the highest bit on.
    @inlinable public var flags: UInt8 { bytes.u8(13) }
    @inlinable public var checksum: UInt16 { bytes.u16(16) }
}

/// The bits of ``TCPHeader/flags``.
public enum TCPFlags {
    @inlinable public static var fin: UInt8 { 0x01 }
    @inlinable public static var psh: UInt8 { 0x08 }
    @inlinable public static var ack: UInt8 { 0x10 }
    @inlinable public static var cwr: UInt8 { 0x80 }
}

/// A UDP header (RFC 768), checked once and then read at fixed places.
@frozen
public struct UDPHeader {
    /// The header's length, 8 bytes.
    @inlinable public static var length: Int { 8 }

    public let bytes: PacketBytes

    /// Nil if there are fewer than eight bytes. The length field is not compared.
    @inlinable @inline(__always)
    public init?(_ datagram: PacketBytes) {
        guard datagram.count >= UDPHeader.length else { return nil }
        bytes = datagram
    }

    @inlinable public var sourcePort: UInt16 { bytes.u16(0) }
    @inlinable public var destinationPort: UInt16 { bytes.u16(2) }
    /// The length of header and payload that the datagram claims.
    @inlinable public var claimedLength: Int { Int(bytes.u16(4)) }
    @inlinable public var checksum: UInt16 { bytes.u16(6) }
}
