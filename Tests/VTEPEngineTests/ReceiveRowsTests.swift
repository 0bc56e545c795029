import Testing
import VTEPEngine
import VTEPWire

/// What is done with a datagram, by the rows of the conformance list that the engine decides.
@Suite struct ReceiveRowsTests {
    private static let frame = Frames.plain(to: Frames.broadcast, from: Frames.station(7))

    private func engine(_ change: (inout VNIPolicy) -> Void = { _ in }) throws -> TestEngine {
        var policy = VNIPolicy()
        change(&policy)
        let test = try TestEngine(policy: policy)
        try test.engine.addPeer(TestEngine.remote)
        return test
    }

    /// Expects a datagram to be dropped for a reason, and nothing to be learnt from it.
    private func drops(
        _ counter: Counter, _ datagram: [UInt8], tos: UInt8 = 0, _ change: (inout VNIPolicy) -> Void = { _ in },
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let test = try engine(change)
        let outcome = test.decapsulate([datagram], tos: tos)
        #expect(outcome.frames.isEmpty, sourceLocation: location)
        #expect(test.engine.counter(counter) == 1, sourceLocation: location)
        #expect(test.engine.fdbCount == 0, sourceLocation: location)
    }

    private func delivers(
        _ frame: [UInt8], as datagram: [UInt8]? = nil, _ change: (inout VNIPolicy) -> Void = { _ in },
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let test = try engine(change)
        #expect(test.decapsulate([datagram ?? Frames.vxlan(frame)]).frames == [frame], sourceLocation: location)
    }

    @Test func row1ValidIsDeliveredAndLearnt() throws {
        let test = try engine()
        #expect(test.decapsulate([Frames.vxlan(Self.frame)]).frames == [Self.frame])
        let entry = try test.engine.fdbEntry(MACAddress(2, 0, 0, 0, 0, 7), of: TestEngine.vni)
        #expect(entry?.target == .remotes([Engine.FDBRemote(TestEngine.remote)]))
        #expect(entry?.kind == .learnt)
    }

    @Test func row2WithoutTheFlagIsDropped() throws {
        try drops(.dropNoVNIFlag, Frames.vxlan(Self.frame, flags: 0))
    }

    @Test(arguments: [0x0900_0000, 0x0C00_0000, 0x2800_0000, 0x8800_0000, 0x0800_0001, 0x0880_0000] as [UInt32])
    func rows3And4ReservedBits(flags: UInt32) throws {
        try drops(.dropReservedBits, Frames.vxlan(Self.frame, flags: flags))
        try delivers(Self.frame, as: Frames.vxlan(Self.frame, flags: flags)) { $0.reservedBits = .ignore }
    }

    @Test func row5LastByte() throws {
        try drops(.dropReservedBits, Frames.vxlan(Self.frame, last: 1))
        try delivers(Self.frame, as: Frames.vxlan(Self.frame, last: 1)) { $0.reservedBits = .ignore }
    }

    @Test func row6UnknownVNI() throws { try drops(.dropUnknownVNI, Frames.vxlan(Self.frame, vni: 5)) }

    @Test(arguments: [0, 1, 7])
    func row7ShorterThanTheHeader(count: Int) throws {
        try drops(.dropDatagramLength, Array(Frames.vxlan(Self.frame).prefix(count)))
    }

    @Test(arguments: [8, 9, 21])
    func rows8And9ShorterThanAFrame(count: Int) throws {
        try drops(.dropFrameLength, Array(Frames.vxlan(Self.frame).prefix(count)))
    }

    @Test func row10NothingButAnEthernetHeader() throws {
        try delivers(Frames.plain(to: Frames.station(1), from: Frames.station(7), count: 0))
    }

    @Test(arguments: [0, 1, 19])
    func row11TruncatedInternetHeader(count: Int) throws {
        let header = Array(InnerFrame(payload: [1]).bytes[14..<14 + count])
        let frame = Frames.ethernet(to: Frames.station(1), from: Frames.station(7), type: 0x0800, header)
        try drops(.dropInnerHeader, Frames.vxlan(frame))
        let six = Frames.ethernet(to: Frames.station(1), from: Frames.station(7), type: 0x86DD, [0x60] + header)
        try drops(.dropInnerHeader, Frames.vxlan(six))
    }

    @Test func row12LengthInsteadOfType() throws {
        try delivers(Frames.ethernet(to: Frames.station(1), from: Frames.station(7), type: 38, [0x42, 0x42, 3]))
    }

    @Test(arguments: [[1, 0, 0x5E, 0, 0, 1], Frames.broadcast, [0, 0, 0, 0, 0, 0]] as [[UInt8]], [true, false])
    func rows13And14ImpossibleSources(source: [UInt8], learning: Bool) throws {
        try drops(.dropInvalidSource, Frames.vxlan(Frames.plain(to: Frames.station(1), from: source))) {
            $0.learning = learning
        }
    }

    @Test func row15OwnAddress() throws {
        var port = PortConfiguration()
        port.ownAddress = MACAddress(2, 0, 0, 0, 0, 7)
        let test = try TestEngine(port: port)
        try test.engine.addPeer(TestEngine.remote)
        #expect(test.decapsulate([Frames.vxlan(Self.frame)]).frames.isEmpty)
        #expect(test.engine.counter(.dropOwnAddress) == 1)
    }

    @Test(arguments: [Frames.broadcast, [1, 0, 0x5E, 0, 0, 1], [0, 0, 0, 0, 0, 0], Frames.station(7)] as [[UInt8]])
    func row16AnyDestination(destination: [UInt8]) throws {
        try delivers(Frames.plain(to: destination, from: Frames.station(7)))
    }

    @Test func rows17And18Tags() throws {
        let tagged = Frames.ethernet(
            to: Frames.station(1), from: Frames.station(7), type: 0x8100,
            [0, 5, 0x88, 0xB5] + [UInt8](repeating: 1, count: 40))
        let double = Frames.ethernet(
            to: Frames.station(1), from: Frames.station(7), type: 0x88A8, [0, 5, 0x81, 0, 0, 6, 0x88, 0xB5])
        try delivers(tagged)
        try delivers(double)
        try drops(.dropInnerVLAN, Frames.vxlan(tagged)) { $0.innerVLAN = .drop }
        try drops(.dropInnerVLAN, Frames.vxlan(double)) { $0.innerVLAN = .drop }
    }

    /// RFC 6040 §4.2, all sixteen cells; nil: dropped.
    @Test(arguments: [false, true])
    func rows25To28ECN(isV6: Bool) throws {
        let expected: [[UInt8?]] = [[0, 0, 0, nil], [1, 1, 1, 3], [2, 1, 2, 3], [3, 3, 3, 3]]
        for inner in 0..<4 as Range<UInt8> {
            for outer in 0..<4 as Range<UInt8> {
                let sent = InnerFrame(isV6: isV6, payload: [1], tos: 0xB8 | inner)
                let test = try engine()
                let outcome = test.decapsulate([Frames.vxlan(sent.bytes)], tos: outer)
                guard let mark = expected[Int(inner)][Int(outer)] else {
                    #expect(outcome.frames.isEmpty)
                    #expect(test.engine.counter(.dropECN) == 1)
                    continue
                }
                var marked = sent
                marked.tos = 0xB8 | mark
                #expect(outcome.frames == [marked.bytes], "inner \(inner), outer \(outer)")
            }
        }
    }

    @Test func row29AStationMoves() throws {
        let test = try engine()
        try test.engine.addPeer(TestEngine.otherRemote)
        _ = test.decapsulate([Frames.vxlan(Self.frame)])
        _ = test.decapsulate([Frames.vxlan(Self.frame)], from: TestEngine.otherRemote)
        let entry = try test.engine.fdbEntry(MACAddress(2, 0, 0, 0, 0, 7), of: TestEngine.vni)
        #expect(entry?.target == .remotes([Engine.FDBRemote(TestEngine.otherRemote)]))
        #expect(test.events.map(\.kind) == [.learnt, .moved])
    }

    @Test func row30AStaticStationDoesNotMove() throws {
        for learning in [true, false] {
            let test = try engine { $0.learning = learning }
            try test.engine.addPeer(TestEngine.otherRemote)
            try test.engine.setFDBEntry(test.entry(7, at: TestEngine.remote), now: 0)
            let outcome = test.decapsulate([Frames.vxlan(Self.frame)], from: TestEngine.otherRemote)
            #expect(outcome.frames == (learning ? [] : [Self.frame]))
            #expect(test.engine.counter(.dropStaticElsewhere) == (learning ? 1 : 0))
            #expect(test.decapsulate([Frames.vxlan(Self.frame)]).frames == [Self.frame])
        }
    }

    @Test func row36NeverBackIntoTheTunnel() throws {
        let test = try engine()
        try test.engine.addDefaultRemote(TestEngine.otherRemote, to: TestEngine.vni)
        _ = try test.engine.addPort(to: TestEngine.vni)
        let outcome = test.decapsulate([Frames.vxlan(Self.frame)])
        #expect(outcome.sent.isEmpty)
        #expect(outcome.delivered.count == 2)
        try test.engine.setFDBEntry(test.entry(8, at: TestEngine.otherRemote), now: 0)
        let unicast = Frames.plain(to: Frames.station(8), from: Frames.station(7))
        let back = test.decapsulate([Frames.vxlan(unicast)])
        #expect(back.sent.isEmpty && back.delivered.isEmpty)
        #expect(test.engine.counter(.dropSplitHorizon) == 1)
    }

    @Test func row48GroupPolicy() throws {
        let test = try engine { $0.dialect = .groupPolicy }
        let outcome = test.decapsulate([Frames.vxlan(Self.frame, flags: 0x8848_1234)])
        #expect(outcome.frames == [Self.frame])
        #expect(outcome.policies.map(\.0) == [0x1234])
        #expect(outcome.policies.map(\.1) == [0x8048_0000])
        #expect(test.engine.fdbCount == 0, "D says not to learn")
        _ = test.decapsulate([Frames.vxlan(Self.frame, flags: 0x8808_1234)])
        #expect(test.engine.fdbCount == 1)
        // Without G the policy's place is reserved.
        _ = test.decapsulate([Frames.vxlan(Self.frame, flags: 0x0800_1234)])
        #expect(test.engine.counter(.dropReservedBits) == 1)
    }

    @Test func row49ProtocolExtension() throws {
        let extended: (inout VNIPolicy) -> Void = { $0.dialect = .protocolExtension }
        try delivers(Self.frame, as: Frames.vxlan(Self.frame, flags: 0x0C00_0003), extended)
        try drops(.dropNextProtocol, Frames.vxlan(Self.frame, flags: 0x0C00_0001), extended)
        try drops(.dropNextProtocol, Frames.vxlan(Self.frame, flags: 0x0800_0000), extended)
        try drops(.dropNextProtocol, Frames.vxlan(Self.frame, flags: 0x1C00_0003), extended)
        try drops(.dropOAM, Frames.vxlan(Self.frame, flags: 0x0D00_0003), extended)
    }
}
