public import VTEPNetlink
public import VTEPWire

extension Host {
    /// The FDB entries of all links, or of one (`bridge fdb show`).
    public func fdb(of name: String? = nil) throws(VTEPError) -> [FDBEntry] {
        guard let name else { return try connection.fdb(linkIndex: nil) }
        return try connection.fdb(linkIndex: findIndex(name, attempted: "list FDB entries of link"))
    }

    /// Adds an entry (`bridge fdb add`).
    ///
    /// - Throws: kind `exists` where there is one for that MAC address; `invalidArgument`.
    public func addFDB(_ entry: FDBEntry) throws(VTEPError) {
        try check(entry)
        try connection.write(entry, .add, Purpose("add FDB entry", "\(entry.macAddress)"))
    }

    /// Adds an entry, or another remote to the one there is (`bridge fdb append`). Only all-zero and group addresses can
    /// have several remotes.
    ///
    /// - Throws: kind `exists` for a unicast address that has an entry already: the kernel alone would report success
    ///   and do nothing.
    public func appendFDB(_ entry: FDBEntry) throws(VTEPError) {
        try check(entry)
        do {
            try connection.write(entry, .append, Purpose("append FDB entry", "\(entry.macAddress)"))
        } catch {
            var error = error
            if error.kind == .exists, entry.takesOneRemote {
                error.reason = "a unicast address has one remote only"
                error.remedy = "replace the entry"
            }
            throw error
        }
    }

    /// Adds an entry, or puts it in place of the one there is (`bridge fdb replace`); the kernel allows it for unicast
    /// addresses.
    public func replaceFDB(_ entry: FDBEntry) throws(VTEPError) {
        try check(entry)
        try connection.write(entry, .replace, Purpose("replace FDB entry", "\(entry.macAddress)"))
    }

    /// Deletes an entry; one remote of several, where ``FDBEntry/destination`` is set (`bridge fdb del`).
    ///
    /// - Throws: kind `notFound` where there is no entry for that MAC address. The kernel does not say whether the entry
    ///   had that remote; ``deleteRemote(_:from:)`` does.
    public func deleteFDB(_ entry: FDBEntry) throws(VTEPError) {
        try connection.delete(entry, Purpose("delete FDB entry", "\(entry.macAddress)"))
    }

    func check(_ entry: FDBEntry) throws(VTEPError) {
        func invalid(_ reason: String) -> VTEPError {
            VTEPError(.invalidArgument, attempted: "write FDB entry", subject: "\(entry.macAddress)", reason: reason)
        }
        if entry.port == 0 { throw invalid("UDP port 0 cannot be used") }
        if let vlan = entry.vlan, !(1...4094).contains(vlan) { throw invalid("VLAN \(vlan) is outside 1...4094") }
        if entry.flags.hasUnknownBits { throw invalid("its flags \(entry.flags.rawValue) have bits of no meaning") }
        if let remote = entry.destination {
            if remote.isUnspecified { throw invalid("the remote is the unspecified address") }
            if remote == .v4(IPv4Address(rawValue: .max)) { throw invalid("\(remote) is a broadcast address") }
        }
    }
}
