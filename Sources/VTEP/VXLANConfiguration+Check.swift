internal import VTEPNetlink
internal import VTEPWire

extension VXLANConfiguration {
    static let attempted: StaticString = "create VXLAN link"

    /// Everything that can be told without asking the kernel, in our own words.
    func check() throws(VTEPError) {
        try checkLinkName(name, attempted: VXLANConfiguration.attempted)
        try checkNewMTU(mtu, of: name, attempted: VXLANConfiguration.attempted)
        if let address = macAddress, address.isMulticast || address.isZero {
            throw invalid("\(address) is no unicast MAC address")
        }
        do throws(BadOption) {
            try options.check()
            try options.checkGPE(external: vni == nil)
            try options.checkFlowLabel(family: family)
            try destination?.check(device: device)
            try local?.checkAsLocal(device: device)
            try checkPair(destination, local, external: vni == nil)
        } catch {
            throw invalid(error.reason, error.remedy)
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

extension VXLANDestination {
    /// - Parameter device: the underlay device, in any words; `nil` where there is none.
    func check(device: String?) throws(BadOption) {
        if address.isUnspecified {
            throw BadOption(reason: "\(address) is no address of a VTEP", remedy: "leave the remote out")
        }
        switch self {
        case .remote where address.isMulticast:
            throw BadOption(
                reason: "the remote \(address) is a multicast group", remedy: "pass it as the group, with a device")
        case .remote where address == .v4(IPv4Address(rawValue: .max)):
            throw BadOption(reason: "the remote \(address) is a broadcast address")
        case .group where !address.isMulticast:
            throw BadOption(
                reason: "the group \(address) is not multicast",
                remedy: "use 224.0.0.0/4 or ff00::/8, or pass it as the remote")
        case .group where device == nil:
            throw BadOption(reason: "a group needs the underlay device that joins it", remedy: "name the device")
        case .remote where address.isIPv6LinkLocal && device == nil:
            throw BadOption(
                reason: "the link-local remote \(address) needs the underlay device", remedy: "name the device")
        default: break
        }
    }
}

extension IPAddress {
    func checkAsLocal(device: String?) throws(BadOption) {
        if isMulticast || isUnspecified {
            throw BadOption(
                reason: "\(self) cannot be the local address", remedy: "use an address of the underlay link")
        }
        if isIPv6LinkLocal, device == nil {
            throw BadOption(
                reason: "the link-local local address \(self) needs the underlay device", remedy: "name the device")
        }
    }

    fileprivate var isIPv6LinkLocal: Bool { family == .v6 && isLinkLocal }
}

/// Both ends have to be of one address family, and both link-local or neither. An external device is not held to the
/// latter.
func checkPair(_ destination: VXLANDestination?, _ local: IPAddress?, external: Bool) throws(BadOption) {
    guard let destination else { return }
    if let local, destination.address.family != local.family {
        throw BadOption(reason: "\(destination) and local \(local) are of different address families")
    }
    guard case .remote(let remote) = destination, !external else { return }
    let localIsLinkLocal = local?.isIPv6LinkLocal ?? false
    if remote.isIPv6LinkLocal, !localIsLinkLocal {
        throw BadOption(
            reason: "the link-local remote \(remote) needs a link-local local address",
            remedy: "name the underlay device's own")
    }
    if let local, localIsLinkLocal, !remote.isIPv6LinkLocal {
        throw BadOption(reason: "the local address \(local) is link-local, and the remote \(remote) is not")
    }
}
