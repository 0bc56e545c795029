public import CVTEP
internal import VTEP

extension vtep_fdb_filter: InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_FDB_FILTER_HAS_VLAN) << 1) - 1 }
    var reservedIsZero: Bool { isZero(reserved) }
}

extension Arguments {
    fileprivate func filter(_ pointer: UnsafePointer<vtep_fdb_filter>?) throws(VTEPError) -> FDBFilter {
        guard let pointer = unsafe pointer else { return FDBFilter() }
        let input = try unsafe self.input(pointer, "filter")
        var filter = FDBFilter(table: try truth(input.master, "master") ? .master : .own)
        if input.has.sets(VTEP_FDB_FILTER_HAS_VNI) { filter.vni = try VNI(input.vni) }
        if input.has.sets(VTEP_FDB_FILTER_HAS_SOURCE_VNI) { filter.sourceVNI = try VNI(input.source_vni) }
        if input.has.sets(VTEP_FDB_FILTER_HAS_PORT) { filter.port = try number(input.port, "port") }
        if input.has.sets(VTEP_FDB_FILTER_HAS_VLAN) { filter.vlan = try number(input.vlan, "vlan") }
        if input.port_link_index != 0 { filter.portIndex = input.port_link_index }
        if input.next_hop_id != 0 { filter.nextHopID = input.next_hop_id }
        filter.destination = try address(input.destination, "destination")
        filter.state = NeighbourState(rawValue: input.state)
        filter.stateMask = NeighbourState(rawValue: input.state_mask)
        filter.flags = NeighbourFlags(rawValue: input.flags)
        filter.flagsMask = NeighbourFlags(rawValue: input.flags_mask)
        return filter
    }
}

@c @implementation
public func vtep_host_fdb_flush(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ filter: UnsafePointer<vtep_fdb_filter>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("flush FDB of link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let name = try unsafe arguments.linkName(name, "name")
        arguments.subject = name
        try unsafe handle.host.flushFDB(of: name, arguments.filter(filter))
    }
}
