import Testing
import VTEPEngine
import VTEPWire

@Suite struct FDBTests {
    private func learn(_ test: TestEngine, _ stations: ClosedRange<UInt32>, from remote: IPAddress = TestEngine.remote)
    {
        _ = test.decapsulate(
            stations.map { Frames.vxlan(Frames.plain(to: Frames.broadcast, from: Frames.station($0))) }, from: remote)
    }

    private func engine(
        _ change: (inout VNIPolicy) -> Void = { _ in }, configure: (inout Engine.Configuration) -> Void = { _ in }
    ) throws -> TestEngine {
        var policy = VNIPolicy()
        change(&policy)
        let test = try TestEngine(policy: policy, configure)
        try test.engine.addPeer(TestEngine.remote)
        try test.engine.addPeer(TestEngine.otherRemote)
        return test
    }

    @Test func aFullFDBDeliversWithoutLearning() throws {
        let test = try engine(configure: { $0.maximumFDBEntries = 3 })
        learn(test, 1...10)
        #expect(test.engine.fdbCount == 3)
        #expect(test.engine.counter(.notLearntFull) == 7)
        #expect(test.engine.counter(.framesToPorts) == 10)
    }

    @Test func aVNIAndARemoteHaveTheirLimits() throws {
        let test = try engine {
            $0.learningLimit = 5
            $0.learningLimitPerRemote = 3
        }
        learn(test, 1...10)
        #expect(test.engine.fdbCount == 3)
        learn(test, 11...20, from: TestEngine.otherRemote)
        #expect(test.engine.fdbCount == 5)
        #expect(test.engine.counter(.notLearntRemoteLimit) == 7)
        #expect(test.engine.counter(.notLearntLimit) == 8)
    }

    @Test func aFloodOfRandomAddressesStaysWithinTheCap() throws {
        let test = try engine(configure: { $0.maximumFDBEntries = 1000 })
        for part in 0..<50 as Range<UInt32> { learn(test, part * 1000...part * 1000 + 999) }
        #expect(test.engine.fdbCount <= 1000)
        #expect(test.engine.counter(.framesToPorts) == 50_000)
    }

    /// Several threads look at the clock before they wait for the engine.
    @Test func anEntryFromALittleLaterIsNotOld() throws {
        // A table that one call looks at whole.
        let test = try engine({ $0.ageing = 10 }, configure: { $0.maximumFDBEntries = 1000 })
        test.engine.advance(to: 0)
        test.now = 20_150
        learn(test, 1...10)
        test.engine.advance(to: 20_050)
        #expect(test.engine.fdbCount == 10)
        var idle: [Milliseconds] = []
        try test.engine.forEachFDBEntry(of: TestEngine.vni, now: 20_050) { idle.append($1) }
        #expect(idle == [Milliseconds](repeating: 0, count: 10))
        test.engine.advance(to: 30_250)
        #expect(test.engine.fdbCount == 0)
    }

    /// Ports and default remotes at once need the room of both.
    @Test func aFloodToManyPortsAndRemotesHasRoom() throws {
        // Beyond the 2048 that every batch has room for.
        let count = 2100
        let test = try engine(configure: {
            $0.maximumPorts = count + 1
            $0.maximumRemotes = count + 2
        })
        for number in 0..<UInt32(count) {
            _ = try test.engine.addPort(to: TestEngine.vni)
            try test.engine.addDefaultRemote(
                .v4(IPv4Address(rawValue: 0x0A00_0001 + number)), sendVNI: VNI(7), to: TestEngine.vni)
        }
        let frame = Frames.plain(to: Frames.broadcast, from: Frames.station(1))
        let outcome = test.encapsulate([frame, frame, frame, frame], headroom: 0)
        #expect(outcome.delivered.count == 4 * count)
        #expect(outcome.datagrams.count == 4 * count)
        #expect(outcome.datagrams.allSatisfy { $0.count == frame.count + 8 })
    }

    @Test func idleEntriesAge() throws {
        let test = try engine { $0.ageing = 10 }
        learn(test, 1...100)
        try test.engine.setFDBEntry(test.entry(200, at: TestEngine.remote), now: test.now)
        var external = test.entry(201, at: TestEngine.remote)
        external.kind = .external
        try test.engine.setFDBEntry(external, now: test.now)
        test.pass(seconds: 5)
        learn(test, 1...10)
        test.pass(seconds: 9)
        #expect(test.engine.fdbCount >= 12)
        test.pass(seconds: 2)
        #expect(test.engine.fdbCount <= 100)
        test.pass(seconds: 30)
        #expect(test.engine.fdbCount == 2, "what was configured stays")
        #expect(test.engine.counter(.addressesAged) == 100)
        #expect(test.events.filter { $0.kind == .aged }.count > 0)
    }

    @Test func ageingIsBoundedInEachCall() throws {
        let test = try engine({ $0.ageing = 1 }, configure: { $0.maximumFDBEntries = 1_000_000 })
        learn(test, 1...1000)
        test.engine.advance(to: test.now)
        test.now += 60_000
        test.engine.advance(to: test.now)
        #expect(test.engine.counter(.addressesAged) < 200, "one call sees a part of the table only")
        test.pass(seconds: 20)
        #expect(test.engine.fdbCount == 0)
    }

    @Test func aStationThatMovesTooOftenGoesBackAndStays() throws {
        let test = try engine { $0.moveLimit = 3 }
        for _ in 0..<10 {
            learn(test, 7...7)
            learn(test, 7...7, from: TestEngine.otherRemote)
        }
        #expect(test.engine.counter(.addressesMoved) == 4)
        #expect(test.engine.counter(.notMoved) > 0)
        #expect(test.events.contains { $0.kind == .moveRefused })
        test.now += 10_000
        learn(test, 7...7)
        learn(test, 7...7, from: TestEngine.otherRemote)
        #expect(test.engine.counter(.addressesMoved) == 5)
    }

    /// However often it does, and whoever spoke last.
    @Test(arguments: 1...6 as ClosedRange<UInt8>) func whoClaimsAnothersAddressDoesNotKeepIt(limit: UInt8) throws {
        for isAtPort in [false, true] {
            let test = try engine { $0.moveLimit = limit }
            _ = try test.engine.addPort(to: TestEngine.vni)
            let frame = Frames.plain(to: Frames.station(9), from: Frames.station(7))
            for _ in 0..<8 {
                if isAtPort { _ = test.encapsulate([frame]) } else { learn(test, 7...7) }
                learn(test, 7...7, from: TestEngine.otherRemote)
            }
            let entry = try test.engine.fdbEntry(MACAddress(2, 0, 0, 0, 0, 7), of: TestEngine.vni)
            #expect(entry?.target == (isAtPort ? .port(test.port) : .remotes([.init(TestEngine.remote)])))
            #expect(test.engine.counter(.addressesMoved) <= UInt64(limit) + 1)
        }
    }

    @Test func aStickyStationDoesNotMove() throws {
        let test = try engine()
        var entry = test.entry(7, at: TestEngine.remote)
        entry.kind = .learnt
        entry.isSticky = true
        try test.engine.setFDBEntry(entry, now: test.now)
        learn(test, 7...7, from: TestEngine.otherRemote)
        #expect(test.engine.counter(.dropStaticElsewhere) == 1)
    }

    @Test func severalRemotesGetACopyEach() throws {
        let test = try engine()
        var entry = test.entry(7, at: TestEngine.remote)
        entry.target = .remotes([Engine.FDBRemote(TestEngine.remote), Engine.FDBRemote(TestEngine.otherRemote)])
        try test.engine.setFDBEntry(entry, now: 0)
        let outcome = test.encapsulate([Frames.plain(to: Frames.station(7), from: Frames.station(1))])
        #expect(outcome.sent.map(\.transmission.remote.address) == [TestEngine.remote, TestEngine.otherRemote])
        // Both may send for it.
        learn(test, 7...7)
        learn(test, 7...7, from: TestEngine.otherRemote)
        #expect(test.engine.counter(.framesToPorts) == 2)
        #expect(try test.engine.fdbEntry(entry.address, of: TestEngine.vni) == entry)
    }

    @Test func portsOfOneVNIAreSwitched() throws {
        let test = try engine()
        let other = try test.engine.addPort(to: TestEngine.vni)
        let third = try test.engine.addPort(to: TestEngine.vni)
        let hello = Frames.plain(to: Frames.broadcast, from: Frames.station(2))
        #expect(test.encapsulate([hello], from: other).delivered.map(\.port) == [test.port, third])
        let answer = Frames.plain(to: Frames.station(2), from: Frames.station(1))
        #expect(test.encapsulate([answer]).delivered.map(\.port) == [other])
        #expect(test.encapsulate([answer], from: other).delivered.isEmpty)
        #expect(test.engine.counter(.dropSamePort) == 1)
        let arrived = test.decapsulate([Frames.vxlan(Frames.plain(to: Frames.station(2), from: Frames.station(9)))])
        #expect(arrived.delivered.map(\.port) == [other])
        try test.engine.removePort(other)
        #expect(try test.engine.fdbEntry(MACAddress(2, 0, 0, 0, 0, 2), of: TestEngine.vni) == nil)
        #expect(test.encapsulate([hello], from: other).delivered.isEmpty)
        #expect(test.engine.counter(.dropUnknownPort) == 1)
    }

    @Test func unknownRemotesAreForgottenWithTheirLastEntry() throws {
        let test = try engine(
            {
                $0.acceptsUnknownRemotes = true; $0.ageing = 1
            }, configure: { $0.maximumRemotes = 6 })
        for round in 0..<20 as Range<UInt32> {
            learn(test, round * 4 + 1...round * 4 + 4, from: .v4(IPv4Address(rawValue: 0x0A00_0000 + round)))
            test.pass(seconds: 15)
        }
        #expect(test.engine.counter(.notLearntFull) == 0)
        #expect(test.engine.fdbCount == 0)
    }

    @Test func eventsAreLimited() throws {
        let test = try engine(configure: { $0.eventsPerSecond = 10 })
        learn(test, 1...100)
        #expect(test.events.count == 10)
        #expect(test.engine.counter(.eventsSuppressed) == 90)
    }

    @Test func configurationMistakesAreNamed() throws {
        let test = try engine()
        #expect(throws: VTEPError.self) { try test.engine.addVNI(TestEngine.vni) }
        #expect(throws: VTEPError.self) { try test.engine.removeVNI(try VNI(3)) }
        #expect(throws: VTEPError.self) { try test.engine.addPeer(.v4(IPv4Address(239, 1, 1, 1))) }
        #expect(throws: VTEPError.self) { try test.engine.addPeer(.v4(.unspecified)) }
        #expect(throws: VTEPError.self) {
            try test.engine.addDefaultRemote(TestEngine.remote, port: 0, to: TestEngine.vni)
        }
        var policy = VNIPolicy()
        policy.ageing = 864_001
        #expect(throws: VTEPError.self) { try test.engine.setPolicy(policy, of: TestEngine.vni) }
        var configuration = Engine.Configuration(seed: (1, 2))
        configuration.maximumSegments = 0
        do throws(VTEPError) {
            _ = try Engine(configuration)
            Issue.record("0 segments were accepted")
        } catch {
            #expect(error.kind == .invalidArgument && error.subject == "maximumSegments")
        }
    }
}
