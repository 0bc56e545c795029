import TestRandom
import VTEPEngine
import VTEPWire

// One for all inputs: it is large.
nonisolated(unsafe) private var batch = Batch()

/// Datagrams from anywhere, for VNIs of every kind, some in one call. Every slice that comes out is read to its last byte,
/// where the sanitizer watches; and each datagram was counted once, also within runs.
@c(LLVMFuzzerTestOneInput)
public func fuzzDecapsulate(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = unsafe InputBytes(start, count)
    guard var engine = try? makeEngine(&input) else { return 0 }
    var now: Milliseconds = 1000
    var datagrams: [Datagram] = []
    var memory = unsafe [UnsafeMutableRawBufferPointer]()
    var expected: UInt64 = 0
    while !input.isEmpty {
        let options = input.u8()
        let source = IPv4Address(192, 0, 2, options & 3)
        let segmentSize = options & 4 == 0 ? 0 : input.u16()
        let bytes = input.take(Int(input.u16() & 0x0FFF))
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        unsafe copy.copyBytes(from: bytes)
        guard let base = copy.baseAddress else { continue }
        unsafe memory.append(copy)
        unsafe datagrams.append(
            Datagram(
                base, length: bytes.count, segmentSize: segmentSize, source: UnderlayAddress(source),
                typeOfService: options >> 3))
        let each = segmentSize == 0 ? bytes.count : Int(segmentSize)
        expected += bytes.isEmpty ? 1 : UInt64((bytes.count + each - 1) / each)
        now += Milliseconds(options >> 5)
        if options & 0x10 == 0 || datagrams.count > 80 || input.isEmpty {
            decapsulate(&datagrams, &engine, now)
            for index in unsafe memory.indices { unsafe memory[index].deallocate() }
            unsafe memory.removeAll()
        }
    }
    decapsulate(&datagrams, &engine, now)
    for index in unsafe memory.indices { unsafe memory[index].deallocate() }
    let counters: [Counter] = [.datagramsFromUnderlay, .dropDatagramLength, .dropNoVNIFlag, .dropUnknownVNI]
    precondition(counters.reduce(0) { $0 + engine.counter($1) } == expected)
    return 0
}

/// Lets datagrams arrive in one call, and in more where the batch is full.
private func decapsulate(_ datagrams: inout [Datagram], _ engine: inout Engine, _ now: Milliseconds) {
    unsafe datagrams.withUnsafeMutableBufferPointer { all in
        var done = 0
        while done < all.count {
            let rest = unsafe UnsafeMutableBufferPointer(rebasing: all[done...])
            let taken = unsafe engine.decapsulate(rest, now: now, into: &batch)
            // A batch that is full comes back for more, and must have done something.
            precondition(unsafe taken == rest.count || batch.deliveryCount > 0)
            done += taken
            unsafe drain(&batch)
        }
    }
    datagrams.removeAll()
    engine.advance(to: now)
    while engine.nextEvent() != nil {}
}

private func makeEngine(_ input: inout InputBytes) throws(VTEPError) -> Engine {
    var configuration = Engine.Configuration(seed: (1, 2))
    configuration.maximumFDBEntries = 64
    configuration.maximumVNIs = 4
    configuration.maximumPorts = 16
    configuration.maximumEvents = 16
    configuration.maximumRemotes = 4
    configuration.maximumBindings = 16
    var engine = try Engine(configuration)
    let choices = input.u8()
    for number in 0..<3 as Range<UInt32> {
        var policy = VNIPolicy()
        policy.dialect = VNIPolicy.Dialect(rawValue: UInt8(number)) ?? .plain
        policy.reservedBits = choices & 1 == 0 ? .refuse : .ignore
        policy.acceptsUnknownRemotes = choices & 2 != 0
        policy.innerVLAN = choices & 4 == 0 ? .pass : .drop
        policy.learnsBindings = choices & 8 != 0
        policy.learningLimitPerRemote = choices & 16 == 0 ? nil : UInt32(choices & 3)
        try engine.addVNI(VNI(number), policy: policy)
        var port = PortConfiguration()
        port.offloads = choices & 32 == 0 ? [] : [.checksum, .tcp4, .tcp6, .udp]
        for _ in 0..<(choices >> 6) { _ = try engine.addPort(to: VNI(number), port) }
    }
    try engine.addPeer(.v4(IPv4Address(192, 0, 2, 1)))
    return engine
}

/// Reads all bytes of all frames.
func drain(_ batch: inout Batch) {
    for index in 0..<batch.deliveryCount {
        let delivery = unsafe batch.deliveries[index]
        let slices = unsafe batch.slices(of: delivery)
        precondition(slices.count == Int(delivery.sliceCount) && delivery.sliceCount > 0)
        var length = 0
        for place in 0..<slices.count {
            let slice = unsafe slices[place]
            length += slice.length
            unsafe touch(slice.base, slice.length)
        }
        precondition(length == Int(delivery.length))
    }
    batch.clear()
}
