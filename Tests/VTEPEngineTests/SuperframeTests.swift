import TestRandom
import Testing
import VTEPEngine
import VTEPWire

/// Where a superframe goes out as datagrams and comes back.
private final class Pair {
    let sender: TestEngine
    let receiver: TestEngine

    init(receiving offloads: OffloadSupport = [.checksum, .tcp4, .tcp6, .udp]) throws {
        sender = try TestEngine()
        try sender.engine.addDefaultRemote(TestEngine.remote, to: TestEngine.vni)
        var port = PortConfiguration()
        port.offloads = offloads
        receiver = try TestEngine(port: port)
        try receiver.engine.addPeer(TestEngine.remote)
    }
}

@Suite struct SegmentationTests {
    @Test(arguments: [false, true], [false, true])
    func segmentsAreWhatAStationWouldHaveSent(isV6: Bool, isUDP: Bool) throws {
        var random = SeededRandom(seed: isV6 ? 1 : 2)
        let pair = try Pair()
        for _ in 0..<50 {
            let inner = InnerFrame.random(&random, isV6: isV6, isUDP: isUDP, payload: 2...20_000)
            let size = Int.random(in: max(1, inner.payload.count / 60)..<inner.payload.count, using: &random)
            let sent = pair.sender.encapsulate(
                [inner.partialBytes], headroom: 8, offload: inner.superframeOffload(segmentSize: size))
            #expect(sent.datagrams.map { Array($0.dropFirst(8)) } == inner.segments(of: size).map(\.bytes))
        }
    }

    @Test func oneSendHoldsAllSegmentsThatFit() throws {
        let pair = try Pair()
        let inner = InnerFrame(payload: [UInt8](repeating: 1, count: 60_000))
        let sent = pair.sender.encapsulate([inner.partialBytes], offload: inner.superframeOffload(segmentSize: 1400))
        #expect(sent.sent.map(\.datagrams.count) == [43])
        let transmission = try #require(sent.sent.first?.transmission)
        #expect(transmission.segmentSize == 8 + 54 + 1400)
        #expect(transmission.datagramCount == 43)
        #expect(transmission.length <= 65_487)
    }

    @Test func partialChecksumIsCompletedForTheWire() throws {
        let pair = try Pair()
        let inner = InnerFrame(isUDP: true, payload: [1, 2, 3])
        var offload = inner.superframeOffload(segmentSize: 0)
        offload.segmentation = 0
        let sent = pair.sender.encapsulate([inner.partialBytes], offload: offload)
        #expect(sent.datagrams.map { Array($0.dropFirst(8)) } == [inner.bytes])
    }

    @Test(arguments: [
        Offload(segmentation: Offload.tcp4, segmentSize: 100),
        Offload(flags: 1, segmentation: Offload.tcp4, segmentSize: 0, checksumStart: 34, checksumOffset: 16),
        Offload(flags: 1, segmentation: Offload.tcp6, segmentSize: 100, checksumStart: 34, checksumOffset: 16),
        Offload(flags: 1, segmentation: Offload.udpL4, segmentSize: 100, checksumStart: 34, checksumOffset: 6),
        Offload(flags: 1, segmentation: 3, segmentSize: 100, checksumStart: 34, checksumOffset: 6),
        Offload(flags: 1, checksumStart: 0, checksumOffset: 0),
        Offload(flags: 1, checksumStart: 34, checksumOffset: 65_535),
        Offload(flags: 1, checksumStart: 65_535, checksumOffset: 65_535),
    ])
    func contradictoryOffloadsAreDropped(offload: Offload) throws {
        let pair = try Pair()
        let inner = InnerFrame(payload: [UInt8](repeating: 1, count: 1000))
        let outcome = pair.sender.encapsulate([inner.partialBytes], offload: offload)
        #expect(outcome.datagrams.isEmpty)
        #expect(pair.sender.engine.counter(.dropOffload) == 1)
    }

    @Test func moreSegmentsThanCanBeAreDropped() throws {
        let pair = try Pair()
        let inner = InnerFrame(payload: [UInt8](repeating: 1, count: 1100))
        let outcome = pair.sender.encapsulate([inner.partialBytes], offload: inner.superframeOffload(segmentSize: 1))
        #expect(outcome.datagrams.isEmpty)
        #expect(pair.sender.engine.counter(.dropTooManySegments) == 1)
    }

    @Test func replicatedSuperframesShareTheirSegments() throws {
        let pair = try Pair()
        try pair.sender.engine.addDefaultRemote(TestEngine.otherRemote, to: TestEngine.vni)
        try pair.sender.engine.addDefaultRemote(
            TestEngine.otherRemote, sendVNI: try VNI(5), to: TestEngine.vni)
        let inner = InnerFrame(payload: [UInt8](repeating: 1, count: 5000))
        let sent = pair.sender.encapsulate([inner.partialBytes], offload: inner.superframeOffload(segmentSize: 1400))
        let frames = inner.segments(of: 1400).map(\.bytes)
        #expect(sent.sent.count == 3)
        for one in sent.sent { #expect(one.datagrams.map { Array($0.dropFirst(8)) } == frames) }
        #expect(Set(sent.datagrams.map { Array($0[4..<7]) }) == [[0xFF, 0xFF, 0xFF], [0, 0, 5]])
    }

    @Test func aPortWithoutOffloadsGetsPlainFrames() throws {
        let test = try TestEngine()
        let other = try test.engine.addPort(to: TestEngine.vni)
        let inner = InnerFrame(payload: [UInt8](repeating: 1, count: 5000))
        let outcome = test.encapsulate([inner.partialBytes], offload: inner.superframeOffload(segmentSize: 1400))
        #expect(outcome.frames == inner.segments(of: 1400).map(\.bytes))
        #expect(outcome.delivered.allSatisfy { $0.port == other && $0.offload == .none })
    }

    @Test func aPortWithOffloadsGetsTheSuperframeAsItIs() throws {
        let test = try TestEngine()
        var configuration = PortConfiguration()
        configuration.offloads = [.checksum, .tcp4]
        _ = try test.engine.addPort(to: TestEngine.vni, configuration)
        let inner = InnerFrame(payload: [UInt8](repeating: 1, count: 5000))
        let offload = inner.superframeOffload(segmentSize: 1400)
        let outcome = test.encapsulate([inner.partialBytes], offload: offload)
        #expect(outcome.frames == [inner.partialBytes])
        #expect(outcome.delivered.map(\.offload) == [offload])
    }
}

@Suite struct CoalescingTests {
    @Test(arguments: [false, true], [false, true])
    func coalescingBringsBackWhatWasSegmented(isV6: Bool, isUDP: Bool) throws {
        var random = SeededRandom(seed: isV6 ? 3 : 4)
        let pair = try Pair()
        for _ in 0..<50 {
            var inner = InnerFrame.random(&random, isV6: isV6, isUDP: isUDP, payload: 2...20_000)
            inner.flags &= 0x18
            let size = Int.random(in: max(1, inner.payload.count / 60)..<inner.payload.count, using: &random)
            let offload = inner.superframeOffload(segmentSize: size)
            let sent = pair.sender.encapsulate([inner.partialBytes], offload: offload)
            let outcome = pair.receiver.decapsulate(
                sent.sent.map { $0.datagrams.flatMap { $0 } },
                segmentSize: sent.sent.first?.transmission.segmentSize ?? 0)
            #expect(outcome.frames == [inner.partialBytes])
            #expect(outcome.delivered.map(\.offload) == [offload])
        }
    }

    @Test func aPortWithoutOffloadsGetsEachFrame() throws {
        let pair = try Pair(receiving: [])
        let frames = InnerFrame(payload: [UInt8](repeating: 1, count: 5000)).segments(of: 1000).map(\.bytes)
        #expect(pair.receiver.decapsulate(frames.map { Frames.vxlan($0) }).frames == frames)
    }

    /// Linux refuses longer ones whole: 64 datagrams, 128 from 6.9 on.
    @Test func aSuperframeOfUDPHasNoMoreDatagramsThanLinuxTakes() throws {
        let pair = try Pair()
        let frames = (0..<300).map { number in
            var inner = InnerFrame(isUDP: true, payload: [UInt8](repeating: UInt8(number & 255), count: 18))
            inner.dontFragment = true
            return inner.bytes
        }
        let outcome = pair.receiver.decapsulate(frames.map { Frames.vxlan($0) })
        #expect(outcome.frames.map(\.count) == [42 + 64 * 18, 42 + 64 * 18, 42 + 64 * 18, 42 + 64 * 18, 42 + 44 * 18])
    }

    @Test func aCorruptFrameIsNotHidden() throws {
        let pair = try Pair()
        var frames = InnerFrame(payload: [UInt8](repeating: 1, count: 5000)).segments(of: 1000).map(\.bytes)
        frames[2][100] ^= 1
        let outcome = pair.receiver.decapsulate(frames.map { Frames.vxlan($0) })
        #expect(outcome.delivered.count == 3)
        #expect(outcome.delivered[1].bytes == frames[2])
        #expect(outcome.delivered[1].offload == .none)
    }

    /// Each change makes the second frame no continuation of the first.
    @Test(arguments: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    func whatDiffersStaysApart(change: Int) throws {
        let pair = try Pair()
        var inner = InnerFrame(payload: [UInt8](repeating: 1, count: 2000))
        inner.options = [1, 1, 8, 10] + big32(1) + big32(2)
        inner.dontFragment = change != 4
        var segments = inner.segments(of: 1000)
        switch change {
        case 0: segments[1].tos = 4
        case 1: segments[1].timeToLive = 63
        case 2: segments[1].acknowledgement += 1
        case 3: segments[1].options[7] += 1
        case 4: segments[1].identification += 1
        case 5: segments[1].sequence += 1
        case 6: segments[1].flags = 0x11
        case 7: segments[1].ports.0 += 1
        case 8: segments[1].source = Frames.station(9)
        case 9: segments[1].payload += [1]
        default: segments[0].flags = 0x18
        }
        let frames = segments.map(\.bytes)
        let outcome = pair.receiver.decapsulate(frames.map { Frames.vxlan($0) })
        #expect(outcome.frames == frames)
        #expect(outcome.delivered.allSatisfy { $0.offload == .none })
    }
}

extension InnerFrame {
    static func random(
        _ random: inout SeededRandom, isV6: Bool, isUDP: Bool, payload: ClosedRange<Int>
    ) -> InnerFrame {
        var inner = InnerFrame(isV6: isV6, isUDP: isUDP)
        inner.payload = (0..<Int.random(in: payload, using: &random)).map { _ in
            UInt8.random(in: 0...255, using: &random)
        }
        inner.identification = isV6 ? 0 : .random(in: 0...UInt16.max, using: &random)
        inner.sequence = .random(in: 0...UInt32.max, using: &random)
        inner.acknowledgement = .random(in: 0...UInt32.max, using: &random)
        inner.flags = [0x10, 0x18, 0x11, 0x90].randomElement(using: &random) ?? 0x10
        inner.dontFragment = Bool.random(using: &random)
        inner.tos = .random(in: 0...255, using: &random)
        inner.ports = (.random(in: 1...65535, using: &random), .random(in: 1...65535, using: &random))
        if !isUDP, Bool.random(using: &random) { inner.options = [1, 1, 8, 10] + big32(1) + big32(2) }
        return inner
    }
}
