/// Packets byte by byte, by the RFCs' pictures: the tests' own, so that no mistake of the library is shared.

func bytes(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }
func bytes(_ value: UInt32) -> [UInt8] { bytes(UInt16(value >> 16)) + bytes(UInt16(value & 0xFFFF)) }

func number(_ bytes: some Collection<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }

/// `02:00:00:00:00:01`
func mac(_ text: String) -> [UInt8] { text.split(separator: ":").compactMap { UInt8($0, radix: 16) } }

/// `192.168.50.29`, or `fd50::29` with one `::`.
func ip(_ text: String) -> [UInt8] {
    if !text.contains(":") { return text.split(separator: ".").compactMap { UInt8($0) } }
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        .map { $0.split(separator: ":").compactMap { UInt16($0, radix: 16) } }
    let tail = halves.count > 1 ? halves[1] : []
    let gap = [UInt16](repeating: 0, count: 8 - halves[0].count - tail.count)
    return (halves[0] + gap + tail).flatMap { bytes($0) }
}

/// RFC 1071.
func checksum(_ data: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for index in stride(from: 0, to: data.count, by: 2) {
        sum += UInt32(data[index]) << 8 | (index + 1 < data.count ? UInt32(data[index + 1]) : 0)
    }
    while sum > 0xFFFF { sum = (sum & 0xFFFF) + sum >> 16 }
    return ~UInt16(sum)
}

func ethernet(_ destination: String, _ source: String, _ type: UInt16, _ payload: [UInt8]) -> [UInt8] {
    mac(destination) + mac(source) + bytes(type) + payload
}

struct IPv4Packet {
    var source = "10.16.0.3"
    var destination = "10.16.0.2"
    var tos: UInt8 = 0
    var ttl: UInt8 = 64
    var identification: UInt16 = 0
    /// With the flags: 0x4000 is "don't fragment", 0x2000 "more fragments"; the offset counts in 8 bytes.
    var fragment: UInt16 = 0
    var proto: UInt8 = 17
    var payload: [UInt8]

    var bytes: [UInt8] {
        var header: [UInt8] = [0x45, tos]
        header += ConformanceTests.bytes(UInt16(20 + payload.count))
        header += ConformanceTests.bytes(identification) + ConformanceTests.bytes(fragment)
        header += [ttl, proto, 0, 0] + ip(source) + ip(destination)
        header.replaceSubrange(10..<12, with: ConformanceTests.bytes(checksum(header)))
        return header + payload
    }
}

struct IPv6Packet {
    var source = "fd16::3"
    var destination = "fd16::2"
    var trafficClass: UInt8 = 0
    var hopLimit: UInt8 = 64
    var nextHeader: UInt8 = 17
    var payload: [UInt8]

    var bytes: [UInt8] {
        [0x60 | trafficClass >> 4, trafficClass << 4, 0, 0] + ConformanceTests.bytes(UInt16(payload.count))
            + [nextHeader, hopLimit] + ip(source) + ip(destination) + payload
    }
}

/// A UDP datagram with its checksum over the pseudo header of these addresses.
func udp(_ source: String, _ destination: String, from: UInt16, to: UInt16, _ payload: [UInt8]) -> [UInt8] {
    let length = UInt16(8 + payload.count)
    var datagram = bytes(from) + bytes(to) + bytes(length) + [0, 0] + payload
    let sum = checksum(ip(source) + ip(destination) + [0, 17] + bytes(length) + datagram)
    datagram.replaceSubrange(6..<8, with: bytes(sum == 0 ? 0xFFFF : sum))
    return datagram
}
