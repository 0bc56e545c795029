public import VTEPNetlink
public import VTEPWire

extension Host {
    /// The ARP and ND entries of all links, or of one (`ip neigh`).
    public func neighbours(of name: String? = nil) throws(VTEPError) -> [Neighbour] {
        guard let name else { return try connection.neighbours(linkIndex: nil) }
        return try connection.neighbours(linkIndex: findIndex(name, attempted: "list neighbours of link"))
    }

    /// The addresses that this host answers for, on all links or on one (`ip neigh show proxy`).
    public func proxyNeighbours(of name: String? = nil) throws(VTEPError) -> [Neighbour] {
        let index = try name.map { name throws(VTEPError) in
            try findIndex(name, attempted: "list proxy neighbours of link")
        }
        return try connection.neighbours(linkIndex: index, proxies: true)
    }

    /// The entry for an address on a link (`ip neigh get`); the proxy entry, where its flags say so.
    ///
    /// - Parameter key: ``Neighbour/linkIndex`` and ``Neighbour/address``; the rest is of no consequence.
    /// - Throws: kind `notFound`.
    public func neighbour(like key: Neighbour) throws(VTEPError) -> Neighbour {
        let purpose = Purpose("find neighbour", "\(key.address)")
        if let found = try connection.find(key, purpose) { return found }
        throw VTEPError(.notFound, attempted: "\(purpose.attempted)", subject: purpose.subject)
    }

    /// Adds an entry (`ip neigh add`).
    ///
    /// - Throws: kind `exists` where the link has one for that address.
    public func addNeighbour(_ neighbour: Neighbour) throws(VTEPError) {
        try check(neighbour)
        try connection.write(neighbour, .add, Purpose("add neighbour", "\(neighbour.address)"))
    }

    /// Adds an entry, or puts it in place of the one there is (`ip neigh replace`).
    public func replaceNeighbour(_ neighbour: Neighbour) throws(VTEPError) {
        try check(neighbour)
        try connection.write(neighbour, .replace, Purpose("replace neighbour", "\(neighbour.address)"))
    }

    /// Puts an entry in place of the one there is (`ip neigh change`).
    ///
    /// - Throws: kind `notFound` where there is none.
    public func updateNeighbour(_ neighbour: Neighbour) throws(VTEPError) {
        try check(neighbour)
        try connection.write(neighbour, .update, Purpose("update neighbour", "\(neighbour.address)"))
    }

    /// Deletes the entry for that address on that link (`ip neigh del`).
    ///
    /// - Throws: kind `notFound`.
    public func deleteNeighbour(_ neighbour: Neighbour) throws(VTEPError) {
        try connection.delete(neighbour, Purpose("delete neighbour", "\(neighbour.address)"))
    }

    /// Deletes the entries that a filter matches, on all links or on one (`ip neigh flush`). The kernel has no such
    /// request: they are listed and deleted in batches.
    ///
    /// - Returns: how many were deleted.
    @discardableResult
    public func flushNeighbours(
        of name: String? = nil, _ filter: NeighbourFilter = NeighbourFilter()
    ) throws(VTEPError) -> Int {
        let index = try name.map { name throws(VTEPError) in
            try findIndex(name, attempted: "flush neighbours of link")
        }
        return try connection.flushNeighbours(linkIndex: index, filter)
    }

    /// The kernel refuses it, too, but leaves an entry without a state behind.
    private func checkMAC(of neighbour: Neighbour) throws(VTEPError) {
        let valid: NeighbourState = [.reachable, .stale, .delay, .probe, .noARP, .permanent]
        guard neighbour.macAddress == nil, !neighbour.state.isDisjoint(with: valid), !neighbour.flags.contains(.proxy),
            let link = try connection.link(index: neighbour.linkIndex), link.macAddress != nil
        else { return }
        throw VTEPError(
            .invalidArgument, attempted: "write neighbour", subject: "\(neighbour.address)",
            reason: "an entry that is \(neighbour.state) on \"\(link.name)\" needs a MAC address")
    }

    func check(_ neighbour: Neighbour) throws(VTEPError) {
        func invalid(_ reason: String) -> VTEPError {
            VTEPError(
                .invalidArgument, attempted: "write neighbour", subject: "\(neighbour.address)", reason: reason)
        }
        if neighbour.linkIndex == 0 { throw invalid("0 is no link's index") }
        if neighbour.flags.hasUnknownBits {
            throw invalid("the flags \(neighbour.flags.rawValue) have bits of no meaning")
        }
        if neighbour.flags.contains(.managed), neighbour.state.contains(.permanent) {
            throw invalid("the kernel resolves a managed entry by itself; it cannot be permanent")
        }
        try checkMAC(of: neighbour)
    }
}

extension NeighbourFlags {
    /// Eight bits travel in the message's header and those from 16 on in an attribute; between them lies nothing.
    var hasUnknownBits: Bool { rawValue & 0xFF00 != 0 }
}
