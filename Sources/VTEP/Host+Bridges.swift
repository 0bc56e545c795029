public import VTEPNetlink
public import VTEPWire

/// A bridge to be made (`ip link add … type bridge`, `brctl addbr`). `nil` leaves the kernel's default.
public struct BridgeConfiguration: Hashable, Sendable {
    /// 1…15 bytes without `/`, `:`, `%` or white space.
    public var name: String
    /// Run the kernel's spanning tree (kernel's default: no).
    public var stp: Bool?
    /// Hundredths of a second, 200…3000 while the spanning tree runs.
    public var forwardDelay: UInt32?
    /// Hundredths of a second until a learnt FDB entry goes.
    public var ageingTime: UInt32?
    public var priority: UInt16?
    /// IGMP and MLD snooping (kernel's default: yes).
    public var multicastSnooping: Bool?
    public var macAddress: MACAddress?
    /// Bytes, 68…65535.
    public var mtu: UInt32?
    /// Set the bridge up in the same request.
    public var up: Bool = false

    public init(name: String) { self.name = name }
}

extension Host {
    /// Makes a bridge in one request and reads it back.
    ///
    /// - Throws: kind `invalidArgument`; `exists`, saying what holds the name; `permissionDenied`.
    @discardableResult
    public func createBridge(_ configuration: BridgeConfiguration) throws(VTEPError) -> Link {
        try make(configuration)
        return try find(configuration.name, attempted: "read back bridge")
    }

    /// The same for a caller who does not want to read it back.
    package func make(_ configuration: BridgeConfiguration) throws(VTEPError) {
        let name = configuration.name
        let attempted: StaticString = "create bridge"
        try checkLinkName(name, attempted: attempted)
        if let address = configuration.macAddress { try checkMAC(address, of: name, attempted: attempted) }
        try checkNewMTU(configuration.mtu, of: name, attempted: attempted)
        if configuration.stp == true, let delay = configuration.forwardDelay, !(200...3000).contains(delay) {
            throw VTEPError(
                .invalidArgument, attempted: "\(attempted)", subject: name,
                reason: "with the spanning tree on, the forward delay \(delay) is outside 200...3000")
        }
        var link = NewLink(name: name)
        link.properties.up = configuration.up ? true : nil
        link.properties.mtu = configuration.mtu
        link.properties.macAddress = configuration.macAddress
        do {
            try connection.create(link, bridge: NewBridge(configuration), Purpose(attempted, name))
        } catch {
            throw explain(error, newNames: name)
        }
    }

    /// Deletes a bridge, and only that. Its ports stay, without a master.
    ///
    /// - Throws: kind `notFound`; `foreign` where the link is no bridge.
    public func deleteBridge(_ name: String) throws(VTEPError) {
        try deleteLink(name, kind: .bridge)
    }

    /// The ports of a bridge (`brctl show NAME`).
    public func bridgePorts(of name: String) throws(VTEPError) -> [Link] {
        let bridge = try find(name, attempted: "list ports of bridge")
        guard bridge.kind == .bridge else {
            throw VTEPError(
                .invalidArgument, attempted: "list ports of bridge", subject: name, reason: "it is \(bridge.summary)")
        }
        return try connection.links(masterIndex: bridge.index)
    }
}

extension NewBridge {
    fileprivate init(_ configuration: BridgeConfiguration) {
        self.init()
        stp = configuration.stp
        forwardDelay = configuration.forwardDelay
        ageingTime = configuration.ageingTime
        priority = configuration.priority
        multicastSnooping = configuration.multicastSnooping
    }
}
