/// What a route says about the connections over it (`RTA_METRICS`, `RTAX_*`); what is not set is the kernel's affair.
public struct RouteMetrics: Hashable, Sendable {
    /// Most routes have none: they cost a pointer.
    private var box: Box?

    private indirect enum Box: Hashable, Sendable {
        case contents(Contents)
    }

    private struct Contents: Hashable, Sendable {
        var values: [Metric: UInt32] = [:]
        var locks: UInt32 = 0
        var congestionControl: String?
    }

    public init() {}

    private var contents: Contents {
        get { if case .contents(let contents) = box { contents } else { Contents() } }
        set { box = newValue == Contents() ? nil : .contents(newValue) }
    }

    /// Bit 1 << metric (`RTAX_LOCK`).
    package var locks: UInt32 { contents.locks }

    /// The name of the congestion control algorithm, such as `bbr` (`RTAX_CC_ALGO`).
    public var congestionControl: String? {
        get { contents.congestionControl }
        set { contents.congestionControl = newValue }
    }

    /// `RTAX_*` that are numbers. An open set.
    public struct Metric: RawRepresentable, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Bytes of the path's largest packet.
        public static let mtu = Metric(rawValue: 2)
        /// Bytes: the largest window that TCP announces.
        public static let window = Metric(rawValue: 3)
        /// Eighths of a millisecond.
        public static let roundTripTime = Metric(rawValue: 4)
        /// Quarters of a millisecond.
        public static let roundTripVariance = Metric(rawValue: 5)
        /// Segments: the slow start threshold.
        public static let slowStartThreshold = Metric(rawValue: 6)
        /// Segments; counts only where it is locked.
        public static let congestionWindow = Metric(rawValue: 7)
        /// Bytes: the segment size that TCP announces.
        public static let advertisedMSS = Metric(rawValue: 8)
        /// Packets: how far out of order they may come.
        public static let reordering = Metric(rawValue: 9)
        public static let hopLimit = Metric(rawValue: 10)
        /// Segments that TCP begins with.
        public static let initialCongestionWindow = Metric(rawValue: 11)
        /// `RTAX_FEATURE_*`: 1 is ECN.
        public static let features = Metric(rawValue: 12)
        /// Milliseconds: the smallest retransmission timeout.
        public static let minimumRetransmissionTimeout = Metric(rawValue: 13)
        /// Segments that TCP announces room for at the beginning.
        public static let initialReceiveWindow = Metric(rawValue: 14)
        /// 1: acknowledge at once.
        public static let quickAcknowledgement = Metric(rawValue: 15)
        /// 1: TCP fast open without a cookie.
        public static let fastOpenWithoutCookie = Metric(rawValue: 17)
    }

    /// `nil` is unset. The kernel keeps no zero: it is as good as unset.
    public subscript(metric: Metric) -> UInt32? {
        get { contents.values[metric] }
        set { contents.values[metric] = newValue }
    }

    /// Those that are set, in the order of their numbers.
    public var all: [(metric: Metric, value: UInt32)] {
        contents.values.map { ($0.key, $0.value) }.sorted { $0.0.rawValue < $1.0.rawValue }
    }

    public var isEmpty: Bool { box == nil }

    /// A locked metric is not adjusted to what the kernel learns of the path, such as its MTU.
    public func isLocked(_ metric: Metric) -> Bool { locks & RouteMetrics.bit(metric) != 0 }

    public mutating func setLocked(_ metric: Metric, _ locked: Bool = true) {
        if locked { contents.locks |= RouteMetrics.bit(metric) } else { contents.locks &= ~RouteMetrics.bit(metric) }
    }

    /// Metrics beyond 31, should there ever be any, have no bit.
    private static func bit(_ metric: Metric) -> UInt32 { metric.rawValue < 32 ? 1 << UInt32(metric.rawValue) : 0 }
}

// MARK: - Netlink

extension RouteMetrics {
    private static let lock = 1
    private static let congestionControl = 16

    init(_ attributes: Attributes) {
        var contents = Contents()
        for attribute in attributes {
            switch attribute.type {
            case RouteMetrics.lock: contents.locks = attribute.payload.uint32 ?? 0
            case RouteMetrics.congestionControl: contents.congestionControl = attribute.payload.string
            default:
                guard let number = UInt8(exactly: attribute.type) else { continue }
                contents.values[Metric(rawValue: number)] = attribute.payload.uint32
            }
        }
        self.contents = contents
    }

    func write(to request: inout Request, _ attribute: Int) {
        request.nest(attribute) { request in
            if locks != 0 { request.put(RouteMetrics.lock, locks) }
            for (metric, value) in all { request.put(Int(metric.rawValue), value) }
            if let congestionControl { request.put(RouteMetrics.congestionControl, congestionControl) }
        }
    }
}
