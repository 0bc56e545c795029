public import VTEPNetlink
public import VTEPWire

extension Host {
    /// Makes a VXLAN device in one request and reads it back (`ip link add NAME type vxlan …`).
    ///
    /// - Throws: kind `invalidArgument` before anything is asked of the kernel; `notFound` for an unknown device or
    ///   master; `exists` where the name or the VNI is taken, naming the link that holds it; `permissionDenied`.
    @discardableResult
    public func createVXLAN(_ configuration: VXLANConfiguration) throws(VTEPError) -> Link {
        try make(configuration)
        return try find(configuration.name, attempted: "read back VXLAN link")
    }

    /// The same for a caller who does not want to read it back.
    package func make(_ configuration: VXLANConfiguration) throws(VTEPError) {
        try configuration.check()
        let purpose = Purpose(VXLANConfiguration.attempted, configuration.name)
        var vxlan = VXLANSettings(configuration)
        if let name = configuration.device {
            vxlan.deviceIndex = try deviceIndex(name, for: configuration)
        }
        var link = NewLink(name: configuration.name)
        link.properties.up = configuration.up ? true : nil
        link.properties.mtu = configuration.mtu
        link.properties.macAddress = configuration.macAddress
        if let master = configuration.master {
            link.properties.masterIndex = try findIndex(master, attempted: "find the master")
        }
        do {
            try connection.create(link, vxlan: vxlan, purpose)
        } catch {
            let error = explain(error, master: configuration.master)
            throw explain(error, newNames: configuration.name, vxlan: configuration)
                .explainingPort(configuration.usedPort)
        }
        if configuration.options.hasYoungOnes || configuration.segments == .filtered {
            try checkNothingWasIgnored(configuration)
        }
    }

    /// A kernel skips attributes that it does not know, and reports success.
    private func checkNothingWasIgnored(_ configuration: VXLANConfiguration) throws(VTEPError) {
        let link = try find(configuration.name, attempted: "read back VXLAN link")
        guard case .vxlan(let vxlan) = link.details else { return }
        let ignored = configuration.options.youngOnesMissing(in: vxlan, configuration.segments)
        guard !ignored.isEmpty else { return }
        try? delete(link)
        throw VTEPError(
            .notSupported, attempted: "\(VXLANConfiguration.attempted)", subject: configuration.name,
            reason: "this kernel does not know \(ignored.joined(separator: ", "))", remedy: "leave it out")
    }

    private func deviceIndex(_ name: String, for configuration: VXLANConfiguration) throws(VTEPError) -> UInt32 {
        if configuration.mtu == nil { return try findIndex(name, attempted: "find the underlay device") }
        let device = try find(name, attempted: "find the underlay device")
        try configuration.checkMTU(over: device)
        return device.index
    }

    /// Deletes a VXLAN device, and only that.
    ///
    /// - Parameter vni: the VNI it must have; `nil` for any.
    /// - Throws: kind `notFound`; `foreign` where the link is no VXLAN device or has another VNI. Nothing is deleted then.
    public func deleteVXLAN(_ name: String, vni: VNI? = nil) throws(VTEPError) {
        let link = try find(name, attempted: "delete VXLAN link")
        guard case .vxlan(let vxlan) = link.details else { throw foreign(link, expected: "a VXLAN device") }
        if let vni, vxlan.vni != vni { throw foreign(link, expected: "one with VNI \(vni)") }
        try delete(link)
    }

    /// Adds a remote VTEP for everything the device does not know (BUM traffic): head-end replication goes to all of
    /// them (`bridge fdb append 00:00:00:00:00:00 dev NAME dst REMOTE`). To append one twice changes nothing.
    public func appendRemote(_ remote: IPAddress, to name: String) throws(VTEPError) {
        let link = try findVXLAN(name, attempted: "append remote to VXLAN link")
        try appendFDB(FDBEntry(macAddress: .zero, destination: remote, linkIndex: link.index))
    }

    /// Takes a default remote away, also the one the device was made with.
    ///
    /// - Throws: kind `notFound` where the device has no such default remote.
    public func deleteRemote(_ remote: IPAddress, from name: String) throws(VTEPError) {
        let link = try findVXLAN(name, attempted: "delete remote of VXLAN link")
        let remotes = try defaultRemotes(of: link)
        let matching = remotes.filter { $0.destination == remote }
        guard !matching.isEmpty else {
            throw VTEPError(
                .notFound, attempted: "delete remote of VXLAN link", subject: name,
                reason: "\(remote) is none of its default remotes",
                remedy: remotes.isEmpty
                    ? "" : "it has " + remotes.compactMap { $0.destination?.description }.joined(separator: ", "))
        }
        // As listed, with link, port and VNI: the kernel reports success, too, for one it does not have.
        for entry in matching { try deleteFDB(entry) }
    }

    /// All default remotes of a VXLAN device, its group included.
    public func remotes(of name: String) throws(VTEPError) -> [IPAddress] {
        let link = try findVXLAN(name, attempted: "list remotes of VXLAN link")
        return try defaultRemotes(of: link).compactMap(\.destination)
    }

    private func defaultRemotes(of link: Link) throws(VTEPError) -> [FDBEntry] {
        try connection.fdb(linkIndex: link.index).filter { $0.macAddress.isZero && $0.destination != nil }
    }

    func findVXLAN(_ name: String, attempted: StaticString) throws(VTEPError) -> Link {
        let link = try find(name, attempted: attempted)
        if link.kind == .vxlan { return link }
        throw VTEPError(
            .invalidArgument, attempted: "\(attempted)", subject: name, reason: "it is \(link.summary)")
    }
}

extension VXLANSettings {
    fileprivate init(_ configuration: VXLANConfiguration) {
        self.init(segments: configuration.segments, options: configuration.options)
        options.destinationPort = configuration.usedPort
        destination = configuration.destination?.address
        local = configuration.local
    }
}
