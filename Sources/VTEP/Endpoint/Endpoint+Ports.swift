internal import VTEPDevice
public import VTEPEngine
internal import VTEPNetlink
public import VTEPWire

extension Endpoint {
    /// Opens a port and makes it part of a VNI: from now on its frames are forwarded. Between several ports of one VNI
    /// the endpoint switches.
    ///
    /// - Throws: ``VTEPError`` of kind `notFound` for the VNI, an interface or a bridge; `noSpace` where there are as many
    ///   ports as the configuration allows; `permissionDenied`; `busy` where somebody else has the TAP or the path, or an
    ///   in-process port is one already;
    ///   `invalidArgument`. The port is closed then.
    @discardableResult
    public func addPort(
        _ port: EndpointPort, to vni: VNI, _ options: EndpointPortOptions = EndpointPortOptions()
    ) throws(VTEPError) -> PortID {
        // Opened first: descriptors that are handed over are closed whatever fails.
        let opened = try open(port)
        var configuration = PortConfiguration()
        configuration.ownAddress = options.ownAddress ?? macAddress(of: port, opened)
        configuration.floodLimit = options.floodLimit
        configuration.floodBurst = options.floodBurst
        configuration.trustsUnderlay = options.trustsUnderlay
        return try add(opened, to: vni, configuration)
    }

    private func add(
        _ port: consuming Port, to vni: VNI, _ configuration: PortConfiguration
    ) throws(VTEPError) -> PortID {
        // A closure may not consume what it captures.
        var port: Port? = consume port
        return try configure { registry throws(VTEPError) in
            guard let opened = port.take() else { throw VTEPError(.system, attempted: "add the port") }
            _ = try registry.segment(vni, attempted: "add the port")
            let id = try pump.add(opened, to: vni, configuration)
            registry.segments[vni]?.ports.append(id)
            return id
        }
    }

    /// Closes a port. FDB entries that point to it go with it.
    ///
    /// - Throws: kind `notFound` where it is not there any more.
    public func removePort(_ port: PortID) throws(VTEPError) {
        try configure { registry throws(VTEPError) in
            try pump.remove(port)
            for vni in registry.segments.keys { registry.segments[vni]?.ports.removeAll { $0 == port } }
        }
    }

    /// The ports of a VNI, in the order in which they were added.
    ///
    /// - Throws: kind `notFound`.
    public func ports(of vni: VNI) throws(VTEPError) -> [PortID] {
        try configure { registry throws(VTEPError) in
            try registry.segment(vni, attempted: "list the ports").ports
        }
    }

    /// A TAP's name, such as the one that the kernel picked; `nil` for a port that is no interface.
    ///
    /// - Throws: kind `notFound`.
    public func interface(of port: PortID) throws(VTEPError) -> String? {
        try configure { _ throws(VTEPError) in try pump.interface(of: port) }
    }
}

extension Pump {
    fileprivate func interface(of port: PortID) throws(VTEPError) -> String? {
        if let name = withPort(port, { $0.interface }) { return name }
        throw VTEPError(.notFound, attempted: "ask for the port's interface", subject: "\(port.rawValue)")
    }
}

// MARK: - Opening

extension Endpoint {
    private func open(_ port: EndpointPort) throws(VTEPError) -> Port {
        switch port {
        case .tap(let configuration): return .tap(try openTAP(configuration))
        case .adoptedTAP(let descriptors, let offloads):
            return .tap(try TAP(adopting: descriptors, offloads: offloads))
        case .stream(let options): return .stream(try StreamPort(options))
        case .adoptedStream(let descriptor): return .stream(try StreamPort(adopting: descriptor))
        case .datagram(let path, let peer): return .datagram(try DatagramPort(path: path, peer: peer))
        case .adoptedDatagram(let descriptor): return .datagram(try DatagramPort(adopting: descriptor))
        case .packet(let options):
            return .packet(
                try namespace.withDescriptor(attempted: "open the packet port") { netns throws(VTEPError) in
                    try PacketPort(options, netns: netns)
                })
        case .inProcess(let port): return .inProcess(port)
        }
    }

    /// The interface's address, where the port has one and this process may look.
    private func macAddress(of port: EndpointPort, _ opened: borrowing Port) -> MACAddress? {
        let name: String?
        if case .packet(let options) = port { name = options.interface } else { name = opened.interface }
        guard let name, let host = try? Host(in: namespace) else { return nil }
        return try? host.link(named: name).macAddress
    }
}
