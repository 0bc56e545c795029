import Testing
import VTEPEngine
import VTEPWire

/// Tables that a peer has filled: what is configured comes in nevertheless, and others learn as much as it does.
@Suite struct CrowdedTablesTests {
    private static let limit = 100
    private static let greedy = TestEngine.remote
    private static let modest = TestEngine.otherRemote

    private func engine(_ change: (inout Engine.Configuration) -> Void = { _ in }) throws -> TestEngine {
        var policy = VNIPolicy()
        policy.acceptsUnknownRemotes = true
        policy.learnsBindings = true
        let test = try TestEngine(policy: policy) { configuration in
            configuration.maximumFDBEntries = Self.limit
            configuration.maximumBindings = 8
            change(&configuration)
        }
        return test
    }

    /// Lets stations be heard, numbered from `first` on.
    private func hear(_ stations: Range<UInt32>, from remote: IPAddress, _ test: TestEngine) {
        let datagrams = stations.map { Frames.vxlan(Frames.plain(to: Frames.broadcast, from: Frames.station($0))) }
        #expect(test.decapsulate(datagrams, from: remote).frames.count >= stations.count)
    }

    private func count(from remote: IPAddress, _ test: TestEngine) throws -> Int {
        var count = 0
        try test.engine.forEachFDBEntry(of: TestEngine.vni, now: test.now) { entry, _ in
            if entry.target == .remotes([.init(remote)]) { count += 1 }
        }
        return count
    }

    @Test func aConfiguredEntryHasRoom() throws {
        let test = try engine()
        hear(1000..<1200, from: Self.greedy, test)
        #expect(test.engine.fdbCount == Self.limit)
        for station in 1...UInt8(Self.limit) {
            try test.engine.setFDBEntry(test.entry(station, at: Self.modest), now: 0)
        }
        #expect(test.engine.fdbCount == Self.limit)
        #expect(try count(from: Self.modest, test) == Self.limit)
        // Now there is nothing learnt left to take.
        let error = #expect(throws: VTEPError.self) {
            try test.engine.setFDBEntry(test.entry(200, at: Self.modest), now: 0)
        }
        #expect(error?.kind == .noSpace)
        hear(1000..<1200, from: Self.greedy, test)
        #expect(try count(from: Self.modest, test) == Self.limit)
    }

    @Test func whoHasFewIsLearntFrom() throws {
        let test = try engine()
        hear(1000..<1400, from: Self.greedy, test)
        #expect(try count(from: Self.greedy, test) == Self.limit)
        hear(1..<31, from: Self.modest, test)
        #expect(try count(from: Self.modest, test) == 30)
        #expect(test.engine.fdbCount == Self.limit)
        // More from the greedy one: it gets nothing back.
        hear(2000..<2400, from: Self.greedy, test)
        #expect(try count(from: Self.modest, test) == 30)
        // As much as the others, and not more.
        hear(3000..<3400, from: Self.modest, test)
        #expect(try (Self.limit / 2 - 1...Self.limit / 2 + 1).contains(count(from: Self.modest, test)))
        #expect(test.engine.fdbCount == Self.limit)
    }

    @Test func portsAreTreatedAlike() throws {
        let test = try engine()
        let other = try test.engine.addPort(to: TestEngine.vni)
        func send(_ stations: Range<UInt32>, from port: PortID) {
            _ = test.encapsulate(
                stations.map { Frames.plain(to: Frames.broadcast, from: Frames.station($0)) }, from: port)
        }
        send(1000..<1400, from: other)
        #expect(test.engine.fdbCount == Self.limit)
        send(1..<11, from: test.port)
        for station in 1...10 as ClosedRange<UInt8> {
            let entry = try test.engine.fdbEntry(MACAddress(2, 0, 0, 0, 0, station), of: TestEngine.vni)
            #expect(entry?.target == .port(test.port))
        }
        hear(20..<30, from: Self.modest, test)
        #expect(try count(from: Self.modest, test) == 10)
        try test.engine.removePort(other)
        #expect(test.engine.fdbCount == 20)
    }

    /// Spoofed senders fill the table of remotes: peers and entries are configured all the same.
    @Test func aConfiguredRemoteHasRoom() throws {
        let test = try engine { $0.maximumRemotes = 4 }
        for number in 1...6 as ClosedRange<UInt8> {
            hear(UInt32(number) * 10..<UInt32(number) * 10 + 2, from: .v4(IPv4Address(198, 51, 100, number)), test)
        }
        #expect(test.engine.fdbCount == 8)
        try test.engine.addPeer(Self.modest)
        #expect(test.engine.fdbCount == 6)
        // All at once, with one that is known by learning only: it keeps its number while the others take theirs.
        let known = IPAddress.v4(IPv4Address(198, 51, 100, 4))
        var entry = test.entry(99, at: known)
        let remotes = [known, Self.greedy, .v4(IPv4Address(203, 0, 113, 9))].map { Engine.FDBRemote($0) }
        entry.target = .remotes(remotes)
        try test.engine.setFDBEntry(entry, now: 0)
        #expect(try test.engine.fdbEntry(entry.address, of: TestEngine.vni)?.target == .remotes(remotes))
        // What was learnt from it is there still, and nothing else that was learnt.
        #expect(test.engine.fdbCount == 3)
        let error = #expect(throws: VTEPError.self) { try test.engine.addPeer(.v4(IPv4Address(203, 0, 113, 10))) }
        #expect(error?.kind == .noSpace)
    }

    /// An entry that makes room for a remote may be the very one that is replaced.
    @Test func anEntryIsReplacedWhoseRemoteMakesRoom() throws {
        let test = try engine { $0.maximumRemotes = 1 }
        hear(1..<41, from: Self.greedy, test)
        for station in 1...40 as ClosedRange<UInt8> {
            try test.engine.setFDBEntry(test.entry(station, at: Self.modest), now: 0)
        }
        #expect(test.engine.fdbCount == 40)
        #expect(try count(from: Self.modest, test) == 40)
    }

    @Test func aConfiguredBindingHasRoom() throws {
        let test = try engine()
        let vni = TestEngine.vni
        for number in 1...20 as ClosedRange<UInt8> {
            let request =
                Frames.broadcast + Frames.station(UInt32(number)) + [8, 6, 0, 1, 8, 0, 6, 4, 0, 1]
                + Frames.station(UInt32(number)) + [10, 9, 0, number, 0, 0, 0, 0, 0, 0, 10, 9, 0, 200]
            _ = test.decapsulate([Frames.vxlan(request)])
        }
        #expect(try test.engine.binding(of: .v4(IPv4Address(10, 9, 0, 1)), in: vni) != nil)
        let station = MACAddress(2, 0, 0, 0, 0, 77)
        for number in 1...8 as ClosedRange<UInt8> {
            try test.engine.setBinding(.v4(IPv4Address(10, 8, 0, number)), to: station, in: vni)
        }
        for number in 1...8 as ClosedRange<UInt8> {
            #expect(try test.engine.binding(of: .v4(IPv4Address(10, 8, 0, number)), in: vni) == station)
        }
        let error = #expect(throws: VTEPError.self) {
            try test.engine.setBinding(.v4(IPv4Address(10, 8, 0, 9)), to: station, in: vni)
        }
        #expect(error?.kind == .noSpace)
    }

    /// One port's packets that are too long do not use up another's answers.
    @Test func answersAreEachPortsOwn() throws {
        let test = try engine()
        let other = try test.engine.addPort(to: TestEngine.vni)
        try test.engine.setFDBEntry(test.entry(2, at: Self.greedy), now: 0)
        test.engine.setPathMTU(1500, to: UnderlayAddress(Self.greedy))
        var inner = InnerFrame(isUDP: true, payload: [UInt8](repeating: 1, count: 1451 - 28))
        inner.source = Frames.station(1)
        #expect(test.encapsulate([[UInt8]](repeating: inner.bytes, count: 300)).frames.count == 100)
        inner.source = Frames.station(3)
        #expect(test.encapsulate([inner.bytes], from: other).frames.count == 1)
    }
}
