/// A VXLAN packet as a remote sends it to the VTEP under test, down to the Ethernet header of the underlay. Every field
/// may be wrong.
struct Outer {
    enum Checksum: String, Sendable { case correct, zero, wrong }

    var source = Underlay.peer
    var sourcePort: UInt16 = 50_000
    var destinationPort: UInt16 = 4789
    var checksum = Checksum.correct
    var tos: UInt8 = 0
    var flags: UInt8 = 0x08
    var reserved: [UInt8] = [0, 0, 0]
    var vni: UInt32 = 120
    var lastByte: UInt8 = 0

    private var destination: String { source.contains(":") ? Underlay.vtep6 : Underlay.vtep }

    func carrying(_ inner: [UInt8]) -> [UInt8] {
        payload([flags] + reserved + bytes(vni).dropFirst() + [lastByte] + inner)
    }

    /// Any UDP payload, also one that is no VXLAN.
    func payload(_ payload: [UInt8]) -> [UInt8] {
        frame(datagram(payload))
    }

    /// The same packet in two IP fragments.
    func fragments(_ inner: [UInt8]) -> [[UInt8]] {
        let whole = datagram([flags] + reserved + bytes(vni).dropFirst() + [lastByte] + inner)
        let first = (whole.count / 2) & ~7
        let pieces = [(Array(whole[..<first]), UInt16(0x2000)), (Array(whole[first...]), UInt16(first / 8))]
        return pieces.map { piece, fragment in
            ethernet(
                Underlay.vtepMAC, Underlay.peerMAC, 0x0800,
                IPv4Packet(
                    source: source, destination: destination, identification: 77, fragment: fragment, payload: piece
                ).bytes)
        }
    }

    private func datagram(_ payload: [UInt8]) -> [UInt8] {
        var datagram = udp(source, destination, from: sourcePort, to: destinationPort, payload)
        switch checksum {
        case .correct: break
        case .zero: datagram.replaceSubrange(6..<8, with: [0, 0])
        case .wrong: datagram[7] = datagram[7] == 0x55 ? 0x56 : 0x55
        }
        return datagram
    }

    private func frame(_ datagram: [UInt8]) -> [UInt8] {
        if source.contains(":") {
            let packet = IPv6Packet(source: source, destination: destination, trafficClass: tos, payload: datagram)
            return ethernet(Underlay.vtepMAC, Underlay.peerMAC, 0x86DD, packet.bytes)
        }
        let packet = IPv4Packet(source: source, destination: destination, tos: tos, payload: datagram)
        return ethernet(Underlay.vtepMAC, Underlay.peerMAC, 0x0800, packet.bytes)
    }
}
