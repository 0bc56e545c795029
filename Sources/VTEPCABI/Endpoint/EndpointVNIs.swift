public import CVTEP
internal import VTEP

@c @implementation
public func vtep_endpoint_vni_add(
    _ endpoint: OpaquePointer?, _ vni: UInt32, _ policy: UnsafePointer<vtep_vni_policy>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add the VNI", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.endpoint(endpoint)
        arguments.subject = "\(vni)"
        try endpoint.addVNI(VNI(vni), policy: try unsafe arguments.policy(policy))
    }
}

@c @implementation
public func vtep_endpoint_vni_set_policy(
    _ endpoint: OpaquePointer?, _ vni: UInt32, _ policy: UnsafePointer<vtep_vni_policy>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("change the VNI's policy", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.endpoint(endpoint)
        arguments.subject = "\(vni)"
        try endpoint.setPolicy(try unsafe arguments.policy(policy), of: VNI(vni))
    }
}

@c @implementation
public func vtep_endpoint_vni_remove(
    _ endpoint: OpaquePointer?, _ vni: UInt32, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("remove the VNI", err) { arguments throws(VTEPError) in
        try unsafe arguments.endpoint(endpoint).removeVNI(VNI(vni))
    }
}
