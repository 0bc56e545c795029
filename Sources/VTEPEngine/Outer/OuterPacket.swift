internal import VTEPWire

/// What a whole packet from the underlay turned out to be.
public enum OuterPacket {
    /// A datagram for the VTEP.
    case datagram(Datagram)
    /// Not UDP to this port: somebody else's.
    case foreign
    /// A fragment, or cut short.
    case incomplete
    /// The IPv4 header's or the UDP checksum is wrong, or there is none where one must be (IPv6).
    case corrupt

    /// Reads the headers before the VXLAN header.
    ///
    /// - Parameters:
    ///   - packet: The packet, which must stay as it is as ``Datagram/base`` says.
    ///   - hasEthernet: Whether it begins with an Ethernet header, perhaps tagged; else with IP.
    ///   - port: The VTEP's UDP port.
    ///   - verifies: Whether checksums are looked at. False where the network card did that.
    ///   - acceptsZeroChecksum6: Whether a UDP checksum over IPv6 may be 0 (RFC 6936).
    public static func read(
        _ packet: UnsafeMutableRawBufferPointer, hasEthernet: Bool, port: UInt16, verifies: Bool = true,
        acceptsZeroChecksum6: Bool = false
    ) -> OuterPacket {
        guard let base = packet.baseAddress else { return .incomplete }
        var bytes = unsafe PacketBytes(base, count: packet.count)
        if hasEthernet {
            guard let ethernet = EthernetHeader(bytes) else { return .incomplete }
            guard ethernet.etherType == EtherType.ipv4 || ethernet.etherType == EtherType.ipv6 else { return .foreign }
            bytes = bytes.dropping(ethernet.payloadOffset)
        }
        if let header = IPv4Header(bytes) { return read(header, port, verifies) }
        if let header = IPv6Header(bytes) { return read(header, port, verifies, acceptsZeroChecksum6) }
        return .incomplete
    }

    private static func read(_ header: IPv4Header, _ port: UInt16, _ verifies: Bool) -> OuterPacket {
        guard header.protocolNumber == IPProtocol.udp else { return .foreign }
        guard !header.isFragment, header.totalLength >= header.headerLength, header.bytes.count >= header.totalLength
        else { return .incomplete }
        if verifies {
            var sum = InternetChecksum()
            sum.add(header.bytes.prefix(header.headerLength))
            guard sum.value == 0 else { return .corrupt }
        }
        var pseudo = InternetChecksum()
        pseudo.add(header.source)
        pseudo.add(header.destination)
        let udp = header.bytes.prefix(header.totalLength).dropping(header.headerLength)
        return read(
            udp, pseudo, port, verifies: verifies, mayBeZero: true, UnderlayAddress(v4: header.source),
            header.typeOfService)
    }

    private static func read(
        _ header: IPv6Header, _ port: UInt16, _ verifies: Bool, _ mayBeZero: Bool
    ) -> OuterPacket {
        // VTEPs send no extension headers.
        guard header.nextHeader == IPProtocol.udp else { return .foreign }
        // Whoever sends from ::ffff:192.0.2.1 would pass for the IPv4 peer 192.0.2.1; the kernel drops it, too.
        guard !UnderlayAddress(header.bytes, at: 8).isV4 else { return .corrupt }
        let length = IPv6Header.length + header.payloadLength
        guard header.bytes.count >= length else { return .incomplete }
        var pseudo = InternetChecksum()
        pseudo.add(header.bytes.dropping(8).prefix(32))
        return read(
            header.bytes.prefix(length).dropping(IPv6Header.length), pseudo, port, verifies: verifies,
            mayBeZero: mayBeZero, UnderlayAddress(header.bytes, at: 8), header.trafficClass)
    }

    private static func read(
        _ udp: PacketBytes, _ pseudo: InternetChecksum, _ port: UInt16, verifies: Bool, mayBeZero: Bool,
        _ source: UnderlayAddress, _ typeOfService: UInt8
    ) -> OuterPacket {
        guard let header = UDPHeader(udp) else { return .incomplete }
        guard header.destinationPort == port else { return .foreign }
        guard header.claimedLength >= UDPHeader.length, header.claimedLength <= udp.count else { return .incomplete }
        let whole = udp.prefix(header.claimedLength)
        if header.checksum == 0 {
            guard mayBeZero || !verifies else { return .corrupt }
        } else if verifies {
            var sum = pseudo
            sum.add(UInt16(IPProtocol.udp))
            sum.add(UInt16(truncatingIfNeeded: whole.count))
            sum.add(whole)
            guard sum.value == 0 else { return .corrupt }
        }
        let payload = whole.dropping(UDPHeader.length)
        return unsafe .datagram(
            Datagram(
                payload.address, length: payload.count, source: source, sourcePort: header.sourcePort,
                typeOfService: typeOfService))
    }
}
