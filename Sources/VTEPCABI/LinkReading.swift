public import CVTEP
internal import VTEP

extension Arguments {
    /// Reads one link and writes a part of it, if the caller wants it.
    fileprivate func read<Struct: SizedStruct>(
        _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<Struct>?,
        _ part: (Link) throws(VTEPError) -> Struct
    ) throws(VTEPError) {
        let output = try unsafe optionalOutput(out)
        let link = try unsafe self.host(host).host.link(named: linkName(name, "name"))
        let value = try part(link)
        output?.write(value)
    }
}

@c @implementation
public func vtep_host_link_get(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<vtep_link>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("find link", err) { arguments throws(VTEPError) in
        try unsafe arguments.read(host, name, out) { vtep_link($0) }
    }
}

@c @implementation
public func vtep_host_link_statistics(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<vtep_link_statistics>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read the statistics of link", err) { arguments throws(VTEPError) in
        try unsafe arguments.read(host, name, out) { vtep_link_statistics($0.statistics) }
    }
}

@c @implementation
public func vtep_host_vxlan_get(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<vtep_vxlan>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read VXLAN device", err) { arguments throws(VTEPError) in
        try unsafe arguments.read(host, name, out, arguments.vxlan)
    }
}

@c @implementation
public func vtep_host_bridge_get(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<vtep_bridge>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read bridge", err) { arguments throws(VTEPError) in
        try unsafe arguments.read(host, name, out, arguments.bridge)
    }
}

@c @implementation
public func vtep_host_bridge_port_get(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<vtep_bridge_port>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read bridge port", err) { arguments throws(VTEPError) in
        try unsafe arguments.read(host, name, out, arguments.bridgePort)
    }
}

@c @implementation
public func vtep_host_link_get_by_index(
    _ host: OpaquePointer?, _ index: UInt32, _ out: UnsafeMutablePointer<vtep_link>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("find link", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.optionalOutput(out)
        let link = try unsafe arguments.host(host).host.link(index: index)
        output?.write(vtep_link(link))
    }
}
