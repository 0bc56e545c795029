public import CVTEP
internal import VTEP

extension vtep_vlan: InputStruct {
    static var knownBits: UInt32 { 0 }
    var reservedIsZero: Bool { true }

    init(_ entry: BridgeVLAN) {
        self.init()
        link_index = entry.linkIndex
        first = UInt32(entry.vlans.lowerBound)
        last = UInt32(entry.vlans.upperBound)
        flags.set(VTEP_VLAN_PVID, where: entry.isPVID)
        flags.set(VTEP_VLAN_UNTAGGED, where: entry.untagged)
    }
}

extension Arguments {
    func vlans(_ first: UInt32, _ last: UInt32) throws(VTEPError) -> ClosedRange<UInt16> {
        let lower: UInt16 = try number(first, "first")
        let upper: UInt16 = try number(last, "last")
        guard lower <= upper else { throw invalid("the first VLAN \(lower) is above the last, \(upper)") }
        return lower...upper
    }

    fileprivate mutating func vlans(
        _ pointer: UnsafePointer<vtep_vlan>?, _ handle: HostHandle
    ) throws(VTEPError) -> (name: String, vlans: ClosedRange<UInt16>, flags: UInt32) {
        let entry = try unsafe input(pointer, "vlans")
        let known = UInt32(VTEP_VLAN_PVID | VTEP_VLAN_UNTAGGED)
        guard entry.flags & ~known == 0 else {
            throw invalid("flags has bits that this library does not know: \(entry.flags & ~known)")
        }
        let name = try handle.host.link(index: linkIndex(entry.link_index)).name
        subject = name
        return (name, try vlans(entry.first, entry.last), entry.flags)
    }
}

@c @implementation
public func vtep_host_vlans(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list VLANs", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe ListHandle(arguments.host(host).host.bridgeVLANs(of: arguments.optionalLinkName(name, "name")))
        }
    }
}

@c @implementation
public func vtep_vlan_list_count(_ list: OpaquePointer?) -> UInt32 {
    unsafe count(list, of: BridgeVLAN.self)
}

@c @implementation
public func vtep_vlan_list_get(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_vlan>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of VLANs", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        output.write(vtep_vlan(try unsafe arguments.element(list, i, as: BridgeVLAN.self)))
    }
}

@c @implementation
public func vtep_vlan_list_copy(
    _ list: OpaquePointer?, _ first: UInt32, _ count: UInt32, _ out: UnsafeMutablePointer<vtep_vlan>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of VLANs", err) { arguments throws(VTEPError) in
        try unsafe arguments.copy(list, first, count, to: out) { (element: BridgeVLAN) in vtep_vlan(element) }
    }
}

@c @implementation
public func vtep_vlan_list_free(_ list: OpaquePointer?) {
    unsafe end(list, ListHandle<BridgeVLAN>.self)
}

@c @implementation
public func vtep_host_vlan_add(
    _ host: OpaquePointer?, _ vlans: UnsafePointer<vtep_vlan>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add VLANs to link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let entry = try unsafe arguments.vlans(vlans, handle)
        try handle.host.addVLANs(
            entry.vlans, to: entry.name, pvid: entry.flags.sets(VTEP_VLAN_PVID),
            untagged: entry.flags.sets(VTEP_VLAN_UNTAGGED))
    }
}

@c @implementation
public func vtep_host_vlan_delete(
    _ host: OpaquePointer?, _ vlans: UnsafePointer<vtep_vlan>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("delete VLANs of link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let entry = try unsafe arguments.vlans(vlans, handle)
        try handle.host.deleteVLANs(entry.vlans, from: entry.name)
    }
}
