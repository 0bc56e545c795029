/// An Ethernet frame, or superframe, from a port: contiguous, in the caller's memory, without frame check sequence.
///
/// A trivial value of 32 bytes; `vtep_frame` of the C interface has the same layout.
@frozen @safe
public struct Frame: BitwiseCopyable {
    /// The destination MAC address' first byte. The memory is read and written during the call, and must stay as it is
    /// until the ``Batch`` that the call filled has been sent.
    public var base: UnsafeMutableRawPointer
    /// The frame's length in bytes, without the headroom.
    public var length: UInt32
    /// How many bytes before ``base`` may be overwritten. With ``Frame/vxlanHeadroom`` or more the VXLAN header goes
    /// there; with less, elsewhere, which costs a second slice.
    public var headroom: UInt32
    /// What is still to be done for the frame.
    public var offload: Offload
    /// The number of the group policy, in a VNI with ``VNIPolicy/Dialect/groupPolicy``.
    public var policyID: UInt16
    /// Bits of ``GroupPolicyBits`` for the header: applied, don't learn. 0 in other VNIs.
    public var policyBits: UInt32

    @unsafe
    public init(
        _ base: UnsafeMutableRawPointer, length: Int, headroom: Int = 0, offload: Offload = .none,
        policyID: UInt16 = 0, policyBits: UInt32 = 0
    ) {
        unsafe self.base = base
        self.length = UInt32(clamping: length)
        self.headroom = UInt32(clamping: headroom)
        self.offload = offload
        self.policyID = policyID
        self.policyBits = policyBits
    }

    /// The headroom that a VXLAN header needs.
    public static var vxlanHeadroom: Int { 8 }
    /// The headroom that all outer headers may need: Ethernet, IPv6, UDP, VXLAN.
    public static var packetHeadroom: Int { 70 }
}
