public import CVTEP
internal import VTEP
internal import VTEPEngine

extension vtep_engine_port_options: InputStruct {
    static var knownBits: UInt32 { UInt32(VTEP_ENGINE_PORT_HAS_MAC) }
    var reservedIsZero: Bool { reserved == 0 }
}

extension Arguments {
    fileprivate func port(_ pointer: UnsafePointer<vtep_engine_port_options>?) throws(VTEPError) -> PortConfiguration {
        var port = PortConfiguration()
        guard unsafe pointer != nil else { return port }
        let options = try unsafe input(pointer, "options")
        guard let bits = UInt8(exactly: options.offloads), bits < UInt8(VTEP_OFFLOAD_ECN) << 1 else {
            throw invalid("offloads is \(options.offloads); VTEP_OFFLOAD_* are possible")
        }
        port.offloads = OffloadSupport(rawValue: bits)
        port.floodLimit = options.flood_limit
        port.floodBurst = options.flood_burst
        if options.has.sets(VTEP_ENGINE_PORT_HAS_MAC) { port.ownAddress = MACAddress(options.mac) }
        port.trustsUnderlay = try truth(options.trusts_underlay, "trusts_underlay")
        return port
    }
}

@c @implementation
public func vtep_engine_port_add(
    _ engine: OpaquePointer?, _ vni: UInt32, _ options: UnsafePointer<vtep_engine_port_options>?,
    _ port: UnsafeMutablePointer<UInt32>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add a port to the VNI", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.engine(engine)
        arguments.subject = "\(vni)"
        guard let port = unsafe port else { throw arguments.null("port") }
        let number = try handle.engine.addPort(to: VNI(vni), try unsafe arguments.port(options))
        unsafe port.pointee = number.rawValue
    }
}

@c @implementation
public func vtep_engine_port_configure(
    _ engine: OpaquePointer?, _ port: UInt32, _ options: UnsafePointer<vtep_engine_port_options>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("configure the port", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.engine(engine)
        try handle.engine.configure(PortID(rawValue: port), try unsafe arguments.port(options))
    }
}

@c @implementation
public func vtep_engine_port_remove(
    _ engine: OpaquePointer?, _ port: UInt32, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("remove the port", err) { arguments throws(VTEPError) in
        try unsafe arguments.engine(engine).engine.removePort(PortID(rawValue: port))
    }
}
