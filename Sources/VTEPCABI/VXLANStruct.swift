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
        destination_port = UInt32(vxlan.destinationPort)
        device_index = vxlan.deviceIndex ?? 0
        ttl = UInt32(vxlan.timeToLive)
        tos = UInt32(vxlan.typeOfService)
        ageing = vxlan.ageing
        maximum_entries = vxlan.maximumEntries
        ttl_inherit = vxlan.inheritsTimeToLive ? 1 : 0
        learning = vxlan.learning ? 1 : 0
        udp_checksum = vxlan.udpChecksum ? 1 : 0
        udp6_zero_checksum_tx = vxlan.udp6ZeroChecksumTransmit ? 1 : 0
        udp6_zero_checksum_rx = vxlan.udp6ZeroChecksumReceive ? 1 : 0
        external = vxlan.external ? 1 : 0
        local = vtep_ip(vxlan.local)
        switch vxlan.destination {
        case .remote(let address): remote = vtep_ip(address)
        case .group(let address): group = vtep_ip(address)
        case nil: break
        }
    }
}
