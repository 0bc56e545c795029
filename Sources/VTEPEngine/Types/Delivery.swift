/// A frame for a port. Its bytes are the slices `firstSlice ..< firstSlice + sliceCount` of the batch, put together.
///
/// A trivial value of 40 bytes; `vtep_delivery` of the C interface has the same layout.
@frozen
public struct Delivery: BitwiseCopyable, Sendable {
    /// The port it goes to.
    public var port: PortID
    public var firstSlice: UInt32
    public var sliceCount: UInt32
    /// The sum of the slices' lengths.
    public var length: UInt32
    /// What the port has to do: nothing that it does not support.
    public var offload: Offload
    /// The group policy's number from the VXLAN header.
    public var policyID: UInt16
    /// The group policy's bits from the VXLAN header, ``GroupPolicyBits/present`` among them. 0 without one.
    public var policyBits: UInt32
    /// The VNI the frame is of.
    public var vni: UInt32
    /// For later use: 0.
    public var reserved: UInt32 = 0
}
