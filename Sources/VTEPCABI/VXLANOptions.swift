internal import CVTEP
internal import VTEP

extension vtep_vxlan_options: @unsafe InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_VXLAN_OPTIONS_HAS_MAC) << 1) - 1 }
    var reservedIsZero: Bool { unsafe isZero(reserved) }
}

extension VXLANConfiguration {
    init(_ options: vtep_vxlan_options, _ arguments: inout Arguments) throws(VTEPError) {
        let name = try unsafe arguments.linkName(options.name, "name")
        arguments.subject = name
        self.init(name: name, vni: try unsafe VNI(options.vni))
        device = try unsafe arguments.optionalLinkName(options.device, "device")
        master = try unsafe arguments.optionalLinkName(options.master, "master")
        destination = try unsafe Self.destination(options, arguments)
        local = try unsafe arguments.address(options.local, "local")
        up = try unsafe arguments.truth(options.up, "up")
        try unsafe readNumbers(options, arguments)
        try unsafe readTruths(options, arguments)
    }

    private static func destination(
        _ options: vtep_vxlan_options, _ arguments: Arguments
    ) throws(VTEPError) -> VXLANDestination? {
        let remote = try unsafe arguments.address(options.remote, "remote")
        let group = try unsafe arguments.address(options.group, "group")
        switch (remote, group) {
        case (nil, nil): return nil
        case (let remote?, nil): return .remote(remote)
        case (nil, let group?): return .group(group)
        case (let remote?, let group?):
            throw arguments.invalid(
                "it has both the remote \(remote) and the group \(group)",
                "choose one; add further remotes with vtep_host_remote_append")
        }
    }

    private mutating func readNumbers(_ options: vtep_vxlan_options, _ arguments: Arguments) throws(VTEPError) {
        let has = unsafe options.has
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_DESTINATION_PORT) {
            destinationPort = try unsafe arguments.number(options.destination_port, "destination_port")
        }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_TTL) {
            timeToLive = try unsafe arguments.number(options.ttl, "ttl")
        }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_TOS) {
            typeOfService = try unsafe arguments.number(options.tos, "tos")
        }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_AGEING) { ageing = unsafe options.ageing }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_MTU) { mtu = unsafe options.mtu }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_MAC) { macAddress = unsafe MACAddress(options.mac) }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_SOURCE_PORTS) {
            let lower: UInt16 = try unsafe arguments.number(options.source_port_min, "source_port_min")
            let upper: UInt16 = try unsafe arguments.number(options.source_port_max, "source_port_max")
            guard lower <= upper else {
                throw arguments.invalid("source_port_min \(lower) is above source_port_max \(upper)")
            }
            sourcePorts = lower...upper
        }
    }

    private mutating func readTruths(_ options: vtep_vxlan_options, _ arguments: Arguments) throws(VTEPError) {
        let has = unsafe options.has
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_LEARNING) {
            learning = try unsafe arguments.truth(options.learning, "learning")
        }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_UDP_CHECKSUM) {
            udpChecksum = try unsafe arguments.truth(options.udp_checksum, "udp_checksum")
        }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_UDP6_ZERO_CHECKSUM_TX) {
            udp6ZeroChecksumTransmit = try unsafe arguments.truth(
                options.udp6_zero_checksum_tx, "udp6_zero_checksum_tx")
        }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_UDP6_ZERO_CHECKSUM_RX) {
            udp6ZeroChecksumReceive = try unsafe arguments.truth(
                options.udp6_zero_checksum_rx, "udp6_zero_checksum_rx")
        }
    }
}
