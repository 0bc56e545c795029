import VTEPEngine
import VTEPWire

/// An engine with one VNI and a port, and what the tests need around it.
final class TestEngine {
    var engine: Engine
    var batch = Batch()
    let port: PortID
    var now: Milliseconds = 1000

    static let vni = VNI.max
    static let remote = IPAddress.v4(IPv4Address(192, 0, 2, 1))
    static let otherRemote = IPAddress.v4(IPv4Address(192, 0, 2, 2))

    init(
        policy: VNIPolicy = VNIPolicy(), port configuration: PortConfiguration = PortConfiguration(),
        _ change: (inout Engine.Configuration) -> Void = { _ in }
    ) throws {
        var engineConfiguration = Engine.Configuration(seed: (1, 2))
        change(&engineConfiguration)
        var made = try Engine(engineConfiguration)
        try made.addVNI(TestEngine.vni, policy: policy)
        port = try made.addPort(to: TestEngine.vni, configuration)
        engine = made
    }

    /// What left for the underlay: each datagram as bytes.
    struct Sent {
        var transmission: Transmission
        var datagrams: [[UInt8]]
    }

    struct Received: Equatable {
        var port: PortID
        var bytes: [UInt8]
        var offload: Offload
    }

    struct Outcome {
        var sent: [Sent] = []
        var delivered: [Received] = []
        /// The group policy's number and bits of each delivery.
        var policies: [(UInt16, UInt32)] = []
        var datagrams: [[UInt8]] { sent.flatMap(\.datagrams) }
        var frames: [[UInt8]] { delivered.map(\.bytes) }
    }

    /// Lets frames arrive from a port: all with one offload, or each with its own.
    func encapsulate(
        _ frames: [[UInt8]], from port: PortID? = nil, headroom: Int = 70, offload: Offload = .none,
        offloads: [Offload] = [], policy: (UInt16, UInt32) = (0, 0)
    ) -> Outcome {
        var memory = frames.map { [UInt8](repeating: 0xEE, count: headroom) + $0 }
        var descriptors: [Frame] = []
        for index in memory.indices {
            unsafe memory[index].withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                descriptors.append(
                    unsafe Frame(
                        base + headroom, length: bytes.count - headroom, headroom: headroom,
                        offload: offloads.isEmpty ? offload : offloads[index],
                        policyID: policy.0, policyBits: policy.1))
            }
        }
        let source = port ?? self.port
        return unsafe descriptors.withUnsafeMutableBufferPointer { all in
            var outcome = Outcome()
            var rest = unsafe all[...]
            while unsafe !rest.isEmpty {
                let taken = unsafe engine.encapsulate(
                    UnsafeMutableBufferPointer(rebasing: rest), from: source, now: now, into: &batch)
                unsafe rest = rest.dropFirst(taken)
                collect(&outcome)
            }
            withExtendedLifetime(memory) {}
            return outcome
        }
    }

    /// Lets datagrams arrive from the underlay.
    func decapsulate(
        _ datagrams: [[UInt8]], from source: IPAddress = TestEngine.remote, segmentSize: UInt16 = 0, tos: UInt8 = 0
    ) -> Outcome {
        var memory = datagrams
        var descriptors: [Datagram] = []
        for index in memory.indices {
            if memory[index].isEmpty { memory[index].reserveCapacity(1) }
            unsafe memory[index].withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                descriptors.append(
                    unsafe Datagram(
                        base, length: bytes.count, segmentSize: segmentSize, source: UnderlayAddress(source),
                        sourcePort: 50000, typeOfService: tos))
            }
        }
        return unsafe descriptors.withUnsafeMutableBufferPointer { all in
            var outcome = Outcome()
            var rest = unsafe all[...]
            while unsafe !rest.isEmpty {
                let taken = unsafe engine.decapsulate(
                    UnsafeMutableBufferPointer(rebasing: rest), now: now, into: &batch)
                unsafe rest = rest.dropFirst(taken)
                collect(&outcome)
            }
            withExtendedLifetime(memory) {}
            return outcome
        }
    }

    /// Copies what is in the batch, and clears it.
    private func collect(_ outcome: inout Outcome) {
        for index in 0..<batch.transmissionCount {
            let transmission = unsafe batch.transmissions[index]
            let bytes = unsafe joined(batch.slices(of: transmission))
            let each = transmission.segmentSize == 0 ? bytes.count : Int(transmission.segmentSize)
            let datagrams = stride(from: 0, to: bytes.count, by: max(each, 1)).map {
                Array(bytes[$0..<min($0 + each, bytes.count)])
            }
            outcome.sent.append(Sent(transmission: transmission, datagrams: datagrams))
        }
        for index in 0..<batch.deliveryCount {
            let delivery = unsafe batch.deliveries[index]
            outcome.policies.append((delivery.policyID, delivery.policyBits))
            outcome.delivered.append(
                Received(
                    port: delivery.port, bytes: unsafe joined(batch.slices(of: delivery)), offload: delivery.offload))
        }
        batch.clear()
    }

    private func joined(_ slices: UnsafeMutableBufferPointer<Slice>) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in 0..<slices.count {
            let slice = unsafe slices[index]
            unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: slice.base, count: slice.length))
        }
        return bytes
    }

    /// A configured entry for a station behind a remote.
    func entry(_ station: UInt8, at remote: IPAddress) -> Engine.FDBEntry {
        Engine.FDBEntry(
            vni: TestEngine.vni, address: MACAddress(2, 0, 0, 0, 0, station),
            target: .remotes([Engine.FDBRemote(remote)]))
    }

    /// All events that wait.
    var events: [Engine.Event] {
        var events: [Engine.Event] = []
        while let event = engine.nextEvent() { events.append(event) }
        return events
    }

    /// Lets time pass, with the calls that belong to it.
    func pass(seconds: UInt64) {
        for _ in 0..<seconds * 10 {
            engine.advance(to: now)
            now += 100
        }
    }
}
