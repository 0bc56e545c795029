public import VTEPNetlink
public import VTEPWire

extension Host {
    /// Makes a bridge in one request and reads it back.
    ///
    /// - Throws: kind `invalidArgument`; `exists`, saying what holds the name; `notSupported` for an option that this
    ///   kernel does not know, with nothing made; `permissionDenied`.
    @discardableResult
    public func createBridge(_ configuration: BridgeConfiguration) throws(VTEPError) -> Link {
        try make(configuration)
        return try find(configuration.name, attempted: "read back bridge")
    }

    /// The same for a caller who does not want to read it back.
    package func make(_ configuration: BridgeConfiguration) throws(VTEPError) {
        let name = configuration.name
        let attempted: StaticString = "create bridge"
        try checkLinkName(name, attempted: attempted)
        if let address = configuration.macAddress { try checkMAC(address, of: name, attempted: attempted) }
        try checkNewMTU(configuration.mtu, of: name, attempted: attempted)
        try check(configuration.options, Purpose(attempted, name))
        var link = NewLink(name: name)
        link.properties.up = configuration.up ? true : nil
        link.properties.mtu = configuration.mtu
        link.properties.macAddress = configuration.macAddress
        do {
            try connection.create(link, bridge: configuration.options, Purpose(attempted, name))
        } catch {
            throw explain(error, newNames: name)
        }
        guard configuration.options.hasYoungOnes else { return }
        let made = try find(name, attempted: "read back bridge")
        guard let error = ignored(configuration.options, in: made, Purpose(attempted, name)) else { return }
        try? delete(made)
        throw error
    }

    /// Changes a bridge and reads it back (`ip link set NAME type bridge …`).
    ///
    /// - Throws: kind `invalidArgument`; `notFound`; `foreign` where the link is no bridge; `notSupported` for an option
    ///   that this kernel does not know; `permissionDenied`. The kernel may have changed what it looked at before the
    ///   option that it refused.
    @discardableResult
    public func changeBridge(_ name: String, _ options: BridgeOptions) throws(VTEPError) -> Link {
        let purpose = Purpose("change bridge", name)
        let bridge = try findBridge(name, attempted: purpose.attempted)
        try check(options, purpose)
        try connection.change(bridge.index, bridge: options, purpose)
        let changed = try find(name, attempted: "read back bridge")
        if options.hasYoungOnes, let error = ignored(options, in: changed, purpose) { throw error }
        return changed
    }

    /// What changes about a bridge by itself.
    public func bridgeStatus(of name: String) throws(VTEPError) -> BridgeStatus {
        let purpose = Purpose("read the status of bridge", name)
        let bridge = try findBridge(name, attempted: purpose.attempted)
        if let status = try connection.bridgeStatus(bridge.index, purpose) { return status }
        throw notA("bridge", bridge, purpose.attempted)
    }

    /// Drops all FDB entries that a bridge has learnt (`ip link set NAME type bridge fdb_flush`).
    public func flushBridge(_ name: String) throws(VTEPError) {
        let purpose = Purpose("flush bridge", name)
        try connection.flushBridge(findBridge(name, attempted: purpose.attempted).index, purpose)
    }

    /// Deletes a bridge, and only that. Its ports stay, without a master.
    ///
    /// - Throws: kind `notFound`; `foreign` where the link is no bridge.
    public func deleteBridge(_ name: String) throws(VTEPError) {
        try deleteLink(name, kind: .bridge)
    }

    /// The ports of a bridge (`brctl show NAME`).
    public func bridgePorts(of name: String) throws(VTEPError) -> [Link] {
        let bridge = try find(name, attempted: "list ports of bridge")
        guard bridge.kind == .bridge else {
            throw VTEPError(
                .invalidArgument, attempted: "list ports of bridge", subject: name, reason: "it is \(bridge.summary)")
        }
        return try connection.links(masterIndex: bridge.index)
    }
}

extension Host {
    private func findBridge(_ name: String, attempted: StaticString) throws(VTEPError) -> Link {
        let link = try find(name, attempted: attempted)
        if link.kind == .bridge { return link }
        throw notA("bridge", link, attempted)
    }

    func notA(_ expected: String, _ link: Link, _ attempted: StaticString) -> VTEPError {
        VTEPError(
            .foreign, attempted: "\(attempted)", subject: link.name, reason: "it is \(link.summary), not a \(expected)",
            remedy: "nothing was changed; check the name")
    }

    private func check(_ options: BridgeOptions, _ purpose: Purpose) throws(VTEPError) {
        do throws(BadOption) {
            try options.check()
        } catch {
            throw VTEPError(
                .invalidArgument, attempted: "\(purpose.attempted)", subject: purpose.subject, reason: error.reason,
                remedy: error.remedy)
        }
    }

    /// A kernel skips attributes that it does not know, and those of what it was built without, and reports success.
    private func ignored(_ options: BridgeOptions, in link: Link, _ purpose: Purpose) -> VTEPError? {
        guard case .bridge(let bridge) = link.details else { return nil }
        let lacking = options.missing(in: bridge)
        if lacking.isEmpty { return nil }
        return VTEPError(
            .notSupported, attempted: "\(purpose.attempted)", subject: purpose.subject,
            reason: "this kernel lacks \(lacking.joined(separator: ", "))", remedy: "leave it out")
    }
}
