internal import VTEPWire

/// A neighbour solicitation or advertisement (RFC 4861 §4.3, §4.4), checked once and then read at fixed places.
struct NeighbourMessage {
    static var solicitation: UInt8 { 135 }
    static var advertisement: UInt8 { 136 }
    /// IPv6 header, message, and one option with a station's address.
    static var answerLength: Int { IPv6Header.length + 24 + 8 }

    let type: UInt8
    let source: UnderlayAddress
    let target: UnderlayAddress
    /// Whether what it says replaces what was said before: not if it is an advertisement without that flag (RFC 4861
    /// §7.2.5), such as one of an address that several stations have.
    let overrides: Bool
    /// The station's address in the option that such a message has: the source's in a solicitation, the target's in an
    /// advertisement. 0 without one.
    let station: UInt64

    /// Nil for everything else, and where RFC 4861 §7.1 wants the message dropped. The checksum is not looked at: it
    /// may be partial.
    init?(_ packet: PacketBytes) {
        guard let header = IPv6Header(packet), header.nextHeader == IPProtocol.icmp6, header.hopLimit == 255 else {
            return nil
        }
        let message = packet.dropping(IPv6Header.length).prefix(header.payloadLength)
        guard message.count >= 24, message.u8(1) == 0 else { return nil }
        type = message.u8(0)
        guard type == NeighbourMessage.solicitation || type == NeighbourMessage.advertisement else { return nil }
        overrides = type == NeighbourMessage.solicitation || message.u8(4) & 0x20 != 0
        source = UnderlayAddress(packet, at: 8)
        target = UnderlayAddress(message, at: 8)
        guard !target.isMulticast, target != .unspecified else { return nil }
        guard
            let station = NeighbourMessage.station(
                message.dropping(24), option: type == NeighbourMessage.solicitation ? 1 : 2)
        else { return nil }
        self.station = station
    }

    /// The station's address in an option of a kind. 0 if there is none; nil where an option has no length, or a length
    /// beyond the packet.
    private static func station(_ options: PacketBytes, option: UInt8) -> UInt64? {
        var rest = options
        var station: UInt64 = 0
        while rest.count > 0 {
            guard rest.count >= 2 else { return nil }
            let length = Int(rest.u8(1)) &* 8
            guard length > 0, length <= rest.count else { return nil }
            if rest.u8(0) == option, length == 8 { station = rest.u48(2) }
            rest = rest.dropping(length)
        }
        return station
    }

    /// Writes the advertisement that answers a solicitation: that `station` has the target's address.
    func writeAnswer(_ station: UInt64, isRouter: Bool, to packet: PacketBytes) {
        // Who asks without an address is about to take this one (RFC 4862 §5.4.3): all are told.
        let isProbe = source == .unspecified
        packet.set(u32: 0x6000_0000, at: 0)
        packet.set(u16: 32, at: 4)
        packet.set(u8: IPProtocol.icmp6, at: 6)
        packet.set(u8: 255, at: 7)
        target.write(to: packet, at: 8)
        (isProbe ? UnderlayAddress.allNodes : source).write(to: packet, at: 24)
        let message = packet.dropping(IPv6Header.length)
        message.set(u32: UInt32(NeighbourMessage.advertisement) << 24, at: 0)
        message.set(u32: (isRouter ? 0x8000_0000 : 0) | (isProbe ? 0 : 0x4000_0000) | 0x2000_0000, at: 4)
        target.write(to: message, at: 8)
        message.set(u16: 0x0201, at: 24)
        message.set(u48: station, at: 26)
        message.set(u16: packet.checksum6(message), at: 2)
    }
}

extension PacketBytes {
    /// The checksum of an ICMPv6 message in this IPv6 packet, whose checksum field is 0.
    func checksum6(_ message: PacketBytes) -> UInt16 {
        var sum = InternetChecksum()
        sum.add(dropping(8).prefix(32))
        sum.add(UInt16(truncatingIfNeeded: message.count))
        sum.add(UInt16(IPProtocol.icmp6))
        sum.add(message)
        return sum.value
    }
}

extension UnderlayAddress {
    /// ff02::1.
    static var allNodes: UnderlayAddress {
        UnderlayAddress(upper: (0xFF02 << 48 as UInt64).bigEndian, lower: (1 as UInt64).bigEndian)
    }

    /// An IPv6 address in a packet.
    init(_ packet: PacketBytes, at offset: Int) {
        self.init(upper: packet.u64(offset).bigEndian, lower: packet.u64(offset &+ 8).bigEndian)
    }

    /// An IPv4 address as a number.
    init(v4 number: UInt32) {
        self.init(IPv4Address(rawValue: number))
    }

    func write(to packet: PacketBytes, at offset: Int) {
        packet.set(u64: upper.bigEndian, at: offset)
        packet.set(u64: lower.bigEndian, at: offset &+ 8)
    }
}
