import Testing
import VTEPEngine
import VTEPWire

/// Datagrams of one call, usual ones and others, of several remotes and VNIs: each is taken as if it had come alone.
@Suite struct ArrivalOrderTests {
    private static let unknown = IPAddress.v4(IPv4Address(192, 0, 2, 9))
    private static let to = Frames.station(9)

    private func engine() throws -> TestEngine {
        var policy = VNIPolicy()
        policy.acceptsUnknownRemotes = true
        let test = try TestEngine(policy: policy) { $0.maximumFDBEntries = 64 }
        try test.engine.addPeer(TestEngine.remote)
        return test
    }

    private func place(_ station: UInt8, in test: TestEngine) throws -> Engine.FDBEntry.Target? {
        try test.engine.fdbEntry(MACAddress(2, 0, 0, 0, 0, station), of: TestEngine.vni)?.target
    }

    /// A remote that only learning knows is forgotten with its last station: the next datagram makes it known anew.
    @Test func aRemoteThatIsForgottenBetweenTwo() throws {
        let test = try engine()
        let first = Frames.vxlan(Frames.plain(to: Self.to, from: Frames.station(1)))
        let second = Frames.vxlan(Frames.plain(to: Self.to, from: Frames.station(2)))
        let third = Frames.vxlan(Frames.plain(to: Self.to, from: Frames.station(3)))
        let datagrams = [
            (first, Self.unknown), (third, TestEngine.otherRemote), (first, Self.unknown), (first, TestEngine.remote),
            (second, Self.unknown),
        ]
        #expect(test.decapsulate(datagrams) == datagrams.count)
        #expect(try place(1, in: test) == .remotes([.init(TestEngine.remote)]))
        #expect(try place(2, in: test) == .remotes([.init(Self.unknown)]))
    }

    /// What is unusual does not overtake: the last one heard of decides where a station is.
    @Test func theLastOneDecides() throws {
        for (unusual, last) in [(0, 2), (1, 2), (2, 2)] {
            let test = try engine()
            try test.engine.addPeer(TestEngine.otherRemote)
            let sources = [TestEngine.remote, TestEngine.otherRemote, TestEngine.remote]
            let datagrams = sources.indices.map { index in
                // A tag makes it unusual.
                let frame = Frames.plain(to: Self.to, from: Frames.station(1))
                let tagged = Array(frame[..<12]) + [0x81, 0, 0, 5] + frame[12...]
                return (Frames.vxlan(index == unusual ? tagged : frame), sources[index])
            }
            #expect(test.decapsulate(datagrams) == 3)
            #expect(try place(1, in: test) == .remotes([.init(sources[last])]))
        }
    }

    /// Runs of UDP_GRO in which some are unusual, the last is shorter, and which are longer than what is taken at once.
    @Test func runsWithUnusualOnes() throws {
        let test = try engine()
        var arrived: UInt64 = 0
        for count in [1, 3, 65, 130] {
            for unusual in [[], [0], [count - 1], [count / 2], [0, 1, count - 1]] {
                let frames = (0..<count).map { index -> [UInt8] in
                    let length = index == count - 1 ? 40 : 50
                    let plain =
                        Self.to + Frames.station(1) + [0x88, 0xB5] + [UInt8](repeating: UInt8(index), count: length)
                    return unusual.contains(index)
                        ? Array(plain[..<12]) + [0x81, 0, 0, 5] + plain[12...].dropLast(4) : plain
                }
                let outcome = test.decapsulate([frames.flatMap { Frames.vxlan($0) }], segmentSize: 8 + 14 + 50)
                let isRight = outcome.frames == frames
                #expect(isRight, "\(count) datagrams, unusual: \(unusual)")
                arrived += UInt64(count)
                #expect(test.engine.counter(.datagramsFromUnderlay) == arrived)
            }
        }
    }

    /// Nothing, and less than a header, is counted also where the kernel says that it were a run.
    @Test func emptyRuns() throws {
        let test = try engine()
        let good = Frames.vxlan(Frames.plain(to: Self.to, from: Frames.station(1)))
        let outcome = test.decapsulate([[], good, [8, 0], good], segmentSize: 2000)
        #expect(outcome.frames.count == 2)
        #expect(test.engine.counter(.dropDatagramLength) == 2)
    }

    /// Several VNIs in turns, and headers that are none's own.
    @Test func headersInAnyOrder() throws {
        let test = try engine()
        let other = try VNI(77)
        try test.engine.addVNI(other)
        let otherPort = try test.engine.addPort(to: other)
        let frame = Frames.plain(to: Self.to, from: Frames.station(1))
        let headers: [[UInt8]] = [
            [8, 0, 0, 0] + big32(TestEngine.vni.rawValue << 8), [8, 0, 0, 0] + big32(77 << 8),
            [8, 0, 0, 0] + big32(5 << 8), [0x0C, 0, 0, 0] + big32(77 << 8), [0, 0, 0, 0] + big32(77 << 8), [8, 0, 0],
        ]
        var expected = 0
        var datagrams: [([UInt8], IPAddress)] = []
        for index in 0..<300 {
            let header = headers[index * 7 % 11 % headers.count]
            if header == headers[0] || header == headers[1] { expected += 1 }
            datagrams.append((header.count < 8 ? header : header + frame, TestEngine.remote))
        }
        var ports: [PortID: Int] = [:]
        #expect(test.decapsulate(datagrams) { ports[$0, default: 0] += 1 } == expected)
        #expect(ports[test.port, default: 0] + ports[otherPort, default: 0] == expected)
        #expect(ports[test.port, default: 0] == (0..<300).count { headers[$0 * 7 % 11 % headers.count] == headers[0] })
    }
}

extension TestEngine {
    /// Lets datagrams of several sources arrive in one call, and says how many frames came of them.
    fileprivate func decapsulate(
        _ datagrams: [([UInt8], IPAddress)], _ delivered: (PortID) -> Void = { _ in }
    ) -> Int {
        var memory = datagrams.map(\.0)
        var descriptors: [Datagram] = []
        for index in memory.indices {
            unsafe memory[index].withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                descriptors.append(
                    unsafe Datagram(base, length: bytes.count, source: UnderlayAddress(datagrams[index].1)))
            }
        }
        return unsafe descriptors.withUnsafeMutableBufferPointer { all in
            let taken = unsafe engine.decapsulate(all, now: now, into: &batch)
            #expect(taken == datagrams.count)
            for index in 0..<batch.deliveryCount { delivered(unsafe batch.deliveries[index].port) }
            defer { batch.clear() }
            withExtendedLifetime(memory) {}
            return batch.deliveryCount
        }
    }
}
