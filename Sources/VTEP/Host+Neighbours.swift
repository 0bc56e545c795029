public import VTEPNetlink
public import VTEPWire

extension Host {
    /// The ARP and ND entries of all links, or of one (`ip neigh`).
    public func neighbours(of name: String? = nil) throws(VTEPError) -> [Neighbour] {
        guard let name else { return try connection.neighbours(linkIndex: nil) }
        return try connection.neighbours(linkIndex: findIndex(name, attempted: "list neighbours of link"))
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

    /// Deletes the entry for that address on that link (`ip neigh del`).
    ///
    /// - Throws: kind `notFound`.
    public func deleteNeighbour(_ neighbour: Neighbour) throws(VTEPError) {
        try connection.delete(neighbour, Purpose("delete neighbour", "\(neighbour.address)"))
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
        try checkMAC(of: neighbour)
    }
}

extension NeighbourFlags {
    /// Eight bits travel in the message's header and those from 16 on in an attribute; between them lies nothing.
    var hasUnknownBits: Bool { rawValue & 0xFF00 != 0 }
}
