/// A packet that the VTEP under test put on the underlay, taken apart; `nil` where it is no UDP over IP.
struct Sent: Sendable {
    let destinationMAC: [UInt8]
    let isIPv6: Bool
    let tos: UInt8
    let ttl: UInt8
    let dontFragment: Bool
    /// A part of a larger packet: then there is nothing of UDP to be read in the later ones.
    let isFragment: Bool
    let source: [UInt8]
    let destination: [UInt8]
    /// From the UDP header on.
    let datagram: [UInt8]

    var sourcePort: UInt16 { UInt16(number(datagram[0..<2])) }
    var destinationPort: UInt16 { UInt16(number(datagram[2..<4])) }
    var hasChecksum: Bool { datagram[6] != 0 || datagram[7] != 0 }
    var header: [UInt8] { Array(datagram[8..<16]) }
    var vni: UInt32 { number(header[4..<7]) }
    var inner: [UInt8] { Array(datagram[16...]) }

    init?(_ frame: [UInt8]) {
        guard frame.count >= 14 + 20 + 16 else { return nil }
        destinationMAC = Array(frame[0..<6])
        let packet = Array(frame[14...])
        switch number(frame[12..<14]) {
        case 0x0800:
            guard packet[9] == 17 else { return nil }
            isIPv6 = false
            tos = packet[1]
            ttl = packet[8]
            let fragment = number(packet[6..<8])
            dontFragment = fragment & 0x4000 != 0
            isFragment = fragment & 0x3FFF != 0
            (source, destination) = (Array(packet[12..<16]), Array(packet[16..<20]))
            datagram = Array(packet[20..<min(packet.count, Int(number(packet[2..<4])))])
        case 0x86DD:
            guard packet.count >= 56, packet[6] == 17 else { return nil }
            isIPv6 = true
            tos = packet[0] << 4 | packet[1] >> 4
            ttl = packet[7]
            (dontFragment, isFragment) = (true, false)
            (source, destination) = (Array(packet[8..<24]), Array(packet[24..<40]))
            datagram = Array(packet[40...])
        default: return nil
        }
    }
}
