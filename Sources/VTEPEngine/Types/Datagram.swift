/// What a UDP socket received: one datagram or, with UDP_GRO, several equal ones behind each other.
///
/// A trivial value of 40 bytes; `vtep_datagram` of the C interface has the same layout.
@frozen @safe
public struct Datagram: BitwiseCopyable {
    /// The first VXLAN header's first byte. The memory is read and written during the call, and must stay as it is
    /// until the ``Batch`` that the call filled has been delivered.
    public var base: UnsafeMutableRawPointer
    /// The length of all of it, in bytes.
    public var length: UInt32
    /// The length of each datagram but the last, which may be shorter. 0: there is one only.
    public var segmentSize: UInt16
    /// The sender's UDP port.
    public var sourcePort: UInt16
    /// The sender's address.
    public var source: UnderlayAddress
    /// The outer IPv4 header's TOS, or the IPv6 header's traffic class.
    public var typeOfService: UInt8
    /// For later use: 0.
    public var reserved: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0, 0, 0, 0)

    @unsafe
    public init(
        _ base: UnsafeMutableRawPointer, length: Int, segmentSize: UInt16 = 0, source: UnderlayAddress,
        sourcePort: UInt16 = 0, typeOfService: UInt8 = 0
    ) {
        unsafe self.base = base
        self.length = UInt32(clamping: length)
        self.segmentSize = segmentSize
        self.source = source
        self.sourcePort = sourcePort
        self.typeOfService = typeOfService
    }
}
