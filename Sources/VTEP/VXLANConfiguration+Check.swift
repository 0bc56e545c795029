internal import VTEPNetlink
internal import VTEPWire

extension VXLANConfiguration {
    static let attempted: StaticString = "create VXLAN link"

    /// Everything that can be told without asking the kernel, in our own words.
    func check() throws(VTEPError) {
        try checkLinkName(name, attempted: VXLANConfiguration.attempted)
        if destinationPort == 0 { throw invalid("UDP port 0 cannot be used", "4789 is the assigned one") }
        if let ports = sourcePorts, ports.lowerBound == 0 {
            throw invalid("the source ports start at 0", "start them at 1 or higher")
        }
        try checkNewMTU(mtu, of: name, attempted: VXLANConfiguration.attempted)
        if let address = macAddress, address.isMulticast || address.isZero {
            throw invalid("\(address) is no unicast MAC address")
        }
        if ageing == 0 {
            throw invalid("an ageing of 0 s is not possible: the kernel takes it for 300", "use up to 2147483")
        }
        if let ageing, ageing > UInt32(Int32.max) / 1000 { throw invalid("an ageing of \(ageing) s is too long") }
        try checkDestination()
        try checkLocal()
    }

    private func checkDestination() throws(VTEPError) {
        guard let destination else { return }
        let address = destination.address
        if address.isUnspecified { throw invalid("\(address) is no address of a VTEP", "leave the remote out") }
        switch destination {
        case .remote where address.isMulticast:
            throw invalid("the remote \(address) is a multicast group", "pass it as the group, with a device")
        case .remote where address == .v4(IPv4Address(rawValue: .max)):
            throw invalid("the remote \(address) is a broadcast address")
        case .group where !address.isMulticast:
            throw invalid(
                "the group \(address) is not multicast", "use 224.0.0.0/4 or ff00::/8, or pass it as the remote")
        case .group where device == nil:
            throw invalid("a group needs the underlay device that joins it", "name the device")
        case .remote where address.isLinkLocal && address.family == .v6 && device == nil:
            throw invalid("the link-local remote \(address) needs the underlay device", "name the device")
        default: break
        }
    }

    private func checkLocal() throws(VTEPError) {
        guard let local else { return }
        if local.isMulticast || local.isUnspecified {
            throw invalid("\(local) cannot be the local address", "use an address of the underlay link")
        }
        if let destination, destination.address.family != local.family {
            throw invalid("\(destination) and local \(local) are of different address families")
        }
    }

    /// The kernel would cut a larger MTU down without a word.
    func checkMTU(over device: Link) throws(VTEPError) {
        guard let mtu, device.mtu > 0, UInt64(mtu) + UInt64(overhead) > UInt64(device.mtu) else { return }
        throw invalid(
            "MTU \(mtu) and \(overhead) bytes of outer headers exceed the MTU \(device.mtu) of \"\(device.name)\"",
            "use at most \(Int(device.mtu) - Int(overhead)), or raise the underlay's")
    }

    private func invalid(_ reason: String, _ remedy: String = "") -> VTEPError {
        VTEPError(
            .invalidArgument, attempted: "\(VXLANConfiguration.attempted)", subject: name, reason: reason,
            remedy: remedy)
    }
}
