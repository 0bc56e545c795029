public import CVTEP
internal import VTEP

extension vtep_neighbour_filter: InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_NEIGHBOUR_FILTER_HAS_ORIGIN) << 1) - 1 }
    var reservedIsZero: Bool { isZero(reserved) }
}

extension Arguments {
    fileprivate func filter(_ pointer: UnsafePointer<vtep_neighbour_filter>?) throws(VTEPError) -> NeighbourFilter {
        var filter = NeighbourFilter()
        guard let pointer = unsafe pointer else { return filter }
        let input = try unsafe self.input(pointer, "filter")
        if input.has.sets(VTEP_NEIGHBOUR_FILTER_HAS_STATES) { filter.states = NeighbourState(rawValue: input.states) }
        if input.has.sets(VTEP_NEIGHBOUR_FILTER_HAS_ORIGIN) { filter.origin = RouteOrigin(rawValue: input.origin) }
        filter.family = try family(input.family)
        filter.proxies = try truth(input.proxies, "proxies")
        if input.prefix.address.family != 0 { filter.prefix = try prefix(input.prefix, "prefix") }
        return filter
    }
}

@c @implementation
public func vtep_host_neighbour_flush(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ filter: UnsafePointer<vtep_neighbour_filter>?,
    _ deleted: UnsafeMutablePointer<UInt32>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("flush neighbours", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let name = try unsafe arguments.optionalLinkName(name, "name")
        let count = try unsafe handle.host.flushNeighbours(of: name, arguments.filter(filter))
        unsafe deleted?.pointee = UInt32(clamping: count)
    }
}
