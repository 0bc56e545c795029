import Testing
import VTEPEngine
import VTEPWire

@Suite struct OversizedTests {
    private func engine(_ oversized: VNIPolicy.Oversized = .answer, mtu: UInt16 = 1500) throws -> TestEngine {
        var policy = VNIPolicy()
        policy.oversized = oversized
        let test = try TestEngine(policy: policy)
        try test.engine.setFDBEntry(test.entry(2, at: TestEngine.remote), now: 0)
        test.engine.setPathMTU(mtu, to: UnderlayAddress(TestEngine.remote))
        return test
    }

    private func packet(isV6: Bool = false, ipLength: Int) -> InnerFrame {
        InnerFrame(isV6: isV6, isUDP: true, payload: [UInt8](repeating: 1, count: ipLength - (isV6 ? 48 : 28)))
    }

    @Test func whatFitsPasses() throws {
        #expect(try engine().encapsulate([packet(ipLength: 1450).bytes]).sent.count == 1)
        #expect(try engine().encapsulate([packet(ipLength: 1451).bytes]).sent.isEmpty)
        #expect(try engine(.send).encapsulate([packet(ipLength: 1451).bytes]).sent.count == 1)
    }

    @Test func fragmentationNeededNamesTheMTU() throws {
        let test = try engine()
        let sent = packet(ipLength: 1451).bytes
        let answer = try #require(test.encapsulate([sent]).frames.first)
        #expect(Array(answer.prefix(14)) == Frames.station(1) + Frames.station(2) + [8, 0])
        #expect(wordSum(Array(answer[14..<34])) == 0xFFFF)
        #expect(wordSum(Array(answer[34...])) == 0xFFFF)
        #expect(Array(answer[26..<34]) == [10, 0, 0, 2, 10, 0, 0, 1])
        #expect(answer[34] == 3 && answer[35] == 4)
        #expect(Array(answer[40..<42]) == big16(1450))
        #expect(Array(answer[42...]) == Array(sent[14..<14 + 548]))
        #expect(test.engine.counter(.dropOversized) == 1)
        #expect(test.engine.counter(.oversizedAnswered) == 1)
    }

    @Test func packetTooBigNamesTheMTU() throws {
        let sent = packet(isV6: true, ipLength: 1451).bytes
        let answer = try #require(try engine().encapsulate([sent]).frames.first)
        #expect(answer.count == 14 + 1280)
        #expect(answer[54] == 2)
        #expect(Array(answer[58..<62]) == big32(1450))
        let pseudo = Array(answer[22..<54]) + big32(UInt32(answer.count - 54)) + [0, 0, 0, 58]
        #expect(wordSum(pseudo + answer[54...]) == 0xFFFF)
    }

    @Test func someAreNotAnswered() throws {
        var free = packet(ipLength: 1451)
        free.dontFragment = false
        #expect(try engine().encapsulate([free.bytes]).frames.isEmpty)
        #expect(try engine(.drop).encapsulate([packet(ipLength: 1451).bytes]).frames.isEmpty)
        #expect(try engine(mtu: 1300).encapsulate([packet(isV6: true, ipLength: 1400).bytes]).frames.isEmpty)
        let test = try engine()
        let plain = Frames.plain(to: Frames.station(2), from: Frames.station(1), count: 1500)
        #expect(test.encapsulate([plain]).frames.isEmpty)
        #expect(test.engine.counter(.dropOversized) == 1)
    }

    @Test func answersAreLimited() throws {
        let test = try engine()
        let many = [[UInt8]](repeating: packet(ipLength: 1451).bytes, count: 300)
        #expect(test.encapsulate(many).frames.count == 100)
    }

    @Test func aSuperframeIsMeasuredByItsSegments() throws {
        let test = try engine()
        let inner = InnerFrame(payload: [UInt8](repeating: 1, count: 20_000))
        #expect(
            test.encapsulate([inner.partialBytes], offload: inner.superframeOffload(segmentSize: 1410)).sent.count > 0)
        let outcome = test.encapsulate([inner.partialBytes], offload: inner.superframeOffload(segmentSize: 1411))
        #expect(outcome.sent.isEmpty && outcome.frames.count == 1)
    }
}
