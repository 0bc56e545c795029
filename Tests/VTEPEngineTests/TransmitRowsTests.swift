import Testing
import VTEPEngine
import VTEPWire

/// What becomes of a frame from a port, by the rows of the conformance list that the engine decides.
@Suite struct TransmitRowsTests {
    private func engine(_ change: (inout VNIPolicy) -> Void = { _ in }) throws -> TestEngine {
        var policy = VNIPolicy()
        change(&policy)
        let test = try TestEngine(policy: policy)
        try test.engine.setFDBEntry(test.entry(2, at: TestEngine.remote), now: 0)
        return test
    }

    private func transmission(
        _ inner: InnerFrame, _ change: (inout VNIPolicy) -> Void = { _ in }
    ) throws -> Transmission {
        let outcome = try engine(change).encapsulate([inner.bytes])
        return try #require(outcome.sent.first?.transmission)
    }

    @Test func row33UnknownUnicastWithoutDefault() throws {
        let test = try engine()
        for _ in 0..<3 {
            let outcome = test.encapsulate([Frames.plain(to: Frames.station(9), from: Frames.station(1))])
            #expect(outcome.sent.isEmpty && outcome.delivered.isEmpty)
        }
        _ = test.encapsulate([Frames.plain(to: Frames.broadcast, from: Frames.station(1))])
        #expect(test.engine.counter(.dropUnknownDestination) == 3)
        let events = test.events
        #expect(events.map(\.kind) == [.destinationMiss], "once, and not for broadcasts")
        #expect(events.first?.address == 0x0200_0000_0009)
        test.now += 1001
        _ = test.encapsulate([Frames.plain(to: Frames.station(9), from: Frames.station(1))])
        #expect(test.events.count == 1)
    }

    @Test func row34CopiesForAllDefaults() throws {
        let test = try engine()
        try test.engine.addDefaultRemote(TestEngine.remote, to: TestEngine.vni)
        try test.engine.addDefaultRemote(TestEngine.otherRemote, to: TestEngine.vni)
        for destination in [Frames.broadcast, [1, 0, 0x5E, 0, 0, 1], Frames.station(9)] {
            let outcome = test.encapsulate([Frames.plain(to: destination, from: Frames.station(1))])
            #expect(outcome.sent.map(\.transmission.remote.address) == [TestEngine.remote, TestEngine.otherRemote])
            #expect(Set(outcome.sent.map(\.transmission.sourcePort)).count == 1)
            #expect(Set(outcome.datagrams).count == 1)
        }
    }

    @Test func row35KnownUnicastWithPortAndVNIOfItsOwn() throws {
        let test = try engine()
        var entry = test.entry(3, at: TestEngine.otherRemote)
        entry.target = .remotes([Engine.FDBRemote(TestEngine.otherRemote, port: 8472, sendVNI: try VNI(77))])
        try test.engine.setFDBEntry(entry, now: 0)
        let outcome = test.encapsulate([Frames.plain(to: Frames.station(3), from: Frames.station(1))])
        #expect(outcome.sent.map(\.transmission.port) == [8472])
        #expect(outcome.datagrams.map { Array($0.prefix(8)) } == [[8, 0, 0, 0, 0, 0, 77, 0]])
    }

    @Test func row38SourcePortFollowsTheFlow() throws {
        var inner = InnerFrame(payload: [1])
        let first = try transmission(inner)
        inner.payload = [2, 3]
        inner.sequence += 1
        #expect(try transmission(inner).sourcePort == first.sourcePort)
        let ports = try Set(
            (0..<200 as Range<UInt16>).map { number in
                inner.ports.0 = number
                return try transmission(inner).sourcePort
            })
        #expect(ports.count > 150)
        #expect(ports.allSatisfy { $0 >= 49152 })
        let sockets = try Set(
            (0..<200 as Range<UInt16>).map { number in
                inner.ports.0 = number
                return try transmission(inner).entropySocket
            })
        #expect(sockets == Set(0..<16))
    }

    @Test func row39TimeToLive() throws {
        let inner = InnerFrame(payload: [1], timeToLive: 33)
        #expect(try transmission(inner).timeToLive == 0)
        #expect(try transmission(inner) { $0.timeToLive = .fixed(9) }.timeToLive == 9)
        #expect(try transmission(inner) { $0.timeToLive = .inherit }.timeToLive == 33)
        let test = try engine()
        try test.engine.addDefaultRemote(.v4(IPv4Address(239, 1, 1, 1)), to: TestEngine.vni)
        let outcome = test.encapsulate([Frames.plain(to: Frames.broadcast, from: Frames.station(1))])
        #expect(outcome.sent.map(\.transmission.timeToLive) == [1])
    }

    @Test(arguments: [false, true])
    func rows40And41TypeOfService(isV6: Bool) throws {
        let inherit: (inout VNIPolicy) -> Void = { $0.typeOfService = .inherit }
        let fixed: (inout VNIPolicy) -> Void = { $0.typeOfService = .fixed(0x20) }
        func outer(_ tos: UInt8, _ change: (inout VNIPolicy) -> Void) throws -> UInt8 {
            try transmission(InnerFrame(isV6: isV6, payload: [1], tos: tos), change).typeOfService
        }
        #expect(try outer(0xBA, inherit) == 0xBA)
        #expect(try outer(0xBB, inherit) == 0xBA, "CE becomes ECT(0)")
        #expect(try outer(0xB8, fixed) == 0x20)
        #expect(try outer(0xBA, fixed) == 0x22)
        #expect(try outer(0xBB, fixed) == 0x22)
        #expect(try outer(0xB9, fixed) == 0x21)
    }

    @Test func row42DontFragment() throws {
        func flag(_ inner: InnerFrame, _ policy: VNIPolicy.DontFragment) throws -> Bool {
            try transmission(inner) { $0.dontFragment = policy }.flags & Transmission.dontFragment != 0
        }
        let free = InnerFrame(payload: [1], dontFragment: false)
        #expect(try !flag(free, .clear) && flag(free, .set) && !flag(free, .inherit))
        #expect(try flag(InnerFrame(payload: [1]), .inherit))
        #expect(try flag(InnerFrame(isV6: true, payload: [1]), .inherit))
    }

    @Test func row45OnlyIPIsInherited() throws {
        let test = try engine {
            $0.typeOfService = .inherit
            $0.timeToLive = .inherit
        }
        let frame = Frames.ethernet(
            to: Frames.station(2), from: Frames.station(1), type: 0x88B5, InnerFrame(payload: [1], tos: 0xFF).bytes)
        let transmission = try #require(test.encapsulate([frame]).sent.first?.transmission)
        #expect(transmission.typeOfService == 0 && transmission.timeToLive == 0)
    }

    @Test func impossibleFramesAreDropped() throws {
        let test = try engine()
        for frame in [
            [], [UInt8](repeating: 2, count: 13), Frames.plain(to: Frames.station(2), from: Frames.broadcast),
            Frames.plain(to: Frames.station(2), from: [0, 0, 0, 0, 0, 0]),
        ] {
            #expect(test.encapsulate([frame]).sent.isEmpty)
        }
        #expect(test.engine.counter(.dropFrameLength) == 2)
        #expect(test.engine.counter(.dropInvalidSource) == 2)
    }

    @Test func groupPolicyIsSent() throws {
        let test = try engine { $0.dialect = .groupPolicy }
        let plain = Frames.plain(to: Frames.station(2), from: Frames.station(1))
        #expect(test.encapsulate([plain]).datagrams.map { Array($0.prefix(4)) } == [[0x08, 0, 0, 0]])
        #expect(
            test.encapsulate([plain], policy: (0x1234, GroupPolicyBits.applied)).datagrams.map { Array($0.prefix(4)) }
                == [[0x88, 0x08, 0x12, 0x34]])
        let extended = try engine { $0.dialect = .protocolExtension }
        #expect(extended.encapsulate([plain]).datagrams.map { Array($0.prefix(4)) } == [[0x0C, 0, 0, 3]])
    }

    @Test func floodsAreLimitedForEachPort() throws {
        var port = PortConfiguration()
        port.floodLimit = 10
        let test = try TestEngine(port: port)
        try test.engine.addDefaultRemote(TestEngine.remote, to: TestEngine.vni)
        let storm = [[UInt8]](repeating: Frames.plain(to: Frames.broadcast, from: Frames.station(1)), count: 50)
        #expect(test.encapsulate(storm).datagrams.count == 10)
        #expect(test.engine.counter(.dropFloodLimit) == 40)
        test.now += 500
        #expect(test.encapsulate(storm).datagrams.count == 5)
    }
}
