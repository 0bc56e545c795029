internal import Synchronization

/// What happened at one port, as far as the port alone knows: what the engine dropped is counted there.
public struct PortStatistics: Hashable, Sendable {
    public init() {}

    /// Frames the port could not take at the moment: its queue, or the peer's, was full.
    public var congested: UInt64 = 0
    /// Frames longer than the port takes, or than can be.
    public var oversized: UInt64 = 0
    /// Frames the kernel or the peer refused for another reason, such as an interface that is down.
    public var refused: UInt64 = 0
    /// Breaches of the framing, for each of which the peer was disconnected.
    public var violations: UInt64 = 0
    /// How often a peer connected.
    public var connections: UInt64 = 0
}

/// The same while it is counted, by all workers. An object of its own: looking into a port may copy the port's bytes.
final class PortCounters: Sendable {
    let congested = Atomic<UInt64>(0)
    let oversized = Atomic<UInt64>(0)
    let refused = Atomic<UInt64>(0)
    let violations = Atomic<UInt64>(0)
    let connections = Atomic<UInt64>(0)

    var statistics: PortStatistics {
        var statistics = PortStatistics()
        statistics.congested = congested.load(ordering: .relaxed)
        statistics.oversized = oversized.load(ordering: .relaxed)
        statistics.refused = refused.load(ordering: .relaxed)
        statistics.violations = violations.load(ordering: .relaxed)
        statistics.connections = connections.load(ordering: .relaxed)
        return statistics
    }
}

extension Atomic<UInt64> {
    func count(_ number: UInt64 = 1) { _ = wrappingAdd(number, ordering: .relaxed) }
}
