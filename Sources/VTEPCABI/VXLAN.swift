public import CVTEP
internal import VTEP

@c @implementation
public func vtep_host_vxlan_create(
    _ host: OpaquePointer?, _ options: UnsafePointer<vtep_vxlan_options>?, _ out: UnsafeMutablePointer<vtep_link>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("create VXLAN link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let output = try unsafe arguments.optionalOutput(out)
        let options = try unsafe arguments.input(options, "options")
        let configuration = try unsafe VXLANConfiguration(options, &arguments)
        guard let output else { return try handle.host.make(configuration) }
        try output.write(vtep_link(handle.host.createVXLAN(configuration)))
    }
}

@c @implementation
public func vtep_host_vxlan_change(
    _ host: OpaquePointer?, _ options: UnsafePointer<vtep_vxlan_options>?, _ out: UnsafeMutablePointer<vtep_link>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("change VXLAN link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let output = try unsafe arguments.optionalOutput(out)
        let options = try unsafe arguments.input(options, "options")
        let name = try unsafe arguments.linkName(options.name, "name")
        arguments.subject = name
        let link = try handle.host.changeVXLAN(name, unsafe VXLANChange(options, &arguments))
        output?.write(vtep_link(link))
    }
}

@c @implementation
public func vtep_host_vxlan_delete(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ vni: UnsafePointer<UInt32>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("delete VXLAN link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let name = try unsafe arguments.linkName(name, "name")
        var expected: VNI?
        if let vni = unsafe vni { expected = try unsafe VNI(vni.pointee) }
        try handle.host.deleteVXLAN(name, vni: expected)
    }
}
