public import CVTEP
internal import VTEP
internal import VTEPEngine

@c @implementation
public func vtep_engine_binding_set(
    _ engine: OpaquePointer?, _ vni: UInt32, _ address: UnsafePointer<vtep_ip>?, _ mac: UnsafePointer<vtep_mac>?,
    _ router: UInt8, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("set the neighbour binding", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.engine(engine)
        try unsafe handle.engine.setBinding(
            arguments.address(address, "address"), to: arguments.mac(mac, "mac"),
            isRouter: arguments.truth(router, "router"), in: VNI(vni))
    }
}

@c @implementation
public func vtep_engine_binding_get(
    _ engine: OpaquePointer?, _ vni: UInt32, _ address: UnsafePointer<vtep_ip>?,
    _ mac: UnsafeMutablePointer<vtep_mac>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("find the neighbour binding", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.engine(engine)
        guard let mac = unsafe mac else { throw arguments.null("mac") }
        let address = try unsafe arguments.address(address, "address")
        guard let station = try handle.engine.binding(of: address, in: VNI(vni)) else {
            throw VTEPError(
                .notFound, attempted: "find the neighbour binding", subject: "\(address)",
                reason: "VNI \(vni) has no such binding")
        }
        unsafe mac.pointee = vtep_mac(station)
    }
}

@c @implementation
public func vtep_engine_binding_remove(
    _ engine: OpaquePointer?, _ vni: UInt32, _ address: UnsafePointer<vtep_ip>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("remove the neighbour binding", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.engine(engine)
        try handle.engine.removeBinding(try unsafe arguments.address(address, "address"), from: VNI(vni))
    }
}
