public import CVTEP
internal import VTEP

extension vtep_underlay_options: @unsafe InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_UNDERLAY_HAS_SOCKET_BUFFER) << 1) - 1 }
    var reservedIsZero: Bool { unsafe isZero(reserved) }
}

extension vtep_endpoint_options: @unsafe InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_ENDPOINT_HAS_BUSY_POLL) << 1) - 1 }
    var reservedIsZero: Bool { unsafe reserved == 0 }
}

extension Arguments {
    /// What a `vtep_endpoint *` points to is the endpoint itself.
    func endpoint(_ pointer: OpaquePointer?) throws(VTEPError) -> Endpoint {
        try unsafe handle(pointer, "endpoint")
    }

    fileprivate func underlay(
        _ pointer: UnsafePointer<vtep_underlay_options>, _ family: IPAddress.Family, _ name: StaticString
    ) throws(VTEPError) -> UnderlayOptions {
        let input = try unsafe self.input(pointer, name)
        var options = UnderlayOptions(family: family)
        options.localAddress = try unsafe address(input.local, "local")
        options.device = try unsafe optionalLinkName(input.device, "device")
        let has = unsafe input.has
        if has.sets(VTEP_UNDERLAY_HAS_PORT) { options.port = try unsafe number(input.port, "port") }
        if has.sets(VTEP_UNDERLAY_HAS_TRANSMIT_SOCKETS) {
            options.transmitSockets = unsafe Int(input.transmit_sockets)
        }
        if has.sets(VTEP_UNDERLAY_HAS_RECEIVE_SOCKETS) { options.receiveSockets = unsafe Int(input.receive_sockets) }
        if has.sets(VTEP_UNDERLAY_HAS_SOURCE_PORTS) {
            let low: UInt16 = try unsafe number(input.source_port_min, "source_port_min")
            let high: UInt16 = try unsafe number(input.source_port_max, "source_port_max")
            guard low <= high else { throw invalid("source_port_min is above source_port_max") }
            options.sourcePorts = low...high
        }
        if has.sets(VTEP_UNDERLAY_HAS_SOCKET_BUFFER) { options.socketBuffer = unsafe Int(input.socket_buffer) }
        options.zeroChecksum = try unsafe truth(input.zero_checksum, "zero_checksum")
        options.acceptZeroChecksumOverIPv6 = try unsafe truth(input.accept_zero6, "accept_zero6")
        if try unsafe truth(input.no_segmentation, "no_segmentation") { options.offloads.remove(.segmentation) }
        if try unsafe truth(input.no_coalescing, "no_coalescing") { options.offloads.remove(.coalescing) }
        if try unsafe truth(input.no_batches, "no_batches") { options.offloads.remove(.batches) }
        return options
    }

    fileprivate func configuration(
        _ pointer: UnsafePointer<vtep_endpoint_options>?
    ) throws(VTEPError) -> EndpointConfiguration {
        let input = try unsafe self.input(pointer, "options")
        var configuration = EndpointConfiguration(underlays: [])
        if let ipv4 = unsafe input.ipv4 { configuration.underlays.append(try unsafe underlay(ipv4, .v4, "ipv4")) }
        if let ipv6 = unsafe input.ipv6 { configuration.underlays.append(try unsafe underlay(ipv6, .v6, "ipv6")) }
        if let engine = unsafe input.engine { try unsafe readSizes(self.input(engine, "engine"), &configuration) }
        if let path = unsafe input.netns {
            configuration.networkNamespace = .path(try unsafe self.path(path, "netns"))
        } else if unsafe input.has.sets(VTEP_ENDPOINT_HAS_NETNS_FD) {
            configuration.networkNamespace = unsafe .descriptor(input.netns_fd)
        }
        if unsafe input.has.sets(VTEP_ENDPOINT_HAS_WORKERS) { configuration.workers = unsafe Int(input.workers) }
        if unsafe input.has.sets(VTEP_ENDPOINT_HAS_BUSY_POLL) { configuration.busyPoll = unsafe input.busy_poll }
        return configuration
    }

    private func readSizes(
        _ options: vtep_engine_options, _ configuration: inout EndpointConfiguration
    ) throws(VTEPError) {
        let has = options.has
        let sizes =
            VTEP_ENGINE_HAS_MAXIMUM_FDB_ENTRIES | VTEP_ENGINE_HAS_MAXIMUM_REMOTES | VTEP_ENGINE_HAS_MAXIMUM_VNIS
            | VTEP_ENGINE_HAS_MAXIMUM_PORTS | VTEP_ENGINE_HAS_MAXIMUM_BINDINGS | VTEP_ENGINE_HAS_MAXIMUM_EVENTS
            | VTEP_ENGINE_HAS_EVENTS_PER_SECOND
        guard has & ~UInt32(sizes) == 0 else {
            throw invalid("\"engine\" sets something that is the endpoint's to choose", "set its sizes only")
        }
        if has.sets(VTEP_ENGINE_HAS_MAXIMUM_FDB_ENTRIES) {
            configuration.maximumFDBEntries = Int(options.maximum_fdb_entries)
        }
        if has.sets(VTEP_ENGINE_HAS_MAXIMUM_REMOTES) { configuration.maximumRemotes = Int(options.maximum_remotes) }
        if has.sets(VTEP_ENGINE_HAS_MAXIMUM_VNIS) { configuration.maximumVNIs = Int(options.maximum_vnis) }
        if has.sets(VTEP_ENGINE_HAS_MAXIMUM_PORTS) { configuration.maximumPorts = Int(options.maximum_ports) }
        if has.sets(VTEP_ENGINE_HAS_MAXIMUM_BINDINGS) { configuration.maximumBindings = Int(options.maximum_bindings) }
        if has.sets(VTEP_ENGINE_HAS_MAXIMUM_EVENTS) { configuration.maximumEvents = Int(options.maximum_events) }
        if has.sets(VTEP_ENGINE_HAS_EVENTS_PER_SECOND) {
            configuration.eventsPerSecond = Int(options.events_per_second)
        }
    }
}

@c @implementation
public func vtep_endpoint_new(
    _ options: UnsafePointer<vtep_endpoint_options>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("make an endpoint", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe Endpoint(arguments.configuration(options))
        }
    }
}

@c @implementation
public func vtep_endpoint_free(_ endpoint: OpaquePointer?) {
    unsafe vtep_endpoint_stop(endpoint)
    unsafe end(endpoint, Endpoint.self)
}
