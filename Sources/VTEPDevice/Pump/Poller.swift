internal import CVTEPLinux

/// A place in somebody's ``Poller``: how a port says what it waits for, from any thread.
struct PollerEntry: BitwiseCopyable {
    /// The epoll descriptor, -1 for none.
    var poller: Int32 = -1
    var token = PollToken(kind: .stop, index: 0)

    /// Waits for input, and for room to write where `writable`.
    func add(_ descriptor: Int32, writable: Bool = false) { control(CVTEP_POLL_ADD, descriptor, writable) }
    func change(_ descriptor: Int32, writable: Bool) { control(CVTEP_POLL_CHANGE, descriptor, writable) }
    func remove(_ descriptor: Int32) { control(CVTEP_POLL_DELETE, descriptor, false) }

    private func control(_ operation: Int, _ descriptor: Int32, _ writable: Bool) {
        guard poller >= 0 else { return }
        let events = CVTEP_POLL_IN | (writable ? CVTEP_POLL_OUT : 0)
        _ = cvtep_poller_control(poller, Int32(operation), descriptor, UInt32(events), token.rawValue)
    }
}

/// What an event is about.
struct PollToken: BitwiseCopyable {
    let rawValue: UInt64

    enum Kind: UInt8 {
        case stop = 0
        /// A port has frames, or room for some.
        case port = 1
        /// Somebody connects to a port.
        case listener = 2
        case underlay = 3
        /// The worker has to look after the time.
        case wake = 4
        /// The run is to end, though the pump goes on.
        case end = 5
    }

    init(kind: Kind, index: Int) { rawValue = UInt64(kind.rawValue) << 32 | UInt64(UInt32(truncatingIfNeeded: index)) }
    init(rawValue: UInt64) { self.rawValue = rawValue }

    var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: rawValue >> 32)) ?? .stop }
    var index: Int { Int(UInt32(truncatingIfNeeded: rawValue)) }

    /// The same object's other event.
    func with(_ kind: Kind) -> PollToken { PollToken(kind: kind, index: index) }
}
