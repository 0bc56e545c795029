public import CVTEP
internal import VTEP

extension vtep_vlan: InputStruct {
    /// The counters are for the way out.
    static var knownBits: UInt32 {
        UInt32(
            VTEP_VLAN_HAS_STATE | VTEP_VLAN_HAS_MULTICAST_ROUTER | VTEP_VLAN_HAS_MAXIMUM_GROUPS
                | VTEP_VLAN_HAS_NEIGHBOUR_SUPPRESSION)
    }
    var reservedIsZero: Bool { isZero(reserved) }

    init(_ entry: BridgeVLAN) {
        self.init()
        let options = entry.options
        state = has.set(VTEP_VLAN_HAS_STATE, to: (options.state?.rawValue).map { UInt32($0) })
        multicast_router = has.set(
            VTEP_VLAN_HAS_MULTICAST_ROUTER, to: (options.multicastRouter?.rawValue).map { UInt32($0) })
        maximum_groups = has.set(VTEP_VLAN_HAS_MAXIMUM_GROUPS, to: options.maximumGroups)
        neighbour_suppression = has.set(
            VTEP_VLAN_HAS_NEIGHBOUR_SUPPRESSION, to: options.neighbourSuppression.map { $0 ? 1 : 0 })
        if let statistics = entry.statistics {
            has.set(VTEP_VLAN_HAS_STATISTICS)
            rx_bytes = statistics.receivedBytes
            rx_packets = statistics.receivedPackets
            tx_bytes = statistics.transmittedBytes
            tx_packets = statistics.transmittedPackets
        }
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
    ) throws(VTEPError) -> (name: String, vlans: ClosedRange<UInt16>, entry: vtep_vlan) {
        let entry = try unsafe input(pointer, "vlans")
        let known = UInt32(VTEP_VLAN_PVID | VTEP_VLAN_UNTAGGED)
        guard entry.flags & ~known == 0 else {
            throw invalid("flags has bits that this library does not know: \(entry.flags & ~known)")
        }
        let name = try handle.host.link(index: linkIndex(entry.link_index)).name
        subject = name
        return (name, try vlans(entry.first, entry.last), entry)
    }
}

@c @implementation
public func vtep_host_vlans(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ statistics: UInt8,
    _ out: UnsafeMutablePointer<OpaquePointer?>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list VLANs", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            let statistics = try arguments.truth(statistics, "statistics")
            let name = try unsafe arguments.optionalLinkName(name, "name")
            return try unsafe ListHandle(arguments.host(host).host.bridgeVLANs(of: name, statistics: statistics))
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
        let (name, vlans, entry) = try unsafe arguments.vlans(vlans, handle)
        try handle.host.addVLANs(
            vlans, to: name, pvid: entry.flags.sets(VTEP_VLAN_PVID), untagged: entry.flags.sets(VTEP_VLAN_UNTAGGED),
            options: arguments.options(entry))
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

extension Arguments {
    fileprivate func options(_ entry: vtep_vlan) throws(VTEPError) -> VLANOptions {
        var options = VLANOptions()
        if entry.has.sets(VTEP_VLAN_HAS_STATE) {
            options.state = BridgePortState(rawValue: try number(entry.state, "state"))
        }
        if entry.has.sets(VTEP_VLAN_HAS_MULTICAST_ROUTER) {
            options.multicastRouter = MulticastRouter(rawValue: try number(entry.multicast_router, "multicast_router"))
        }
        if entry.has.sets(VTEP_VLAN_HAS_MAXIMUM_GROUPS) { options.maximumGroups = entry.maximum_groups }
        if entry.has.sets(VTEP_VLAN_HAS_NEIGHBOUR_SUPPRESSION) {
            options.neighbourSuppression = try truth(entry.neighbour_suppression, "neighbour_suppression")
        }
        return options
    }
}

@c @implementation
public func vtep_host_vlan_set(
    _ host: OpaquePointer?, _ vlans: UnsafePointer<vtep_vlan>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("set VLANs of link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let (name, vlans, entry) = try unsafe arguments.vlans(vlans, handle)
        try handle.host.setVLANs(vlans, of: name, to: arguments.options(entry))
    }
}
