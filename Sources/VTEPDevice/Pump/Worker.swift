internal import CVTEPLinux
internal import Glibc
internal import VTEPEngine
internal import VTEPWire

/// What one thread needs to move frames, all of its own. Nothing in it is allocated once it runs.
@safe final class Worker: @unchecked Sendable {
    let poller: Descriptor
    /// Held while events are handled, not while the worker sleeps: who has had it after taking something out of the
    /// tables knows that the worker does not use it any more.
    let round = Lock()

    // Everything below is the thread's, under `round`.
    var intake = FrameIntake(frames: Worker.frames, superframes: Worker.superframes)
    var datagrams: DatagramIntake
    var batch = Batch()
    var writer = PortWriter()
    let splitter = FrameSplitter()
    let senders: UnderlaySenders
    private let events: UnsafeMutablePointer<cvtep_poll_event>
    var eventCount = 0
    private var busyPolling: BusyPolling
    /// Whether there was something to do since it last waited.
    private var hasWorked = false
    /// Readable where the worker shall look after its streams' deadlines.
    private let waker: Descriptor
    /// Takes copies of what passes.
    var capture: FrameCapture?
    /// Whether the descriptor became readable that ends this run.
    var hasToEnd = false
    /// Stream ports whose peers this worker cares for.
    private(set) var streams: [StreamPort] = []
    /// When to look after the time, in milliseconds of the monotonic clock.
    var nextTick: UInt64 = 0
    var nextPathLookUp: UInt64 = 0
    var nextRouteLookUp: UInt64 = 0

    /// How many frames are read from a port at once, and how many superframes: they stay in the second-level cache.
    static let frames = 256
    static let superframes = 8
    /// How many messages are received from the underlay at once, where each is a superframe and where it is a datagram.
    static let runs = 8
    static let singles = 64
    static let mostEvents = 16

    init(_ underlays: [Underlay], maximumRemotes: Int, busyPoll: UInt32) throws(VTEPError) {
        poller = try Attempt("start an endpoint", "").opened(cvtep_poller(), "epoll_create1")
        waker = try Attempt("start an endpoint", "").opened(cvtep_event(), "eventfd")
        let coalesces = underlays.contains { $0.coalesces }
        datagrams = DatagramIntake(messages: coalesces ? Worker.runs : Worker.singles)
        senders = UnderlaySenders(underlays, maximumRemotes: maximumRemotes)
        busyPolling = BusyPolling(microseconds: busyPoll)
        unsafe events = .allocate(capacity: Worker.mostEvents)
        entry(.wake).add(waker.number)
    }

    deinit { unsafe events.deallocate() }

    /// How its poller names something.
    func entry(_ kind: PollToken.Kind, _ index: Int = 0) -> PollerEntry {
        PollerEntry(poller: poller.number, token: PollToken(kind: kind, index: index))
    }
}

// MARK: - Sleeping

extension Worker {
    /// Sleeps until something happens, for at most `milliseconds` (nil: as long as there is nothing to do).
    func sleep(_ milliseconds: Int?) {
        var longest = round.withLock { timeToDeadline }
        if let milliseconds { longest = min(longest, max(milliseconds, 0)) }
        if hasWorked, longest > 0, busyPolling.isWorthwhile() {
            let hasFound = pollBusily()
            busyPolling.took(hasFound)
            if hasFound { return }
        }
        wait(longest)
        hasWorked = eventCount > 0
    }

    private func wait(_ milliseconds: Int) {
        eventCount = max(
            0, unsafe Int(cvtep_poller_wait(poller.number, events, Int32(Worker.mostEvents), Int32(milliseconds))))
    }

    /// Looks for a while, and lets others run meanwhile. False: there was nothing.
    private func pollBusily() -> Bool {
        let end = MonotonicClock.nanoseconds + busyPolling.patience
        repeat {
            wait(0)
            if eventCount > 0 { return true }
            sched_yield()
        } while MonotonicClock.nanoseconds < end
        return false
    }

    func event(_ index: Int) -> cvtep_poll_event { unsafe events[index] }

    private var timeToDeadline: Int {
        if streams.contains(where: \.hasLeftovers) { return 0 }
        let now = MonotonicClock.milliseconds
        let deadline = streams.reduce(nextTick) { min($0, $1.deadline ?? .max) }
        return deadline > now ? Int(min(deadline - now, 60_000)) : 0
    }

    private func wake() {
        var one: UInt64 = 1
        _ = unsafe write(waker.number, &one, 8)
    }

    func wasWoken() {
        var count: UInt64 = 0
        _ = unsafe read(waker.number, &count, 8)
    }
}

// MARK: - Ports

extension Worker {
    func adopt(_ stream: StreamPort, _ entry: PollerEntry) {
        round.withLock {
            streams.append(stream)
            stream.start(entry, now: MonotonicClock.milliseconds)
        }
        // It may sleep longer than the port's next attempt to connect.
        wake()
    }

    func release(_ stream: StreamPort) {
        round.withLock { streams.removeAll { $0 === stream } }
    }

    /// The queue of a port that the worker itself reads, where there is one for each worker.
    @inline(__always)
    func queue(of port: PortID, _ number: Int, of workers: Int) -> Int {
        (number + workers - PortTable.place(of: port) % workers) % workers
    }

    func awaitEndOfRound() { round.withLock {} }
}
