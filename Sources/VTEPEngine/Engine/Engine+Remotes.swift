public import VTEPWire

extension Engine {
    /// Lets datagrams from an address pass, in every VNI. Remotes of FDB entries and default remotes pass without it.
    ///
    /// - Throws: ``VTEPError/Kind/exists``, ``VTEPError/Kind/noSpace``, or ``VTEPError/Kind/invalidArgument`` for a
    ///   group or the unspecified address.
    public mutating func addPeer(_ address: IPAddress) throws(VTEPError) {
        guard !address.isMulticast else {
            throw VTEPError(
                .invalidArgument, attempted: "add the peer", subject: "\(address)",
                reason: "it addresses a group, from which nothing is sent", remedy: "add the group's members")
        }
        let number = try remote(address, "add the peer")
        let remote = remotes.element(number)
        guard remote.value.flags & Remote.isPeer == 0 else {
            throw VTEPError(.exists, attempted: "add the peer", subject: "\(address)")
        }
        remote.value.flags |= Remote.isPeer
        remotes.pin(number)
    }

    /// Takes back ``addPeer(_:)``. What was learnt from it stays until it ages.
    ///
    /// - Throws: ``VTEPError/Kind/notFound``.
    public mutating func removePeer(_ address: IPAddress) throws(VTEPError) {
        guard let number = remotes.find(UnderlayAddress(address)), remotes[number].flags & Remote.isPeer != 0 else {
            throw VTEPError(.notFound, attempted: "remove the peer", subject: "\(address)")
        }
        remotes.element(number).value.flags &= ~Remote.isPeer
        remotes.unpin(number)
    }

    /// Adds a remote to those that frames to groups, to everyone and to unknown stations go to: a VTEP or a group.
    ///
    /// - Parameters:
    ///   - port: Its UDP port. Nil: the VNI's.
    ///   - sendVNI: The VNI to send with. Nil: the same one.
    /// - Throws: ``VTEPError/Kind/notFound`` for the VNI, ``VTEPError/Kind/exists``, ``VTEPError/Kind/noSpace``,
    ///   ``VTEPError/Kind/invalidArgument`` for the unspecified address or port 0.
    public mutating func addDefaultRemote(
        _ address: IPAddress, port: UInt16? = nil, sendVNI: VNI? = nil, to vni: VNI
    ) throws(VTEPError) {
        let place = try find(vni, "add the default remote")
        try Engine.check(port, "add the default remote", address)
        let number = try remote(address, "add the default remote")
        let destination = Destination(remote: number, port: port, vni: sendVNI)
        guard !vnis[place].defaults.contains(destination) else {
            throw VTEPError(
                .exists, attempted: "add the default remote", subject: "\(address)",
                reason: "VNI \(vni) has it already")
        }
        vnis.element(place).value.defaults.append(destination)
        remotes.pin(number)
        countDestinations(place)
    }

    /// Takes back ``addDefaultRemote(_:port:sendVNI:to:)`` of the same arguments.
    ///
    /// - Throws: ``VTEPError/Kind/notFound``.
    public mutating func removeDefaultRemote(
        _ address: IPAddress, port: UInt16? = nil, sendVNI: VNI? = nil, from vni: VNI
    ) throws(VTEPError) {
        let place = try find(vni, "remove the default remote")
        guard let number = remotes.find(UnderlayAddress(address)),
            let index = vnis[place].defaults.position(of: Destination(remote: number, port: port, vni: sendVNI))
        else {
            throw VTEPError(
                .notFound, attempted: "remove the default remote", subject: "\(address)",
                reason: "VNI \(vni) has no such default remote")
        }
        vnis.element(place).value.defaults.remove(at: index)
        remotes.unpin(number)
    }

    /// Notes the path MTU to a remote as the underlay found it: the outer IP packet's largest length. 0: unknown.
    /// Nothing happens where the remote is not known.
    public mutating func setPathMTU(_ mtu: UInt16, to address: UnderlayAddress) {
        guard let number = remotes.find(address) else { return }
        remotes.element(number).value.setPathMTU(Int(mtu))
    }

    /// The number of an address, made if it is new.
    mutating func remote(_ address: IPAddress, _ attempted: String) throws(VTEPError) -> UInt32 {
        guard !address.isUnspecified else {
            throw VTEPError(
                .invalidArgument, attempted: attempted, subject: "\(address)", reason: "no host has this address")
        }
        let underlay = UnderlayAddress(address)
        guard let number = remotes.findOrAdd(underlay) ?? (makeRoomInRemotes() ? remotes.findOrAdd(underlay) : nil)
        else {
            throw VTEPError(
                .noSpace, attempted: attempted, subject: "\(address)",
                reason: "the engine has \(remotes.limit) configured remotes already", remedy: "raise maximumRemotes")
        }
        return number
    }

    static func check(_ port: UInt16?, _ attempted: String, _ address: IPAddress) throws(VTEPError) {
        guard port == 0 else { return }
        throw VTEPError(
            .invalidArgument, attempted: attempted, subject: "\(address)", reason: "the UDP port is 0",
            remedy: "leave the port out to use the VNI's")
    }
}

extension Destination {
    init(remote: UInt32, port: UInt16?, vni: VNI?) {
        self.init(remote: remote, vni: vni?.rawValue ?? Destination.ownVNI, port: port ?? 0)
    }
}
