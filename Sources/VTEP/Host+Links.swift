public import VTEPNetlink
public import VTEPWire

extension Host {
    /// All links, or those of one kind, in the order of their indices (`ip -d link`).
    public func links(kind: LinkKind? = nil) throws(VTEPError) -> [Link] {
        try connection.links(kind: kind)
    }

    /// The link of that name.
    ///
    /// - Throws: kind `notFound`, naming the links there are.
    public func link(named name: String) throws(VTEPError) -> Link {
        try find(name, attempted: "find link")
    }

    /// The link of that index.
    ///
    /// - Throws: kind `notFound`.
    public func link(index: UInt32) throws(VTEPError) -> Link {
        if let link = try connection.link(index: index) { return link }
        throw VTEPError(
            .notFound, attempted: "find link", subject: "index \(index)",
            reason: "no link of this network namespace has that index")
    }

    /// Sets a link up or down (`ip link set NAME up`).
    public func setLink(_ name: String, up: Bool) throws(VTEPError) {
        let attempted: StaticString = up ? "set link up" : "set link down"
        do {
            try change(name, LinkChanges(up: up), attempted)
        } catch {
            guard up, case .vxlan(let vxlan)? = try? connection.link(named: name)?.details else { throw error }
            throw error.explainingPort(vxlan.destinationPort)
        }
    }

    /// Sets the largest packet in bytes, without the Ethernet header (`ip link set NAME mtu BYTES`).
    ///
    /// - Throws: kind `invalidArgument` where the driver's range, which the error names, excludes it.
    public func setMTU(of name: String, to mtu: UInt32) throws(VTEPError) {
        let link = try find(name, attempted: "set MTU of link")
        try checkMTU(mtu, of: link)
        try connection.change(link.index, LinkChanges(mtu: mtu), Purpose("set MTU of link", name))
    }

    /// Sets the link-layer address (`ip link set NAME address MAC`).
    ///
    /// - Throws: kind `invalidArgument` for a group or all-zero address, which no interface can have.
    public func setMACAddress(of name: String, to address: MACAddress) throws(VTEPError) {
        try checkMAC(address, of: name, attempted: "set MAC address of link")
        try change(name, LinkChanges(macAddress: address), "set MAC address of link")
    }

    /// Gives a link another name (`ip link set NAME name NEW`).
    public func renameLink(_ name: String, to newName: String) throws(VTEPError) {
        try checkLinkName(newName, attempted: "rename link to")
        let index = try findIndex(name, attempted: "rename link")
        do {
            try connection.change(index, LinkChanges(name: newName), Purpose("rename link to", newName))
        } catch {
            throw explain(error, newNames: newName)
        }
    }

    /// Makes a link a port of a bridge, or of no bridge (`ip link set NAME master BRIDGE`, `brctl addif`).
    public func setMaster(of name: String, to master: String?) throws(VTEPError) {
        guard let master else { return try change(name, LinkChanges(masterIndex: 0), "set master of link") }
        let index = try findIndex(master, attempted: "find the master")
        do {
            try change(name, LinkChanges(masterIndex: index), "set master of link")
        } catch {
            throw explain(error, master: master)
        }
    }

    /// Moves a link into another network namespace (`ip link set NAME netns …`). The link goes down and loses its
    /// addresses; this host sees it no longer.
    public func moveLink(_ name: String, to namespace: NetworkNamespace) throws(VTEPError) {
        let index = try findIndex(name, attempted: "move link")
        try connection.move(index, to: namespace, Purpose("move link", name))
    }

    /// Deletes a link of any kind (`ip link delete NAME`). A veth takes its peer along.
    ///
    /// - Parameter kind: what the link must be; the safe way to delete only what the program made.
    /// - Throws: kind `notFound`; `foreign` where the link is of another kind; `notSupported` for a physical device.
    public func deleteLink(_ name: String, kind: LinkKind? = nil) throws(VTEPError) {
        let link = try find(name, attempted: "delete link")
        if let kind, link.kind != kind { throw foreign(link, expected: "a \(kind) link") }
        try delete(link)
    }
}

extension Host {
    func find(_ name: String, attempted: StaticString) throws(VTEPError) -> Link {
        if name.canBeLinkName, let link = try connection.link(named: name) { return link }
        throw missing(name, attempted)
    }

    func findIndex(_ name: String, attempted: StaticString) throws(VTEPError) -> UInt32 {
        if name.canBeLinkName, let index = try connection.linkIndex(named: name) { return index }
        throw missing(name, attempted)
    }

    private func missing(_ name: String, _ attempted: StaticString) -> VTEPError {
        let names = ((try? connection.links()) ?? []).prefix(16).map(\.name).joined(separator: ", ")
        return VTEPError(
            .notFound, attempted: "\(attempted)", subject: name,
            reason: "this network namespace has no link of that name",
            remedy: names.isEmpty ? "" : "it has \(names)")
    }

    func delete(_ link: Link) throws(VTEPError) {
        do {
            try connection.deleteLink(link.index, Purpose("delete link", link.name))
        } catch {
            var error = error
            if error.kind == .notSupported {
                error.reason = "it is a \(link.kind) device, which cannot be deleted"
            }
            throw error
        }
    }

    func foreign(_ link: Link, expected: String) -> VTEPError {
        VTEPError(
            .foreign, attempted: "delete link", subject: link.name,
            reason: "it is \(link.summary), not \(expected)",
            remedy: "nothing was deleted; check the name")
    }

    func change(_ name: String, _ changes: LinkChanges, _ attempted: StaticString) throws(VTEPError) {
        let index = try findIndex(name, attempted: attempted)
        try connection.change(index, changes, Purpose(attempted, name))
    }

    func checkMAC(_ address: MACAddress, of name: String, attempted: StaticString) throws(VTEPError) {
        guard address.isMulticast || address.isZero else { return }
        throw VTEPError(
            .invalidArgument, attempted: "\(attempted)", subject: name,
            reason: "\(address) is \(address.isZero ? "all zero" : "a group address")",
            remedy: "use a unicast address; 02:… is free for local use")
    }

    private func checkMTU(_ mtu: UInt32, of link: Link) throws(VTEPError) {
        let maximum = link.maximumMTU == 0 ? UInt32(Int32.max) : link.maximumMTU
        guard mtu < link.minimumMTU || mtu > maximum else { return }
        throw VTEPError(
            .invalidArgument, attempted: "set MTU of link", subject: link.name,
            reason: "\(mtu) is outside the device's range \(link.minimumMTU)...\(maximum)")
    }
}

extension String {
    /// What cannot be a name is never sent: the kernel would look for something else, or cut it.
    fileprivate var canBeLinkName: Bool {
        (1...15).contains(utf8.count) && !utf8.contains { $0 == 0 || $0 == UInt8(ascii: ":") }
    }
}

extension Link {
    /// A few words for an error: `a VXLAN device with VNI 120, port 4789`.
    var summary: String {
        switch details {
        case .vxlan(let vxlan):
            let vni = vxlan.vni.map { "VNI \($0)" } ?? "external VNIs"
            return "a VXLAN device with \(vni), port \(vxlan.destinationPort)"
        default:
            return "a \(kind) link"
        }
    }
}
