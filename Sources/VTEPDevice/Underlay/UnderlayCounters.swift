internal import Synchronization

/// What happened at the underlay's sockets, beside what the engine counts.
public struct UnderlayStatistics: Hashable, Sendable {
    public init() {}

    /// Messages to the kernel: datagrams, or runs of them (`UDP_SEGMENT`).
    public var messagesSent: UInt64 = 0
    /// Messages from the kernel: datagrams, or runs of them (`UDP_GRO`).
    public var messagesReceived: UInt64 = 0
    /// Datagrams that the socket, or the link's queue, had no room for.
    public var congested: UInt64 = 0
    /// Datagrams longer than the path takes: the path MTU was lowered.
    public var oversized: UInt64 = 0
    /// Datagrams that the kernel refused to send for another reason: no route, a firewall.
    public var refused: UInt64 = 0
    /// Datagrams to remotes of the other IP version, for which there is no underlay.
    public var otherFamily: UInt64 = 0
    /// Datagrams that arrived longer than any can be.
    public var truncated: UInt64 = 0
    /// Datagrams that arrived and found the receive socket's buffer full (`SO_MEMINFO`).
    public var overrun: UInt64 = 0
    /// How often the kernel failed to split a run of datagrams, which was then sent one by one.
    public var segmentationFailures: UInt64 = 0
}

/// The same while it is counted, by all workers.
struct UnderlayCounters: ~Copyable {
    let messagesSent = Atomic<UInt64>(0)
    let messagesReceived = Atomic<UInt64>(0)
    let congested = Atomic<UInt64>(0)
    let oversized = Atomic<UInt64>(0)
    let refused = Atomic<UInt64>(0)
    let otherFamily = Atomic<UInt64>(0)
    let truncated = Atomic<UInt64>(0)
    let segmentationFailures = Atomic<UInt64>(0)
    /// How often the kernel was asked for the way to a remote.
    let lookUps = Atomic<UInt64>(0)
}

extension Underlay {
    /// How often the kernel was asked for the way to a remote: its path MTU, or the local address.
    package var lookUps: UInt64 { counters.lookUps.load(ordering: .relaxed) }

    package var statistics: UnderlayStatistics {
        var statistics = UnderlayStatistics()
        statistics.messagesSent = counters.messagesSent.load(ordering: .relaxed)
        statistics.messagesReceived = counters.messagesReceived.load(ordering: .relaxed)
        statistics.congested = counters.congested.load(ordering: .relaxed)
        statistics.oversized = counters.oversized.load(ordering: .relaxed)
        statistics.refused = counters.refused.load(ordering: .relaxed)
        statistics.otherFamily = counters.otherFamily.load(ordering: .relaxed)
        statistics.truncated = counters.truncated.load(ordering: .relaxed)
        statistics.segmentationFailures = counters.segmentationFailures.load(ordering: .relaxed)
        for index in 0..<receivers.count {
            statistics.overrun += Descriptor.borrowing(receivers[index]) { $0.overrun }
        }
        return statistics
    }
}
