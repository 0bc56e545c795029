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
        // Several frames in a call may share transmissions.
        let options = input.u8()
        now += Milliseconds(options >> 5)
        let port = side.ports[Int(options) % side.ports.count]
        var frames: [Frame] = []
        for _ in 0...(options >> 2 & 7) where !input.isEmpty {
            frames.append(takeFrame(&input))
        }
        unsafe frames.withUnsafeMutableBufferPointer { all in
            var rest = unsafe all
            while !rest.isEmpty {
                let taken = unsafe side.engine.encapsulate(rest, from: port, now: now, into: &batch)
                precondition(unsafe taken > 0 || batch.deliveryCount + batch.transmissionCount > 0)
                unsafe drain(&batch)
                unsafe rest = UnsafeMutableBufferPointer(rebasing: rest[taken...])
            }
        }
        for frame in frames { unsafe (frame.base - Int(frame.headroom)).deallocate() }
        while side.engine.nextEvent() != nil {}
    }
    return 0
}

/// A frame in memory of its own, so that whatever is read beyond it is noticed.
private func takeFrame(_ input: inout InputBytes) -> Frame {
    let options = input.u8()
    let offload = Offload(
        flags: input.u8(), segmentation: input.u8(), headerLength: input.u16(), segmentSize: input.u16(),
        checksumStart: input.u16(), checksumOffset: input.u16())
    let headroom = options & 1 == 0 ? 8 : 0
    let bytes = input.take(Int(input.u16() & 0x1FFF))
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(headroom + bytes.count, 1), alignment: 1)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: headroom)
    unsafe UnsafeMutableRawBufferPointer(start: memory + headroom, count: bytes.count).copyBytes(from: bytes)
    return unsafe Frame(
        memory + headroom, length: bytes.count, headroom: headroom, offload: options & 2 == 0 ? .none : offload,
        policyID: offload.segmentSize, policyBits: UInt32(options) << 16)
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
    if choices & 32768 != 0 { try engine.addDefaultRemote(remotes[2], to: vni) }
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
