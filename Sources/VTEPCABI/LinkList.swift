public import CVTEP
internal import VTEP

@c @implementation
public func vtep_host_links(
    _ host: OpaquePointer?, _ kind: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list links", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe ListHandle(arguments.host(host).host.links(kind: arguments.kind(kind)))
        }
    }
}

@c @implementation
public func vtep_link_list_count(_ list: OpaquePointer?) -> UInt32 {
    unsafe count(list, of: Link.self)
}

@c @implementation
public func vtep_link_list_get(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_link>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of links", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let link = try unsafe arguments.element(list, i, as: Link.self)
        output.write(vtep_link(link))
    }
}

@c @implementation
public func vtep_link_list_statistics(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_link_statistics>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of links", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let link = try unsafe arguments.element(list, i, as: Link.self)
        output.write(vtep_link_statistics(link.statistics))
    }
}

@c @implementation
public func vtep_link_list_vxlan(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_vxlan>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of links", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let link = try unsafe arguments.element(list, i, as: Link.self)
        output.write(try arguments.vxlan(link))
    }
}

@c @implementation
public func vtep_link_list_bridge(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_bridge>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of links", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let link = try unsafe arguments.element(list, i, as: Link.self)
        output.write(try arguments.bridge(link))
    }
}

@c @implementation
public func vtep_link_list_bridge_port(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_bridge_port>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of links", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let link = try unsafe arguments.element(list, i, as: Link.self)
        output.write(try arguments.bridgePort(link))
    }
}

@c @implementation
public func vtep_link_list_copy(
    _ list: OpaquePointer?, _ first: UInt32, _ count: UInt32, _ out: UnsafeMutablePointer<vtep_link>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of links", err) { arguments throws(VTEPError) in
        try unsafe arguments.copy(list, first, count, to: out) { (element: Link) in vtep_link(element) }
    }
}

@c @implementation
public func vtep_link_list_free(_ list: OpaquePointer?) {
    unsafe end(list, ListHandle<Link>.self)
}
