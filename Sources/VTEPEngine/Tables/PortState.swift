internal import VTEPWire

/// What the engine keeps of one port.
struct PortState: BitwiseCopyable {
    var isUsed = false
    var generation: UInt16 = 0
    /// The VNI's place in the engine.
    var vni = 0
    var offloads: UInt8 = 0
    var trustsUnderlay = false
    /// All ones if there is none: no frame has that source.
    var ownAddress: UInt64 = .max
    var flood = TokenBucket(rate: 0, burst: 0)
    /// How fast ICMP errors may be sent to it: each port has its own, so that no other can use them up.
    var answers = TokenBucket(rate: 1000, burst: 100)
    /// How many FDB entries were learnt from it.
    var learnt: UInt32 = 0

    /// Whether frames for it are put together to superframes.
    @inline(__always)
    var coalesces: Bool { offloads & OffloadSupport.superframes.rawValue != 0 }

    @inline(__always)
    func takes(_ support: OffloadSupport) -> Bool { offloads & support.rawValue == support.rawValue }

    mutating func apply(_ configuration: PortConfiguration) {
        offloads = configuration.offloads.rawValue
        trustsUnderlay = configuration.trustsUnderlay
        ownAddress = configuration.ownAddress?.rawValue ?? .max
        flood = TokenBucket(
            rate: configuration.floodLimit,
            burst: configuration.floodBurst == 0 ? configuration.floodLimit : configuration.floodBurst)
    }
}
