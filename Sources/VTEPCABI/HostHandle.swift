public import CVTEP
internal import VTEP

/// What a `vtep_host *` points to: the one owner of a ``Host``, which cannot be copied.
final class HostHandle {
    let host: Host

    init(in namespace: NetworkNamespace) throws(VTEPError) { host = try Host(in: namespace) }
}

extension Arguments {
    func host(_ pointer: OpaquePointer?) throws(VTEPError) -> HostHandle {
        try unsafe handle(pointer, "host")
    }
}

@c @implementation
public func vtep_host_open(
    _ out: UnsafeMutablePointer<OpaquePointer?>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("open a host", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in try HostHandle(in: .current) }
    }
}

@c @implementation
public func vtep_host_open_path(
    _ path: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("open a host", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe HostHandle(in: .path(arguments.path(path, "path")))
        }
    }
}

@c @implementation
public func vtep_host_open_fd(
    _ fd: Int32, _ out: UnsafeMutablePointer<OpaquePointer?>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("open a host", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in try HostHandle(in: .descriptor(fd)) }
    }
}

@c @implementation
public func vtep_host_open_pid(
    _ pid: Int32, _ out: UnsafeMutablePointer<OpaquePointer?>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("open a host", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in try HostHandle(in: .process(pid)) }
    }
}

@c @implementation
public func vtep_host_close(_ host: OpaquePointer?) {
    unsafe end(host, HostHandle.self)
}
