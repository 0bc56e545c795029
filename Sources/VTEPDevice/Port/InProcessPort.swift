internal import CVTEPLinux
internal import Glibc
internal import Synchronization
internal import VTEPEngine
public import VTEPWire

/// A port whose other side is this very program: it hands over frames and is handed frames, without a system call for
/// each.
///
/// Both directions are bounded queues. What finds its queue full is lost, and counted, as on any wire.
@safe public final class InProcessPort: @unchecked Sendable {
    /// Called for each frame that leaves the overlay, on a worker's thread, never on two at once, with the frame's
    /// bytes; they are valid during the call only. While it runs the port takes no other frame, so it must be short.
    public typealias Callback = @Sendable (UnsafeRawBufferPointer) -> Void

    /// The longest frame that can be, in bytes.
    public static var longestFrame: Int { FrameIntake.longestFrame }

    let counters = PortCounters()
    private let callback: Callback?
    /// From the program to the worker.
    private let inward: FrameRing
    /// From the workers to the program, where there is no callback.
    private let outward: FrameRing
    /// Readable for the worker while `inward` has frames.
    let inwardEvent: Descriptor
    /// Readable for the program while `outward` has frames.
    private let outwardEvent: Descriptor
    /// With a callback, what the parts of a frame are put together in; guarded by the lock.
    private let lock = Lock()
    private let scratch: UnsafeMutableRawPointer
    /// Whether a pump has it: its queue has one reader.
    private let isTaken = Atomic<Bool>(false)

    /// A port whose frames queue up for ``receive(_:)``.
    ///
    /// - Parameter queueBytes: what each queue holds, in bytes, with 16 for each frame besides its own; at least 131 KB
    ///   are made.
    public convenience init(queueBytes: Int = 1 << 20) throws(VTEPError) {
        try unsafe self.init(queueBytes, nil)
    }

    /// A port whose frames go to `callback`.
    @unsafe public convenience init(
        queueBytes: Int = 1 << 20, callback: @escaping Callback
    ) throws(VTEPError) {
        try unsafe self.init(queueBytes, callback)
    }

    private init(_ queueBytes: Int, _ callback: Callback?) throws(VTEPError) {
        let attempt = Attempt("open the in-process port", "")
        inwardEvent = try attempt.opened(cvtep_event(), "eventfd")
        outwardEvent = try attempt.opened(cvtep_event(), "eventfd")
        inward = FrameRing(bytes: queueBytes)
        outward = FrameRing(bytes: unsafe callback == nil ? queueBytes : 0)
        unsafe scratch = .allocate(byteCount: FrameIntake.longestFrame, alignment: 16)
        unsafe self.callback = callback
    }

    deinit { unsafe scratch.deallocate() }

    public var statistics: PortStatistics { counters.statistics }

    private static func raise(_ event: borrowing Descriptor) {
        var one: UInt64 = 1
        _ = unsafe write(event.number, &one, 8)
    }

    private static func lower(_ event: borrowing Descriptor) {
        var count: UInt64 = 0
        _ = unsafe read(event.number, &count, 8)
    }
}

// MARK: - The program's side

extension InProcessPort {
    /// Hands a frame to the overlay: Ethernet, without frame check sequence. It is copied. Any thread may call this.
    ///
    /// - Returns: false where the queue is full, or the frame longer than any can be (65,557 bytes).
    public func send(_ frame: UnsafeRawBufferPointer) -> Bool {
        let addition = unsafe inward.append(length: frame.count) { place in
            if let base = frame.baseAddress { unsafe place.copyMemory(from: base, byteCount: frame.count) }
        }
        if addition == .addedToSleeper { InProcessPort.raise(inwardEvent) }
        return addition != .refused
    }

    /// Takes the next frame out of the overlay, where there is no callback. One thread at a time. `body` is lent its
    /// bytes, during the call only.
    ///
    /// - Returns: false where there is none.
    public func receive(_ body: (UnsafeRawBufferPointer) -> Void) -> Bool {
        guard let next = unsafe outward.next() else {
            InProcessPort.lower(outwardEvent)
            // One that came in between has raised the event that we just lowered.
            guard let next = unsafe outward.next() else { return false }
            unsafe take(next.frame, next.length, body)
            InProcessPort.raise(outwardEvent)
            return true
        }
        unsafe take(next.frame, next.length, body)
        return true
    }

    private func take(_ frame: UnsafeMutableRawPointer, _ length: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        unsafe body(UnsafeRawBufferPointer(start: frame, count: length))
        outward.release()
    }

    /// Readable until ``receive(_:)`` has said that there are no more: for the program's own event loop. It stays the
    /// port's.
    public var descriptor: Int32 { outwardEvent.number }
}

// MARK: - The worker's side

extension InProcessPort {
    /// Becomes a pump's. False: it is one's already.
    func join() -> Bool { !isTaken.exchange(true, ordering: .acquiringAndReleasing) }

    /// Is no pump's any more.
    func leave() { isTaken.store(false, ordering: .releasing) }

    /// Takes in frames until there are no more, or no room for more. They lie in the queue until it is called again.
    func receive(into intake: inout FrameIntake) -> Reception {
        inward.release()
        InProcessPort.lower(inwardEvent)
        while intake.hasRoom {
            guard let next = unsafe inward.next() else { return .drained }
            // The room in front of a frame is its own.
            unsafe intake.append(Frame(next.frame, length: next.length, headroom: 8))
        }
        // Nobody else will: whoever adds a frame takes the reader to be awake.
        InProcessPort.raise(inwardEvent)
        return .more
    }

    /// Gives one frame to the program.
    func send(_ parts: UnsafeMutableBufferPointer<iovec>, length: Int) {
        if let callback = unsafe callback {
            guard length <= FrameIntake.longestFrame else { return counters.oversized.count() }
            return lock.withLock {
                unsafe InProcessPort.gather(parts, to: scratch)
                unsafe callback(UnsafeRawBufferPointer(start: scratch, count: length))
            }
        }
        switch unsafe outward.append(length: length, { unsafe InProcessPort.gather(parts, to: $0) }) {
        case .refused: counters.congested.count()
        case .added: break
        case .addedToSleeper: InProcessPort.raise(outwardEvent)
        }
    }

    private static func gather(_ parts: UnsafeMutableBufferPointer<iovec>, to place: UnsafeMutableRawPointer) {
        var place = unsafe place
        for index in 0..<parts.count {
            guard let base = unsafe parts[index].iov_base else { continue }
            unsafe place.copyMemory(from: base, byteCount: parts[index].iov_len)
            unsafe place += parts[index].iov_len
        }
    }
}
