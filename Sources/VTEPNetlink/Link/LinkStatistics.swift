/// Counters of a link since it was made (`struct rtnl_link_stats64`).
public struct LinkStatistics: Hashable, Sendable {
    public var receivedPackets: UInt64 = 0
    public var transmittedPackets: UInt64 = 0
    public var receivedBytes: UInt64 = 0
    public var transmittedBytes: UInt64 = 0
    public var receiveErrors: UInt64 = 0
    public var transmitErrors: UInt64 = 0
    public var receiveDropped: UInt64 = 0
    public var transmitDropped: UInt64 = 0
    public var multicast: UInt64 = 0
    public var collisions: UInt64 = 0

    public init() {}

    /// The counters in the kernel's order; a shorter payload leaves the rest at 0.
    init(_ payload: AttributePayload) {
        func counter(_ position: Int) -> UInt64 { payload.uint64(at: position * 8) ?? 0 }
        receivedPackets = counter(0)
        transmittedPackets = counter(1)
        receivedBytes = counter(2)
        transmittedBytes = counter(3)
        receiveErrors = counter(4)
        transmitErrors = counter(5)
        receiveDropped = counter(6)
        transmitDropped = counter(7)
        multicast = counter(8)
        collisions = counter(9)
    }
}
