/// One send to the underlay: a UDP datagram, or several of equal length for UDP_SEGMENT. Its bytes are the slices
/// `firstSlice ..< firstSlice + sliceCount` of the batch, put together; they begin with a VXLAN header.
///
/// A trivial value of 48 bytes; `vtep_transmission` of the C interface has the same layout.
@frozen
public struct Transmission: BitwiseCopyable, Sendable {
    /// Whom to send it to: a VTEP or a group.
    public var remote: UnderlayAddress
    /// The remote's UDP port.
    public var port: UInt16
    /// Which of the transmit sockets, below ``Engine/Configuration/entropySockets``. Frames of one flow have the same.
    public var entropySocket: UInt16
    /// The source port of the first frame's flow, for whoever writes the outer headers himself.
    public var sourcePort: UInt16
    /// The length of each datagram but the last, which may be shorter. 0: there is one only.
    public var segmentSize: UInt16
    /// The outer TOS or traffic class.
    public var typeOfService: UInt8
    /// The outer TTL or hop limit. 0: the route's, or the socket's, default.
    public var timeToLive: UInt8
    /// ``dontFragment`` and ``zeroChecksum``.
    public var flags: UInt8
    /// For later use: 0.
    public var reserved: UInt8 = 0
    public var firstSlice: UInt32
    public var sliceCount: UInt32
    /// The sum of the slices' lengths.
    public var length: UInt32
    /// How many datagrams they are.
    public var datagramCount: UInt32
    /// The remote's number in the engine; the same for as long as the remote is known.
    public var remoteIndex: UInt32

    /// One of a single datagram, for ``OuterTemplate/write(_:slices:identification:to:)``; the engine makes its own.
    public init(
        remote: UnderlayAddress, port: UInt16, sourcePort: UInt16, length: UInt32, sliceCount: UInt32 = 1,
        typeOfService: UInt8 = 0, timeToLive: UInt8 = 0, flags: UInt8 = 0
    ) {
        self.init(
            remote: remote, port: port, entropySocket: 0, sourcePort: sourcePort, segmentSize: 0,
            typeOfService: typeOfService, timeToLive: timeToLive, flags: flags, firstSlice: 0, sliceCount: sliceCount,
            length: length, datagramCount: 1, remoteIndex: 0)
    }

    @inline(__always)
    init(
        remote: UnderlayAddress, port: UInt16, entropySocket: UInt16, sourcePort: UInt16, segmentSize: UInt16,
        typeOfService: UInt8, timeToLive: UInt8, flags: UInt8, firstSlice: UInt32, sliceCount: UInt32, length: UInt32,
        datagramCount: UInt32, remoteIndex: UInt32
    ) {
        self.remote = remote
        self.port = port
        self.entropySocket = entropySocket
        self.sourcePort = sourcePort
        self.segmentSize = segmentSize
        self.typeOfService = typeOfService
        self.timeToLive = timeToLive
        self.flags = flags
        self.firstSlice = firstSlice
        self.sliceCount = sliceCount
        self.length = length
        self.datagramCount = datagramCount
        self.remoteIndex = remoteIndex
    }

    /// The outer IPv4 header's DF flag is to be set.
    @inlinable public static var dontFragment: UInt8 { 1 }
    /// The outer UDP checksum is to be 0, as the VNI's policy asks.
    @inlinable public static var zeroChecksum: UInt8 { 2 }
}
