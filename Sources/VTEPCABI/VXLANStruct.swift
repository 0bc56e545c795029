internal import CVTEP
internal import VTEP

extension vtep_vxlan: SizedStruct {
    init(_ vxlan: VXLANAttributes) {
        self.init()
        if let number = vxlan.vni {
            has.set(VTEP_VXLAN_HAS_VNI)
            vni = number.rawValue
        }
        if let ports = vxlan.sourcePorts {
            has.set(VTEP_VXLAN_HAS_SOURCE_PORTS)
            source_port_min = UInt32(ports.lowerBound)
            source_port_max = UInt32(ports.upperBound)
        }
        if let bits = vxlan.reservedBits {
            has.set(VTEP_VXLAN_HAS_RESERVED_BITS)
            reserved_bits = bits
        }
        destination_port = UInt32(vxlan.destinationPort)
        device_index = vxlan.deviceIndex ?? 0
        ttl = UInt32(vxlan.timeToLive)
        tos = UInt32(vxlan.typeOfService)
        df = UInt32(vxlan.dontFragment.rawValue)
        flow_label = vxlan.flowLabel
        flow_label_policy = vxlan.flowLabelPolicy.rawValue
        ageing = vxlan.ageing
        maximum_entries = vxlan.maximumEntries
        local = vtep_ip(vxlan.local)
        switch vxlan.destination {
        case .remote(let address): remote = vtep_ip(address)
        case .group(let address): group = vtep_ip(address)
        case nil: break
        }
        for (bit, isOn) in vxlan.flags { flags.set(bit, where: isOn) }
    }
}

extension VXLANAttributes {
    fileprivate var flags: [(Int, Bool)] {
        [
            (VTEP_VXLAN_FLAG_LEARNING, learning), (VTEP_VXLAN_FLAG_PROXY, proxy),
            (VTEP_VXLAN_FLAG_RSC, routeShortCircuit), (VTEP_VXLAN_FLAG_L2MISS, l2Miss),
            (VTEP_VXLAN_FLAG_L3MISS, l3Miss), (VTEP_VXLAN_FLAG_UDP_CHECKSUM, udpChecksum),
            (VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_TX, udp6ZeroChecksumTransmit),
            (VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_RX, udp6ZeroChecksumReceive),
            (VTEP_VXLAN_FLAG_REMCSUM_TX, remoteChecksumTransmit), (VTEP_VXLAN_FLAG_REMCSUM_RX, remoteChecksumReceive),
            (VTEP_VXLAN_FLAG_REMCSUM_NOPARTIAL, remoteChecksumNoPartial), (VTEP_VXLAN_FLAG_GBP, groupBasedPolicy),
            (VTEP_VXLAN_FLAG_GPE, genericProtocolExtension), (VTEP_VXLAN_FLAG_TTL_INHERIT, inheritsTimeToLive),
            (VTEP_VXLAN_FLAG_EXTERNAL, external), (VTEP_VXLAN_FLAG_VNI_FILTER, vniFilter),
            (VTEP_VXLAN_FLAG_LOCAL_BYPASS, localBypass),
        ]
    }
}
