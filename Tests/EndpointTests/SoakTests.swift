import Foundation
import Synchronization
import TestNetwork
import Testing
import VTEP

/// Everything at once, for as long as `VTEP_SOAK_SECONDS` says: traffic from ever new stations, learning, ageing, reload,
/// ports that come and go, and whoever asks for statistics meanwhile. `make soak` runs it for minutes, `make thread-sanitizer`
/// under ThreadSanitizer.
@Suite(.inNamespaces)
struct SoakTests {
    /// In a process of its own, where nobody else opens descriptors or takes memory.
    @Test func nothingGrows() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            ThisProcess.diesWithItsParent()
            let seconds = ProcessInfo.processInfo.environment["VTEP_SOAK_SECONDS"].flatMap(Double.init) ?? 4
            let soak = try Soak()
            try soak.run(seconds: min(2, seconds / 4))  // what is made once is made by now
            let (descriptors, allocated) = (ThisProcess.openDescriptors(), ThisProcess.allocatedBytes)
            let resident = ThisProcess.residentBytes
            try soak.run(seconds: seconds)
            #expect(ThisProcess.openDescriptors() == descriptors)
            let grown = ThisProcess.allocatedBytes - allocated
            #expect(grown < 256 << 10, "\(grown) bytes more after \(seconds) s")
            print(
                """
                soak: \(soak.summary) in \(seconds) s; allocated \(allocated >> 10) KB and \(grown) bytes more at the end, \
                resident \(resident >> 10) KB, then \(ThisProcess.residentBytes >> 10) KB; \(descriptors.count) descriptors
                """)
            try soak.check()
        }
        print(String(decoding: result?.standardOutputContent ?? [], as: UTF8.self))
    }
}

/// Two endpoints on one host, which know each other.
private final class Soak: Sendable {
    private let namespace: TestNamespace
    private let ends: [End]
    private let vni: VNI
    private let delivered = Atomic<Int>(0)
    static let limit = 1000

    struct End: Sendable {
        let endpoint: Endpoint
        let port: InProcessPort
    }

    init() throws {
        namespace = try TestNamespace()
        vni = try VNI(120)
        let (namespace, vni) = (namespace, vni)
        ends = try (1...2).map { number in
            var underlay = UnderlayOptions()
            underlay.localAddress = try IPAddress(parsing: "127.0.0.\(number)")
            underlay.transmitSockets = 4
            var configuration = EndpointConfiguration(underlays: [underlay])
            configuration.networkNamespace = namespace.namespace
            configuration.maximumFDBEntries = Soak.limit
            configuration.workers = 2
            let endpoint = try Endpoint(configuration)
            var policy = VNIPolicy()
            policy.ageing = 1
            // The rest is for entries that somebody sets.
            policy.learningLimit = UInt32(Soak.limit - 100)
            try endpoint.addVNI(vni, policy: policy)
            try endpoint.addDefaultRemote(IPAddress(parsing: "127.0.0.\(3 - number)"), to: vni)
            let port = try InProcessPort()
            var options = EndpointPortOptions()
            options.floodLimit = 100_000
            try endpoint.addPort(.inProcess(port), to: vni, options)
            try endpoint.start()
            return End(endpoint: endpoint, port: port)
        }
    }

    var summary: String { "\(delivered.load(ordering: .relaxed)) frames delivered" }

    func run(seconds: Double) throws {
        let end = ContinuousClock.now + .seconds(seconds)
        let works: [@Sendable (ContinuousClock.Instant) throws -> Void] = [
            { end in self.send(0, until: end) }, { end in self.send(1, until: end) },
            { end in self.receive(until: end) }, { end in try self.reload(until: end) },
            { end in try self.observe(until: end) },
        ]
        let results = ThisProcess.onNewThreads(works.count) { number in Result { try works[number](end) } }
        for result in results {
            do { try result.get() } catch { Issue.record("\(error)") }
        }
    }

    /// Frames from random stations to random stations, of random lengths, some of them nonsense.
    private func send(_ number: Int, until end: ContinuousClock.Instant) {
        var random = SystemRandomNumberGenerator()
        var frame = [UInt8](repeating: 0, count: 1500)
        while ContinuousClock.now < end {
            for _ in 0..<200 {
                for index in 0..<14 { frame[index] = UInt8.random(in: 0...255, using: &random) }
                frame[6] &= 0xFE
                if Bool.random(using: &random) { (frame[0], frame[1], frame[6], frame[7]) = (2, 0, 2, 0) }
                let length = Int.random(in: 0...1400, using: &random)
                _ = unsafe frame.withUnsafeBytes { bytes in
                    unsafe ends[number].port.send(UnsafeRawBufferPointer(rebasing: bytes[..<length]))
                }
            }
            usleep(200)
        }
    }

    private func receive(until end: ContinuousClock.Instant) {
        while ContinuousClock.now < end {
            var count = 0
            for end in ends { while unsafe end.port.receive({ _ in }) { count += 1 } }
            delivered.wrappingAdd(count, ordering: .relaxed)
            if count == 0 { usleep(200) }
        }
    }

    /// Remotes, peers, FDB entries, VNIs and ports come and go.
    private func reload(until end: ContinuousClock.Instant) throws {
        let others = try (10..<20).map { Engine.FDBRemote(try IPAddress(parsing: "127.0.0.\($0)")) }
        let endpoint = ends[0].endpoint
        let peer = try Engine.FDBRemote(IPAddress(parsing: "127.0.0.2"))
        let second = try VNI(121)
        var round = 0
        while ContinuousClock.now < end {
            round += 1
            try endpoint.setDefaultRemotes([peer] + others.prefix(round % 3), of: vni)
            try endpoint.setPeers(others.prefix(round % 5).map(\.address))
            let entries = try (0..<20).map { number in
                Engine.FDBEntry(
                    vni: vni, address: try MACAddress(parsing: "02:00:00:00:01:\(10 + (number + round) % 80)"),
                    target: .remotes([peer]), kind: .external)
            }
            try endpoint.setExternalFDB(entries, of: vni)
            try endpoint.addVNI(second)
            let port = try endpoint.addPort(.inProcess(InProcessPort(queueBytes: 1 << 17)), to: second)
            if round % 2 == 0 { try endpoint.removePort(port) }
            try endpoint.removeVNI(second)
            if round % 7 == 0 { try endpoint.flushLearnt(of: vni) }
            usleep(2000)
        }
        try endpoint.setDefaultRemotes([peer], of: vni)
    }

    private func observe(until end: ContinuousClock.Instant) throws {
        while ContinuousClock.now < end {
            for end in ends {
                _ = try end.endpoint.statistics
                _ = end.endpoint.underlayStatistics(.v4)
                _ = try end.endpoint.fdb(of: vni).count
                while end.endpoint.nextEvent() != nil {}
                let count = end.endpoint.fdbCount
                guard count <= Soak.limit else { throw Failure("\(count) FDB entries of \(Soak.limit)") }
            }
            usleep(5000)
        }
    }

    /// What was to happen has happened.
    func check() throws {
        // Of the first one's entries all are flushed again and again before they are old.
        #expect(try ends[1].endpoint.statistics[.addressesAged] > 0)
        for end in ends {
            let statistics = try end.endpoint.statistics
            #expect(statistics[.framesToPorts] > 100)
            #expect(statistics[.addressesLearnt] > 100)
            #expect(statistics[.notLearntLimit] > 0)
            #expect(statistics[.dropInvalidSource] + statistics[.dropFrameLength] > 0)
            end.endpoint.stop()
        }
    }
}
