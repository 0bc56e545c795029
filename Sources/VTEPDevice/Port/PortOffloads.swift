/// What a port may hand over, and take, unfinished: each is an off switch. What the kernel lacks is left out by itself.
public struct PortOffloads: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A virtio-net header in front of each frame. Without it there are no offloads at all.
    public static let header = PortOffloads(rawValue: 1)
    /// Frames whose checksum is partial. Contains ``header``.
    public static let checksum = PortOffloads(rawValue: 1 | 2)
    /// Superframes of TCP, over IPv4 and IPv6. Contains ``checksum``.
    public static let tcp = PortOffloads(rawValue: 1 | 2 | 4)
    /// Superframes of TCP with explicit congestion notification. Contains ``tcp``.
    public static let ecn = PortOffloads(rawValue: 1 | 2 | 4 | 8)
    /// Superframes of UDP (Linux 6.2). Contains ``checksum``.
    public static let udp = PortOffloads(rawValue: 1 | 2 | 16)

    public static let all: PortOffloads = [.ecn, .udp]
    public static let none: PortOffloads = []

    /// What to try, one after the other, where the kernel refuses: without UDP superframes, without those of TCP.
    var ladder: [PortOffloads] {
        let (udp, ecn, tcp) = (UInt8(16), UInt8(8), UInt8(4))
        return [0, udp, ecn, udp | ecn, udp | ecn | tcp].map { PortOffloads(rawValue: rawValue & ~$0) }
    }
}
