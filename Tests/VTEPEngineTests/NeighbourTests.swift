import Testing
import VTEPEngine
import VTEPWire

@Suite struct NeighbourTests {
    private static let known = MACAddress(2, 0, 0, 0, 0, 9)

    private func engine(_ handling: VNIPolicy.NeighbourHandling, learning: Bool = false) throws -> TestEngine {
        var policy = VNIPolicy()
        policy.neighbours = handling
        policy.learnsBindings = learning
        let test = try TestEngine(policy: policy)
        try test.engine.addDefaultRemote(TestEngine.remote, to: TestEngine.vni)
        try test.engine.setBinding(.v4(IPv4Address(10, 0, 0, 9)), to: Self.known, in: TestEngine.vni)
        try test.engine.setBinding(
            .v6(try IPv6Address(parsing: "fd00::9")), to: Self.known, isRouter: true, in: TestEngine.vni)
        return test
    }

    private func request(_ last: UInt8, sender: [UInt8] = [10, 0, 0, 1], operation: UInt8 = 1) -> [UInt8] {
        let own = Frames.station(1)
        return Frames.ethernet(
            to: Frames.broadcast, from: own, type: 0x0806,
            [0, 1, 8, 0, 6, 4, 0, operation] + own + sender + [0, 0, 0, 0, 0, 0, 10, 0, 0, last])
    }

    private func solicitation(_ last: UInt8, from source: UInt8? = 1, options: [UInt8]? = nil) -> [UInt8] {
        let prefix = [0xFD] + [UInt8](repeating: 0, count: 14)
        let sender = source.map { prefix + [$0] } ?? [UInt8](repeating: 0, count: 16)
        let group: [UInt8] = [0xFF, 2] + [UInt8](repeating: 0, count: 9) + [1, 0xFF, 0, 0, last]
        let message = [135, 0, 0, 0, 0, 0, 0, 0] + prefix + [last] + (options ?? [1, 1] + Frames.station(1))
        let header = [0x60, 0, 0, 0, 0, UInt8(message.count), 58, 255] + sender + group
        return Frames.ethernet(
            to: [0x33, 0x33, 0xFF, 0, 0, last], from: Frames.station(1), type: 0x86DD, header + message)
    }

    @Test(arguments: [VNIPolicy.NeighbourHandling.suppress, .proxy])
    func aKnownAddressIsAnswered(handling: VNIPolicy.NeighbourHandling) throws {
        let test = try engine(handling)
        let outcome = test.encapsulate([request(9)])
        #expect(outcome.sent.isEmpty)
        #expect(
            outcome.frames == [
                Frames.station(1) + Frames.station(9) + [8, 6, 0, 1, 8, 0, 6, 4, 0, 2] + Frames.station(9) + [
                    10, 0, 0, 9,
                ]
                    + Frames.station(1) + [10, 0, 0, 1]
            ])
        #expect(outcome.delivered.map(\.port) == [test.port])
    }

    @Test func anUnknownAddressIsFloodedOrReported() throws {
        #expect(try engine(.suppress).encapsulate([request(8)]).sent.count == 1)
        let proxy = try engine(.proxy)
        #expect(proxy.encapsulate([request(8)]).sent.isEmpty)
        #expect(proxy.encapsulate([request(9, operation: 2)]).sent.isEmpty, "a proxy lets no ARP pass")
        #expect(proxy.engine.counter(.dropNeighbourRequest) == 2)
        let events = proxy.events
        #expect(events.map(\.kind) == [.neighbourMiss])
        #expect(events.first?.internetAddress.address == .v4(IPv4Address(10, 0, 0, 8)))
    }

    @Test func gratuitousAndOwnAddressesAreNotAnswered() throws {
        let test = try engine(.suppress)
        #expect(test.encapsulate([request(9, sender: [10, 0, 0, 9])]).sent.count == 1)
        let port = test.port
        try test.engine.setFDBEntry(
            Engine.FDBEntry(vni: TestEngine.vni, address: Self.known, target: .port(port)), now: 0)
        #expect(test.encapsulate([request(9)]).sent.count == 1, "it is behind this port, and answers itself")
    }

    @Test func aSolicitationIsAnswered() throws {
        let test = try engine(.suppress)
        let answer = try #require(test.encapsulate([solicitation(9)]).frames.first)
        #expect(Array(answer.prefix(14)) == Frames.station(1) + Frames.station(9) + [0x86, 0xDD])
        #expect(answer.count == 14 + 40 + 32)
        #expect(answer[21] == 255, "hop limit")
        #expect(Array(answer[54..<58]).first == 136)
        #expect(answer[58] == 0xE0, "router, solicited, override")
        #expect(Array(answer[78...]) == [2, 1] + Frames.station(9))
        let pseudo = Array(answer[22..<54]) + [0, 0, 0, 32, 0, 0, 0, 58]
        #expect(wordSum(pseudo + answer[54...]) == 0xFFFF)
    }

    @Test func aProbeIsAnsweredToAll() throws {
        let test = try engine(.suppress)
        let answer = try #require(test.encapsulate([solicitation(9, from: nil, options: [])]).frames.first)
        #expect(Array(answer.prefix(6)) == [0x33, 0x33, 0, 0, 0, 1])
        #expect(answer[58] == 0xA0, "router, override, not solicited")
    }

    /// What CVE-2026-31738 read beyond: options without length, or longer than the packet.
    @Test(
        arguments: [
            [1, 0], [1, 0, 0, 0, 0, 0, 0, 0], [1, 2, 0, 0, 0, 0, 0, 0], [1],
            [1, 255] + [UInt8](repeating: 0, count: 6),
        ] as [[UInt8]])
    func malformedOptionsAreNotAnswered(options: [UInt8]) throws {
        let outcome = try engine(.suppress).encapsulate([solicitation(9, options: options)])
        #expect(outcome.frames.isEmpty && outcome.sent.count == 1)
    }

    @Test func bindingsAreLearntAndAge() throws {
        let test = try engine(.suppress, learning: true)
        _ = test.encapsulate([request(8)])
        #expect(
            try test.engine.binding(of: .v4(IPv4Address(10, 0, 0, 1)), in: TestEngine.vni)
                == MACAddress(2, 0, 0, 0, 0, 1))
        _ = test.encapsulate([solicitation(8)])
        #expect(try test.engine.binding(of: .v6(try IPv6Address(parsing: "fd00::1")), in: TestEngine.vni) != nil)
        _ = test.decapsulate([Frames.vxlan(request(8, sender: [10, 0, 0, 5]))])
        #expect(try test.engine.binding(of: .v4(IPv4Address(10, 0, 0, 5)), in: TestEngine.vni) != nil)
        test.pass(seconds: 320)
        #expect(try test.engine.binding(of: .v4(IPv4Address(10, 0, 0, 1)), in: TestEngine.vni) == nil)
        #expect(try test.engine.binding(of: .v4(IPv4Address(10, 0, 0, 9)), in: TestEngine.vni) == Self.known)
    }

    /// RFC 4861 §7.2.5: an advertisement without the override flag leaves what is known.
    @Test func anAdvertisementReplacesOnlyIfItSaysSo() throws {
        let test = try engine(.suppress, learning: true)
        let target = [0xFD] + [UInt8](repeating: 0, count: 14) + [5]
        func advertise(_ station: UInt8, _ flags: UInt8) {
            let address = Frames.station(UInt32(station))
            let message = [136, 0, 0, 0, flags, 0, 0, 0] + target + [2, 1] + address
            let packet = [0x60, 0, 0, 0] + big16(UInt16(message.count)) + [58, 255] + target + target + message
            _ = test.decapsulate([
                Frames.vxlan(Frames.ethernet(to: Frames.station(1), from: address, type: 0x86DD, packet))
            ])
        }
        for (station, flags, known) in [(5, 0x40, 5), (6, 0x40, 5), (6, 0x60, 6), (5, 0, 6), (6, 0, 6)]
            as [(UInt8, UInt8, UInt8)]
        {
            advertise(station, flags)
            let binding = try test.engine.binding(of: .v6(try IPv6Address(parsing: "fd00::5")), in: TestEngine.vni)
            #expect(binding == MACAddress(2, 0, 0, 0, 0, known))
        }
    }

    @Test func row47ARouterIsCutShort() throws {
        var policy = VNIPolicy()
        policy.routeShortCircuit = true
        let test = try TestEngine(policy: policy)
        var router = test.entry(2, at: TestEngine.remote)
        router.isRouter = true
        try test.engine.setFDBEntry(router, now: 0)
        try test.engine.setFDBEntry(test.entry(9, at: TestEngine.otherRemote), now: 0)
        let inner = InnerFrame(payload: [1])
        #expect(test.encapsulate([inner.bytes]).sent.map(\.transmission.remote.address) == [TestEngine.remote])
        #expect(test.events.map(\.kind) == [.neighbourMiss])
        try test.engine.setBinding(.v4(IPv4Address(10, 0, 0, 2)), to: Self.known, in: TestEngine.vni)
        let outcome = test.encapsulate([inner.bytes])
        #expect(outcome.sent.map(\.transmission.remote.address) == [TestEngine.otherRemote])
        #expect(outcome.datagrams.map { Array($0[8..<20]) } == [Frames.station(9) + Frames.station(2)])
    }
}
