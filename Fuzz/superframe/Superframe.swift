import TestRandom
import VTEPEngine
import VTEPWire

// Two for all inputs: they are large.
nonisolated(unsafe) private var sent = Batch()
nonisolated(unsafe) private var received = Batch()

/// What is segmented and coalesced again is what it was; and what cannot be, arrives frame by frame with the same payload.
@c(LLVMFuzzerTestOneInput)
public func fuzzSuperframe(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = unsafe InputBytes(start, count)
    guard var sender = try? makeEngine(offloads: []),
        var receiver = try? makeEngine(offloads: [.checksum, .tcp4, .tcp6, .udp])
    else { return 0 }
    let segmentSize = input.u16()
    let kind = [Offload.tcp4, Offload.tcp6, Offload.udpL4][Int(input.u8()) % 3]
    var offload = Offload(flags: 1, segmentation: kind, segmentSize: segmentSize)
    offload.checksumStart = input.u16()
    offload.checksumOffset = input.u16()
    let frame = input.take(65_535)
    var memory = [UInt8](repeating: 0, count: 8) + frame
    unsafe sent.clear()
    unsafe received.clear()
    unsafe memory.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        var descriptor = unsafe Frame(base + 8, length: frame.count, headroom: 8, offload: offload)
        unsafe withUnsafeMutablePointer(to: &descriptor) { pointer in
            let taken = unsafe sender.engine.encapsulate(
                UnsafeMutableBufferPointer(start: pointer, count: 1), from: sender.port, now: 1, into: &sent)
            precondition(taken == 1)
        }
        // All datagrams behind each other, as UDP_GRO gives them.
        for index in 0..<(unsafe sent.transmissionCount) {
            let transmission = unsafe sent.transmissions[index]
            var wire = unsafe joined(sent.slices(of: transmission))
            unsafe wire.withUnsafeMutableBytes { wire in
                guard let base = wire.baseAddress else { return }
                var datagram = unsafe Datagram(
                    base, length: wire.count, segmentSize: transmission.segmentSize,
                    source: UnderlayAddress(IPv4Address(192, 0, 2, 1)))
                unsafe withUnsafeMutablePointer(to: &datagram) { pointer in
                    _ = unsafe receiver.engine.decapsulate(
                        UnsafeMutableBufferPointer(start: pointer, count: 1), now: 1, into: &received)
                }
                unsafe check(received, sender.engine.counter(.superframesSegmented) > 0, frame)
                unsafe received.clear()
            }
        }
    }
    return 0
}

/// Of one superframe, each delivery's payload is where it was in it.
private func check(_ batch: borrowing Batch, _ segmented: Bool, _ frame: [UInt8]) {
    for index in 0..<batch.deliveryCount {
        let delivery = unsafe batch.deliveries[index]
        let bytes = unsafe joined(batch.slices(of: delivery))
        precondition(bytes.count == Int(delivery.length))
        // Addresses and type never change; ports neither.
        precondition(bytes.prefix(14) == frame.prefix(14))
        if !segmented || delivery.offload.segmentation == 0 { continue }
        let header = Int(delivery.offload.headerLength)
        precondition(header <= bytes.count && bytes.count <= frame.count)
        precondition(delivery.offload.segmentSize > 0 && Int(delivery.offload.checksumStart) < header)
    }
}

private func joined(_ slices: UnsafeMutableBufferPointer<Slice>) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in 0..<slices.count {
        let slice = unsafe slices[index]
        unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: slice.base, count: slice.length))
    }
    return bytes
}

private struct Side: ~Copyable {
    var engine: Engine
    let port: PortID
}

private func makeEngine(offloads: OffloadSupport) throws(VTEPError) -> Side {
    var configuration = Engine.Configuration(seed: (1, 2))
    configuration.maximumFDBEntries = 16
    configuration.maximumVNIs = 1
    configuration.maximumRemotes = 4
    configuration.maximumBindings = 0
    configuration.maximumPorts = 1
    configuration.maximumEvents = 0
    var engine = try Engine(configuration)
    let vni = try VNI(5)
    try engine.addVNI(vni)
    var port = PortConfiguration()
    port.offloads = offloads
    let number = try engine.addPort(to: vni, port)
    try engine.addDefaultRemote(.v4(IPv4Address(192, 0, 2, 1)), to: vni)
    return Side(engine: engine, port: number)
}
