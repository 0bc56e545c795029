public import VTEPNetlink
public import VTEPWire

/// A pair of virtual Ethernet links to be made (`ip link add … type veth peer …`).
public struct VethConfiguration: Hashable, Sendable {
    public var name: String
    public var peerName: String
    /// Where the peer is born; ``NetworkNamespace/current`` means beside the first end.
    public var peerNamespace: NetworkNamespace = .current
    public var macAddress: MACAddress?
    public var peerMACAddress: MACAddress?
    /// Bytes, 68…65535, of both ends.
    public var mtu: UInt32?
    /// The bridge the first end becomes a port of, by name.
    public var master: String?
    /// Set both ends up.
    public var up: Bool = false

    public init(name: String, peerName: String) {
        self.name = name
        self.peerName = peerName
    }
}

extension Host {
    /// Makes a veth pair in one request and reads the first end back.
    ///
    /// - Throws: kind `invalidArgument`; `exists`, saying what holds the name; `notFound`; `permissionDenied`.
    @discardableResult
    public func createVeth(_ configuration: VethConfiguration) throws(VTEPError) -> Link {
        try make(configuration)
        return try find(configuration.name, attempted: "read back veth")
    }

    /// The same for a caller who does not want to read it back.
    package func make(_ configuration: VethConfiguration) throws(VTEPError) {
        let attempted: StaticString = "create veth pair"
        let name = configuration.name
        try checkLinkName(name, attempted: attempted)
        try checkLinkName(configuration.peerName, attempted: attempted)
        if configuration.peerName == name, configuration.peerNamespace == .current {
            throw VTEPError(
                .invalidArgument, attempted: "\(attempted)", subject: name, reason: "both ends have the same name")
        }
        try checkNewMTU(configuration.mtu, of: name, attempted: attempted)
        for address in [configuration.macAddress, configuration.peerMACAddress] {
            if let address { try checkMAC(address, of: name, attempted: attempted) }
        }
        var first = LinkChanges(mtu: configuration.mtu, macAddress: configuration.macAddress)
        if let master = configuration.master {
            first.masterIndex = try findIndex(master, attempted: "find the master")
        }
        let second = LinkChanges(mtu: configuration.mtu, macAddress: configuration.peerMACAddress)
        do {
            try connection.create(
                NewLink(name: name, properties: first),
                vethPeer: NewLink(name: configuration.peerName, properties: second),
                peerNamespace: configuration.peerNamespace, Purpose(attempted, name))
        } catch {
            throw explain(explain(error, master: configuration.master), configuration)
        }
        if configuration.up { try setUp(configuration) }
    }

    /// Says which end's name is taken, and where.
    private func explain(_ error: VTEPError, _ configuration: VethConfiguration) -> VTEPError {
        let peer = configuration.peerName
        if configuration.peerNamespace == .current { return explain(error, newNames: configuration.name, peer) }
        guard error.kind == .exists, (try? connection.link(named: configuration.name)) == nil else {
            return explain(error, newNames: configuration.name)
        }
        var error = error
        error.reason = "\"\(peer)\" exists already in \(configuration.peerNamespace)"
        error.remedy = "choose another name for the peer"
        return error
    }

    /// A veth refuses to go up before its peer exists (ENOTCONN), so that this cannot be part of the first request.
    private func setUp(_ configuration: VethConfiguration) throws(VTEPError) {
        do {
            try setLink(configuration.name, up: true)
            if configuration.peerNamespace == .current {
                try setLink(configuration.peerName, up: true)
            } else {
                try Host(in: configuration.peerNamespace).setLink(configuration.peerName, up: true)
            }
        } catch {
            try? deleteLink(configuration.name, kind: .veth)  // nothing half done
            throw error
        }
    }
}
