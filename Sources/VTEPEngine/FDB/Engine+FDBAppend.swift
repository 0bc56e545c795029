public import VTEPWire

extension Engine {
    /// Adds an entry's remotes to those that the entry of the same VNI and address has, or makes the entry.
    ///
    /// - Throws: As ``setFDBEntry(_:now:)``; and ``VTEPError/Kind/exists`` if it has one of the remotes already,
    ///   ``VTEPError/Kind/invalidArgument`` if either of the two points to a port or is a learnt one.
    public mutating func appendFDBEntry(_ entry: FDBEntry, now: Milliseconds) throws(VTEPError) {
        guard let old = try fdbEntry(entry.address, of: entry.vni) else {
            try setFDBEntry(entry, now: now)
            return
        }
        guard case .remotes(let had) = old.target, case .remotes(let named) = entry.target, old.kind != .learnt else {
            throw VTEPError(
                .invalidArgument, attempted: "append to the FDB entry", subject: "\(entry.address)",
                reason: "only configured entries with remotes can have several", remedy: "replace it")
        }
        for remote in named where had.contains(remote) {
            throw VTEPError(
                .exists, attempted: "append to the FDB entry", subject: "\(entry.address)",
                reason: "it has \(remote.address) already")
        }
        var whole = old
        whole.target = .remotes(had + named)
        try setFDBEntry(whole, now: now)
    }
}
