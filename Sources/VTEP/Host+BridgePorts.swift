public import VTEPNetlink
public import VTEPWire

extension Host {
    /// Changes a bridge port and reads it back (`bridge link set dev NAME …`).
    ///
    /// - Throws: kind `invalidArgument`; `notFound` for the link or the backup port; `foreign` where the link is no bridge
    ///   port; `busy` for a state while the kernel's spanning tree decides it; `notSupported` for an option that this
    ///   kernel does not know; `permissionDenied`.
    @discardableResult
    public func changeBridgePort(_ name: String, _ change: BridgePortChange) throws(VTEPError) -> Link {
        let purpose = Purpose("change bridge port", name)
        let port = try findPort(name, attempted: purpose.attempted)
        do throws(BadOption) {
            try change.options.check()
        } catch {
            throw VTEPError(
                .invalidArgument, attempted: "\(purpose.attempted)", subject: name, reason: error.reason,
                remedy: error.remedy)
        }
        var backup: UInt32?
        if let setting = change.backupPort {
            backup =
                try setting.value.map { name throws(VTEPError) in
                    try findIndex(name, attempted: "find the backup port")
                } ?? 0
        }
        do {
            try connection.changePort(port.index, change.options, backupPort: backup, purpose)
        } catch {
            throw explain(error, change)
        }
        return try readBack(port, change, purpose)
    }

    /// What changes about a bridge port by itself.
    public func bridgePortStatus(of name: String) throws(VTEPError) -> BridgePortStatus {
        let purpose = Purpose("read the status of bridge port", name)
        let port = try findPort(name, attempted: purpose.attempted)
        if let status = try connection.bridgePortStatus(port.index, purpose) { return status }
        throw notA("bridge port", port, purpose.attempted)
    }

    /// Drops all FDB entries that were learnt at a port (`ip link set NAME type bridge_slave fdb_flush`).
    public func flushBridgePort(_ name: String) throws(VTEPError) {
        let purpose = Purpose("flush bridge port", name)
        try connection.flushPort(findPort(name, attempted: purpose.attempted).index, purpose)
    }
}

extension Host {
    private func findPort(_ name: String, attempted: StaticString) throws(VTEPError) -> Link {
        let link = try find(name, attempted: attempted)
        if link.bridgePort != nil { return link }
        throw notA("bridge port", link, attempted)
    }

    private func explain(_ error: VTEPError, _ change: BridgePortChange) -> VTEPError {
        var error = error
        if error.kind == .busy, change.options.state != nil {
            error.reason = "the bridge's spanning tree decides the states of its ports"
            error.remedy = "switch the spanning tree off, or leave the state out"
        } else if case .set(let name) = change.backupPort, error.kernelMessage == nil, error.reason.isEmpty {
            error.reason = "the backup port \"\(name)\" has to be another port of the same bridge"
        }
        return error
    }

    /// A kernel skips attributes that it does not know, and reports success.
    private func readBack(
        _ port: Link, _ change: BridgePortChange, _ purpose: Purpose
    ) throws(VTEPError) -> Link {
        let changed = try find(port.name, attempted: "read back bridge port")
        if change.options.state == .blocking, changed.bridgePort?.state == .forwarding {
            throw VTEPError(
                .notSupported, attempted: "\(purpose.attempted)", subject: purpose.subject,
                reason: "without a spanning tree the kernel makes a blocking port forwarding at once",
                remedy: "use the state \"disabled\", or let a daemon run the spanning tree")
        }
        let lacking = changed.bridgePort.map { change.options.missing(in: $0) } ?? []
        if lacking.isEmpty { return changed }
        throw VTEPError(
            .notSupported, attempted: "\(purpose.attempted)", subject: purpose.subject,
            reason: "this kernel lacks \(lacking.joined(separator: ", ")); all else has changed",
            remedy: "leave it out")
    }
}
