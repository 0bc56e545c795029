public import CVTEP
internal import VTEP

@c @implementation
public func vtep_host_remote_append(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ remote: UnsafePointer<vtep_ip>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("append remote to VXLAN link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let name = try unsafe arguments.linkName(name, "name")
        arguments.subject = name
        let remote = try unsafe arguments.address(remote, "remote")
        try handle.host.appendRemote(remote, to: name)
    }
}

@c @implementation
public func vtep_host_remote_delete(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ remote: UnsafePointer<vtep_ip>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("delete remote of VXLAN link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let name = try unsafe arguments.linkName(name, "name")
        arguments.subject = name
        let remote = try unsafe arguments.address(remote, "remote")
        try handle.host.deleteRemote(remote, from: name)
    }
}

@c @implementation
public func vtep_host_remotes(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list remotes", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe ListHandle(arguments.host(host).host.remotes(of: arguments.linkName(name, "name")))
        }
    }
}

@c @implementation
public func vtep_remote_list_count(_ list: OpaquePointer?) -> UInt32 {
    unsafe count(list, of: IPAddress.self)
}

@c @implementation
public func vtep_remote_list_get(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_ip>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of remotes", err) { arguments throws(VTEPError) in
        guard let out = unsafe out else { throw arguments.null("out") }
        unsafe out.pointee = try vtep_ip(arguments.element(list, i, as: IPAddress.self))
    }
}

@c @implementation
public func vtep_remote_list_copy(
    _ list: OpaquePointer?, _ first: UInt32, _ count: UInt32, _ out: UnsafeMutablePointer<vtep_ip>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of remotes", err) { arguments throws(VTEPError) in
        let list: ListHandle<IPAddress> = try unsafe arguments.handle(list, "list")
        try arguments.checkRange(first, count, of: list.elements.count)
        if count == 0 { return }
        guard let out = unsafe out else { throw arguments.null("out") }
        for position in 0..<Int(count) { unsafe out[position] = vtep_ip(list.elements[Int(first) + position]) }
    }
}

@c @implementation
public func vtep_remote_list_free(_ list: OpaquePointer?) {
    unsafe end(list, ListHandle<IPAddress>.self)
}
