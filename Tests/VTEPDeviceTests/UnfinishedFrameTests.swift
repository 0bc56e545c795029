import Testing
import VTEPWire

@testable import VTEPDevice
@testable import VTEPEngine

/// What a kernel's VXLAN device leaves to a driver that there is not.
struct UnfinishedFrameTests {
    /// TCP over IPv4: headers of 54 bytes; CWR, ACK, PSH and FIN; the checksum partial.
    private func superframe(payload: Int) -> [UInt8] {
        let total = 40 + payload
        var bytes = Array(frame(from: 1, to: 2)[..<14])
        bytes[12] = 0x08
        bytes[13] = 0x00
        bytes += [
            0x45, 0, UInt8(total >> 8), UInt8(total & 255), 0x12, 0xFF, 0x40, 0, 64, 6, 0, 0, 10, 16, 0, 2, 10, 16, 0,
            3,
        ]
        bytes += [0x13, 0x88, 0x9C, 0x40, 0xFF, 0xFF, 0xFF, 0x00, 0, 0, 0, 1, 0x50, 0x99, 1, 0, 0, 0, 0, 0]
        bytes += (0..<payload).map { UInt8(truncatingIfNeeded: $0 * 13) }
        // Addresses 0a10 0002 0a10 0003, protocol 6, TCP's length: neither inverted nor of the payload.
        var sum = 0x0A10 + 0x0002 + 0x0A10 + 0x0003 + 6 + 20 + payload
        while sum >> 16 != 0 { sum = sum & 0xFFFF + sum >> 16 }
        bytes[50] = UInt8(sum >> 8)
        bytes[51] = UInt8(sum & 255)
        return bytes
    }

    private func find(_ bytes: [UInt8], segment: UInt16) -> Offload? {
        var bytes = bytes
        return bytes.withPacket { UnfinishedFrame.find($0, segment: segment) }
    }

    @Test func aPartialChecksumIsFound() {
        let whole = superframe(payload: 100)
        #expect(
            find(whole, segment: 0)
                == Offload(flags: Offload.needsChecksum, checksumStart: 34, checksumOffset: 16))
        // One bit more, and it is somebody's mistake.
        for place in [16, 26, 50, 51] {
            var wrong = whole
            wrong[place] ^= 1
            #expect(find(wrong, segment: 0) == nil, "byte \(place)")
        }
        for length in 0..<whole.count { #expect(find(Array(whole[..<length]), segment: 0) == nil) }
    }

    /// The kernel tells how long the segments are for runs of datagrams alone. What no link would take is several.
    @Test func segmentsOfUnknownLength() throws {
        #expect(find(superframe(payload: 1410), segment: 0)?.isSuperframe == false)
        let offload = try #require(find(superframe(payload: 1411), segment: 0))
        #expect(offload.kind == Offload.tcp4 && offload.segmentSize == 1410 && offload.headerLength == 54)
    }

    @Test(arguments: [1, 999, 1000, 1001, 2000, 60_000])
    func itIsSegmentedAsTheKernelWould(payload: Int) throws {
        var whole = superframe(payload: payload)
        let original = whole
        guard payload > 1000 else {
            #expect(find(whole, segment: 1000)?.isSuperframe == false)
            return
        }
        let offload = try #require(find(whole, segment: 1000))
        #expect(offload.kind == Offload.tcp4 && offload.segmentSize == 1000 && offload.headerLength == 54)
        var pieces: [[UInt8]] = []
        let splitter = FrameSplitter()
        let isSplit = whole.withPacket { packet in
            unsafe splitter.split(packet, offload) { slices in
                let parts = unsafe (0..<2).map { unsafe (slices[$0].base, slices[$0].length) }
                pieces.append(unsafe parts.flatMap { unsafe Array(UnsafeRawBufferPointer(start: $0.0, count: $0.1)) })
            }
        }
        #expect(isSplit)
        #expect(pieces.flatMap { $0[54...] } == Array(original[54...]))
        #expect(pieces.count == (payload + 999) / 1000)
        for (number, piece) in pieces.enumerated() {
            let isLast = number == pieces.count - 1
            #expect(Int(piece[16]) << 8 + Int(piece[17]) == piece.count - 14)
            #expect(Int(piece[18]) << 8 + Int(piece[19]) == 0x12FF + number)
            let sequence = piece[38..<42].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            #expect(sequence == 0xFFFF_FF00 &+ UInt32(number * 1000))
            #expect(piece[47] == (isLast ? 0x19 : 0x10) | (number == 0 ? 0x80 : 0))
            #expect(sum(piece[14..<34]) == 0xFFFF)
            let pseudo =
                Array(piece[26..<34]) + [0, 6] + [UInt8((piece.count - 34) >> 8), UInt8((piece.count - 34) & 255)]
            #expect(sum(pseudo[...], piece[34...]) == 0xFFFF)
        }
    }

    private func sum(_ parts: ArraySlice<UInt8>...) -> Int {
        var sum = 0
        for part in parts {
            for (index, byte) in part.enumerated() { sum += index % 2 == 0 ? Int(byte) << 8 : Int(byte) }
        }
        while sum >> 16 != 0 { sum = sum & 0xFFFF + sum >> 16 }
        return sum
    }

    @Test func whatCannotBeSegmentedIsNot() {
        var whole = superframe(payload: 60_000)
        let splitter = FrameSplitter()
        for offload in [
            Offload(segmentation: Offload.tcp4, headerLength: 54, segmentSize: 0, checksumStart: 34),
            Offload(segmentation: Offload.tcp4, headerLength: 54, segmentSize: 100, checksumStart: 34),  // too many
            Offload(segmentation: Offload.tcp4, headerLength: 200, segmentSize: 1000, checksumStart: 34),
            Offload(segmentation: Offload.tcp4, headerLength: 34, segmentSize: 1000, checksumStart: 34),
        ] {
            let isSplit = whole.withPacket { unsafe splitter.split($0, offload) { _ in Issue.record("a segment") } }
            #expect(!isSplit)
        }
    }

    /// A run of datagrams is told from one whose inner packet nobody segmented.
    @Test func oneMessageIsToldFromARun() {
        let header: [UInt8] = [8, 0, 0, 0, 0, 0, 120, 0]
        var whole = header + superframe(payload: 5000)
        let isWhole = whole.withPacket(UnfinishedFrame.isWholeMessage)
        #expect(isWhole)
        var run = header + superframe(payload: 1000) + header + superframe(payload: 1000)
        let isRun = !run.withPacket(UnfinishedFrame.isWholeMessage)
        #expect(isRun)
        for length in 0..<60 {
            var short = Array(whole[..<length])
            let isRefused = !short.withPacket(UnfinishedFrame.isWholeMessage)
            #expect(isRefused, "\(length) bytes")
        }
    }
}

extension [UInt8] {
    /// Lends the bytes as a packet.
    mutating func withPacket<Result>(_ body: (PacketBytes) -> Result) -> Result {
        unsafe withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else {
                var nothing: UInt8 = 0
                return unsafe body(PacketBytes(&nothing, count: 0))
            }
            return unsafe body(PacketBytes(base, count: bytes.count))
        }
    }
}
