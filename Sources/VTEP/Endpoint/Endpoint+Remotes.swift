internal import Synchronization
internal import VTEPDevice
public import VTEPEngine
public import VTEPWire

extension Endpoint {
    /// Adds a remote to those that broadcasts, multicasts and frames to unknown stations of a VNI go to: a VTEP, or a
    /// group, which is joined then. Each gets a copy (head-end replication). A VTEP may also send from now on; a group's
    /// members may not: add them as peers, or set ``VNIPolicy/acceptsUnknownRemotes``.
    ///
    /// - Throws: ``VTEPError`` of kind `notFound` for the VNI; `exists`; `noSpace`; `invalidArgument` where there is no
    ///   underlay of that IP version, where the address is this endpoint's own, or can't be a remote's.
    public func addDefaultRemote(_ remote: Engine.FDBRemote, to vni: VNI) throws(VTEPError) {
        try configure { registry throws(VTEPError) in try add(remote, to: vni, &registry) }
    }

    /// The same with the VNI's UDP port and number.
    public func addDefaultRemote(_ address: IPAddress, to vni: VNI) throws(VTEPError) {
        try addDefaultRemote(Engine.FDBRemote(address), to: vni)
    }

    /// Takes a default remote away. It may not send any more, unless it is a peer or an FDB entry's remote.
    ///
    /// - Throws: kind `notFound` for the VNI or the remote.
    public func removeDefaultRemote(_ remote: Engine.FDBRemote, from vni: VNI) throws(VTEPError) {
        try configure { registry throws(VTEPError) in try remove(remote, from: vni, &registry) }
    }

    /// The same with the VNI's UDP port and number.
    public func removeDefaultRemote(_ address: IPAddress, from vni: VNI) throws(VTEPError) {
        try removeDefaultRemote(Engine.FDBRemote(address), from: vni)
    }

    /// Makes these the default remotes of a VNI, and no others: what is there stays undisturbed.
    ///
    /// - Throws: what ``addDefaultRemote(_:to:)-(Engine.FDBRemote,_)`` throws. Those before the one that failed have been added
    ///   then, and nothing has been removed.
    public func setDefaultRemotes(_ remotes: [Engine.FDBRemote], of vni: VNI) throws(VTEPError) {
        try configure { registry throws(VTEPError) in
            let present = try registry.segment(vni, attempted: "set the default remotes").remotes
            for remote in remotes where !present.contains(remote) {
                // Somebody may have named it twice.
                if registry.segments[vni]?.remotes.contains(remote) != true { try add(remote, to: vni, &registry) }
            }
            for remote in present where !remotes.contains(remote) { try remove(remote, from: vni, &registry) }
        }
    }

    /// The default remotes of a VNI, in the order in which they were added.
    ///
    /// - Throws: kind `notFound`.
    public func defaultRemotes(of vni: VNI) throws(VTEPError) -> [Engine.FDBRemote] {
        try configure { registry throws(VTEPError) in
            try registry.segment(vni, attempted: "list the default remotes").remotes
        }
    }

    private func add(_ remote: Engine.FDBRemote, to vni: VNI, _ registry: inout Registry) throws(VTEPError) {
        let attempted = "add the default remote"
        _ = try registry.segment(vni, attempted: attempted)
        try checkRemote(remote.address, attempted: attempted)
        try pump.withEngine { engine throws(VTEPError) in
            try engine.addDefaultRemote(remote.address, port: remote.port, sendVNI: remote.sendVNI, to: vni)
        }
        do {
            try join(remote.address, &registry)
        } catch {
            pump.withEngine { engine in
                try? engine.removeDefaultRemote(
                    remote.address, port: remote.port, sendVNI: remote.sendVNI, from: vni)
            }
            throw error
        }
        registry.segments[vni]?.remotes.append(remote)
    }

    private func remove(_ remote: Engine.FDBRemote, from vni: VNI, _ registry: inout Registry) throws(VTEPError) {
        _ = try registry.segment(vni, attempted: "remove the default remote")
        try pump.withEngine { engine throws(VTEPError) in
            try engine.removeDefaultRemote(remote.address, port: remote.port, sendVNI: remote.sendVNI, from: vni)
        }
        registry.segments[vni]?.remotes.removeAll { $0 == remote }
        leave(remote.address, &registry)
    }

    /// What can be told of a remote without sending to it.
    func checkRemote(_ address: IPAddress, attempted: String) throws(VTEPError) {
        let underlay = try underlay(of: address, attempted: attempted)
        if underlay.options.localAddress == address {
            throw VTEPError(
                .invalidArgument, attempted: attempted, subject: "\(address)",
                reason: "it is this endpoint's own address: frames would loop")
        }
    }
}

// MARK: - Groups

extension Endpoint {
    private func join(_ address: IPAddress, _ registry: inout Registry) throws(VTEPError) {
        guard address.isMulticast else { return }
        if registry.memberships[address, default: 0] == 0 {
            try underlay(of: address, attempted: "join the group").join(address)
        }
        registry.memberships[address, default: 0] += 1
    }

    func leave(_ address: IPAddress, _ registry: inout Registry) {
        guard let count = registry.memberships[address] else { return }
        registry.memberships[address] = count > 1 ? count - 1 : nil
        if count == 1 { try? underlay(of: address, attempted: "leave the group").leave(address) }
    }
}

// MARK: - Peers

extension Endpoint {
    /// Lets a VTEP send, in every VNI, without being sent anything by default.
    ///
    /// - Throws: kind `exists`; `noSpace`; `invalidArgument` for a group, the unspecified address, or an IP version
    ///   without underlay.
    public func addPeer(_ address: IPAddress) throws(VTEPError) {
        try configure { registry throws(VTEPError) in
            try checkRemote(address, attempted: "add the peer")
            try pump.withEngine { engine throws(VTEPError) in try engine.addPeer(address) }
            registry.peers.insert(address)
        }
    }

    /// Takes back ``addPeer(_:)``. What was learnt from it stays until it ages.
    ///
    /// - Throws: kind `notFound`.
    public func removePeer(_ address: IPAddress) throws(VTEPError) {
        try configure { registry throws(VTEPError) in
            try pump.withEngine { engine throws(VTEPError) in try engine.removePeer(address) }
            registry.peers.remove(address)
        }
    }

    /// Makes these the peers, and no others.
    ///
    /// - Throws: what ``addPeer(_:)`` throws. Those before the one that failed have been added then, and none removed.
    public func setPeers(_ peers: [IPAddress]) throws(VTEPError) {
        let present = self.peers
        for address in Set(peers).subtracting(present) { try addPeer(address) }
        for address in present.subtracting(peers) { try removePeer(address) }
    }

    public var peers: Set<IPAddress> { registry.withLock { $0.peers } }
}
