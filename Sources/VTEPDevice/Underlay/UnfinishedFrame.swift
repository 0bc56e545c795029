internal import VTEPEngine
internal import VTEPWire

/// Finds what a kernel's VXLAN device on the same machine left for the wire's driver to do for an inner packet: complete its
/// checksum, and segment it.
///
/// A veth pair or a bridge has no such driver: the packet arrives at our socket as it is, with the pseudo header's sum
/// where TCP's or UDP's checksum belongs, perhaps 64 KB long, and whoever verifies it drops it. Only the kernel's own
/// receivers know better. So where the field holds exactly that sum, the frame is taken to be unfinished. A packet that
/// was corrupted looks like this once in 65,536 times, and the outer checksum covers it.
enum UnfinishedFrame {
    /// Bytes of the longest packet that is taken for one segment where the kernel did not tell how long they are, which it
    /// does for runs of datagrams alone: what a VXLAN device takes over Ethernet. TCP does not mind if they were longer.
    private static let ordinaryPacket = 1450

    /// What is left to do for the frame; nil: nothing.
    ///
    /// - Parameter segment: the payload's length in each segment, where the kernel told it; or 0.
    @inline(__always)
    static func find(_ frame: PacketBytes, segment: UInt16) -> Offload? {
        guard let ethernet = EthernetHeader(frame) else { return nil }
        let packet = frame.dropping(ethernet.payloadOffset)
        let start: Int
        let protocolNumber: UInt8
        let addresses: PacketBytes
        switch ethernet.etherType {
        case EtherType.ipv4:
            guard let header = IPv4Header(packet), !header.isFragment, header.totalLength == packet.count else {
                return nil
            }
            start = ethernet.payloadOffset + header.headerLength
            protocolNumber = header.protocolNumber
            addresses = packet.dropping(12).prefix(8)
        case EtherType.ipv6:
            guard let header = IPv6Header(packet), header.payloadLength + IPv6Header.length == packet.count else {
                return nil
            }
            start = ethernet.payloadOffset + IPv6Header.length
            protocolNumber = header.nextHeader
            addresses = packet.dropping(8).prefix(32)
        default:
            return nil
        }
        let isTCP = protocolNumber == IPProtocol.tcp
        guard isTCP || protocolNumber == IPProtocol.udp else { return nil }
        let offset = isTCP ? 16 : 6
        guard frame.holds(2, at: start + offset) else { return nil }
        let field = frame.u16(start + offset)
        var sum = InternetChecksum()
        sum.add(addresses)
        sum.add(UInt16(protocolNumber))
        sum.add(UInt16(truncatingIfNeeded: frame.count - start))
        guard field == sum.folded, field != 0 else { return nil }
        var offload = Offload(
            flags: Offload.needsChecksum, checksumStart: UInt16(truncatingIfNeeded: start),
            checksumOffset: UInt16(truncatingIfNeeded: offset))
        guard let header = isTCP ? TCPHeader(frame.dropping(start))?.headerLength : 8 else { return nil }
        var segment = Int(segment)
        if segment == 0, isTCP, packet.count > ordinaryPacket {
            segment = ordinaryPacket - (start - ethernet.payloadOffset + header)
        }
        if segment > 0, frame.count > start + header + segment {
            offload.segmentation =
                isTCP ? (ethernet.etherType == EtherType.ipv6 ? Offload.tcp6 : Offload.tcp4) : Offload.udpL4
            offload.segmentSize = UInt16(truncatingIfNeeded: segment)
            offload.headerLength = UInt16(truncatingIfNeeded: start + header)
        }
        return offload
    }

    /// Whether a message that the kernel says is a run of datagrams is one datagram instead, whose inner packet nobody has
    /// segmented: then that packet reaches to the message's end.
    static func isWholeMessage(_ message: PacketBytes) -> Bool {
        guard message.holds(8, at: 0), message.u8(0) & 8 != 0 else { return false }
        let frame = message.dropping(8)
        guard let ethernet = EthernetHeader(frame) else { return false }
        let packet = frame.dropping(ethernet.payloadOffset)
        switch ethernet.etherType {
        case EtherType.ipv4: return IPv4Header(packet)?.totalLength == packet.count
        case EtherType.ipv6: return IPv6Header(packet).map { $0.payloadLength + IPv6Header.length } == packet.count
        default: return false
        }
    }
}

extension PortOffloads {
    /// Whether a port takes a frame for which that is left to do.
    func takes(_ offload: Offload) -> Bool {
        switch offload.kind {
        case Offload.noSegmentation: contains(.checksum)
        case Offload.udpL4: contains(.udp)
        default: contains(.tcp)
        }
    }
}
