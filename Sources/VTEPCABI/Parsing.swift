public import CVTEP
internal import VTEP

@c @implementation
public func vtep_mac_parse(
    _ text: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<vtep_mac>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("parse the MAC address", err) { arguments throws(VTEPError) in
        guard let out = unsafe out else { throw arguments.null("out") }
        unsafe out.pointee = try vtep_mac(MACAddress(parsing: arguments.parsable(text)))
    }
}

@c @implementation
public func vtep_ip_parse(
    _ text: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<vtep_ip>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("parse the IP address", err) { arguments throws(VTEPError) in
        guard let out = unsafe out else { throw arguments.null("out") }
        unsafe out.pointee = try vtep_ip(IPAddress(parsing: arguments.parsable(text)))
    }
}

@c @implementation
public func vtep_prefix_parse(
    _ text: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<vtep_prefix>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("parse the IP prefix", err) { arguments throws(VTEPError) in
        guard let out = unsafe out else { throw arguments.null("out") }
        unsafe out.pointee = try vtep_prefix(IPPrefix(parsing: arguments.parsable(text)))
    }
}

@c @implementation
public func vtep_prefix_network(
    _ prefix: UnsafePointer<vtep_prefix>?, _ out: UnsafeMutablePointer<vtep_ip>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("take the network of the IP prefix", err) { arguments throws(VTEPError) in
        guard let out = unsafe out else { throw arguments.null("out") }
        unsafe out.pointee = try vtep_ip(arguments.prefix(prefix, "prefix").network)
    }
}

@c @implementation
public func vtep_prefix_netmask(
    _ prefix: UnsafePointer<vtep_prefix>?, _ out: UnsafeMutablePointer<vtep_ip>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("take the mask of the IP prefix", err) { arguments throws(VTEPError) in
        guard let out = unsafe out else { throw arguments.null("out") }
        unsafe out.pointee = try vtep_ip(arguments.prefix(prefix, "prefix").netmask)
    }
}
