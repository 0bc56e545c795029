internal import VTEPWire

/// An ARP packet for IPv4 over Ethernet (RFC 826), checked once and then read at fixed places.
struct ARPPacket {
    static var length: Int { 28 }

    let operation: UInt16
    let senderStation: UInt64
    let senderAddress: UInt32
    let targetAddress: UInt32

    /// Nil for what is shorter, or for other networks.
    init?(_ packet: PacketBytes) {
        guard packet.count >= ARPPacket.length, packet.u32(0) == 0x0001_0800, packet.u16(4) == 0x0604 else {
            return nil
        }
        operation = packet.u16(6)
        senderStation = packet.u48(8)
        senderAddress = packet.u32(14)
        targetAddress = packet.u32(24)
    }

    var isRequest: Bool { operation == 1 }
    /// Announces the sender's own address (RFC 5227 §3).
    var isGratuitous: Bool { senderAddress == targetAddress }

    /// Writes the answer to a request: that `station` has the target's address.
    func writeAnswer(_ station: UInt64, to packet: PacketBytes) {
        packet.set(u32: 0x0001_0800, at: 0)
        packet.set(u32: 0x0604_0002, at: 4)
        packet.set(u48: station, at: 8)
        packet.set(u32: targetAddress, at: 14)
        packet.set(u48: senderStation, at: 18)
        packet.set(u32: senderAddress, at: 24)
    }
}
