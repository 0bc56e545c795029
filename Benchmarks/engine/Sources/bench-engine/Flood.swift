import CReference
import VTEPEngine
import VTEPWire

/// One broadcast frame for many remotes; nanoseconds per copy.
func flood(remotes: Int, path: String) throws {
    let vni = try VNI(Sides.vni)
    var engine = try Engine(Engine.Configuration(seed: (1, 2)))
    try engine.addVNI(vni)
    let port = try engine.addPort(to: vni)
    let reference = ref_new(Sides.vni, 1000, 1)
    for number in 0..<remotes {
        try engine.addDefaultRemote(.v4(Sides.remote(number)), to: vni)
        ref_add_remote(reference, Sides.remote(number).rawValue)
    }
    let packets = Packets(length: 64)
    packets.set(0xFFFF_FFFF_FFFF, at: 0, of: 0)
    let frames = UnsafeMutableBufferPointer<Frame>.allocate(capacity: 1)
    frames[0] = Frame(packets.frame(0), length: 64, headroom: Packets.headroom)
    var theirs = referenceFrame(packets.frame(0), 64)
    let transmissions = UnsafeMutablePointer<ref_transmission>.allocate(capacity: remotes)
    var batch = Batch()
    let scale = Double(Packets.batch) / Double(remotes)
    Measurement(
        "flood-\(remotes)", note: "one 64-byte broadcast, per copy",
        ours: {
            scale
                * perFrame(batches: 2000, prepare: {}) {
                    batch.clear()
                    _ = engine.encapsulate(frames, from: port, now: 1000, into: &batch)
                    precondition(batch.transmissionCount == remotes)
                }
        },
        theirs: { scale * perFrame(batches: 2000, prepare: {}) { ref_flood(reference, &theirs, transmissions) } }
    ).report(to: path)
    frames.deallocate()
    transmissions.deallocate()
    ref_free(reference)
}
