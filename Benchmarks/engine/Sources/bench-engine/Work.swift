import CReference
import VTEPEngine
import VTEPWire

/// Runs `body` for many batches and returns the median's nanoseconds per frame. `prepare` is not timed. The median, so
/// that a batch during which another process had the core does not count.
func perFrame(batches: Int, prepare: () -> Void, _ body: () -> Void) -> Double {
    var times: [UInt64] = []
    times.reserveCapacity(batches)
    for _ in 0..<batches {
        prepare()
        let begin = ref_now_ns()
        body()
        times.append(ref_now_ns() - begin)
    }
    times.sort()
    return Double(times[batches / 2]) / Double(Packets.batch)
}

func encapsulate(_ packets: Packets, _ sides: Sides, _ entries: Int, _ batches: Int, _ name: String, _ path: String) {
    let frames = UnsafeMutableBufferPointer<Frame>.allocate(capacity: Packets.batch)
    let theirs = UnsafeMutablePointer<ref_frame>.allocate(capacity: Packets.batch)
    defer {
        frames.deallocate()
        theirs.deallocate()
    }
    for index in 0..<Packets.batch {
        frames[index] = Frame(packets.frame(index), length: packets.length, headroom: Packets.headroom)
        theirs[index] = referenceFrame(packets.frame(index), packets.length)
    }
    let prepare = {
        for index in 0..<Packets.batch { packets.set(Packets.station(packets.random(entries)), at: 0, of: index) }
    }
    Measurement(
        name, note: "64 frames a batch, random stations, 4 remotes",
        ours: {
            perFrame(batches: batches, prepare: prepare) {
                sides.batch.clear()
                let taken = sides.engine.encapsulate(frames, from: sides.port, now: 1000, into: &sides.batch)
                precondition(taken == Packets.batch && sides.batch.sliceCount == Packets.batch)
            }
        },
        theirs: {
            perFrame(batches: batches, prepare: prepare) {
                ref_encapsulate(sides.reference, theirs, Packets.batch, sides.referenceBatch)
                precondition(sides.referenceBatch.pointee.slice_count == Packets.batch)
            }
        }
    ).report(to: path)
}

func decapsulate(_ packets: Packets, _ sides: Sides, _ entries: Int, _ batches: Int, _ name: String, _ path: String) {
    let datagrams = UnsafeMutableBufferPointer<Datagram>.allocate(capacity: Packets.batch)
    let theirs = UnsafeMutablePointer<ref_datagram>.allocate(capacity: Packets.batch)
    defer {
        datagrams.deallocate()
        theirs.deallocate()
    }
    let length = packets.length + 8
    for index in 0..<Packets.batch {
        let base = packets.frame(index) - 8
        base.storeBytes(of: UInt32(0x0800_0000).bigEndian, as: UInt32.self)
        base.storeBytes(of: (Sides.vni << 8).bigEndian, toByteOffset: 4, as: UInt32.self)
    }
    let prepare = {
        for index in 0..<Packets.batch {
            let number = packets.random(entries)
            let remote = Sides.remote(number % Sides.remotes)
            packets.set(Packets.station(number), at: 6, of: index)
            let base = packets.frame(index) - 8
            datagrams[index] = Datagram(base, length: length, source: UnderlayAddress(remote))
            theirs[index] = ref_datagram()
            theirs[index].data = base.assumingMemoryBound(to: UInt8.self)
            theirs[index].length = UInt32(length)
            withUnsafeMutableBytes(of: &theirs[index].source) { source in
                source.storeBytes(of: 0xFFFF, toByteOffset: 10, as: UInt16.self)
                source.storeBytes(of: remote.rawValue.bigEndian, toByteOffset: 12, as: UInt32.self)
            }
        }
    }
    Measurement(
        name, note: "64 datagrams a batch, random stations and remotes, learning on",
        ours: {
            perFrame(batches: batches, prepare: prepare) {
                sides.batch.clear()
                let taken = sides.engine.decapsulate(datagrams, now: 1000, into: &sides.batch)
                precondition(taken == Packets.batch && sides.batch.deliveryCount == Packets.batch)
            }
        },
        theirs: {
            perFrame(batches: batches, prepare: prepare) {
                ref_decapsulate(sides.reference, theirs, Packets.batch, 1000, sides.referenceBatch)
                precondition(sides.referenceBatch.pointee.delivery_count == Packets.batch)
            }
        }
    ).report(to: path)
}

func referenceFrame(_ base: UnsafeMutableRawPointer, _ length: Int) -> ref_frame {
    var frame = ref_frame()
    frame.data = base.assumingMemoryBound(to: UInt8.self)
    frame.length = UInt32(length)
    frame.headroom = UInt32(Packets.headroom)
    return frame
}
