internal import VTEPWire

/// What the outer headers need to know of the inner packet.
struct InnerPacket: BitwiseCopyable {
    /// A number that frames of one flow have in common: 32 bits, well mixed.
    let flow: UInt32
    let typeOfService: UInt8
    let timeToLive: UInt8
    /// The DF flag; true for IPv6.
    let dontFragment: Bool

    /// Of no packet.
    static var none: InnerPacket { InnerPacket(flow: 0, typeOfService: 0, timeToLive: 0, dontFragment: false) }

    @inline(__always)
    init(_ frame: PacketBytes, _ ethernet: EthernetHeader, hash: KeyedHash) {
        // The usual headers, at places that need no computing.
        if ethernet.payloadOffset == EthernetHeader.length, frame.count >= 58 {
            if ethernet.etherType == EtherType.ipv4, frame.u8(14) == 0x45 {
                self.init(v4: frame, hash)
                return
            }
            if ethernet.etherType == EtherType.ipv6, frame.u8(14) >> 4 == 6 {
                self.init(v6: frame, hash)
                return
            }
        }
        self.init(uncommon: frame, ethernet, hash: hash)
    }

    private init(flow: UInt32, typeOfService: UInt8, timeToLive: UInt8, dontFragment: Bool) {
        self.flow = flow
        self.typeOfService = typeOfService
        self.timeToLive = timeToLive
        self.dontFragment = dontFragment
    }

    /// IPv4 without options.
    @inline(__always)
    private init(v4 frame: PacketBytes, _ hash: KeyedHash) {
        let first = frame.u32(20)
        typeOfService = frame.u8(15)
        timeToLive = UInt8(truncatingIfNeeded: first >> 8)
        dontFragment = first & 0x4000_0000 != 0
        let protocolNumber = UInt8(truncatingIfNeeded: first)
        let hasPorts = first & 0x3FFF_0000 == 0 && InnerPacket.hasPorts(protocolNumber)
        let ports = hasPorts ? frame.u32(34) : 0
        flow = hash.flow(frame.u64(26), UInt64(ports) << 8 | UInt64(protocolNumber))
    }

    /// IPv6, with or without extension headers.
    @inline(__always)
    private init(v6 frame: PacketBytes, _ hash: KeyedHash) {
        typeOfService = UInt8(truncatingIfNeeded: frame.u16(14) >> 4)
        timeToLive = frame.u8(21)
        dontFragment = true
        let protocolNumber = frame.u8(20)
        let ports = InnerPacket.hasPorts(protocolNumber) ? frame.u32(54) : 0
        let addresses = hash(frame.u64(22) ^ frame.u64(38), frame.u64(30) ^ frame.u64(46) &* 3)
        flow = hash.flow(addresses, UInt64(ports) << 8 | UInt64(protocolNumber))
    }

    @inline(__always)
    private static func hasPorts(_ protocolNumber: UInt8) -> Bool {
        protocolNumber == IPProtocol.tcp || protocolNumber == IPProtocol.udp
    }
}

extension InnerPacket {
    /// Options, tags, short packets, and what is not IP.
    @inline(never)
    private init(uncommon frame: PacketBytes, _ ethernet: EthernetHeader, hash: KeyedHash) {
        let packet = frame.dropping(ethernet.payloadOffset)
        if ethernet.etherType == EtherType.ipv4, let header = IPv4Header(packet) {
            typeOfService = header.typeOfService
            timeToLive = header.timeToLive
            dontFragment = header.dontFragment
            let ports = header.isFragment ? 0 : InnerPacket.ports(packet, header.headerLength, header.protocolNumber)
            flow = hash.flow(packet.u64(12), UInt64(ports) << 8 | UInt64(header.protocolNumber))
        } else if ethernet.etherType == EtherType.ipv6, let header = IPv6Header(packet) {
            typeOfService = header.trafficClass
            timeToLive = header.hopLimit
            dontFragment = true
            let ports = InnerPacket.ports(packet, IPv6Header.length, header.nextHeader)
            let addresses = hash(packet.u64(8) ^ packet.u64(24), packet.u64(16) ^ packet.u64(32) &* 3)
            flow = hash.flow(addresses, UInt64(ports) << 8 | UInt64(header.nextHeader))
        } else {
            typeOfService = 0
            timeToLive = 0
            dontFragment = false
            flow = hash.flow(ethernet.destination, ethernet.source << 16 | UInt64(ethernet.etherType))
        }
    }

    /// The two ports as one number. 0 where there are none: fragments, other protocols, IPv6 extension headers.
    private static func ports(_ packet: PacketBytes, _ offset: Int, _ protocolNumber: UInt8) -> UInt32 {
        hasPorts(protocolNumber) && packet.holds(4, at: offset) ? packet.u32(offset) : 0
    }
}
