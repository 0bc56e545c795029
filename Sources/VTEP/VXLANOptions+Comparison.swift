internal import VTEPNetlink

/// One option beside what a device has, for those that the kernel tells.
struct ComparedOption {
    let name: String
    /// Whether it was asked for and differs.
    let differs: Bool
    /// Whether the kernel changes it without a new device. Measured on Linux 6.18; `vxlan_changelink` in the kernel.
    let changesInPlace: Bool
    /// Whether kernels that are still in use do not know it.
    let isYoung: Bool
}

extension VXLANOptions {
    /// Every option but multicast routing, which no kernel tells.
    func compared(with device: VXLANAttributes) -> [ComparedOption] {
        func row<Value: Equatable>(
            _ name: String, _ wanted: Value?, _ present: Value?, inPlace: Bool = false, young: Bool = false
        ) -> ComparedOption {
            ComparedOption(
                name: name, differs: wanted != nil && wanted != present, changesInPlace: inPlace, isYoung: young)
        }
        return [
            row("port", destinationPort, device.destinationPort),
            row("TTL", timeToLive, device.timeToLive, inPlace: true),
            row("inherited TTL", inheritsTimeToLive, device.inheritsTimeToLive),
            row("TOS", typeOfService, device.typeOfService, inPlace: true),
            row("\"don't fragment\"", dontFragment, device.dontFragment, inPlace: true, young: true),
            row("flow label", flowLabel, device.flowLabel, inPlace: true),
            row("flow label policy", flowLabelPolicy, device.flowLabelPolicy, inPlace: true, young: true),
            row("learning", learning, device.learning, inPlace: true),
            row("ageing", ageing, device.ageing, inPlace: true),
            row("maximum of entries", maximumEntries, device.maximumEntries),
            row("source ports", sourcePorts, device.sourcePorts),
            row("proxy", proxy, device.proxy),
            row("route short circuit", routeShortCircuit, device.routeShortCircuit),
            row("L2 miss notifications", l2Miss, device.l2Miss),
            row("L3 miss notifications", l3Miss, device.l3Miss),
            row("UDP checksum", udpChecksum, device.udpChecksum),
            row("zero UDP checksum over IPv6 (sending)", udp6ZeroChecksumTransmit, device.udp6ZeroChecksumTransmit),
            row("zero UDP checksum over IPv6 (receiving)", udp6ZeroChecksumReceive, device.udp6ZeroChecksumReceive),
            row("remote checksum offload (sending)", remoteChecksumTransmit, device.remoteChecksumTransmit),
            row("remote checksum offload (receiving)", remoteChecksumReceive, device.remoteChecksumReceive),
            row("remote checksum offload without partial", remoteChecksumNoPartial, device.remoteChecksumNoPartial),
            row("group policy", groupBasedPolicy, device.groupBasedPolicy),
            row("VXLAN-GPE", genericProtocolExtension, device.genericProtocolExtension),
            row("local bypass", localBypass, device.localBypass, inPlace: true, young: true),
            row("reserved bits", reservedBits, device.reservedBits, young: true),
        ]
    }

    var hasYoungOnes: Bool {
        dontFragment != nil || flowLabelPolicy != nil || localBypass != nil || reservedBits != nil
    }

    func youngOnesMissing(in device: VXLANAttributes, _ segments: VXLANSegments) -> [String] {
        let options = compared(with: device).filter { $0.isYoung && $0.differs }.map(\.name)
        return options + (segments == .filtered && !device.vniFilter ? ["the VNI filter"] : [])
    }
}
