internal import VTEPWire

/// Where the headers of a superframe are, as read from its bytes: what the port says of it is believed only as far as
/// the bytes agree.
struct Superframe {
    /// Where the IP header begins.
    let internetOffset: Int
    /// Where the TCP or UDP header begins.
    let transportOffset: Int
    /// The length of all headers: where the payload begins.
    let headerLength: Int
    let isV6: Bool
    let isUDP: Bool
    /// The payload of each segment but the last, 1 or more.
    let segmentSize: Int
    /// All payload, 1 or more.
    let payloadLength: Int

    /// Nil where the offload's description and the frame do not fit together.
    init?(_ frame: PacketBytes, _ ethernet: EthernetHeader, _ offload: Offload) {
        guard offload.segmentSize > 0, offload.isChecksumPartial else { return nil }
        let packet = frame.dropping(ethernet.payloadOffset)
        let protocolNumber: UInt8
        switch ethernet.etherType {
        case EtherType.ipv4:
            guard let header = IPv4Header(packet), !header.isFragment else { return nil }
            protocolNumber = header.protocolNumber
            transportOffset = ethernet.payloadOffset &+ header.headerLength
            isV6 = false
        case EtherType.ipv6:
            // Extension headers may hold what must differ between segments; no port segments such packets.
            guard let header = IPv6Header(packet) else { return nil }
            protocolNumber = header.nextHeader
            transportOffset = ethernet.payloadOffset &+ IPv6Header.length
            isV6 = true
        default:
            return nil
        }
        let transport = frame.dropping(transportOffset)
        switch (offload.kind, protocolNumber) {
        case (Offload.tcp4, IPProtocol.tcp), (Offload.tcp6, IPProtocol.tcp):
            guard isV6 == (offload.kind == Offload.tcp6), let header = TCPHeader(transport) else { return nil }
            headerLength = transportOffset &+ header.headerLength
            isUDP = false
        case (Offload.udpL4, IPProtocol.udp):
            guard transport.count >= UDPHeader.length else { return nil }
            headerLength = transportOffset &+ UDPHeader.length
            isUDP = true
        default:
            return nil
        }
        internetOffset = ethernet.payloadOffset
        segmentSize = Int(offload.segmentSize)
        payloadLength = frame.count &- headerLength
        guard payloadLength > 0 else { return nil }
    }

    /// How many segments it becomes.
    var segments: Int { (payloadLength &+ segmentSize &- 1) / segmentSize }

    /// How much of the payload a segment gets.
    func payload(of segment: Int) -> Int { min(segmentSize, payloadLength &- segment &* segmentSize) }

    /// Where the checksum goes, from the transport header's begin.
    var checksumOffset: Int { isUDP ? 6 : 16 }

    /// The offload as it follows from the bytes.
    var offload: Offload {
        Offload(
            flags: Offload.needsChecksum,
            segmentation: isUDP ? Offload.udpL4 : isV6 ? Offload.tcp6 : Offload.tcp4,
            headerLength: UInt16(truncatingIfNeeded: headerLength),
            segmentSize: UInt16(truncatingIfNeeded: segmentSize),
            checksumStart: UInt16(truncatingIfNeeded: transportOffset),
            checksumOffset: UInt16(truncatingIfNeeded: checksumOffset))
    }

    /// What headers can be long: two VLAN tags, IPv4 with options, TCP with options.
    static var longestHeader: Int { 22 + 60 + 60 }
    /// The most segments one superframe may become.
    static var mostSegments: Int { 1024 }
}
