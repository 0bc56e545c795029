/// The outer header's fields that follow from a VNI's policy and the inner packet.
struct OuterFields {
    let typeOfService: UInt8
    /// 0: the remote's default.
    let timeToLive: UInt8
    let flags: UInt8

    /// RFC 6040 §4.1, normal mode, but that CE becomes ECT(0), as the kernel does: congestion within the tunnel must be
    /// told apart from what was there before.
    @inline(__always)
    init(_ compiled: CompiledPolicy, _ inner: InnerPacket) {
        let mark = inner.typeOfService & 3
        typeOfService = inner.typeOfService & compiled.serviceMask | compiled.serviceBits | (mark == 3 ? 2 : mark)
        timeToLive = inner.timeToLive & compiled.hopMask | compiled.hopBits
        flags = compiled.flags | (compiled.inheritsDontFragment && inner.dontFragment ? Transmission.dontFragment : 0)
    }
}
