internal import VTEPWire

/// Makes the headers of a superframe's segments, complete and with right checksums: what a network card does for TSO
/// and USO. The payload is read for its checksum and stays where it is.
struct Segmenter {
    private let frame: PacketBytes
    let superframe: Superframe
    private let vxlan: VXLANHeader
    private let firstIdentification: UInt16
    private let firstSequence: UInt32
    private let flags: UInt8
    /// Addresses and protocol of the pseudo header.
    private let pseudo: InternetChecksum

    init(_ frame: PacketBytes, _ superframe: Superframe, _ vxlan: VXLANHeader) {
        self.frame = frame
        self.superframe = superframe
        self.vxlan = vxlan
        let transport = frame.dropping(superframe.transportOffset)
        firstIdentification = superframe.isV6 ? 0 : frame.u16(superframe.internetOffset &+ 4)
        firstSequence = superframe.isUDP ? 0 : transport.u32(4)
        flags = superframe.isUDP ? 0 : transport.u8(13)
        pseudo = frame.pseudoHeader(
            v6: superframe.isV6, udp: superframe.isUDP, internetOffset: superframe.internetOffset)
    }

    /// The length of what ``writeHeader(_:to:)`` writes: VXLAN header and the frame's headers.
    var headerLength: Int { VXLANHeader.length &+ superframe.headerLength }

    /// The payload of one segment.
    func payload(_ segment: Int) -> PacketBytes {
        frame.dropping(superframe.headerLength &+ segment &* superframe.segmentSize).prefix(
            superframe.payload(of: segment))
    }

    /// Writes VXLAN header and headers of one segment.
    func writeHeader(_ segment: Int, to bytes: PacketBytes) {
        vxlan.write(to: bytes)
        let header = bytes.dropping(VXLANHeader.length)
        header.copy(frame.prefix(superframe.headerLength))
        let length = superframe.headerLength &- superframe.internetOffset &+ superframe.payload(of: segment)
        setInternet(header.dropping(superframe.internetOffset), length, segment)
        setTransport(header.dropping(superframe.transportOffset), segment)
    }

    private func setInternet(_ header: PacketBytes, _ length: Int, _ segment: Int) {
        guard !superframe.isV6 else {
            header.set(u16: UInt16(truncatingIfNeeded: length &- IPv6Header.length), at: 4)
            return
        }
        header.set(u16: UInt16(truncatingIfNeeded: length), at: 2)
        header.set(u16: firstIdentification &+ UInt16(truncatingIfNeeded: segment), at: 4)
        header.set(u16: 0, at: 10)
        var sum = InternetChecksum()
        sum.add(header.prefix(superframe.transportOffset &- superframe.internetOffset))
        header.set(u16: sum.value, at: 10)
    }

    private func setTransport(_ header: PacketBytes, _ segment: Int) {
        let payload = self.payload(segment)
        let length = header.count &+ payload.count
        if superframe.isUDP {
            header.set(u16: UInt16(truncatingIfNeeded: length), at: 4)
        } else {
            header.set(u32: firstSequence &+ UInt32(truncatingIfNeeded: segment &* superframe.segmentSize), at: 4)
            header.set(u8: flags(of: segment), at: 13)
        }
        header.set(u16: 0, at: superframe.checksumOffset)
        var sum = pseudo
        sum.add(UInt16(truncatingIfNeeded: length))
        sum.add(header)
        sum.add(payload)
        header.set(u16: superframe.isUDP ? sum.udpValue : sum.value, at: superframe.checksumOffset)
    }

    /// FIN and PSH belong to the last segment alone, CWR to the first (RFC 3168 §6.1.2: one per window).
    private func flags(of segment: Int) -> UInt8 {
        var flags = flags
        if segment > 0 { flags &= ~TCPFlags.cwr }
        if segment &+ 1 < superframe.segments { flags &= ~(TCPFlags.fin | TCPFlags.psh) }
        return flags
    }
}

extension PacketBytes {
    /// The pseudo header's sum (RFC 9293 §3.1, RFC 8200 §8.1), without the length.
    func pseudoHeader(v6: Bool, udp: Bool, internetOffset: Int) -> InternetChecksum {
        var sum = InternetChecksum()
        sum.add(v6 ? dropping(internetOffset &+ 8).prefix(32) : dropping(internetOffset &+ 12).prefix(8))
        sum.add(UInt16(udp ? IPProtocol.udp : IPProtocol.tcp))
        return sum
    }
}
