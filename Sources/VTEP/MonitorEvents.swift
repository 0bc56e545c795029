// Not in libvtep.so: the concurrency runtime would be 0.7 MB of it, and C waits on a descriptor.
#if !VTEP_C_LIBRARY
public import VTEPNetlink
public import VTEPWire

extension Monitor {
    /// The events as an asynchronous sequence.
    ///
    /// A thread waits for them: one for each call of this, which sleeps in `poll` while somebody awaits an event, and
    /// otherwise until somebody does; it ends with the sequence and its iterators. So no thread of Swift's pool is ever
    /// blocked. At most 256 events are fetched ahead; whoever reads slowly gets differences, as always.
    ///
    /// The sequence is for one reader: several share the events among themselves. It ends when the task that awaits it is
    /// cancelled, and after an error.
    public consuming func events() throws(VTEPError) -> MonitorEvents {
        MonitorEvents(waiting: try EventThread(monitor))
    }
}

/// What a ``Monitor`` tells.
public struct MonitorEvents: AsyncSequence, Sendable {
    public typealias Element = HostEvent
    public typealias Failure = VTEPError

    private let thread: EventThread

    init(waiting thread: EventThread) { self.thread = thread }

    public func makeAsyncIterator() -> Iterator { Iterator(thread) }

    public struct Iterator: AsyncIteratorProtocol {
        private let thread: EventThread
        private var fetched: [HostEvent] = []
        private var place = 0

        init(_ thread: EventThread) { self.thread = thread }

        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(VTEPError) -> HostEvent? {
            if place == fetched.count {
                fetched = try await thread.fetch(isolation: actor).get()
                place = 0
                if fetched.isEmpty { return nil }
            }
            defer { place += 1 }
            return fetched[place]
        }

        public mutating func next() async throws(VTEPError) -> HostEvent? { try await next(isolation: nil) }
    }
}
#endif
