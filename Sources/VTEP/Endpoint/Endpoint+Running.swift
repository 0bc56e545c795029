internal import Glibc
internal import Synchronization
internal import VTEPDevice
internal import VTEPEngine
internal import VTEPWire

extension Endpoint {
    /// Moves frames until ``stop()``, on the calling thread. One thread for each worker.
    ///
    /// - Parameters:
    ///   - worker: below the configuration's ``EndpointConfiguration/workers``. Another number returns at once.
    ///   - descriptor: it returns, too, when this is readable: an eventfd, a pipe, a signalfd. It stays the caller's.
    public func run(worker: Int = 0, until descriptor: Int32? = nil) { pump.run(worker: worker, until: descriptor) }

    /// Waits until a worker has something to do, and does it, once. For an event loop that watches
    /// ``descriptor(of:)``, which must call this about once in a second whatever happens: entries age by it.
    ///
    /// - Parameter timeout: milliseconds to wait at most; 0: not at all.
    /// - Returns: false once the endpoint was stopped.
    @discardableResult
    public func step(worker: Int = 0, timeout: Int = 0) -> Bool { pump.step(worker: worker, timeout: timeout) }

    /// Readable while a worker has something to do. It stays the endpoint's. `nil` where there is no such worker.
    public func descriptor(of worker: Int = 0) -> Int32? { pump.descriptor(of: worker) }

    /// Begins to move frames on threads of the endpoint's own, one for each worker, with all signals blocked.
    ///
    /// - Throws: kind `exists` where it did so before; `system` where there are no more threads.
    public func start() throws(VTEPError) {
        try threads.withLock { threads throws(VTEPError) in try threads.start(pump) }
    }

    /// Ends all runs, at once and for good, and waits for the endpoint's own threads. Statistics can still be read.
    ///
    /// Not to be called from an in-process port's callback.
    public func stop() {
        pump.stop()
        threads.withLock { $0.join() }
    }
}

/// An endpoint's own threads.
struct WorkerThreads: ~Copyable {
    private var threads: [pthread_t] = []
    private var wereStarted = false

    mutating func start(_ pump: Pump) throws(VTEPError) {
        guard !wereStarted else { throw VTEPError(.exists, attempted: "start the endpoint", reason: "it was started") }
        wereStarted = true
        for worker in 0..<pump.workerCount {
            var thread = pthread_t()
            let code = start(worker, of: pump, &thread)
            guard code == 0 else {
                pump.stop()
                join()
                throw VTEPError(.system, attempted: "start the endpoint", reason: "no thread", systemErrno: code)
            }
            threads.append(thread)
        }
    }

    /// The new thread inherits the mask: no handler of the host program is to run on it.
    private func start(_ worker: Int, of pump: Pump, _ thread: inout pthread_t) -> Int32 {
        var (all, before) = (sigset_t(), sigset_t())
        _ = unsafe sigfillset(&all)
        _ = unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
        let work = unsafe Unmanaged.passRetained(Work(pump: pump, worker: worker))
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                if let context = unsafe context {
                    unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
                }
                return nil
            }, work.toOpaque())
        if code != 0 { unsafe work.release() }
        _ = unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
        return code
    }

    mutating func join() {
        for thread in threads { pthread_join(thread, nil) }
        threads = []
    }

    /// What a thread needs. Not the endpoint itself, which ends when nobody else has it.
    private final class Work: Sendable {
        let pump: Pump
        let worker: Int

        init(pump: Pump, worker: Int) { (self.pump, self.worker) = (pump, worker) }

        func run() { pump.run(worker: worker) }
    }
}
