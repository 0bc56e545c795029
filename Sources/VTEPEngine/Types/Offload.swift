/// What is still to be done for a frame, with the meaning of virtio-net's header (`struct virtio_net_hdr`, VIRTIO 1.2
/// §5.1.6). Everything 0 means: nothing, the frame is complete.
///
/// The ten bytes lie in memory as in `struct virtio_net_hdr`, in the host's byte order.
@frozen
public struct Offload: Equatable, BitwiseCopyable, Sendable {
    /// ``needsChecksum``, ``checksumIsValid``.
    public var flags: UInt8
    /// How to segment: ``noSegmentation``, ``tcp4``, ``tcp6``, ``udpL4``, perhaps with ``ecn``.
    public var segmentation: UInt8
    /// The length of all headers. A hint that is never trusted: the headers are read anew.
    public var headerLength: UInt16
    /// The length of the payload of each segment but the last, in bytes.
    public var segmentSize: UInt16
    /// Where, from the frame's first byte, the sum begins (with ``needsChecksum``).
    public var checksumStart: UInt16
    /// Where, from ``checksumStart``, the checksum goes.
    public var checksumOffset: UInt16

    @inlinable
    public init(
        flags: UInt8 = 0, segmentation: UInt8 = 0, headerLength: UInt16 = 0, segmentSize: UInt16 = 0,
        checksumStart: UInt16 = 0, checksumOffset: UInt16 = 0
    ) {
        self.flags = flags
        self.segmentation = segmentation
        self.headerLength = headerLength
        self.segmentSize = segmentSize
        self.checksumStart = checksumStart
        self.checksumOffset = checksumOffset
    }

    /// Nothing is left to do.
    @inlinable public static var none: Offload { Offload() }

    /// The checksum field holds the pseudo header's sum only; the rest must be added (VIRTIO_NET_HDR_F_NEEDS_CSUM).
    @inlinable public static var needsChecksum: UInt8 { 1 }
    /// Somebody has verified the checksum (VIRTIO_NET_HDR_F_DATA_VALID).
    @inlinable public static var checksumIsValid: UInt8 { 2 }

    /// One frame, not a superframe.
    @inlinable public static var noSegmentation: UInt8 { 0 }
    /// TCP over IPv4 (VIRTIO_NET_HDR_GSO_TCPV4).
    @inlinable public static var tcp4: UInt8 { 1 }
    /// TCP over IPv6 (VIRTIO_NET_HDR_GSO_TCPV6).
    @inlinable public static var tcp6: UInt8 { 4 }
    /// Datagrams of UDP, each with its header (VIRTIO_NET_HDR_GSO_UDP_L4).
    @inlinable public static var udpL4: UInt8 { 5 }
    /// The first segment alone has CWR set (VIRTIO_NET_HDR_GSO_ECN). A flag beside ``tcp4`` and ``tcp6``.
    @inlinable public static var ecn: UInt8 { 0x80 }

    /// ``segmentation`` without ``ecn``.
    @inlinable public var kind: UInt8 { segmentation & ~Offload.ecn }
    /// Whether it is a superframe.
    @inlinable public var isSuperframe: Bool { kind != Offload.noSegmentation }
    /// Whether the checksum is still to be completed.
    @inlinable public var isChecksumPartial: Bool { flags & Offload.needsChecksum != 0 }
}

/// Which ``Offload``s a port takes, so that nothing needs to be segmented or summed for it.
public struct OffloadSupport: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Frames whose checksum is partial.
    public static let checksum = OffloadSupport(rawValue: 1)
    /// Superframes of TCP over IPv4. Needs ``checksum``.
    public static let tcp4 = OffloadSupport(rawValue: 2)
    /// Superframes of TCP over IPv6. Needs ``checksum``.
    public static let tcp6 = OffloadSupport(rawValue: 4)
    /// Superframes of UDP, over both. Needs ``checksum``.
    public static let udp = OffloadSupport(rawValue: 8)
    /// TCP superframes with ``Offload/ecn``.
    public static let ecn = OffloadSupport(rawValue: 16)

    /// Superframes of any kind.
    static let superframes: OffloadSupport = [.tcp4, .tcp6, .udp]
}
