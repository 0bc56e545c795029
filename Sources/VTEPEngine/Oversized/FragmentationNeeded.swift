internal import VTEPWire

/// ICMP destination unreachable, fragmentation needed and DF set, with the next hop's MTU (RFC 792, RFC 1191).
struct FragmentationNeeded {
    private let quoted: PacketBytes
    private let header: IPv4Header
    private let mtu: UInt16

    /// Nil where none may be sent (RFC 1122 §3.2.2): to a packet without DF, to a fragment but the first, to an ICMP
    /// error, to a group, and to a sender that is no single host.
    init?(_ header: IPv4Header, mtu: Int) {
        guard header.dontFragment, header.bytes.u16(6) & 0x1FFF == 0, mtu >= 68 else { return nil }
        guard header.destination >> 28 < 0xE, header.source >> 28 < 0xE, header.source != 0 else { return nil }
        if header.protocolNumber == IPProtocol.icmp {
            let message = header.bytes.dropping(header.headerLength)
            guard message.count >= 1 else { return nil }
            // Only questions and answers may be answered with an error: echo, timestamp.
            switch message.u8(0) {
            case 0, 8, 13, 14: break
            default: return nil
            }
        }
        self.header = header
        self.mtu = UInt16(clamping: mtu)
        // The whole answer has 576 bytes at most (RFC 1812 §4.3.2.3).
        quoted = header.bytes.prefix(576 - IPv4Header.length - 8)
    }

    var length: Int { IPv4Header.length + 8 + quoted.count }

    func write(to packet: PacketBytes) {
        packet.set(u32: 0x45C0_0000 | UInt32(truncatingIfNeeded: length), at: 0)
        packet.set(u32: 0, at: 4)
        packet.set(u16: 64 << 8 | UInt16(IPProtocol.icmp), at: 8)
        packet.set(u16: 0, at: 10)
        packet.set(u32: header.destination, at: 12)
        packet.set(u32: header.source, at: 16)
        var sum = InternetChecksum()
        sum.add(packet.prefix(IPv4Header.length))
        packet.set(u16: sum.value, at: 10)

        let message = packet.dropping(IPv4Header.length)
        message.set(u32: 0x0304_0000, at: 0)
        message.set(u32: UInt32(mtu), at: 4)
        message.dropping(8).copy(quoted)
        var messageSum = InternetChecksum()
        messageSum.add(message)
        message.set(u16: messageSum.value, at: 2)
    }
}
