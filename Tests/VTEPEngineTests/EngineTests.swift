import Testing
import VTEPEngine
import VTEPWire

@Suite struct EncapsulationTests {
    @Test func headerIsThatOfTheRFC() throws {
        let test = try TestEngine()
        try test.engine.addDefaultRemote(TestEngine.remote, to: TestEngine.vni)
        let frame = Frames.plain(to: Frames.broadcast, from: Frames.station(1))
        let outcome = test.encapsulate([frame])
        #expect(outcome.datagrams == [[0x08, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0] + frame])
        let transmission = try #require(outcome.sent.first?.transmission)
        #expect(transmission.remote.address == TestEngine.remote)
        #expect(transmission.port == 4789)
        #expect(transmission.timeToLive == 0)
        #expect((49152...65535).contains(transmission.sourcePort))
    }

    @Test func withoutHeadroomTheBytesAreTheSame() throws {
        let test = try TestEngine()
        try test.engine.addDefaultRemote(TestEngine.remote, to: TestEngine.vni)
        let frame = Frames.plain(to: Frames.broadcast, from: Frames.station(1))
        #expect(test.encapsulate([frame], headroom: 0).datagrams == test.encapsulate([frame]).datagrams)
    }

    @Test func broadcastGoesToEveryRemoteOnce() throws {
        let test = try TestEngine()
        try test.engine.addDefaultRemote(TestEngine.remote, to: TestEngine.vni)
        try test.engine.addDefaultRemote(TestEngine.otherRemote, port: 8472, to: TestEngine.vni)
        let outcome = test.encapsulate([Frames.plain(to: Frames.broadcast, from: Frames.station(1))])
        #expect(outcome.sent.map(\.transmission.remote.address) == [TestEngine.remote, TestEngine.otherRemote])
        #expect(outcome.sent.map(\.transmission.port) == [4789, 8472])
        #expect(Set(outcome.sent.map(\.transmission.sourcePort)).count == 1)
    }

    @Test func equalLengthsAreGathered() throws {
        let test = try TestEngine()
        try test.engine.addDefaultRemote(TestEngine.remote, to: TestEngine.vni)
        let frame = Frames.plain(to: Frames.broadcast, from: Frames.station(1))
        let shorter = Frames.plain(to: Frames.broadcast, from: Frames.station(1), count: 20)
        let outcome = test.encapsulate([frame, frame, shorter, frame])
        #expect(outcome.sent.map(\.datagrams.count) == [3, 1])
        #expect(outcome.datagrams.map { Array($0.dropFirst(8)) } == [frame, frame, shorter, frame])
    }
}

@Suite struct DecapsulationTests {
    @Test func learntStationIsAnsweredWithoutFlooding() throws {
        let test = try TestEngine()
        try test.engine.addPeer(TestEngine.remote)
        let frame = Frames.plain(to: Frames.broadcast, from: Frames.station(7))
        #expect(test.decapsulate([Frames.vxlan(frame)]).frames == [frame])
        let answer = Frames.plain(to: Frames.station(7), from: Frames.station(1))
        let outcome = test.encapsulate([answer])
        #expect(outcome.sent.map(\.transmission.remote.address) == [TestEngine.remote])
        #expect(outcome.delivered.isEmpty)
    }

    @Test func strangersAreDroppedBeforeLearning() throws {
        let test = try TestEngine()
        let frame = Frames.plain(to: Frames.broadcast, from: Frames.station(7))
        #expect(test.decapsulate([Frames.vxlan(frame)]).frames.isEmpty)
        #expect(test.engine.fdbCount == 0)
        #expect(test.engine.counter(.dropUnknownRemote) == 1)
    }
}
