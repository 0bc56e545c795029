public import VTEPNetlink
public import VTEPWire

extension Host {
    /// Changes a VXLAN device in place and reads it back (`ip link set NAME type vxlan …`). What it has already is not
    /// sent, so that a change may name everything that the device should be.
    ///
    /// Another underlay device for a device with a destination takes two requests: the kernel alone would leave the
    /// default remote, and the group's membership, at the old one. In between, what the FDB does not know is dropped.
    ///
    /// - Throws: kind `notSupported`, naming each attribute that needs a new device, with nothing changed;
    ///   `invalidArgument`; `notFound` for the link or the underlay device; `foreign` where the link is no VXLAN device;
    ///   `permissionDenied`.
    @discardableResult
    public func changeVXLAN(_ name: String, _ change: VXLANChange) throws(VTEPError) -> Link {
        let link = try find(name, attempted: VXLANChange.attempted)
        guard case .vxlan(let vxlan) = link.details else {
            throw notA("VXLAN device", link, VXLANChange.attempted)
        }
        try change.check(name, vxlan)
        var settings = try change.settings(for: vxlan)
        if let device = change.device {
            let index = try findIndex(device, attempted: "find the underlay device")
            if index != vxlan.deviceIndex { settings.deviceIndex = index }
        }
        if settings.isEmpty { return link }
        try send(settings, to: link, vxlan)
        return try readBack(link, change)
    }

    private func send(_ settings: VXLANSettings, to link: Link, _ vxlan: VXLANAttributes) throws(VTEPError) {
        let purpose = Purpose(VXLANChange.attempted, link.name)
        guard settings.deviceIndex != nil, let old = vxlan.destination?.address else {
            return try connection.change(link.index, vxlan: settings, purpose)
        }
        var without = VXLANSettings()
        without.destination = old.unspecified
        try connection.change(link.index, vxlan: without, purpose)
        var settings = settings
        settings.destination = settings.destination ?? old
        do {
            try connection.change(link.index, vxlan: settings, purpose)
        } catch {
            var back = VXLANSettings()
            back.destination = old
            try? connection.change(link.index, vxlan: back, purpose)
            throw error
        }
    }

    /// A kernel skips attributes that it does not know, and reports success.
    private func readBack(_ link: Link, _ change: VXLANChange) throws(VTEPError) -> Link {
        let changed = try find(link.name, attempted: "read back VXLAN link")
        guard case .vxlan(let vxlan) = changed.details else { return changed }
        let ignored = change.options.compared(with: vxlan).filter { $0.isYoung && $0.differs }.map(\.name)
        if ignored.isEmpty { return changed }
        throw VTEPError(
            .notSupported, attempted: "\(VXLANChange.attempted)", subject: link.name,
            reason: "this kernel does not know \(ignored.joined(separator: ", ")); all else has changed",
            remedy: "leave it out")
    }
}
