internal import CVTEPLinux
internal import Glibc
internal import Synchronization
package import VTEPEngine
package import VTEPWire

/// Moves frames between ports, the engine and the underlay, in batches:
///
///     a port or the underlay has something
///       1. read until there is nothing left, or the worker's memory is full
///       2. hand all of it to the engine, under the one lock; never a system call while it is held
///       3. send what the engine made of it: transmissions socket by socket, frames to ports
///
/// Nothing waits for a timer: a batch is what was there. Nothing is allocated for a frame.
///
/// The pump has no thread of its own. It has one or more **workers**, each for one thread of the caller's: either the
/// thread stays in ``run(worker:until:)``, or an event loop of the caller's watches ``descriptor(of:)`` and calls
/// ``step(worker:timeout:)``. Queues of ports and receive sockets are spread over the workers when they are added.
///
/// Control calls (``withEngine(_:)``, ``add(_:to:_:)``, ``remove(_:)``, ``stop()``, statistics) may come from any thread at
/// any time, but not from an in-process port's callback.
@safe package final class Pump: @unchecked Sendable {
    /// Guards the engine, and changes of the table of ports.
    private let lock = Lock()
    private var engine: Engine
    let ports: PortTable
    package let underlays: [Underlay]
    let workers: [Worker]
    /// Readable once the pump was stopped: every worker watches it.
    private let stopEvent: Descriptor
    /// Between two looks at what ages, in milliseconds. The engine looks at a part of its FDB each time.
    let tickInterval: UInt64
    private let stopped = Atomic<Bool>(false)

    /// - Parameters:
    ///   - engine: what forwards; VNIs and remotes may be configured before or later. Its
    ///     ``Engine/Configuration/entropySockets`` should be the underlays' ``UnderlayOptions/transmitSockets``.
    ///   - underlays: at most one for each IP version.
    ///   - workers: for how many threads, 1...64.
    ///   - busyPoll: for how many microseconds, 0...10,000, a worker in ``run(worker:until:)`` looks for more before it
    ///     sleeps.
    package init(
        _ engine: consuming Engine, underlays: [Underlay], workers count: Int = 1, busyPoll: UInt32 = 0
    ) throws(VTEPError) {
        let attempt = Attempt("start an endpoint", "")
        guard (1...64).contains(count) else { throw attempt.refused("\(count) workers are outside 1 to 64") }
        guard busyPoll <= 10_000 else {
            throw attempt.refused("\(busyPoll) microseconds of busy polling are more than 10,000")
        }
        guard Set(underlays.map(\.options.family)).count == underlays.count else {
            throw attempt.refused("it has two underlays of the same IP version")
        }
        let stopEvent = try attempt.opened(cvtep_event(), "eventfd")
        var workers: [Worker] = []
        for _ in 0..<count {
            let worker = try Worker(
                underlays, maximumRemotes: engine.configuration.maximumRemotes, busyPoll: busyPoll)
            worker.entry(.stop).add(stopEvent.number)
            workers.append(worker)
        }
        for (number, underlay) in underlays.enumerated() {
            for index in 0..<underlay.receivers.count {
                // From the last worker on: the first ones have the ports' first queues.
                let worker = workers[count - 1 - (index + number) % count]
                worker.entry(.underlay, number << 16 | index).add(underlay.receivers[index])
            }
        }
        ports = PortTable(capacity: engine.configuration.maximumPorts)
        tickInterval = engine.configuration.maximumFDBEntries > 131_072 ? 100 : 1000
        self.stopEvent = stopEvent
        self.underlays = underlays
        self.workers = workers
        self.engine = engine
    }

    /// For how many threads it is.
    package var workerCount: Int { workers.count }

    /// Lends the engine to `body`, which must not block and not call the pump: all workers wait meanwhile.
    @inline(__always)
    package func withEngine<Result: ~Copyable, Failure>(
        _ body: (inout Engine) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try lock.withLock { () throws(Failure) in try body(&engine) }
    }
}

// MARK: - Ports

extension Pump {
    /// Makes a port part of a VNI: from now on its frames are forwarded.
    ///
    /// - Parameter configuration: `offloads` is filled in from what the port can do.
    /// - Throws: what ``Engine/addPort(to:_:)`` throws, and ``VTEPError/Kind/busy`` for an in-process port that is one
    ///   already; the port is closed then.
    package func add(
        _ port: consuming Port, to vni: VNI, _ configuration: PortConfiguration = PortConfiguration()
    ) throws(VTEPError) -> PortID {
        var configuration = configuration
        configuration.offloads = port.offloads.support
        if let own = port.inProcess, !own.join() {
            throw VTEPError(.busy, attempted: "add the in-process port", reason: "it is a port of an endpoint already")
        }
        let id: PortID
        do throws(VTEPError) {
            id = try withEngine { engine throws(VTEPError) in try engine.addPort(to: vni, configuration) }
        } catch {
            port.inProcess?.leave()
            throw error
        }
        let slot = unsafe ports.insert(port, id)
        let place = PortTable.place(of: id)
        for queue in 0..<(unsafe slot.pointee.port.queueCount) {
            let worker = workers[(place + queue) % workers.count]
            let entry = worker.entry(.port, queue << 16 | place)
            if let stream = unsafe slot.pointee.port.stream {
                worker.adopt(stream, entry)
            } else {
                unsafe entry.add(slot.pointee.port.descriptor(queue: queue))
            }
        }
        return id
    }

    /// Takes a port out and closes it. Returns once no worker uses it any more.
    ///
    /// - Throws: ``VTEPError/Kind/notFound`` if it is not there any more.
    package func remove(_ id: PortID) throws(VTEPError) {
        var failure: VTEPError?
        withEngine { engine in
            do throws(VTEPError) { try engine.removePort(id) } catch { failure = error }
        }
        // The engine may have lost it before, together with its VNI.
        guard let slot = unsafe ports.remove(id) else {
            if let failure { throw failure }
            return
        }
        let place = PortTable.place(of: id)
        for queue in 0..<(unsafe slot.pointee.port.queueCount) {
            let worker = workers[(place + queue) % workers.count]
            if let stream = unsafe slot.pointee.port.stream {
                worker.release(stream)
            } else {
                unsafe worker.entry(.port).remove(slot.pointee.port.descriptor(queue: queue))
            }
        }
        for worker in workers { worker.awaitEndOfRound() }
        unsafe PortTable.free(slot)
    }

    /// Lends a port to `body`: its statistics, its interface's name. Nil if it is not there any more.
    ///
    /// Not at the same time as ``remove(_:)`` of the same port.
    package func withPort<Result>(_ id: PortID, _ body: (borrowing Port) -> Result) -> Result? {
        guard let slot = unsafe ports[id] else { return nil }
        return unsafe body(slot.pointee.port)
    }
}

// MARK: - Capturing

extension Pump {
    /// Shows everything that passes from now on to `capture`, in place of the one before; nil: to nobody. Returns once no
    /// worker uses the one before.
    package func setCapture(_ capture: FrameCapture?) {
        for worker in workers { worker.round.withLock { worker.capture = capture } }
    }
}

// MARK: - Running

extension Pump {
    /// Moves frames until the pump is stopped. One thread for each worker.
    ///
    /// - Parameters:
    ///   - worker: below ``workerCount``.
    ///   - descriptor: the run ends, too, when this is readable: an eventfd, a pipe, a signalfd.
    package func run(worker number: Int = 0, until descriptor: Int32? = nil) {
        guard workers.indices.contains(number) else { return }
        let worker = workers[number]
        worker.hasToEnd = false
        if let descriptor { worker.entry(.end).add(descriptor) }
        while !isStopped, !worker.hasToEnd {
            worker.sleep(nil)
            worker.round.withLock { handleEvents(of: worker, number) }
        }
        if let descriptor { worker.entry(.end).remove(descriptor) }
    }

    /// Waits until there is something to do, and does it, once.
    ///
    /// - Parameter timeout: milliseconds to wait at most; 0: not at all. It returns once in a second anyhow.
    /// - Returns: false once the pump is stopped.
    package func step(worker number: Int = 0, timeout: Int) -> Bool {
        guard workers.indices.contains(number), !isStopped else { return false }
        let worker = workers[number]
        worker.sleep(timeout)
        worker.round.withLock { handleEvents(of: worker, number) }
        return !isStopped
    }

    /// Readable while a worker has something to do: for an event loop of the caller's. Whatever it says, ``step(worker:timeout:)``
    /// must be called about once in a second, for ageing and for connecting again.
    package func descriptor(of worker: Int) -> Int32? {
        workers.indices.contains(worker) ? workers[worker].poller.number : nil
    }

    /// Ends all workers' runs, at once and for good. May be called from a signal handler's thread, or twice.
    package func stop() {
        stopped.store(true, ordering: .releasing)
        var one: UInt64 = 1
        _ = unsafe write(stopEvent.number, &one, 8)
    }

    package var isStopped: Bool { stopped.load(ordering: .acquiring) }
}
