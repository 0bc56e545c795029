public import CVTEP
internal import VTEP

@c @implementation
public func vtep_host_bridge_create(
    _ host: OpaquePointer?, _ options: UnsafePointer<vtep_bridge_options>?, _ out: UnsafeMutablePointer<vtep_link>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("create bridge", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let output = try unsafe arguments.optionalOutput(out)
        let options = try unsafe arguments.input(options, "options")
        let configuration = try unsafe BridgeConfiguration(options, &arguments)
        guard let output else { return try handle.host.make(configuration) }
        try output.write(vtep_link(handle.host.createBridge(configuration)))
    }
}

@c @implementation
public func vtep_host_bridge_change(
    _ host: OpaquePointer?, _ options: UnsafePointer<vtep_bridge_options>?, _ out: UnsafeMutablePointer<vtep_link>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("change bridge", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let output = try unsafe arguments.optionalOutput(out)
        let options = try unsafe arguments.input(options, "options")
        let name = try unsafe arguments.linkName(options.name, "name")
        arguments.subject = name
        let link = try handle.host.changeBridge(name, unsafe BridgeOptions(change: options, arguments))
        output?.write(vtep_link(link))
    }
}

@c @implementation
public func vtep_host_bridge_status(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<vtep_bridge_status>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read the status of bridge", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let handle = try unsafe arguments.host(host)
        output.write(vtep_bridge_status(try unsafe handle.host.bridgeStatus(of: arguments.linkName(name, "name"))))
    }
}

@c @implementation
public func vtep_host_bridge_flush(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("flush bridge", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.flushBridge(arguments.linkName(name, "name"))
    }
}

@c @implementation
public func vtep_host_bridge_delete(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("delete bridge", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.deleteBridge(arguments.linkName(name, "name"))
    }
}

@c @implementation
public func vtep_host_bridge_ports(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list ports of bridge", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe ListHandle(arguments.host(host).host.bridgePorts(of: arguments.linkName(name, "name")))
        }
    }
}
