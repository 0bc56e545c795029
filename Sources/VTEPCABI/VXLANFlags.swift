internal import CVTEP
internal import VTEP

/// The truth values of a `vtep_vxlan_options`.
struct VXLANFlags {
    private let flags: Flags

    init(_ options: vtep_vxlan_options, _ arguments: Arguments) throws(VTEPError) {
        let known = (VTEP_VXLAN_FLAG_MULTICAST_ROUTING << 1) - 1
        flags = try unsafe Flags(options.flags, mask: options.flags_mask, known: known, arguments)
        if flags[VTEP_VXLAN_FLAG_VNI_FILTER] == true, flags[VTEP_VXLAN_FLAG_EXTERNAL] != true {
            throw arguments.invalid("a VNI filter is possible on external devices only", "set both flags")
        }
    }

    private var external: VXLANSegments? {
        guard flags[VTEP_VXLAN_FLAG_EXTERNAL] == true else { return nil }
        return flags[VTEP_VXLAN_FLAG_VNI_FILTER] == true ? .filtered : .external
    }

    func newSegments(vni: UInt32, _ arguments: Arguments) throws(VTEPError) -> VXLANSegments {
        guard let external else { return .vni(try VNI(vni)) }
        if vni == 0 { return external }
        throw arguments.invalid(
            "an external device has no VNI of its own, and vni is \(vni)", "leave it at 0, or the flag out")
    }

    func changedSegments(vni: UInt32?, _ arguments: Arguments) throws(VTEPError) -> VXLANSegments? {
        if let vni { return try newSegments(vni: vni, arguments) }
        let toldLess = flags[VTEP_VXLAN_FLAG_EXTERNAL] == false || flags[VTEP_VXLAN_FLAG_VNI_FILTER] != nil
        if external == nil, toldLess {
            throw arguments.invalid("what is not external has a VNI, and none is set", "set the VNI, too")
        }
        return external
    }

    func store(in options: inout VXLANOptions) {
        options.learning = flags[VTEP_VXLAN_FLAG_LEARNING]
        options.proxy = flags[VTEP_VXLAN_FLAG_PROXY]
        options.routeShortCircuit = flags[VTEP_VXLAN_FLAG_RSC]
        options.l2Miss = flags[VTEP_VXLAN_FLAG_L2MISS]
        options.l3Miss = flags[VTEP_VXLAN_FLAG_L3MISS]
        options.udpChecksum = flags[VTEP_VXLAN_FLAG_UDP_CHECKSUM]
        options.udp6ZeroChecksumTransmit = flags[VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_TX]
        options.udp6ZeroChecksumReceive = flags[VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_RX]
        options.remoteChecksumTransmit = flags[VTEP_VXLAN_FLAG_REMCSUM_TX]
        options.remoteChecksumReceive = flags[VTEP_VXLAN_FLAG_REMCSUM_RX]
        options.remoteChecksumNoPartial = flags[VTEP_VXLAN_FLAG_REMCSUM_NOPARTIAL]
        options.groupBasedPolicy = flags[VTEP_VXLAN_FLAG_GBP]
        options.genericProtocolExtension = flags[VTEP_VXLAN_FLAG_GPE]
        options.inheritsTimeToLive = flags[VTEP_VXLAN_FLAG_TTL_INHERIT]
        options.localBypass = flags[VTEP_VXLAN_FLAG_LOCAL_BYPASS]
        options.multicastRouting = flags[VTEP_VXLAN_FLAG_MULTICAST_ROUTING]
    }
}
