// Not in libvtep.so: the concurrency runtime would be 0.7 MB of it, and C waits on a descriptor.
#if !VTEP_C_LIBRARY
internal import Glibc
internal import Synchronization
internal import VTEPNetlink
internal import VTEPWire

/// The thread that waits for a monitor's events on behalf of tasks. It alone uses the monitor.
final class EventThread: Sendable {
    typealias Answer = Result<[HostEvent], VTEPError>

    private let shared: Shared

    init(_ monitor: TableMonitor) throws(VTEPError) {
        shared = try Shared()
        try shared.start(with: monitor)
    }

    /// The thread owns what it needs, and outlives this by a moment.
    deinit { shared.end() }

    /// Some events, at least one. Empty once the sequence has ended.
    func fetch(isolation actor: isolated (any Actor)? = #isolation) async -> Answer {
        await withTaskCancellationHandler {
            await withCheckedContinuation(isolation: actor) { shared.add($0) }
        } onCancel: {
            shared.end()
        }
    }
}

/// What the thread shares with those who await.
private final class Shared: Sendable {
    private struct State {
        var waiting: [CheckedContinuation<EventThread.Answer, Never>] = []
        var hasEnded = false
    }

    private static let most = 256
    private let state = Mutex(State())
    /// A byte through these wakes the thread.
    private let (readEnd, writeEnd): (Int32, Int32)

    init() throws(VTEPError) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Shared.failure("socketpair", errno) }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    private static func failure(_ call: String, _ code: Int32) -> VTEPError {
        VTEPError(.system, attempted: "wait for events", reason: "\(call) failed", systemErrno: code)
    }

    func add(_ continuation: CheckedContinuation<EventThread.Answer, Never>) {
        let hasEnded = state.withLock { state in
            if !state.hasEnded { state.waiting.append(continuation) }
            return state.hasEnded
        }
        if hasEnded { continuation.resume(returning: .success([])) } else { wake() }
    }

    func end() {
        let waiting = state.withLock { state in
            state.hasEnded = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: .success([])) }
        wake()
    }

    private func wake() {
        var byte: UInt8 = 1
        _ = unsafe write(writeEnd, &byte, 1)  // where there is no room for it, enough are there
    }
}

// MARK: - On the thread

extension Shared {
    func start(with monitor: TableMonitor) throws(VTEPError) {
        // No handler of the host program may run on this thread.
        var (all, before) = (sigset_t(), sigset_t())
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        let body = unsafe Unmanaged.passRetained(Body(shared: self, monitor: monitor))
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, body.toOpaque())
        guard status == 0 else {
            unsafe body.release()
            throw Shared.failure("pthread_create", status)
        }
        pthread_detach(thread)
    }

    private final class Body {
        let shared: Shared
        let monitor: TableMonitor

        init(shared: Shared, monitor: TableMonitor) {
            self.shared = shared
            self.monitor = monitor
        }

        func run() { shared.run(monitor) }
    }

    private func run(_ monitor: TableMonitor) {
        while true {
            let (isWanted, hasEnded) = state.withLock { (!$0.waiting.isEmpty, $0.hasEnded) }
            if hasEnded { return }
            if isWanted, answer(from: monitor) { continue }
            sleep(untilReadable: isWanted ? monitor.descriptor : nil)
        }
    }

    /// Whether there was something to answer.
    private func answer(from monitor: TableMonitor) -> Bool {
        var events: [HostEvent] = []
        do throws(VTEPError) {
            while events.count < Shared.most, let event = try monitor.next(timeout: .zero) { events.append(event) }
        } catch {
            take()?.resume(returning: .failure(error))
            end()
            return true
        }
        if events.isEmpty { return false }
        // Whoever was waiting may have been cancelled meanwhile: then nobody will ask again.
        take()?.resume(returning: .success(events))
        return true
    }

    private func take() -> CheckedContinuation<EventThread.Answer, Never>? {
        state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
    }

    private func sleep(untilReadable descriptor: Int32?) {
        var wanted = [pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)]
        if let descriptor { wanted.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)) }
        _ = unsafe poll(&wanted, nfds_t(wanted.count), -1)
        var bytes = [UInt8](repeating: 0, count: 64)
        _ = unsafe read(readEnd, &bytes, bytes.count)
    }
}
#endif
