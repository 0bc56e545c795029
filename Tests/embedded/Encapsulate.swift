import VTEPWire

/// One frame through an engine that was built without the Swift runtime: mk/embedded compiles it together with
/// VTEPEngine.
@main
struct Encapsulate {
    static func main() {
        do throws(VTEPError) {
            try forward()
        } catch {
            print(error.description)
        }
    }

    private static func forward() throws(VTEPError) {
        let vni = try VNI(120)
        var engine = try Engine(Engine.Configuration(seed: (1, 2)))
        try engine.addVNI(vni)
        let port = try engine.addPort(to: vni)
        try engine.addDefaultRemote(.v4(IPv4Address(192, 0, 2, 1)), to: vni)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: 68, alignment: 8)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 2, count: 68)
        var frame = unsafe Frame(memory + 8, length: 60, headroom: 8)
        var batch = Batch()
        unsafe withUnsafeMutablePointer(to: &frame) {
            _ = unsafe engine.encapsulate(.init(start: $0, count: 1), from: port, now: 0, into: &batch)
        }
        print("\(batch.transmissionCount) transmission, \(engine.counter(.datagramsToUnderlay)) datagram")
        unsafe memory.deallocate()
    }
}
