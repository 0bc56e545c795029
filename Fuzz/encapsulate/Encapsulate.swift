import TestRandom
import VTEPEngine
import VTEPWire

// One for all inputs: it is large.
nonisolated(unsafe) private var batch = Batch()

/// Frames with any virtio-net header, from ports of VNIs with every policy: what a guest can say.
@c(LLVMFuzzerTestOneInput)
public func fuzzEncapsulate(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = unsafe InputBytes(start, count)
    guard var side = try? makeEngine(&input) else { return 0 }
    var now: Milliseconds = 1000
    while !input.isEmpty {
        let options = input.u8()
        let offload = Offload(
            flags: input.u8(), segmentation: input.u8(), headerLength: input.u16(), segmentSize: input.u16(),
            checksumStart: input.u16(), checksumOffset: input.u16())
        let headroom = options & 1 == 0 ? 8 : 0
        var bytes = [UInt8](repeating: 0, count: headroom) + input.take(Int(input.u16() & 0x1FFF))
        now += Milliseconds(options >> 5)
        let length = bytes.count - headroom
        let port = side.ports[Int(options >> 1) % side.ports.count]
        unsafe bytes.withUnsafeMutableBytes { memory in
            guard let base = memory.baseAddress else { return }
            var frame = unsafe Frame(
                base + headroom, length: length, headroom: headroom, offload: options & 2 == 0 ? .none : offload,
                policyID: offload.segmentSize, policyBits: UInt32(options) << 16)
            unsafe withUnsafeMutablePointer(to: &frame) { pointer in
                while unsafe side.engine.encapsulate(
                    UnsafeMutableBufferPointer(start: pointer, count: 1), from: port, now: now, into: &batch) == 0
                {
                    precondition(unsafe batch.deliveryCount + batch.transmissionCount > 0)
                    unsafe drain(&batch)
                }
            }
            unsafe drain(&batch)
        }
        while side.engine.nextEvent() != nil {}
    }
    return 0
}

private struct Side: ~Copyable {
    var engine: Engine
    let ports: [PortID]
}

private func makeEngine(_ input: inout InputBytes) throws(VTEPError) -> Side {
    var configuration = Engine.Configuration(seed: (1, 2))
    configuration.maximumFDBEntries = 64
    configuration.maximumVNIs = 4
    configuration.maximumPorts = 16
    configuration.maximumEvents = 16
    configuration.maximumBindings = 16
    configuration.maximumSegments = 1 + Int(input.u8() & 127)
    var engine = try Engine(configuration)
    let choices = input.u16()
    let vni = try VNI(5)
    var policy = VNIPolicy()
    policy.dialect = VNIPolicy.Dialect(rawValue: UInt8(choices & 3)) ?? .plain
    policy.typeOfService = choices & 4 == 0 ? .inherit : .fixed(UInt8(choices & 0xFF))
    policy.timeToLive = choices & 8 == 0 ? .inherit : .fixed(9)
    policy.dontFragment = .inherit
    policy.neighbours = VNIPolicy.NeighbourHandling(rawValue: UInt8(choices >> 4 & 3)) ?? .flood
    policy.learnsBindings = choices & 64 != 0
    policy.routeShortCircuit = choices & 128 != 0
    policy.zeroChecksum = choices & 256 != 0
    policy.oversized = VNIPolicy.Oversized(rawValue: UInt8(choices >> 9 & 3)) ?? .answer
    try engine.addVNI(vni, policy: policy)
    var ports = [try engine.addPort(to: vni)]
    if choices & 2048 != 0 {
        var port = PortConfiguration()
        port.offloads = [.checksum, .tcp4, .udp]
        ports.append(try engine.addPort(to: vni, port))
    }
    let remotes = (1...3 as ClosedRange<UInt8>).map { IPAddress.v4(IPv4Address(192, 0, 2, $0)) }
    if choices & 4096 != 0 { try engine.addDefaultRemote(remotes[0], to: vni) }
    if choices & 8192 != 0 { try engine.addDefaultRemote(remotes[1], sendVNI: VNI(6), to: vni) }
    try engine.setFDBEntry(
        Engine.FDBEntry(
            vni: vni, address: MACAddress(2, 0, 0, 0, 0, 1), target: .remotes([Engine.FDBRemote(remotes[2])]),
            isRouter: true), now: 0)
    engine.setPathMTU(choices & 16384 == 0 ? 1500 : 400, to: UnderlayAddress(remotes[2]))
    for last in 0..<4 as Range<UInt8> {
        try engine.setBinding(.v4(IPv4Address(10, 0, 0, last)), to: MACAddress(2, 0, 0, 0, 1, last), in: vni)
        try engine.setBinding(
            .v6(IPv6Address(rawValue: 0xFD << 120 | UInt128(last))), to: MACAddress(2, 0, 0, 0, 1, last), in: vni)
    }
    return Side(engine: engine, ports: ports)
}

/// Reads all bytes of all that came out, and checks what must hold of it.
private func drain(_ batch: inout Batch) {
    for index in 0..<batch.deliveryCount {
        let delivery = unsafe batch.deliveries[index]
        precondition(unsafe read(batch.slices(of: delivery)) == Int(delivery.length))
    }
    for index in 0..<batch.transmissionCount {
        let transmission = unsafe batch.transmissions[index]
        let length = unsafe read(batch.slices(of: transmission))
        precondition(length == Int(transmission.length) && length <= 65_507 && transmission.reserved == 0)
        let each = Int(transmission.segmentSize)
        precondition((transmission.datagramCount == 1) == (each == 0))
        if each > 0 { precondition((length + each - 1) / each == Int(transmission.datagramCount)) }
    }
    batch.clear()
}

private func read(_ slices: UnsafeMutableBufferPointer<Slice>) -> Int {
    var length = 0
    for place in 0..<slices.count {
        let slice = unsafe slices[place]
        length += slice.length
        unsafe touch(slice.base, slice.length)
    }
    return length
}
