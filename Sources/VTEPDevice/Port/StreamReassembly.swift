/// Takes frames out of a stream in QEMU's framing (`-netdev stream`): each has its length in front, four bytes in network
/// order. The peer is not trusted: a length is believed only up to ``longestFrame``, and nothing is kept for it before.
@safe package struct StreamReassembly: ~Copyable {
    private let memory: UnsafeMutableRawPointer
    /// What was received and not yet taken out.
    private var start = 0
    private var end = 0

    /// Bytes in front of each frame.
    package static let prefix = 4
    /// The longest frame that is accepted, in bytes. QEMU itself sends up to 69,632.
    package static let longestFrame = FrameIntake.longestFrame
    /// One frame of any length fits beside many small ones.
    private static let capacity = 256 << 10

    @safe package enum Element {
        /// A frame of that length. Its bytes stay where they are until ``makeRoom()``.
        case frame(UnsafeMutableRawPointer, length: Int)
        /// More must be received first.
        case incomplete
        /// The peer announced a frame longer than any: whatever follows means nothing.
        case violation
    }

    package init() { unsafe memory = .allocate(byteCount: StreamReassembly.capacity, alignment: 64) }
    deinit { unsafe memory.deallocate() }

    /// Ends the life of all frames taken out so far, and moves a frame's beginning to the front where its end might not
    /// fit.
    package mutating func makeRoom() {
        if start == end {
            (start, end) = (0, 0)
        } else if StreamReassembly.capacity - start < StreamReassembly.prefix + StreamReassembly.longestFrame {
            unsafe memory.copyMemory(from: memory + start, byteCount: end - start)
            (start, end) = (0, end - start)
        }
    }

    /// Where to receive to. It is not empty after ``makeRoom()``, once ``next()`` said that the rest is incomplete.
    package var room: UnsafeMutableRawBufferPointer {
        unsafe UnsafeMutableRawBufferPointer(start: memory + end, count: StreamReassembly.capacity - end)
    }

    /// That many bytes were received into ``room``.
    package mutating func received(_ count: Int) { end += min(max(count, 0), StreamReassembly.capacity - end) }

    /// Takes out the next frame.
    package mutating func next() -> Element {
        guard end - start >= StreamReassembly.prefix else { return .incomplete }
        let announced = unsafe UInt32(bigEndian: (memory + start).loadUnaligned(as: UInt32.self))
        guard announced <= UInt32(StreamReassembly.longestFrame) else { return .violation }
        let length = Int(announced)
        guard end - start >= StreamReassembly.prefix + length else { return .incomplete }
        let frame = unsafe memory + start + StreamReassembly.prefix
        start += StreamReassembly.prefix + length
        return unsafe .frame(frame, length: length)
    }

    /// Forgets everything: another peer begins anew.
    package mutating func removeAll() { (start, end) = (0, 0) }
}
