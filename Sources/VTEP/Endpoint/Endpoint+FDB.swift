internal import VTEPDevice
public import VTEPEngine
public import VTEPWire

extension Endpoint {
    /// Puts an entry into the FDB. One of the same VNI and address is replaced, whatever kind it is.
    ///
    /// - Throws: ``VTEPError`` of kind `notFound` for the VNI or the port; `noSpace`; `invalidArgument` for a group's
    ///   address, or a remote that can't be. Nothing has changed then.
    public func setFDBEntry(_ entry: Engine.FDBEntry) throws(VTEPError) {
        try check(entry)
        let now = MonotonicClock.milliseconds
        try pump.withEngine { engine throws(VTEPError) in try engine.setFDBEntry(entry, now: now) }
    }

    /// Adds an entry's remotes to those that the entry of the same VNI and address has, or makes the entry: frames go to
    /// each of them.
    ///
    /// - Throws: as ``setFDBEntry(_:)``; `exists` where it has one of the remotes already; `invalidArgument` where either
    ///   points to a port or is learnt.
    public func appendFDBEntry(_ entry: Engine.FDBEntry) throws(VTEPError) {
        try check(entry)
        let now = MonotonicClock.milliseconds
        try pump.withEngine { engine throws(VTEPError) in try engine.appendFDBEntry(entry, now: now) }
    }

    /// Takes an entry out, whatever kind it is.
    ///
    /// - Throws: kind `notFound`.
    public func removeFDBEntry(_ address: MACAddress, of vni: VNI) throws(VTEPError) {
        try pump.withEngine { engine throws(VTEPError) in try engine.removeFDBEntry(address, of: vni) }
    }

    /// The entry of an address, `nil` if there is none.
    ///
    /// - Throws: kind `notFound` for the VNI.
    public func fdbEntry(_ address: MACAddress, of vni: VNI) throws(VTEPError) -> Engine.FDBEntry? {
        try pump.withEngine { engine throws(VTEPError) in try engine.fdbEntry(address, of: vni) }
    }

    /// All entries of a VNI with the milliseconds since the last frame of each, in no particular order. Frames wait
    /// meanwhile: some milliseconds where the FDB has a million entries.
    ///
    /// - Throws: kind `notFound` for the VNI.
    public func fdb(of vni: VNI) throws(VTEPError) -> [(entry: Engine.FDBEntry, idle: UInt64)] {
        let now = MonotonicClock.milliseconds
        return try pump.withEngine { engine throws(VTEPError) in
            var entries: [(entry: Engine.FDBEntry, idle: UInt64)] = []
            try engine.forEachFDBEntry(of: vni, now: now) { entries.append(($0, $1)) }
            return entries
        }
    }

    /// Makes these the entries of a VNI that come from a control plane (kind `external`), and no others: what is there
    /// already stays undisturbed. Learnt and permanent ones stay, unless one of these replaces them.
    ///
    /// - Throws: what ``setFDBEntry(_:)`` throws; `invalidArgument` for an entry of another kind or VNI, before anything
    ///   has changed. Those before another failure have been set, and none removed.
    public func setExternalFDB(_ entries: [Engine.FDBEntry], of vni: VNI) throws(VTEPError) {
        for entry in entries {
            guard entry.kind == .external, entry.vni == vni else {
                throw VTEPError(
                    .invalidArgument, attempted: "set the FDB entries", subject: "\(entry.address)",
                    reason: "it is not an external entry of VNI \(vni)")
            }
            try check(entry)
        }
        var stale = Set<MACAddress>()
        for (entry, _) in try fdb(of: vni) where entry.kind == .external { stale.insert(entry.address) }
        for entry in entries {
            stale.remove(entry.address)
            if try fdbEntry(entry.address, of: vni) != entry { try setFDBEntry(entry) }
        }
        for address in stale { try? removeFDBEntry(address, of: vni) }
    }

    /// Takes all entries of a VNI out that were learnt.
    ///
    /// - Throws: kind `notFound` for the VNI.
    public func flushLearnt(of vni: VNI) throws(VTEPError) {
        try pump.withEngine { engine throws(VTEPError) in try engine.flushLearnt(of: vni) }
    }

    private func check(_ entry: Engine.FDBEntry) throws(VTEPError) {
        guard case .remotes(let remotes) = entry.target else { return }
        for remote in remotes { try checkRemote(remote.address, attempted: "set the FDB entry") }
    }
}
