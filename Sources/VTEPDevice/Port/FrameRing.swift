internal import Synchronization

/// A bounded queue of frames in one piece of memory: each is copied in once and read where it lies.
///
/// One thread reads. Any number may write: a lock keeps them apart, and is never held for longer than a copy.
@safe final class FrameRing: @unchecked Sendable {
    private let memory: UnsafeMutableRawPointer
    private let capacity: Int
    private let writers = Lock()
    /// Bytes written and read since the beginning; their difference lies in the ring.
    private let written = Atomic<Int>(0)
    private let read = Atomic<Int>(0)
    /// Whether the reader sleeps, or is about to: whoever adds a frame then wakes it.
    private let isReaderAsleep = Atomic<Bool>(true)
    /// Up to where the reader has looked, which it has not yet given back.
    private var peeked = 0

    /// In front of each frame: its length in the first four bytes, and the room a VXLAN header needs, at least.
    private static let prefix = 16
    private static let alignment = 16
    /// In place of a length: the rest of the memory is empty, the next frame is at its beginning.
    private static let skip = UInt32.max

    /// - Parameter bytes: how much it holds, at least one frame of the longest.
    init(bytes: Int) {
        let least = 2 * (FrameRing.prefix + FrameIntake.longestFrame + FrameRing.alignment)
        capacity = (max(bytes, least) + FrameRing.alignment - 1) & ~(FrameRing.alignment - 1)
        unsafe memory = .allocate(byteCount: capacity, alignment: 64)
    }

    deinit { unsafe memory.deallocate() }

    enum Addition {
        /// There is no room.
        case refused
        case added
        /// Added, and the reader must be woken.
        case addedToSleeper
    }

    /// Adds one frame of `length` bytes, which `copy` writes.
    func append(length: Int, _ copy: (UnsafeMutableRawPointer) -> Void) -> Addition {
        guard length >= 0, length <= FrameIntake.longestFrame else { return .refused }
        let size = (FrameRing.prefix + length + FrameRing.alignment - 1) & ~(FrameRing.alignment - 1)
        return writers.withLock { () -> FrameRing.Addition in
            var position = written.load(ordering: .relaxed)
            let free = capacity - (position - read.load(ordering: .acquiring))
            let toEnd = capacity - position % capacity
            let skipped = size <= toEnd ? 0 : toEnd
            guard skipped + size <= free else { return .refused }
            if skipped > 0 {
                unsafe (memory + position % capacity).storeBytes(of: FrameRing.skip, as: UInt32.self)
                position += skipped
            }
            let place = unsafe memory + position % capacity
            unsafe place.storeBytes(of: UInt32(length), as: UInt32.self)
            unsafe copy(place + FrameRing.prefix)
            written.store(position + size, ordering: .sequentiallyConsistent)
            return isReaderAsleep.exchange(false, ordering: .sequentiallyConsistent) ? .addedToSleeper : .added
        }
    }

    /// The next frame. It stays where it is until ``release()``. Nil: there is none, and the next writer is told so.
    func next() -> (frame: UnsafeMutableRawPointer, length: Int)? {
        if let next = unsafe peek() { return unsafe next }
        isReaderAsleep.store(true, ordering: .sequentiallyConsistent)
        // One that came in between was added for a reader who was awake.
        guard let next = unsafe peek() else { return nil }
        isReaderAsleep.store(false, ordering: .relaxed)
        return unsafe next
    }

    private func peek() -> (frame: UnsafeMutableRawPointer, length: Int)? {
        while peeked < written.load(ordering: .sequentiallyConsistent) {
            let place = unsafe memory + peeked % capacity
            let length = unsafe place.load(as: UInt32.self)
            if length == FrameRing.skip {
                peeked += capacity - peeked % capacity
                continue
            }
            peeked += (FrameRing.prefix + Int(length) + FrameRing.alignment - 1) & ~(FrameRing.alignment - 1)
            return unsafe (place + FrameRing.prefix, Int(length))
        }
        return nil
    }

    /// Gives back the room of all frames that were read.
    func release() { read.store(peeked, ordering: .releasing) }
}
