public import CVTEP
internal import VTEP

@c @implementation
public func vtep_host_routes(
    _ host: OpaquePointer?, _ family: UInt8, _ table: UInt32, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list routes", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            let handle = try unsafe arguments.host(host)
            let family = try arguments.family(family)
            return try unsafe ListHandle(
                reading: RouteFilter(family: family, table: table == 0 ? nil : RouteTable(rawValue: table)),
                of: handle.host)
        }
    }
}

@c @implementation
public func vtep_route_list_count(_ list: OpaquePointer?) -> UInt32 {
    unsafe count(list, of: vtep_route.self)
}

@c @implementation
public func vtep_route_list_get(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_route>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of routes", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        unsafe output.write(try arguments.element(list, i, as: vtep_route.self))
    }
}

@c @implementation
public func vtep_route_list_copy(
    _ list: OpaquePointer?, _ first: UInt32, _ count: UInt32, _ out: UnsafeMutablePointer<vtep_route>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of routes", err) { arguments throws(VTEPError) in
        try unsafe arguments.copy(list, first, count, to: out) { (element: vtep_route) in unsafe element }
    }
}

@c @implementation
public func vtep_route_list_free(_ list: OpaquePointer?) {
    unsafe end(list, ListHandle<vtep_route>.self)
}

@c @implementation
public func vtep_host_route_add(
    _ host: OpaquePointer?, _ route: UnsafePointer<vtep_route>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add route", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.addRoute(arguments.route(route))
    }
}

@c @implementation
public func vtep_host_route_replace(
    _ host: OpaquePointer?, _ route: UnsafePointer<vtep_route>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("replace route", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.replaceRoute(arguments.route(route))
    }
}

@c @implementation
public func vtep_host_route_append(
    _ host: OpaquePointer?, _ route: UnsafePointer<vtep_route>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("append route", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.appendRoute(arguments.route(route))
    }
}

@c @implementation
public func vtep_host_route_update(
    _ host: OpaquePointer?, _ route: UnsafePointer<vtep_route>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("update route", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.updateRoute(arguments.route(route))
    }
}

@c @implementation
public func vtep_host_route_delete(
    _ host: OpaquePointer?, _ route: UnsafePointer<vtep_route>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("delete route", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.deleteRoute(arguments.route(route))
    }
}
