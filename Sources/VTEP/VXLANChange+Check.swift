internal import VTEPNetlink
internal import VTEPWire

extension VXLANChange {
    static let attempted: StaticString = "change VXLAN link"

    /// Everything that can be told without asking the kernel once more.
    func check(_ name: String, _ vxlan: VXLANAttributes) throws(VTEPError) {
        var fixed = options.compared(with: vxlan).filter { $0.differs && !$0.changesInPlace }.map(\.name)
        if let segments, segments != vxlan.segments { fixed.insert(segments.attribute(comparedWith: vxlan), at: 0) }
        if changesFamily(of: vxlan) { fixed.append("address family") }
        if !fixed.isEmpty { throw needsNewDevice(name, fixed) }
        do throws(BadOption) {
            try options.check()
            try checkAddresses(vxlan)
        } catch {
            throw VTEPError(
                .invalidArgument, attempted: "\(Self.attempted)", subject: name, reason: error.reason,
                remedy: error.remedy)
        }
    }

    private func needsNewDevice(_ name: String, _ attributes: [String]) -> VTEPError {
        VTEPError(
            .notSupported, attempted: "\(Self.attempted)", subject: name,
            reason: "the kernel cannot change in place: \(attributes.joined(separator: ", ")); nothing was changed",
            remedy: "it needs a new device: delete this one and make it anew")
    }

    private func changesFamily(of vxlan: VXLANAttributes) -> Bool {
        guard let present = (vxlan.destination?.address ?? vxlan.local)?.family else { return false }
        return destination?.value.map { $0.address.family != present } ?? false
            || local?.value.map { $0.family != present } ?? false
    }

    private func checkAddresses(_ vxlan: VXLANAttributes) throws(BadOption) {
        // The name serves for "there is one" only.
        let device = self.device ?? vxlan.deviceIndex.map { "index \($0)" }
        let destination = self.destination.map(\.value) ?? vxlan.destination
        let local = self.local.map(\.value) ?? vxlan.local
        try destination?.check(device: device)
        try local?.checkAsLocal(device: device)
        try checkPair(destination, local, external: vxlan.external)
        if let family = (destination?.address ?? local)?.family { try options.checkFlowLabel(family: family) }
    }

    /// What differs from what the device has.
    func settings(for vxlan: VXLANAttributes) throws(VTEPError) -> VXLANSettings {
        var settings = VXLANSettings(options: options.differences(from: vxlan))
        let any = (vxlan.destination?.address ?? vxlan.local)?.unspecified ?? .v4(.unspecified)
        switch destination {
        case .set(let wanted) where wanted != vxlan.destination: settings.destination = wanted.address
        case .remove where vxlan.destination != nil: settings.destination = any
        default: break
        }
        switch local {
        case .set(let wanted) where wanted != vxlan.local: settings.local = wanted
        case .remove where vxlan.local != nil: settings.local = any
        default: break
        }
        return settings
    }
}

extension VXLANSegments {
    fileprivate func attribute(comparedWith vxlan: VXLANAttributes) -> String {
        switch (self, vxlan.segments) {
        case (.vni, .vni): "VNI"
        case (.external, .filtered), (.filtered, .external): "VNI filter"
        default: "external mode"
        }
    }
}

extension VXLANOptions {
    /// Those that the kernel changes in place, where they differ. All others are the same by now.
    fileprivate func differences(from device: VXLANAttributes) -> VXLANOptions {
        var options = VXLANOptions()
        options.timeToLive = timeToLive == device.timeToLive ? nil : timeToLive
        options.typeOfService = typeOfService == device.typeOfService ? nil : typeOfService
        options.dontFragment = dontFragment == device.dontFragment ? nil : dontFragment
        options.flowLabel = flowLabel == device.flowLabel ? nil : flowLabel
        options.flowLabelPolicy = flowLabelPolicy == device.flowLabelPolicy ? nil : flowLabelPolicy
        options.learning = learning == device.learning ? nil : learning
        options.ageing = ageing == device.ageing ? nil : ageing
        options.localBypass = localBypass == device.localBypass ? nil : localBypass
        options.multicastRouting = multicastRouting
        return options
    }
}

extension VXLANSettings {
    var isEmpty: Bool {
        destination == nil && local == nil && deviceIndex == nil && options == VXLANOptions()
    }
}

extension IPAddress {
    var unspecified: IPAddress {
        family == .v4 ? .v4(.unspecified) : .v6(.unspecified)
    }
}
