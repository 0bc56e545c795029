internal import VTEPWire

/// ICMPv6 packet too big (RFC 4443 §3.2).
struct PacketTooBig {
    private let quoted: PacketBytes
    private let header: IPv6Header
    private let mtu: UInt32

    /// Nil where none may be sent (RFC 4443 §2.4 e): to an ICMPv6 error or a redirect, to a group, to a sender that is
    /// no single host; and where the MTU is below IPv6's least, which no answer can mend.
    init?(_ header: IPv6Header, mtu: Int) {
        guard mtu >= 1280 else { return nil }
        let source = UnderlayAddress(header.bytes, at: 8)
        guard !source.isMulticast, source != .unspecified, header.bytes.u8(24) != 0xFF else { return nil }
        if header.nextHeader == IPProtocol.icmp6 {
            let message = header.bytes.dropping(IPv6Header.length)
            guard message.count >= 1, message.u8(0) >= 128, message.u8(0) != 137 else { return nil }
        }
        self.header = header
        self.mtu = UInt32(truncatingIfNeeded: mtu)
        quoted = header.bytes.prefix(1280 - IPv6Header.length - 8)
    }

    var length: Int { IPv6Header.length + 8 + quoted.count }

    func write(to packet: PacketBytes) {
        packet.set(u32: 0x6000_0000, at: 0)
        packet.set(u16: UInt16(truncatingIfNeeded: 8 + quoted.count), at: 4)
        packet.set(u8: IPProtocol.icmp6, at: 6)
        packet.set(u8: 64, at: 7)
        packet.dropping(8).copy(header.bytes.dropping(24).prefix(16))
        packet.dropping(24).copy(header.bytes.dropping(8).prefix(16))
        let message = packet.dropping(IPv6Header.length)
        message.set(u32: 0x0200_0000, at: 0)
        message.set(u32: mtu, at: 4)
        message.dropping(8).copy(quoted)
        message.set(u16: packet.checksum6(message), at: 2)
    }
}
