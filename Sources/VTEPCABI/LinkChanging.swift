public import CVTEP
internal import VTEP

extension Arguments {
    /// Changes the link of that name.
    fileprivate mutating func change(
        _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?,
        _ change: (inout Arguments, borrowing Host, String) throws(VTEPError) -> Void
    ) throws(VTEPError) {
        let handle = try unsafe self.host(host)
        let name = try unsafe linkName(name, "name")
        subject = name
        try change(&self, handle.host, name)
    }
}

@c @implementation
public func vtep_host_link_set_up(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ up: UInt8,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("set link up or down", err) { arguments throws(VTEPError) in
        try unsafe arguments.change(host, name) { arguments, host, name throws(VTEPError) in
            try host.setLink(name, up: arguments.truth(up, "up"))
        }
    }
}

@c @implementation
public func vtep_host_link_set_mtu(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ mtu: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("set MTU of link", err) { arguments throws(VTEPError) in
        try unsafe arguments.change(host, name) { _, host, name throws(VTEPError) in
            try host.setMTU(of: name, to: mtu)
        }
    }
}

@c @implementation
public func vtep_host_link_set_mac(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ mac: UnsafePointer<vtep_mac>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("set MAC address of link", err) { arguments throws(VTEPError) in
        try unsafe arguments.change(host, name) { arguments, host, name throws(VTEPError) in
            try unsafe host.setMACAddress(of: name, to: arguments.mac(mac, "mac"))
        }
    }
}

@c @implementation
public func vtep_host_link_rename(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ newName: UnsafePointer<CChar>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("rename link", err) { arguments throws(VTEPError) in
        try unsafe arguments.change(host, name) { arguments, host, name throws(VTEPError) in
            try unsafe host.renameLink(name, to: arguments.linkName(newName, "new_name"))
        }
    }
}

@c @implementation
public func vtep_host_link_set_master(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ master: UnsafePointer<CChar>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("set master of link", err) { arguments throws(VTEPError) in
        try unsafe arguments.change(host, name) { arguments, host, name throws(VTEPError) in
            try unsafe host.setMaster(of: name, to: arguments.optionalLinkName(master, "master"))
        }
    }
}

@c @implementation
public func vtep_host_link_move_path(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ path: UnsafePointer<CChar>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("move link", err) { arguments throws(VTEPError) in
        try unsafe arguments.change(host, name) { arguments, host, name throws(VTEPError) in
            try unsafe host.moveLink(name, to: .path(arguments.path(path, "path")))
        }
    }
}

@c @implementation
public func vtep_host_link_move_fd(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ fd: Int32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("move link", err) { arguments throws(VTEPError) in
        try unsafe arguments.change(host, name) { _, host, name throws(VTEPError) in
            try host.moveLink(name, to: .descriptor(fd))
        }
    }
}

@c @implementation
public func vtep_host_link_move_pid(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ pid: Int32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("move link", err) { arguments throws(VTEPError) in
        try unsafe arguments.change(host, name) { _, host, name throws(VTEPError) in
            try host.moveLink(name, to: .process(pid))
        }
    }
}

@c @implementation
public func vtep_host_link_delete(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ kind: UnsafePointer<CChar>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("delete link", err) { arguments throws(VTEPError) in
        try unsafe arguments.change(host, name) { arguments, host, name throws(VTEPError) in
            try unsafe host.deleteLink(name, kind: arguments.kind(kind))
        }
    }
}
