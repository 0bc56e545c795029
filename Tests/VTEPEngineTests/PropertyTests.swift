import TestRandom
import Testing
import VTEPEngine
import VTEPWire

/// What holds of all frames, tried with many.
@Suite struct PropertyTests {
    /// What one engine encapsulates, another gives out again, unchanged and in order.
    @Test func decapsulationUndoesEncapsulation() throws {
        var random = SeededRandom(seed: 11)
        let sender = try TestEngine()
        try sender.engine.addDefaultRemote(TestEngine.remote, to: TestEngine.vni)
        let receiver = try TestEngine()
        try receiver.engine.addPeer(TestEngine.remote)
        for _ in 0..<100 {
            let frames = (0..<Int.random(in: 1...150, using: &random)).map { _ in anyFrame(&random) }
            let sent = sender.encapsulate(frames, headroom: Bool.random(using: &random) ? 8 : 0)
            var arrived: [[UInt8]] = []
            for one in sent.sent {
                let whole = one.datagrams.flatMap { $0 }
                arrived += receiver.decapsulate([whole], segmentSize: one.transmission.segmentSize).frames
            }
            // Gathering keeps the order within each flow, not between flows.
            #expect(arrived.count == frames.count)
            #expect(Dictionary(grouping: arrived, by: flow) == Dictionary(grouping: frames, by: flow))
        }
    }

    private func anyFrame(_ random: inout SeededRandom) -> [UInt8] {
        let to = Frames.station(.random(in: 1...5, using: &random))
        let from = Frames.station(.random(in: 6...9, using: &random))
        if Bool.random(using: &random) {
            return Frames.plain(to: to, from: from, count: .random(in: 0...1500, using: &random))
        }
        var inner = InnerFrame.random(
            &random, isV6: Bool.random(using: &random), isUDP: Bool.random(using: &random), payload: 1...1400)
        inner.tos &= 0xFC
        inner.destination = to
        inner.source = from
        return inner.bytes
    }

    /// Addresses, type and ports: what the entropy follows.
    private func flow(_ frame: [UInt8]) -> [UInt8] {
        switch frame[12...13] {
        case [0x08, 0x00]: Array(frame[0..<14] + frame[26..<38])
        case [0x86, 0xDD]: Array(frame[0..<14] + frame[22..<58])
        default: Array(frame[0..<14])
        }
    }

    /// Random bytes, as datagrams and as frames: nothing traps, and nothing but what was there comes out.
    @Test func randomBytesAreHarmless() throws {
        var random = SeededRandom(seed: 12)
        var policy = VNIPolicy()
        policy.acceptsUnknownRemotes = true
        policy.reservedBits = .ignore
        policy.neighbours = .suppress
        policy.learnsBindings = true
        var port = PortConfiguration()
        port.offloads = [.checksum, .tcp4, .tcp6, .udp]
        let test = try TestEngine(policy: policy, port: port)
        try test.engine.addDefaultRemote(TestEngine.remote, to: TestEngine.vni)
        for _ in 0..<3000 {
            var bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            if bytes.count > 22, Bool.random(using: &random) { bytes.replaceSubrange(20..<22, with: [8, 0]) }
            let arrived = test.decapsulate([Frames.vxlan(bytes)], tos: .random(in: 0...255, using: &random))
            #expect(arrived.frames.allSatisfy { $0.count == bytes.count })
            let offload = Offload(
                flags: .random(in: 0...3, using: &random), segmentation: .random(in: 0...5, using: &random),
                segmentSize: .random(in: 0...100, using: &random), checksumStart: .random(in: 0...100, using: &random),
                checksumOffset: .random(in: 0...40, using: &random))
            _ = test.encapsulate([bytes], offload: offload)
        }
    }

    /// The checksum is RFC 1071's, for every length and place.
    @Test func checksumsAgreeWithTheRFC() {
        var random = SeededRandom(seed: 13)
        for count in 0..<300 {
            var bytes = (0..<count + 7).map { _ in UInt8.random(in: 0...255, using: &random) }
            if count % 5 == 0 { bytes = bytes.map { _ in 0xFF } }
            let offset = Int.random(in: 0...7, using: &random)
            unsafe bytes.withUnsafeMutableBytes { memory in
                guard let base = memory.baseAddress else { return }
                var sum = InternetChecksum()
                sum.add(unsafe PacketBytes(base + offset, count: count))
                let expected = unsafe wordSum(Array(UnsafeRawBufferPointer(rebasing: memory[offset..<offset + count])))
                #expect(sum.folded == expected)
            }
        }
    }
}
