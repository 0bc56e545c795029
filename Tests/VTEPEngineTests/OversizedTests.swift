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

/// A frame that is too long for several remotes, and goes to others with VNIs of their own, in a batch that is nearly
/// full: it is answered once, so that the others' headers have the room that was made sure of.
@Suite struct AnswersInAFullBatch {
    private static let short = 2
    private static let others = 300

    private func remote(_ number: Int) -> IPAddress { .v4(IPv4Address(10, 1, UInt8(number >> 8), UInt8(number & 255))) }

    private func engine() throws -> TestEngine {
        let test = try TestEngine()
        let remotes = try (0..<Self.short + Self.others).map { number in
            Engine.FDBRemote(remote(number), sendVNI: number < Self.short ? nil : try VNI(UInt32(1000 + number)))
        }
        var entry = test.entry(3, at: TestEngine.remote)
        entry.target = .remotes(remotes)
        try test.engine.setFDBEntry(entry, now: 0)
        try test.engine.setFDBEntry(test.entry(2, at: TestEngine.remote), now: 0)
        for address in [TestEngine.remote] + (0..<Self.short).map(remote) {
            test.engine.setPathMTU(1500, to: UnderlayAddress(address))
        }
        return test
    }

    @Test func oneAnswerPerFrame() throws {
        let test = try engine()
        var bytes =
            [UInt8](repeating: 0, count: 70)
            + InnerFrame(isV6: true, isUDP: true, payload: [UInt8](repeating: 1, count: 1451 - 48)).bytes
        unsafe bytes.withUnsafeMutableBytes { memory in
            guard let base = memory.baseAddress else { return }
            func send(to station: UInt8) -> Int {
                unsafe memory[75] = station
                var frame = unsafe Frame(base + 70, length: memory.count - 70, headroom: 70)
                test.now += 1
                return unsafe withUnsafeMutablePointer(to: &frame) {
                    unsafe test.engine.encapsulate(
                        UnsafeMutableBufferPointer(start: $0, count: 1), from: test.port, now: test.now,
                        into: &test.batch)
                }
            }
            // An answer has 1294 bytes of the half megabyte: now there is room for this frame, and not much more.
            for _ in 0..<401 { #expect(send(to: 2) == 1) }
            #expect(test.batch.deliveryCount == 401 && test.batch.transmissionCount == 0)
            #expect(send(to: 3) == 1)
            #expect(test.batch.deliveryCount == 402)
            #expect(test.batch.transmissionCount == Self.others)
            for index in 0..<test.batch.transmissionCount {
                let slices = unsafe test.batch.slices(of: test.batch.transmissions[index])
                let vni = UInt32(1000 + Self.short + index)
                let header = unsafe UnsafeRawBufferPointer(start: slices[0].base, count: slices[0].length)
                #expect(unsafe Array(header) == [8, 0, 0, 0] + big32(vni << 8))
            }
        }
    }
}
