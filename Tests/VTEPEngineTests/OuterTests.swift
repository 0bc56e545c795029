import Testing
import VTEPEngine
import VTEPWire

/// Whole packets: outer headers written and read.
@Suite struct OuterTests {
    private func transmission(_ remote: IPAddress, length: Int) -> Transmission {
        Transmission(
            remote: UnderlayAddress(remote), port: 4789, sourcePort: 50_000, length: UInt32(length),
            typeOfService: 0xB8, flags: Transmission.dontFragment)
    }

    private func packet(
        local: IPAddress, remote: IPAddress, checksum: OuterTemplate.Checksum, pieces: [[UInt8]]
    ) -> [UInt8] {
        var payload = pieces
        let mac = MACAddress(2, 0, 0, 0, 0, 1)
        let template = OuterTemplate(local: local, ethernet: (mac, mac), checksum: checksum)
        var header = [UInt8](repeating: 0, count: template.length)
        var slices: [Slice] = []
        for index in payload.indices {
            unsafe payload[index].withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                slices.append(unsafe Slice(base, bytes.count))
            }
        }
        let written = unsafe slices.withUnsafeMutableBufferPointer { slices in
            unsafe header.withUnsafeMutableBytes {
                unsafe template.write(
                    transmission(remote, length: pieces.joined().count), slices: slices, identification: 7, to: $0)
            }
        }
        withExtendedLifetime(payload) {}
        return Array(header.prefix(written)) + pieces.joined()
    }

    private let v4 = (IPAddress.v4(IPv4Address(192, 0, 2, 1)), IPAddress.v4(IPv4Address(192, 0, 2, 2)))
    private let v6 = (
        IPAddress.v6(IPv6Address(rawValue: 0xFD << 120 | 1)), IPAddress.v6(IPv6Address(rawValue: 0xFD << 120 | 2))
    )

    @Test func headersAreRight() {
        let pieces: [[UInt8]] = [[8, 0, 0, 0, 0, 0, 5, 0], [1, 2, 3], [4, 5], [6]]
        let four = packet(local: v4.0, remote: v4.1, checksum: .complete, pieces: pieces)
        #expect(four.count == 14 + 20 + 8 + 14)
        #expect(wordSum(Array(four[14..<34])) == 0xFFFF)
        #expect(Array(four[14..<26]) == [0x45, 0xB8, 0, 42, 0, 7, 0x40, 0, 64, 17] + four[24..<26])
        let length = big16(UInt16(four.count - 34))
        #expect(wordSum(Array(four[26..<34]) + [0, 17] + length + four[34...]) == 0xFFFF)
        let six = packet(local: v6.0, remote: v6.1, checksum: .complete, pieces: pieces)
        #expect(wordSum(Array(six[22..<54]) + [0, 17] + length + six[54...]) == 0xFFFF)
        #expect(packet(local: v6.0, remote: v4.1, checksum: .complete, pieces: pieces).count == pieces.joined().count)
    }

    /// An IPv6 packet from ::ffff:192.0.2.1 must not pass for one of the IPv4 peer 192.0.2.1.
    @Test func aMappedSourceIsRefused() {
        var whole = packet(local: v6.0, remote: v6.1, checksum: .complete, pieces: [[1, 2, 3, 4]])
        #expect(read(whole, verifies: false) == [1, 2, 3, 4])
        whole.replaceSubrange(22..<38, with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 1])
        #expect(read(whole, verifies: false) == nil)
    }

    @Test func whatWasWrittenIsRead() {
        for (local, remote) in [v4, v6] {
            for checksum in [OuterTemplate.Checksum.complete, .zero] {
                let bytes = packet(
                    local: local, remote: remote, checksum: checksum, pieces: [[1, 2, 3, 4, 5, 6, 7, 8, 9]])
                let accepts = checksum == .complete || local.family == .v4
                #expect(read(bytes) == (accepts ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : nil))
                #expect(read(bytes, zero6: true) != nil)
                for cut in 0..<bytes.count { #expect(read(Array(bytes.prefix(cut))) == nil) }
                guard checksum == .complete else { continue }
                var bent = bytes
                bent[bytes.count - 1] ^= 1
                #expect(read(bent) == nil)
            }
        }
    }

    private func read(_ packet: [UInt8], zero6: Bool = false, verifies: Bool = true) -> [UInt8]? {
        var packet = packet
        return unsafe packet.withUnsafeMutableBytes { memory in
            guard
                case .datagram(let datagram) = unsafe OuterPacket.read(
                    memory, hasEthernet: true, port: 4789, verifies: verifies, acceptsZeroChecksum6: zero6)
            else { return nil }
            return unsafe Array(UnsafeRawBufferPointer(start: datagram.base, count: Int(datagram.length)))
        }
    }
}
