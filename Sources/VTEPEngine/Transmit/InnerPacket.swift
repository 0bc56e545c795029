internal import VTEPWire

/// What the outer headers need to know of the inner packet.
struct InnerPacket {
    /// A number that frames of one flow have in common. Of 64 bits, well mixed.
    let flow: UInt64
    /// 4, 6, or 0 for what is not IP, or not wholly there.
    let version: UInt8
    let typeOfService: UInt8
    let timeToLive: UInt8
    /// The DF flag; true for IPv6.
    let dontFragment: Bool

    @inline(__always)
    init(_ frame: PacketBytes, _ ethernet: EthernetHeader, hash: KeyedHash) {
        let packet = frame.dropping(ethernet.payloadOffset)
        if ethernet.etherType == EtherType.ipv4, let header = IPv4Header(packet) {
            version = 4
            typeOfService = header.typeOfService
            timeToLive = header.timeToLive
            dontFragment = header.dontFragment
            let ports = header.isFragment ? 0 : InnerPacket.ports(packet, header.headerLength, header.protocolNumber)
            flow = hash(packet.u64(12), UInt64(header.protocolNumber) << 32 | UInt64(ports))
        } else if ethernet.etherType == EtherType.ipv6, let header = IPv6Header(packet) {
            version = 6
            typeOfService = header.trafficClass
            timeToLive = header.hopLimit
            dontFragment = true
            let ports = InnerPacket.ports(packet, IPv6Header.length, header.nextHeader)
            let addresses = hash(packet.u64(8) ^ packet.u64(24), packet.u64(16) ^ packet.u64(32) &* 3)
            flow = hash(addresses, UInt64(header.nextHeader) << 32 | UInt64(ports))
        } else {
            version = 0
            typeOfService = 0
            timeToLive = 0
            dontFragment = false
            flow = hash(ethernet.destination, ethernet.source << 16 | UInt64(ethernet.etherType))
        }
    }

    /// The two ports as one number. 0 where there are none: fragments, other protocols, IPv6 extension headers.
    @inline(__always)
    private static func ports(_ packet: PacketBytes, _ offset: Int, _ protocolNumber: UInt8) -> UInt32 {
        guard protocolNumber == IPProtocol.tcp || protocolNumber == IPProtocol.udp, packet.holds(4, at: offset) else {
            return 0
        }
        return packet.u32(offset)
    }
}
