import VTEPEngine

/// TCP and UDP frames for the tests, with checksums computed word by word.
struct InnerFrame {
    var isV6 = false
    var isUDP = false
    var payload: [UInt8] = []
    var identification: UInt16 = 100
    var sequence: UInt32 = 1_000_000
    var acknowledgement: UInt32 = 77
    var flags: UInt8 = 0x10
    var options: [UInt8] = []
    var dontFragment = true
    var tos: UInt8 = 0
    var timeToLive: UInt8 = 64
    var ports: (UInt16, UInt16) = (40000, 443)
    var destination = Frames.station(2)
    var source = Frames.station(1)

    private static let v4: [UInt8] = [10, 0, 0, 1, 10, 0, 0, 2]
    private static let v6: [UInt8] =
        [0xFD] + [UInt8](repeating: 0, count: 14) + [1, 0xFD]
        + [UInt8](repeating: 0, count: 14) + [2]

    private var addresses: [UInt8] { isV6 ? InnerFrame.v6 : InnerFrame.v4 }
    private var protocolNumber: UInt8 { isUDP ? 17 : 6 }
    private var transportHeader: Int { isUDP ? 8 : 20 + options.count }
    private var internetHeader: Int { isV6 ? 40 : 20 }
    var headerLength: Int { 14 + internetHeader + transportHeader }

    /// The whole frame, as a station sends it without any offload.
    var bytes: [UInt8] { frame(partial: false) }
    /// The same with a partial checksum.
    var partialBytes: [UInt8] { frame(partial: true) }

    func superframeOffload(segmentSize: Int) -> Offload {
        Offload(
            flags: Offload.needsChecksum,
            segmentation: isUDP ? Offload.udpL4 : isV6 ? Offload.tcp6 : Offload.tcp4,
            headerLength: UInt16(headerLength), segmentSize: UInt16(segmentSize),
            checksumStart: UInt16(14 + internetHeader), checksumOffset: isUDP ? 6 : 16)
    }

    private func frame(partial: Bool) -> [UInt8] {
        let transportLength = transportHeader + payload.count
        var transport = big16(ports.0) + big16(ports.1)
        if isUDP {
            transport += big16(UInt16(transportLength)) + [0, 0]
        } else {
            transport += big32(sequence) + big32(acknowledgement)
            transport += [UInt8(transportHeader / 4) << 4, flags] + big16(5000) + [0, 0, 0, 0] + options
        }
        let pseudo = addresses + [0, protocolNumber] + big16(UInt16(transportLength))
        let place = isUDP ? 6 : 16
        var sum = partial ? wordSum(pseudo) : ~wordSum(pseudo + transport + payload)
        if !partial && sum == 0 && isUDP { sum = 0xFFFF }
        transport.replaceSubrange(place..<place + 2, with: big16(sum))
        return Frames.ethernet(
            to: destination, from: source, type: isV6 ? 0x86DD : 0x0800, internet(transportLength) + transport + payload
        )
    }

    private func internet(_ transportLength: Int) -> [UInt8] {
        if isV6 {
            return [0x60 | tos >> 4, tos << 4, 0, 0] + big16(UInt16(transportLength)) + [protocolNumber, timeToLive]
                + addresses
        }
        var header = [0x45, tos] + big16(UInt16(20 + transportLength)) + big16(identification)
        header += [dontFragment ? 0x40 : 0, 0, timeToLive, protocolNumber, 0, 0] + addresses
        header.replaceSubrange(10..<12, with: big16(~wordSum(header)))
        return header
    }

    /// What TSO or USO makes of it: the frames that a station would have sent itself.
    func segments(of size: Int) -> [InnerFrame] {
        stride(from: 0, to: payload.count, by: size).enumerated().map { index, offset in
            var segment = self
            segment.payload = Array(payload[offset..<min(offset + size, payload.count)])
            segment.identification = identification &+ UInt16(index)
            segment.sequence = sequence &+ UInt32(offset)
            if index > 0 { segment.flags &= ~0x80 }
            if offset + size < payload.count { segment.flags &= ~0x09 }
            return segment
        }
    }
}

func big16(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xFF)] }
func big32(_ number: UInt32) -> [UInt8] { big16(UInt16(number >> 16)) + big16(UInt16(number & 0xFFFF)) }

/// RFC 1071 as it is written: 16-bit words, each carry added at once.
func wordSum(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for index in stride(from: 0, to: bytes.count, by: 2) {
        sum += UInt32(bytes[index]) << 8 | (index + 1 < bytes.count ? UInt32(bytes[index + 1]) : 0)
        if sum > 0xFFFF { sum -= 0xFFFF }
    }
    return UInt16(sum)
}
