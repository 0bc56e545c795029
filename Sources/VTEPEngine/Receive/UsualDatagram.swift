internal import VTEPWire

/// A usual datagram that was looked at and is not taken yet: what is needed to learn from it and to deliver its frame.
@safe
struct UsualDatagram: BitwiseCopyable {
    /// The inner frame's first byte, and its length.
    let frame: UnsafeMutableRawPointer
    let length: UInt32
    /// The number of the remote that it came from, which is configured: it keeps this number during the call.
    let remote: UInt32
    /// The inner source's key in the FDB, and its place there.
    let key: UInt64
    let home: UInt32

    /// Nil if it is not usual: the header that the VNI sends itself, and in it a whole frame, untagged, to one station,
    /// from one that is elsewhere.
    @inline(__always)
    init?(_ bytes: PacketBytes, from remote: UInt32, _ expected: UsualArrival, _ fdb: FDBLookup) {
        guard bytes.count >= VXLANHeader.length &+ EthernetHeader.length, bytes.u64(0) == expected.header else {
            return nil
        }
        let frame = bytes.dropping(VXLANHeader.length)
        guard let ethernet = EthernetHeader(untagged: frame), ethernet.source != expected.ownAddress,
            frame.hasWholeInternetHeader(ethernet.etherType)
        else { return nil }
        unsafe self.frame = frame.address
        length = UInt32(truncatingIfNeeded: frame.count)
        self.remote = remote
        key = expected.key | ethernet.source
        home = UInt32(truncatingIfNeeded: fdb.home(key))
    }
}

/// What is the same for all usual datagrams of one VNI.
struct UsualArrival: BitwiseCopyable {
    /// The VXLAN header that the VNI sends itself. No header has these bits.
    var header = UInt64.max
    /// The VNI's part of the FDB's keys.
    var key: UInt64 = 0
    var ownAddress = UInt64.max
    /// The VNI's only port.
    var port = 0
    /// What a frame for that port becomes, without length and slice.
    var delivery = Delivery(
        port: PortID(rawValue: 0), firstSlice: 0, sliceCount: 1, length: 0, offload: .none, policyID: 0, policyBits: 0,
        vni: 0)
    var coalesces = false
    var learns = false
}

extension PacketBytes {
    /// Whether a frame without tags has all of its IP header, if its type says that it has one.
    @inline(__always)
    fileprivate func hasWholeInternetHeader(_ etherType: UInt16) -> Bool {
        if etherType == EtherType.ipv4 {
            // With options it is for the general code.
            return count >= EthernetHeader.length &+ IPv4Header.length && u8(14) == 0x45
        }
        if etherType == EtherType.ipv6 {
            return count >= EthernetHeader.length &+ IPv6Header.length && u8(14) >> 4 == 6
        }
        return true
    }
}
