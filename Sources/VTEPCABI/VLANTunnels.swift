public import CVTEP
internal import VTEP

extension vtep_vlan_tunnel: InputStruct {
    static var knownBits: UInt32 { 0 }
    var reservedIsZero: Bool { true }

    init(_ tunnel: VLANTunnel) {
        self.init()
        link_index = tunnel.linkIndex
        first = UInt32(tunnel.vlans.lowerBound)
        last = UInt32(tunnel.vlans.upperBound)
        first_vni = tunnel.firstVNI.rawValue
    }
}

extension Arguments {
    fileprivate mutating func tunnels(
        _ pointer: UnsafePointer<vtep_vlan_tunnel>?, _ handle: HostHandle
    ) throws(VTEPError) -> (name: String, vlans: ClosedRange<UInt16>, firstVNI: VNI) {
        let entry = try unsafe input(pointer, "tunnels")
        let name = try handle.host.link(index: linkIndex(entry.link_index)).name
        subject = name
        return (name, try vlans(entry.first, entry.last), try VNI(entry.first_vni))
    }
}

@c @implementation
public func vtep_host_vlan_tunnels(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list VLAN tunnels", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe ListHandle(arguments.host(host).host.vlanTunnels(of: arguments.optionalLinkName(name, "name")))
        }
    }
}

@c @implementation
public func vtep_vlan_tunnel_list_count(_ list: OpaquePointer?) -> UInt32 {
    unsafe count(list, of: VLANTunnel.self)
}

@c @implementation
public func vtep_vlan_tunnel_list_get(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_vlan_tunnel>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of VLAN tunnels", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        output.write(vtep_vlan_tunnel(try unsafe arguments.element(list, i, as: VLANTunnel.self)))
    }
}

@c @implementation
public func vtep_vlan_tunnel_list_copy(
    _ list: OpaquePointer?, _ first: UInt32, _ count: UInt32, _ out: UnsafeMutablePointer<vtep_vlan_tunnel>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of VLAN tunnels", err) { arguments throws(VTEPError) in
        try unsafe arguments.copy(list, first, count, to: out) { (element: VLANTunnel) in vtep_vlan_tunnel(element) }
    }
}

@c @implementation
public func vtep_vlan_tunnel_list_free(_ list: OpaquePointer?) {
    unsafe end(list, ListHandle<VLANTunnel>.self)
}

@c @implementation
public func vtep_host_vlan_tunnel_add(
    _ host: OpaquePointer?, _ tunnels: UnsafePointer<vtep_vlan_tunnel>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add VLAN tunnels to link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let entry = try unsafe arguments.tunnels(tunnels, handle)
        try handle.host.addVLANTunnels(entry.vlans, firstVNI: entry.firstVNI, to: entry.name)
    }
}

@c @implementation
public func vtep_host_vlan_tunnel_delete(
    _ host: OpaquePointer?, _ tunnels: UnsafePointer<vtep_vlan_tunnel>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("delete VLAN tunnels of link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let entry = try unsafe arguments.tunnels(tunnels, handle)
        try handle.host.deleteVLANTunnels(entry.vlans, from: entry.name)
    }
}
