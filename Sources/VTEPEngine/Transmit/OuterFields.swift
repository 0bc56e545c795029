/// The outer header's fields that follow from a VNI's policy and the inner packet.
struct OuterFields {
    var typeOfService: UInt8
    /// 0: the route's default.
    var timeToLive: UInt8
    var flags: UInt8

    @inline(__always)
    init(_ policy: borrowing VNIPolicy, _ inner: InnerPacket) {
        typeOfService = OuterFields.typeOfService(policy.typeOfService, inner)
        timeToLive = OuterFields.timeToLive(policy.timeToLive, inner)
        var flags: UInt8 = policy.zeroChecksum ? Transmission.zeroChecksum : 0
        switch policy.dontFragment {
        case .clear: break
        case .set: flags |= Transmission.dontFragment
        case .inherit: if inner.dontFragment { flags |= Transmission.dontFragment }
        }
        self.flags = flags
    }

    /// RFC 6040 §4.1, normal mode, but that CE becomes ECT(0), as the kernel does: congestion within the tunnel must be
    /// told apart from what was there before.
    @inline(__always)
    private static func typeOfService(_ policy: VNIPolicy.TypeOfService, _ inner: InnerPacket) -> UInt8 {
        let base: UInt8
        switch policy {
        case .fixed(let number): base = number
        case .inherit: base = inner.typeOfService
        }
        let mark = inner.typeOfService & 3
        return base & 0xFC | (mark == 3 ? 2 : mark)
    }

    @inline(__always)
    private static func timeToLive(_ policy: VNIPolicy.TimeToLive, _ inner: InnerPacket) -> UInt8 {
        switch policy {
        case .routeDefault: 0
        case .fixed(let number): number
        case .inherit: inner.timeToLive
        }
    }
}
