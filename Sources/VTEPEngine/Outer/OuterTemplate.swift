public import VTEPWire

/// The headers before the VXLAN header, for whoever sends whole packets himself: on a packet socket, through DPDK, into
/// a TAP. One for each underlay and next hop; everything that does not depend on the packet is computed once.
///
///     Ethernet 14 (if there are MAC addresses) | IPv4 20 or IPv6 40 | UDP 8 | VXLAN, frame …
public struct OuterTemplate: Sendable {
    /// What becomes of the UDP checksum.
    public enum Checksum: UInt8, Sendable {
        /// 0: none. Over IPv6 the receiver must have agreed to that (RFC 6936).
        case zero
        /// Over the whole datagram, which is read for it.
        case complete
        /// The pseudo header's sum alone; the network card, or the kernel by virtio-net's header, adds the rest. The
        /// only one for several datagrams in one packet (GSO).
        case partial
    }

    private let local: UnderlayAddress
    private let isV4: Bool
    private let destinationMAC: UInt64
    private let sourceMAC: UInt64
    private let checksum: Checksum
    /// 14 with an Ethernet header, else 0.
    private let ethernetLength: Int
    /// The IPv4 header's sum without length, identification, TOS, TTL, DF and destination.
    private let constantSum: InternetChecksum

    /// - Parameters:
    ///   - local: The source address.
    ///   - ethernet: Next hop's and own MAC address, for an Ethernet header before it all. Nil: the packet begins with IP.
    public init(
        local: IPAddress, ethernet: (destination: MACAddress, source: MACAddress)? = nil, checksum: Checksum
    ) {
        self.local = UnderlayAddress(local)
        isV4 = local.family == .v4
        destinationMAC = ethernet?.destination.rawValue ?? 0
        sourceMAC = ethernet?.source.rawValue ?? 0
        ethernetLength = ethernet == nil ? 0 : EthernetHeader.length
        self.checksum = checksum
        var sum = InternetChecksum()
        sum.add(UInt16(0x4500))
        sum.add(UInt16(IPProtocol.udp))
        sum.add(self.local.v4)
        constantSum = sum
    }

    /// How many bytes ``write(_:slices:identification:to:)`` writes.
    public var length: Int { ethernetLength + (isV4 ? IPv4Header.length : IPv6Header.length) + UDPHeader.length }

    /// Writes the headers of a transmission.
    ///
    /// - Parameters:
    ///   - slices: The transmission's slices, read for a complete checksum only.
    ///   - identification: For the IPv4 header.
    ///   - memory: ``length`` bytes or more.
    /// - Returns: How many bytes were written; 0 if the memory is too short, the remote is of the other family, the packet
    ///   would be too long, or the checksum is not partial while there are several datagrams.
    public func write(
        _ transmission: Transmission, slices: UnsafeMutableBufferPointer<Slice>, identification: UInt16 = 0,
        to memory: UnsafeMutableRawBufferPointer
    ) -> Int {
        guard let base = memory.baseAddress, memory.count >= length, transmission.remote.isV4 == isV4 else { return 0 }
        let udpLength = UDPHeader.length &+ Int(transmission.length)
        let most = isV4 ? 65_535 - IPv4Header.length : 65_535
        guard udpLength <= most, checksum == .partial || transmission.segmentSize == 0 else { return 0 }
        let bytes = unsafe PacketBytes(base, count: length)
        writeEthernet(bytes)
        let internet = bytes.dropping(ethernetLength)
        var sum: InternetChecksum
        if isV4 {
            sum = writeV4(transmission, udpLength, identification, internet)
        } else {
            sum = writeV6(transmission, udpLength, internet)
        }
        let udp = internet.dropping(isV4 ? IPv4Header.length : IPv6Header.length)
        udp.set(u16: transmission.sourcePort, at: 0)
        udp.set(u16: transmission.port, at: 2)
        udp.set(u16: UInt16(truncatingIfNeeded: udpLength), at: 4)
        udp.set(u16: 0, at: 6)
        switch checksum {
        case .zero: break
        case .partial: udp.set(u16: sum.folded, at: 6)
        case .complete:
            sum.add(udp)
            unsafe sum.add(slices)
            udp.set(u16: sum.udpValue, at: 6)
        }
        return length
    }

    private func writeEthernet(_ bytes: PacketBytes) {
        guard ethernetLength > 0 else { return }
        bytes.set(u48: destinationMAC, at: 0)
        bytes.set(u48: sourceMAC, at: 6)
        bytes.set(u16: isV4 ? EtherType.ipv4 : EtherType.ipv6, at: 12)
    }

    /// Writes the header, and returns the pseudo header's sum.
    private func writeV4(
        _ transmission: Transmission, _ udpLength: Int, _ identification: UInt16, _ bytes: PacketBytes
    ) -> InternetChecksum {
        let total = UInt16(truncatingIfNeeded: IPv4Header.length &+ udpLength)
        let timeToLive = transmission.timeToLive == 0 ? 64 : transmission.timeToLive
        let fragment: UInt16 = transmission.flags & Transmission.dontFragment == 0 ? 0 : 0x4000
        bytes.set(u32: 0x4500_0000 | UInt32(transmission.typeOfService) << 16 | UInt32(total), at: 0)
        bytes.set(u32: UInt32(identification) << 16 | UInt32(fragment), at: 4)
        bytes.set(u16: UInt16(timeToLive) << 8 | UInt16(IPProtocol.udp), at: 8)
        var sum = constantSum
        sum.add(UInt16(transmission.typeOfService))
        sum.add(total)
        sum.add(UInt32(identification) << 16 | UInt32(fragment))
        sum.add(UInt16(timeToLive) << 8)
        sum.add(transmission.remote.v4)
        bytes.set(u16: sum.value, at: 10)
        bytes.set(u32: local.v4, at: 12)
        bytes.set(u32: transmission.remote.v4, at: 16)
        var pseudo = InternetChecksum()
        pseudo.add(local.v4)
        pseudo.add(transmission.remote.v4)
        pseudo.add(UInt16(IPProtocol.udp))
        pseudo.add(UInt16(truncatingIfNeeded: udpLength))
        return pseudo
    }

    private func writeV6(_ transmission: Transmission, _ udpLength: Int, _ bytes: PacketBytes) -> InternetChecksum {
        // The flow label is the flow's (RFC 6438): routers may spread by it.
        let label = UInt32(transmission.sourcePort)
        bytes.set(u32: 0x6000_0000 | UInt32(transmission.typeOfService) << 20 | label, at: 0)
        bytes.set(u16: UInt16(truncatingIfNeeded: udpLength), at: 4)
        bytes.set(u8: IPProtocol.udp, at: 6)
        bytes.set(u8: transmission.timeToLive == 0 ? 64 : transmission.timeToLive, at: 7)
        local.write(to: bytes, at: 8)
        transmission.remote.write(to: bytes, at: 24)
        var pseudo = InternetChecksum()
        pseudo.add(bytes.dropping(8).prefix(32))
        pseudo.add(UInt16(IPProtocol.udp))
        pseudo.add(UInt16(truncatingIfNeeded: udpLength))
        return pseudo
    }
}

extension InternetChecksum {
    /// Adds bytes that lie in several pieces, of which any may be odd.
    fileprivate mutating func add(_ slices: UnsafeMutableBufferPointer<Slice>) {
        var isOdd = false
        for index in 0..<slices.count {
            let slice = unsafe slices[index]
            var piece = InternetChecksum()
            unsafe piece.add(PacketBytes(slice.base, count: slice.length))
            // At an odd place the sum's bytes change sides (RFC 1071 §2 B).
            add(isOdd ? piece.folded.byteSwapped : piece.folded)
            if slice.length & 1 == 1 { isOdd.toggle() }
        }
    }
}
