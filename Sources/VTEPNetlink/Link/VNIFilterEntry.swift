public import VTEPWire

/// VNIs that a VXLAN device with a VNI filter carries, and where it sends what it does not know of them
/// (`VXLAN_VNIFILTER_ENTRY`, `bridge vni`).
public struct VNIFilterEntry: Hashable, Sendable {
    /// The device.
    public var linkIndex: UInt32
    public var vnis: ClosedRange<VNI>
    /// `nil`: the device's own, if it has one.
    public var destination: VXLANDestination?
    /// Only where asked for; then each VNI has an entry of its own.
    public var statistics: VNIStatistics?

    public init(linkIndex: UInt32, vnis: ClosedRange<VNI>, destination: VXLANDestination? = nil) {
        self.linkIndex = linkIndex
        self.vnis = vnis
        self.destination = destination
    }
}

/// Counters of one VNI (`VXLAN_VNIFILTER_ENTRY_STATS`).
public struct VNIStatistics: Hashable, Sendable {
    public var receivedBytes: UInt64 = 0
    public var receivedPackets: UInt64 = 0
    public var receiveDropped: UInt64 = 0
    public var receiveErrors: UInt64 = 0
    public var transmittedBytes: UInt64 = 0
    public var transmittedPackets: UInt64 = 0
    public var transmitDropped: UInt64 = 0
    public var transmitErrors: UInt64 = 0

    public init() {}
}
