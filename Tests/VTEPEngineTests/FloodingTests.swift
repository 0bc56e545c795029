import TestRandom
import Testing
import VTEPEngine
import VTEPWire

/// Head-end replication of bursts: copies of several frames leave for each remote in one transmission.
@Suite struct FloodingTests {
    private static let remotes = (1...40).map { IPAddress.v4(IPv4Address(192, 0, 2, $0)) }

    private func sender(
        policy: VNIPolicy = VNIPolicy(), _ change: (inout Engine.Configuration) -> Void = { _ in }
    ) throws -> TestEngine {
        let test = try TestEngine(policy: policy, change)
        for remote in FloodingTests.remotes { try test.engine.addDefaultRemote(remote, to: TestEngine.vni) }
        return test
    }

    private func broadcasts(_ lengths: [Int]) -> [[UInt8]] {
        lengths.enumerated().map { number, length in
            var frame = Frames.plain(to: Frames.broadcast, from: Frames.station(1), count: length)
            frame[14] = UInt8(truncatingIfNeeded: number)
            return frame
        }
    }

    /// The datagrams that each remote gets, in order.
    private func arrivals(_ outcome: TestEngine.Outcome) -> [UnderlayAddress: [[UInt8]]] {
        Dictionary(grouping: outcome.sent, by: \.transmission.remote).mapValues { $0.flatMap(\.datagrams) }
    }

    @Test(arguments: [70, 0])
    func aBurstIsOneTransmissionForEachRemote(headroom: Int) throws {
        let test = try sender()
        let frames = broadcasts([Int](repeating: 46, count: 20))
        let outcome = test.encapsulate(frames, headroom: headroom)
        #expect(outcome.sent.map(\.transmission.datagramCount) == [UInt32](repeating: 20, count: 40))
        #expect(Set(outcome.sent.map(\.transmission.segmentSize)) == [UInt16(frames[0].count + 8)])
        for (_, datagrams) in arrivals(outcome) { #expect(datagrams == frames.map { Frames.vxlan($0) }) }
        #expect(test.engine.counter(.floodedFrames) == 20)
        #expect(test.engine.counter(.datagramsToUnderlay) == 800)
        #expect(test.engine.counter(.bytesToUnderlay) == UInt64(800 * (frames[0].count + 8)))
    }

    /// A batch has room for copies to all of very many remotes, and for bursts of them.
    @Test func aThousandRemotes() throws {
        let test = try TestEngine()
        for number in 0..<1000 {
            let remote = IPAddress.v4(IPv4Address(10, 1, UInt8(number >> 8), UInt8(number & 255)))
            try test.engine.addDefaultRemote(remote, to: TestEngine.vni)
        }
        var inner = InnerFrame(isUDP: true, payload: [1, 2, 3])
        inner.destination = Frames.broadcast
        var offload = inner.superframeOffload(segmentSize: 0)
        offload.segmentation = 0
        let outcome = test.encapsulate([[UInt8]](repeating: inner.partialBytes, count: 100), offload: offload)
        #expect(outcome.datagrams == [[UInt8]](repeating: Frames.vxlan(inner.bytes), count: 100_000))
        #expect(outcome.sent.count == 2000)
    }

    @Test func whatUDPSegmentCannotHoldIsApart() throws {
        let test = try sender()
        // More than 64; a shorter one ends a run, a longer one begins another.
        let frames = broadcasts([Int](repeating: 46, count: 70) + [30, 46, 46, 90, 90, 46])
        let outcome = test.encapsulate(frames)
        let first = outcome.sent.filter { $0.transmission.remote == UnderlayAddress(FloodingTests.remotes[0]) }
        #expect(
            first.map(\.transmission.datagramCount) == [64, 7, 2, 2, 1].map { UInt32($0) }
                || first.map(\.transmission.datagramCount) == [64, 7, 2, 3].map { UInt32($0) })
        for (_, datagrams) in arrivals(outcome) { #expect(datagrams == frames.map { Frames.vxlan($0) }) }
    }

    /// Whatever is between them, nothing overtakes what is of the same flow.
    @Test func everyRemoteGetsEachFlowInOrder() throws {
        var random = SeededRandom(seed: 21)
        for round in 0..<60 {
            var policy = VNIPolicy()
            policy.zeroChecksum = round % 5 == 4
            let test = try sender(policy: policy)
            let known = FloodingTests.remotes[3]
            try test.engine.setFDBEntry(test.entry(7, at: known), now: test.now)
            // One remote takes less than the others, one gets its copies with another VNI.
            if round % 3 == 1 { test.engine.setPathMTU(200, to: UnderlayAddress(FloodingTests.remotes[5])) }
            if round % 4 == 2 {
                try test.engine.addDefaultRemote(TestEngine.otherRemote, sendVNI: VNI(5), to: TestEngine.vni)
            }
            let frames = (0..<80).map { number -> [UInt8] in
                let to = Bool.random(using: &random) ? Frames.broadcast : [2, 0, 0, 0, 0, 7]
                let from = Frames.station(.random(in: 1...4, using: &random))
                var frame = Frames.plain(to: to, from: from, count: [46, 46, 46, 60, 400].randomElement() ?? 46)
                frame[14] = UInt8(number)
                return frame
            }
            let outcome = test.encapsulate(frames, headroom: round % 2 == 0 ? 8 : 0)
            for (remote, datagrams) in arrivals(outcome) where remote != UnderlayAddress(TestEngine.otherRemote) {
                let takes = remote == UnderlayAddress(FloodingTests.remotes[5]) && round % 3 == 1 ? 150 : 9000
                let expected = frames.filter { frame in
                    frame.count <= takes && (frame[0] == 0xFF || remote == UnderlayAddress(known))
                }
                #expect(
                    Dictionary(grouping: datagrams.map { Array($0.dropFirst(8)) }, by: { Array($0[0..<12]) })
                        == Dictionary(grouping: expected, by: { Array($0[0..<12]) }))
            }
            if policy.zeroChecksum { #expect(outcome.sent.allSatisfy { $0.transmission.datagramCount == 1 }) }
        }
    }

    /// An answer to the sender takes a slice while the copies are made, which are to have the one that they expected.
    @Test func anAnswerBetweenTheCopies() throws {
        let test = try sender()
        test.engine.setPathMTU(200, to: UnderlayAddress(FloodingTests.remotes[5]))
        let frame = InnerFrame(isUDP: true, payload: [UInt8](repeating: 7, count: 300)).bytes
        let outcome = test.encapsulate([frame])
        #expect(outcome.frames.count == 1)
        #expect(outcome.sent.count == 39)
        for (_, datagrams) in arrivals(outcome) { #expect(datagrams == [Frames.vxlan(frame)]) }
    }

    /// Several calls fill one batch: each frame's copies have its own bytes.
    @Test func severalCallsIntoOneBatch() throws {
        let test = try sender()
        let frames = broadcasts([46, 60, 46, 46])
        var memory = frames.map { [UInt8](repeating: 0, count: 8) + $0 }
        for index in memory.indices {
            unsafe memory[index].withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                var frame = unsafe Frame(base + 8, length: bytes.count - 8, headroom: 8)
                unsafe withUnsafeMutablePointer(to: &frame) {
                    let one = unsafe UnsafeMutableBufferPointer(start: $0, count: 1)
                    #expect(unsafe test.engine.encapsulate(one, from: test.port, now: 1, into: &test.batch) == 1)
                }
            }
        }
        #expect(test.batch.transmissionCount == 160)
        for index in 0..<test.batch.transmissionCount {
            let slices = unsafe test.batch.slices(of: test.batch.transmissions[index])
            let bytes = unsafe UnsafeRawBufferPointer(start: slices[0].base, count: slices[0].length)
            #expect(unsafe slices.count == 1 && Array(bytes) == Frames.vxlan(frames[index / 40]))
        }
        withExtendedLifetime(memory) {}
    }

    /// Frames of one flow, small ones and superframes: none of them overtakes.
    @Test func superframesAreNotOvertaken() throws {
        let test = try sender()
        var small = InnerFrame(isUDP: true, payload: [1, 2, 3])
        small.destination = Frames.broadcast
        var large = small
        large.payload = [UInt8](repeating: 7, count: 3000)
        let outcome = test.encapsulate(
            [small.bytes, large.partialBytes, small.bytes],
            offloads: [.none, large.superframeOffload(segmentSize: 1000), .none])
        let frames = [small.bytes] + large.segments(of: 1000).map(\.bytes) + [small.bytes]
        for (_, datagrams) in arrivals(outcome) { #expect(datagrams.map { Array($0.dropFirst(8)) } == frames) }
    }
}
