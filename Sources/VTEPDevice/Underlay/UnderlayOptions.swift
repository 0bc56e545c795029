public import VTEPWire

/// The UDP side of an endpoint: where it listens, from where it sends, and which of the kernel's accelerations it may use.
public struct UnderlayOptions: Hashable, Sendable {
    /// The underlay's IP version.
    public var family: IPAddress.Family
    /// The local address to send from and to receive on. `nil`: the kernel chooses by route, and every local address
    /// receives. To hear a group, leave it out.
    public var localAddress: IPAddress?
    /// The UDP port to receive on, 4789 by default (RFC 7348 §5).
    public var port: UInt16 = 4789
    /// The link that all traffic uses (`SO_BINDTODEVICE`), and on which groups are joined. `nil`: chosen by route.
    public var device: String?
    /// The groups to join while the underlay is open.
    public var groups: [IPAddress] = []

    /// How many sockets send, 1...64. Each has a source port of its own, and one flow always takes the same: more
    /// sockets spread flows better over the underlay's paths, fewer make larger batches.
    public var transmitSockets = 16
    /// How many sockets receive, 1...16; the kernel spreads peers' flows over them. Each may have a worker of its own.
    public var receiveSockets = 1
    /// The range of the source ports (RFC 7348 §5).
    public var sourcePorts: ClosedRange<UInt16> = 49152...65535

    /// Whether a VNI's policy may ask for zero UDP checksums, which RFC 7348 §5 says they SHOULD be: that takes sockets
    /// of their own. The kernel then neither splits nor joins datagrams (`UDP_SEGMENT`, `UDP_GRO`), on our side and on
    /// the peer's: expect a fraction of the throughput.
    public var zeroChecksum = false
    /// Accepts a zero UDP checksum over IPv6 (RFC 6935). IPv4 always accepts it.
    public var acceptZeroChecksumOverIPv6 = false

    /// Which of the kernel's accelerations to use. What the kernel lacks is left out by itself.
    public var offloads: UnderlayOffloads = .all
    /// Bytes of each socket's buffer. Without `CAP_NET_ADMIN` the kernel gives less (`net.core.rmem_max`).
    public var socketBuffer = 7 << 20

    public init(family: IPAddress.Family = .v4) { self.family = family }
}

/// The kernel's accelerations for UDP, each with an off switch.
public struct UnderlayOffloads: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Hands runs of equal datagrams to the kernel as one (`UDP_SEGMENT`, Linux 4.18). Without it: one message each.
    public static let segmentation = UnderlayOffloads(rawValue: 1)
    /// Takes runs of equal datagrams from the kernel as one (`UDP_GRO`, Linux 5.0). Without it: one message each.
    public static let coalescing = UnderlayOffloads(rawValue: 2)
    /// Many messages in one system call (`sendmmsg`, `recvmmsg`). Without it: one call each.
    public static let batches = UnderlayOffloads(rawValue: 4)

    public static let all: UnderlayOffloads = [.segmentation, .coalescing, .batches]
}
