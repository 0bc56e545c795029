public import CVTEP
internal import VTEP

extension vtep_endpoint_port_options: @unsafe InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_ENDPOINT_PORT_HAS_QUEUES) << 1) - 1 }
    var reservedIsZero: Bool { true }
}

extension vtep_port_statistics: SizedStruct {
    fileprivate init(_ statistics: PortStatistics) {
        self.init()
        congested = statistics.congested
        oversized = statistics.oversized
        refused = statistics.refused
        violations = statistics.violations
        connections = statistics.connections
    }
}

extension Arguments {
    fileprivate func port(
        _ input: vtep_endpoint_port_options, _ adopted: inout AdoptedDescriptors
    ) throws(VTEPError) -> EndpointPort {
        switch unsafe Int(input.kind) {
        case VTEP_ENDPOINT_PORT_TAP: return .tap(try unsafe tap(input))
        case VTEP_ENDPOINT_PORT_TAP_FDS:
            adopted = try unsafe AdoptedDescriptors(input, 256, self)
            let offloads = try unsafe self.offloads(input)
            return .adoptedTAP(try adopted.copies(self), offloads: offloads)
        case VTEP_ENDPOINT_PORT_STREAM:
            let isClient = try unsafe truth(input.client, "client")
            let path = try unsafe self.path(input.name, "name")
            return .stream(UnixSocketOptions(path: path, role: isClient ? .client : .server))
        case VTEP_ENDPOINT_PORT_STREAM_FD:
            adopted = try unsafe AdoptedDescriptors(input, 1, self)
            return .adoptedStream(try adopted.copies(self)[0])
        case VTEP_ENDPOINT_PORT_DATAGRAM:
            return .datagram(path: try unsafe path(input.name, "name"), peer: try unsafe path(input.peer, "peer"))
        case VTEP_ENDPOINT_PORT_DATAGRAM_FD:
            adopted = try unsafe AdoptedDescriptors(input, 1, self)
            return .adoptedDatagram(try adopted.copies(self)[0])
        case VTEP_ENDPOINT_PORT_PACKET:
            var options = PacketPortOptions(interface: try unsafe linkName(input.name, "name"))
            options.promiscuous = try unsafe !truth(input.not_promiscuous, "not_promiscuous")
            options.offloads = try unsafe offloads(input)
            return .packet(options)
        case VTEP_ENDPOINT_PORT_MEMORY: return .inProcess(try unsafe handle(input.memory, "memory"))
        default: throw unsafe invalid("kind is \(input.kind); VTEP_ENDPOINT_PORT_* are possible")
        }
    }

    private func tap(_ input: vtep_endpoint_port_options) throws(VTEPError) -> TAPConfiguration {
        var tap = TAPConfiguration(name: try unsafe optionalLinkName(input.name, "name") ?? "")
        let has = unsafe input.has
        if has.sets(VTEP_ENDPOINT_PORT_HAS_QUEUES) { tap.queues = unsafe Int(input.queues) }
        tap.offloads = try unsafe offloads(input)
        if has.sets(VTEP_ENDPOINT_PORT_HAS_MAC) { tap.macAddress = unsafe MACAddress(input.mac) }
        if has.sets(VTEP_ENDPOINT_PORT_HAS_MTU) { tap.mtu = unsafe input.mtu }
        tap.master = try unsafe optionalLinkName(input.master, "master")
        tap.up = try unsafe !truth(input.down, "down")
        let count = unsafe input.address_count
        guard count <= 1024 else { throw invalid("address_count is \(count); 1024 are possible") }
        guard let addresses = unsafe input.addresses else {
            if count > 0 { throw null("addresses") }
            return tap
        }
        for index in 0..<Int(count) { tap.addresses.append(try unsafe prefix(addresses[index], "addresses")) }
        return tap
    }

    private func offloads(_ input: vtep_endpoint_port_options) throws(VTEPError) -> PortOffloads {
        guard unsafe input.has.sets(VTEP_ENDPOINT_PORT_HAS_OFFLOADS) else { return .all }
        let bits = unsafe input.offloads
        guard bits < UInt32(VTEP_OFFLOAD_ECN) << 1 else {
            throw invalid("offloads is \(bits); VTEP_OFFLOAD_* are possible")
        }
        guard bits.sets(VTEP_OFFLOAD_TCP4) == bits.sets(VTEP_OFFLOAD_TCP6) else {
            throw invalid("VTEP_OFFLOAD_TCP4 and VTEP_OFFLOAD_TCP6 come together")
        }
        var offloads = PortOffloads.none
        if bits.sets(VTEP_OFFLOAD_CHECKSUM) { offloads.formUnion(.checksum) }
        if bits.sets(VTEP_OFFLOAD_TCP4) { offloads.formUnion(.tcp) }
        if bits.sets(VTEP_OFFLOAD_ECN) { offloads.formUnion(.ecn) }
        if bits.sets(VTEP_OFFLOAD_UDP) { offloads.formUnion(.udp) }
        return offloads
    }
}

@c @implementation
public func vtep_endpoint_port_add(
    _ endpoint: OpaquePointer?, _ vni: UInt32, _ options: UnsafePointer<vtep_endpoint_port_options>?,
    _ port: UnsafeMutablePointer<UInt32>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add a port to the VNI", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.endpoint(endpoint)
        arguments.subject = "\(vni)"
        let input = try unsafe arguments.input(options, "options")
        var settings = EndpointPortOptions()
        settings.floodLimit = unsafe input.flood_limit
        settings.floodBurst = unsafe input.flood_burst
        settings.trustsUnderlay = try unsafe arguments.truth(input.trusts_underlay, "trusts_underlay")
        if unsafe input.has.sets(VTEP_ENDPOINT_PORT_HAS_OWN_MAC) {
            settings.ownAddress = unsafe MACAddress(input.own_mac)
        }
        let vni = try VNI(vni)
        var adopted = AdoptedDescriptors()
        let number = try endpoint.addPort(try unsafe arguments.port(input, &adopted), to: vni, settings)
        adopted.closeCallers()
        unsafe port?.pointee = number.rawValue
    }
}

@c @implementation
public func vtep_endpoint_port_remove(
    _ endpoint: OpaquePointer?, _ port: UInt32, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("remove the port", err) { arguments throws(VTEPError) in
        try unsafe arguments.endpoint(endpoint).removePort(PortID(rawValue: port))
    }
}

@c @implementation
public func vtep_endpoint_port_interface(
    _ endpoint: OpaquePointer?, _ port: UInt32, _ name: UnsafeMutablePointer<CChar>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe format("ask for the port's interface", name, capacity, err) { arguments throws(VTEPError) in
        try unsafe arguments.endpoint(endpoint).interface(of: PortID(rawValue: port)) ?? ""
    }
}

@c @implementation
public func vtep_endpoint_port_statistics(
    _ endpoint: OpaquePointer?, _ port: UInt32, _ out: UnsafeMutablePointer<vtep_port_statistics>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read the port's counters", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.endpoint(endpoint)
        let output = try unsafe arguments.output(out)
        output.write(vtep_port_statistics(try endpoint.statistics(of: PortID(rawValue: port))))
    }
}
