internal import VTEPEngine

/// The frames that one worker has read and not yet passed on, in memory of its own.
///
/// Frames lie behind each other, so that a hundred small ones touch as little memory as they fill; each has room in
/// front for a VXLAN header. There is always room for one more of the largest, or none is taken in.
@safe struct FrameIntake: ~Copyable {
    private let memory: UnsafeMutableRawPointer
    private let size: Int
    private let frames: UnsafeMutablePointer<Frame>
    private let capacity: Int
    private(set) var count = 0
    private var used = 0

    /// The longest frame: a TAP's superframe is as long as an IP packet can be, with an Ethernet header and two tags.
    static let longestFrame = 65_535 + 14 + 8
    /// In front of each frame: a virtio-net header of up to 24 bytes, which the VXLAN header overwrites. Two bytes more
    /// put the IP header at a multiple of 16.
    static let headroom = 64 + 2
    private static let alignment = 64
    private static let step = headroom + longestFrame + alignment

    /// - Parameters:
    ///   - frames: how many at most are taken in at once.
    ///   - superframes: for how many of the longest there is room.
    init(frames: Int, superframes: Int) {
        capacity = frames
        size = FrameIntake.step * superframes
        unsafe memory = .allocate(byteCount: size, alignment: FrameIntake.alignment)
        unsafe self.frames = .allocate(capacity: frames)
    }

    deinit {
        unsafe memory.deallocate()
        unsafe frames.deallocate()
    }

    /// Whether one more frame of any length has room.
    var hasRoom: Bool { count < capacity && size - used >= FrameIntake.step }

    /// Where the next frame's first byte goes. To be asked only with ``hasRoom``; there are ``headroom`` bytes before
    /// it, and ``longestFrame`` from it on.
    var next: UnsafeMutableRawPointer { unsafe memory + used + FrameIntake.headroom }

    /// Takes in the frame that was put at ``next``, or `offset` bytes before it.
    mutating func append(length: Int, offset: Int = 0, offload: Offload) {
        let frame = unsafe Frame(
            next - offset, length: length, headroom: FrameIntake.headroom - offset, offload: offload)
        unsafe (self.frames + count).initialize(to: frame)
        count += 1
        let end = used + FrameIntake.headroom + length
        used = (end + FrameIntake.alignment - 1) & ~(FrameIntake.alignment - 1)
    }

    /// Takes in a frame that lies in somebody else's memory, where it stays until the batch has been passed on.
    mutating func append(_ frame: Frame) {
        unsafe (frames + count).initialize(to: frame)
        count += 1
    }

    /// What was taken in.
    var all: UnsafeMutableBufferPointer<Frame> { unsafe UnsafeMutableBufferPointer(start: frames, count: count) }

    mutating func removeAll() {
        count = 0
        used = 0
    }
}
