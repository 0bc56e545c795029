public import VTEPNetlink
public import VTEPWire

extension Host {
    /// The FDB entries of all links, or of one (`bridge fdb show`).
    public func fdb(of name: String? = nil) throws(VTEPError) -> [FDBEntry] {
        guard let name else { return try connection.fdb(linkIndex: nil) }
        return try connection.fdb(linkIndex: findIndex(name, attempted: "list FDB entries of link"))
    }

    /// The FDB entries of a bridge and of its ports (`bridge fdb show br NAME`).
    public func fdb(ofBridge name: String) throws(VTEPError) -> [FDBEntry] {
        let index = try findIndex(name, attempted: "list FDB entries of bridge")
        return try connection.fdb(linkIndex: nil, bridgeIndex: index)
    }

    /// Hands out the FDB entries of all links, of one, or of a bridge and its ports, one by one: no more of them are in
    /// memory than one datagram holds.
    ///
    /// What `visit` throws ends it and is thrown on. This host cannot be asked anything meanwhile: that is an error of
    /// kind `busy`. Of entries that come and go while the table is read, and of their neighbours in it, some may be
    /// missing or come twice; the kernel does not tell. A ``Monitor`` finds out.
    public func forEachFDB(
        of name: String? = nil, ofBridge bridge: String? = nil, _ visit: (FDBEntry) throws(VTEPError) -> Void
    ) throws(VTEPError) {
        let link = try name.map { name throws(VTEPError) in
            try findIndex(name, attempted: "list FDB entries of link")
        }
        let bridge = try bridge.map { name throws(VTEPError) in
            try findIndex(name, attempted: "list FDB entries of bridge")
        }
        try connection.forEachFDB(linkIndex: link, bridgeIndex: bridge, visit)
    }

    /// The entry for a MAC address (`bridge fdb get`). Of an entry with several remotes, the kernel tells the first:
    /// ``fdb(of:)`` has them all.
    ///
    /// - Parameter key: ``FDBEntry/linkIndex``, ``FDBEntry/macAddress`` and ``FDBEntry/flags``, which say which table;
    ///   and ``FDBEntry/vlan`` or ``FDBEntry/sourceVNI``, where entries are told apart by them.
    /// - Throws: kind `notFound` where there is none; `invalidArgument` for ``NeighbourFlags/master`` on a link that is
    ///   no bridge port.
    public func fdbEntry(like key: FDBEntry) throws(VTEPError) -> FDBEntry {
        let purpose = Purpose("find FDB entry", "\(key.macAddress)")
        do {
            if let entry = try connection.find(key, purpose) { return entry }
        } catch {
            throw explain(error, key)
        }
        throw VTEPError(.notFound, attempted: "\(purpose.attempted)", subject: purpose.subject)
    }

    /// Adds an entry (`bridge fdb add`).
    ///
    /// - Throws: kind `exists` where there is one for that MAC address; `invalidArgument`.
    public func addFDB(_ entry: FDBEntry) throws(VTEPError) {
        try check(entry)
        do {
            try connection.write(entry, .add, Purpose("add FDB entry", "\(entry.macAddress)"))
        } catch {
            throw explain(error, entry)
        }
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
            var error = explain(error, entry)
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
        do {
            try connection.write(entry, .replace, Purpose("replace FDB entry", "\(entry.macAddress)"))
        } catch {
            throw explain(error, entry)
        }
    }

    /// Deletes an entry; one remote of several, where ``FDBEntry/destination`` is set (`bridge fdb del`).
    ///
    /// - Throws: kind `notFound` where there is no entry for that MAC address. The kernel does not say whether the entry
    ///   had that remote; ``deleteRemote(_:from:)`` does.
    public func deleteFDB(_ entry: FDBEntry) throws(VTEPError) {
        try connection.delete(entry, Purpose("delete FDB entry", "\(entry.macAddress)"))
    }

    /// Deletes all entries of a link that a filter matches, in one request (`bridge fdb flush`, `NLM_F_BULK`).
    ///
    /// - Throws: kind `notSupported` where this kernel or this device knows no flush; `invalidArgument` for a filter that
    ///   the device does not know.
    public func flushFDB(of name: String, _ filter: FDBFilter = FDBFilter()) throws(VTEPError) {
        let index = try findIndex(name, attempted: "flush FDB of link")
        let purpose = Purpose("flush FDB of link", name)
        try check(filter, purpose)
        do {
            try connection.flush(linkIndex: index, filter, purpose)
        } catch {
            throw error.explainingFlush(filter)
        }
    }
}

// MARK: - Checks

extension Host {
    func check(_ entry: FDBEntry) throws(VTEPError) {
        func invalid(_ reason: String, _ remedy: String = "") -> VTEPError {
            VTEPError(
                .invalidArgument, attempted: "write FDB entry", subject: "\(entry.macAddress)", reason: reason,
                remedy: remedy)
        }
        if entry.port == 0 { throw invalid("UDP port 0 cannot be used") }
        if let vlan = entry.vlan, !(1...4094).contains(vlan) { throw invalid("VLAN \(vlan) is outside 1...4094") }
        if entry.flags.hasUnknownBits { throw invalid("its flags \(entry.flags.rawValue) have bits of no meaning") }
        if let remote = entry.destination {
            if remote.isUnspecified { throw invalid("the remote is the unspecified address") }
            if remote == .v4(IPv4Address(rawValue: .max)) { throw invalid("\(remote) is a broadcast address") }
        }
        if let id = entry.nextHopID {
            if id == 0 { throw invalid("0 is no nexthop's id") }
            if entry.destination != nil || entry.vni != nil || entry.port != nil || entry.viaIndex != nil {
                throw invalid(
                    "it has nexthop group \(id), which takes the place of remote, VNI, UDP port and link",
                    "set one or the other")
            }
        }
    }

    private func check(_ filter: FDBFilter, _ purpose: Purpose) throws(VTEPError) {
        func invalid(_ reason: String) -> VTEPError {
            VTEPError(
                .invalidArgument, attempted: "\(purpose.attempted)", subject: purpose.subject, reason: reason)
        }
        if filter.table != .own, filter.table != .master {
            throw invalid("it has to say which table: the device's own, or its master's")
        }
        if let vlan = filter.vlan, !(1...4094).contains(vlan) { throw invalid("VLAN \(vlan) is outside 1...4094") }
        if filter.port == 0 { throw invalid("UDP port 0 cannot be used") }
        if !filter.stateMask.isSuperset(of: filter.state) { throw invalid("it wants states that its mask leaves out") }
        if !filter.flagsMask.isSuperset(of: filter.flags) { throw invalid("it wants flags that its mask leaves out") }
        if filter.flagsMask.rawValue > 0xFF || !filter.flagsMask.isDisjoint(with: [.own, .master]) {
            throw invalid("its flags \(filter.flagsMask.rawValue) cannot be filtered by")
        }
    }
}

// MARK: - Explanations

extension Host {
    /// A bridge's FDB and a VXLAN device's know different things.
    private func explain(_ error: VTEPError, _ entry: FDBEntry) -> VTEPError {
        var error = error
        if entry.flags.contains(.master),
            error.kind == .notSupported || error.kernelMessage == "Device is not a bridge port"
        {
            error.remedy = "make the link a port of a bridge, or use the link's own table"
        } else if entry.flags.contains(.master), entry.state.isDisjoint(with: [.permanent, .noARP]),
            error.kind == .permissionDenied, let port = try? connection.link(index: entry.linkIndex)?.bridgePort,
            port.state != .forwarding
        {
            error.reason = "the bridge port is \(port.state), and takes only static and permanent entries"
            error.remedy = "set bridge and port up, or make the entry static"
        } else if let id = entry.nextHopID, error.kind == .invalidArgument || error.kind == .notFound {
            error.remedy = "make nexthop \(id) a group of FDB nexthops, whose gateways are VTEPs of the device's family"
        } else if entry.flags.contains(.sticky), error.kind == .invalidArgument {
            error.remedy = "make a sticky entry static rather than permanent, and in a bridge's table"
        }
        return error
    }
}

extension VTEPError {
    fileprivate func explainingFlush(_ filter: FDBFilter) -> VTEPError {
        var error = self
        if kind == .notSupported || (kind == .invalidArgument && kernelMessage == "invalid address") {
            error.remedy = """
                a bridge's FDB can be flushed since Linux 5.19, a VXLAN device's own since 6.7; where the kernel is older \
                or the device another, delete the entries one by one
                """
        } else if kind == .invalidArgument {
            error.remedy = """
                a VXLAN device's own FDB can be flushed by destination, VNI, source VNI, UDP port, nexthop, state and \
                flags; a bridge's by VLAN, port, state and flags
                """
        }
        return error
    }
}
