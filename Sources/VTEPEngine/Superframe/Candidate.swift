internal import VTEPWire

/// A frame that may become a segment of a superframe, with what must be the same, or go on, in the next one.
///
/// Only what a superframe's segmentation would bring back exactly: untagged, no IP options or extension headers, no
/// fragment, no padding; of TCP no flags but ACK and PSH; UDP only with a checksum.
struct Candidate {
    let frame: PacketBytes
    let transportOffset: Int
    let headerLength: Int
    let isV6: Bool
    let isUDP: Bool

    var payloadLength: Int { frame.count &- headerLength }

    @inline(__always)
    init?(_ frame: PacketBytes, _ ethernet: EthernetHeader) {
        guard ethernet.payloadOffset == EthernetHeader.length else { return nil }
        let packet = frame.dropping(EthernetHeader.length)
        let protocolNumber: UInt8
        switch ethernet.etherType {
        case EtherType.ipv4:
            guard let header = IPv4Header(packet), header.headerLength == IPv4Header.length, !header.isFragment,
                header.totalLength == packet.count
            else { return nil }
            protocolNumber = header.protocolNumber
            transportOffset = EthernetHeader.length &+ IPv4Header.length
            isV6 = false
        case EtherType.ipv6:
            guard let header = IPv6Header(packet), header.payloadLength == packet.count &- IPv6Header.length else {
                return nil
            }
            protocolNumber = header.nextHeader
            transportOffset = EthernetHeader.length &+ IPv6Header.length
            isV6 = true
        default:
            return nil
        }
        let transport = frame.dropping(transportOffset)
        switch protocolNumber {
        case IPProtocol.tcp:
            guard let header = TCPHeader(transport), header.flags & ~TCPFlags.psh == TCPFlags.ack else { return nil }
            headerLength = transportOffset &+ header.headerLength
            isUDP = false
        case IPProtocol.udp:
            guard let header = UDPHeader(transport), header.claimedLength == transport.count, header.checksum != 0
            else { return nil }
            headerLength = transportOffset &+ UDPHeader.length
            isUDP = true
        default:
            return nil
        }
        guard frame.count > headerLength else { return nil }
        self.frame = frame
    }

    /// Whether nothing may follow it in a superframe.
    var isLast: Bool { !isUDP && frame.dropping(transportOffset).u8(13) & TCPFlags.psh != 0 }

    /// The support that a port needs to take a superframe of this.
    var support: OffloadSupport { isUDP ? .udp : isV6 ? .tcp6 : .tcp4 }

    /// Whether both checksums are right.
    func isIntact() -> Bool {
        if !isV6 {
            var sum = InternetChecksum()
            sum.add(frame.dropping(EthernetHeader.length).prefix(IPv4Header.length))
            guard sum.value == 0 else { return false }
        }
        let transport = frame.dropping(transportOffset)
        var sum = frame.pseudoHeader(v6: isV6, udp: isUDP, internetOffset: EthernetHeader.length)
        sum.add(UInt16(truncatingIfNeeded: transport.count))
        sum.add(transport)
        return sum.value == 0
    }

    /// Whether `next` is the frame that segmentation would have made after `segments` ones that begin with this.
    func isFollowed(by next: Candidate, after segments: Int) -> Bool {
        guard isV6 == next.isV6, isUDP == next.isUDP, headerLength == next.headerLength,
            frame.u64(0) == next.frame.u64(0), frame.u48(8) == next.frame.u48(8)
        else { return false }
        let before = frame.dropping(EthernetHeader.length)
        let after = next.frame.dropping(EthernetHeader.length)
        return (isV6 ? before.isSameV6(after) : before.isSameV4(after, segments))
            && (isUDP ? isSameUDP(next) : isSameTCP(next, segments &* payloadLength))
    }

    private func isSameUDP(_ next: Candidate) -> Bool {
        frame.u32(transportOffset) == next.frame.u32(transportOffset)
    }

    private func isSameTCP(_ next: Candidate, _ advance: Int) -> Bool {
        let before = frame.dropping(transportOffset)
        let after = next.frame.dropping(transportOffset)
        // Ports; sequence; acknowledgement; offset, flags but PSH, window; urgent pointer.
        guard before.u32(0) == after.u32(0), before.u32(4) &+ UInt32(truncatingIfNeeded: advance) == after.u32(4),
            before.u32(8) == after.u32(8), (before.u32(12) ^ after.u32(12)) & ~0x0008_0000 == 0,
            before.u16(18) == after.u16(18)
        else { return false }
        var offset = TCPHeader.length
        while offset < headerLength &- transportOffset {
            if before.u32(offset) != after.u32(offset) { return false }
            offset &+= 4
        }
        return true
    }
}

extension PacketBytes {
    /// IPv4: the same version, TOS, flags, TTL, protocol and addresses, and an identification that goes on. With DF set
    /// the identification means nothing (RFC 6864 §4.1).
    fileprivate func isSameV4(_ next: PacketBytes, _ segments: Int) -> Bool {
        guard u16(0) == next.u16(0), u16(6) == next.u16(6), u16(8) == next.u16(8), u64(12) == next.u64(12) else {
            return false
        }
        return u16(6) & 0x4000 != 0 || u16(4) &+ UInt16(truncatingIfNeeded: segments) == next.u16(4)
    }

    /// IPv6: the same traffic class, flow label, next header, hop limit and addresses.
    fileprivate func isSameV6(_ next: PacketBytes) -> Bool {
        u32(0) == next.u32(0) && u16(6) == next.u16(6) && u64(8) == next.u64(8) && u64(16) == next.u64(16)
            && u64(24) == next.u64(24) && u64(32) == next.u64(32)
    }
}
