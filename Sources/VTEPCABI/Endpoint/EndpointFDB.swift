public import CVTEP
internal import VTEP

@c @implementation
public func vtep_endpoint_fdb_set(
    _ endpoint: OpaquePointer?, _ entry: UnsafePointer<vtep_engine_fdb_entry>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("set the FDB entry", err) { arguments throws(VTEPError) in
        try unsafe arguments.endpoint(endpoint).setFDBEntry(arguments.entry(entry))
    }
}

@c @implementation
public func vtep_endpoint_fdb_append(
    _ endpoint: OpaquePointer?, _ entry: UnsafePointer<vtep_engine_fdb_entry>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("append to the FDB entry", err) { arguments throws(VTEPError) in
        try unsafe arguments.endpoint(endpoint).appendFDBEntry(arguments.entry(entry))
    }
}

@c @implementation
public func vtep_endpoint_fdb_remove(
    _ endpoint: OpaquePointer?, _ vni: UInt32, _ mac: UnsafePointer<vtep_mac>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("remove the FDB entry", err) { arguments throws(VTEPError) in
        try unsafe arguments.endpoint(endpoint).removeFDBEntry(arguments.mac(mac, "mac"), of: VNI(vni))
    }
}

@c @implementation
public func vtep_endpoint_fdb_flush(
    _ endpoint: OpaquePointer?, _ vni: UInt32, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("flush the FDB", err) { arguments throws(VTEPError) in
        try unsafe arguments.endpoint(endpoint).flushLearnt(of: VNI(vni))
    }
}

@c @implementation
public func vtep_endpoint_fdb(
    _ endpoint: OpaquePointer?, _ vni: UInt32, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list the FDB entries", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            let entries = try unsafe arguments.endpoint(endpoint).fdb(of: VNI(vni))
            return ListHandle(entries.flatMap { vtep_engine_fdb_entry.elements($0.entry, idle: $0.idle) })
        }
    }
}

@c @implementation
public func vtep_endpoint_binding_set(
    _ endpoint: OpaquePointer?, _ vni: UInt32, _ address: UnsafePointer<vtep_ip>?, _ mac: UnsafePointer<vtep_mac>?,
    _ router: UInt8, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("set the neighbour binding", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.endpoint(endpoint)
        try unsafe endpoint.setBinding(
            arguments.address(address, "address"), to: arguments.mac(mac, "mac"),
            isRouter: arguments.truth(router, "router"), in: VNI(vni))
    }
}

@c @implementation
public func vtep_endpoint_binding_get(
    _ endpoint: OpaquePointer?, _ vni: UInt32, _ address: UnsafePointer<vtep_ip>?,
    _ mac: UnsafeMutablePointer<vtep_mac>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("find the neighbour binding", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.endpoint(endpoint)
        guard let mac = unsafe mac else { throw arguments.null("mac") }
        let address = try unsafe arguments.address(address, "address")
        guard let station = try endpoint.binding(of: address, in: VNI(vni)) else {
            throw VTEPError(
                .notFound, attempted: "find the neighbour binding", subject: "\(address)",
                reason: "VNI \(vni) has no such binding")
        }
        unsafe mac.pointee = vtep_mac(station)
    }
}

@c @implementation
public func vtep_endpoint_binding_remove(
    _ endpoint: OpaquePointer?, _ vni: UInt32, _ address: UnsafePointer<vtep_ip>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("remove the neighbour binding", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.endpoint(endpoint)
        try endpoint.removeBinding(try unsafe arguments.address(address, "address"), from: VNI(vni))
    }
}
