internal import VTEPWire

extension Engine {
    /// Checks what a port says is left to do, and puts it right. Nil if it contradicts the frame.
    @inline(never)
    func checked(_ frame: Frame, _ bytes: PacketBytes, _ ethernet: EthernetHeader) -> Frame? {
        var frame = frame
        let offload = frame.offload
        if offload.isSuperframe {
            guard let superframe = Superframe(bytes, ethernet, offload) else { return nil }
            if superframe.segments == 1 {
                // One segment: only the checksum is left.
                frame.offload = superframe.offload.withoutSegmentation
            } else {
                frame.offload = superframe.offload
                frame.offload.segmentation |= offload.segmentation & Offload.ecn
            }
            return frame
        }
        guard bytes.count <= 65_535 else { return nil }
        guard offload.isChecksumPartial else {
            frame.offload = Offload(flags: offload.flags & Offload.checksumIsValid)
            return frame
        }
        let place = Int(offload.checksumStart) &+ Int(offload.checksumOffset)
        guard offload.checksumStart >= EthernetHeader.length, bytes.holds(2, at: place) else { return nil }
        frame.offload = Offload(
            flags: Offload.needsChecksum, checksumStart: offload.checksumStart, checksumOffset: offload.checksumOffset)
        return frame
    }

    enum Room {
        case enough
        /// Not before the batch is emptied.
        case later
        /// Not even in an empty batch.
        case never
    }

    /// Whether a batch has room for all segments of a superframe, wherever they go, and for `following` usual frames.
    @inline(never)
    func room(
        for frame: Frame, _ following: Int, _ state: Element<VNIState>, _ batch: inout Batch
    ) -> Room {
        // A size of 0 is nonsense, and dropped as such.
        let segments = frame.offload.segmentSize == 0 ? 1 : Int(frame.length) / Int(frame.offload.segmentSize) &+ 1
        guard segments <= Superframe.mostSegments else { return .never }
        let longest = VXLANHeader.length &+ Superframe.longestHeader
        let together = state.value.policy.zeroChecksum ? 1 : most(of: longest &+ Int(frame.offload.segmentSize))
        let plainPorts = state.value.portCount &* segments
        // A transmission may be begun by others, and a last one is not full.
        let destinations = (segments / together &+ 2) &* mostDestinations &+ plainPorts &+ following
        // The headers of each segment: once for remotes and once for each destination with a VNI of its own, and for
        // each port that takes no superframes.
        let rows = 1 &+ mostOverrides &+ state.value.portCount
        let slices = 2 &* segments &* rows &+ 1
        let scratch = (longest &+ 8) &* segments &* rows &+ Engine.answerScratch
        if batch.isEmpty { batch.reserve(destinations: destinations, slices: slices, scratch: scratch) }
        return batch.hasRoom(destinations: destinations, slices: slices, scratch: scratch) ? .enough : .later
    }
}

extension Offload {
    /// Without segmentation, the checksum as it is.
    var withoutSegmentation: Offload {
        Offload(flags: flags, checksumStart: checksumStart, checksumOffset: checksumOffset)
    }
}

extension OutgoingFrame {
    /// Completes the checksum in the frame, so that it can go anywhere. A superframe's stays as it is.
    mutating func complete() {
        guard frame.offload.isChecksumPartial, !frame.offload.isSuperframe else { return }
        // The places were compared when the frame came in.
        _ = bytes.completeChecksum(frame.offload)
        frame.offload = Offload(flags: Offload.checksumIsValid)
    }
}
