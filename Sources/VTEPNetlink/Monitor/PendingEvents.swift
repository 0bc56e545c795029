/// Events that have not been asked for yet.
struct PendingEvents {
    private var events: [HostEvent] = []
    private var next = 0

    var isEmpty: Bool { next == events.count }

    mutating func append(_ event: HostEvent) { events.append(event) }

    mutating func takeFirst() -> HostEvent? {
        guard next < events.count else { return nil }
        let event = events[next]
        next += 1
        if next == events.count {
            events.removeAll(keepingCapacity: next < 4096)
            next = 0
        }
        return event
    }
}
