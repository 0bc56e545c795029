public import CVTEP
internal import VTEP

extension vtep_route_lookup: InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_ROUTE_LOOKUP_HAS_FLOW_LABEL) << 1) - 1 }
    var reservedIsZero: Bool { isZero(reserved) }
}

extension Arguments {
    fileprivate func lookup(_ pointer: UnsafePointer<vtep_route_lookup>?) throws(VTEPError) -> RouteLookup {
        let input = try unsafe self.input(pointer, "lookup")
        guard let destination = try address(input.destination, "destination") else {
            throw invalid("the lookup has no destination: its family is 0")
        }
        var lookup = RouteLookup(destination)
        let has = input.has
        lookup.source = try address(input.source, "source")
        if input.input_link_index != 0 { lookup.inputLinkIndex = input.input_link_index }
        if input.output_link_index != 0 { lookup.outputLinkIndex = input.output_link_index }
        if has.sets(VTEP_ROUTE_LOOKUP_HAS_MARK) { lookup.mark = input.mark }
        if has.sets(VTEP_ROUTE_LOOKUP_HAS_USER) { lookup.user = input.user }
        if has.sets(VTEP_ROUTE_LOOKUP_HAS_PROTOCOL) { lookup.ipProtocol = input.protocol }
        if has.sets(VTEP_ROUTE_LOOKUP_HAS_SOURCE_PORT) {
            lookup.sourcePort = try number(input.source_port, "source_port")
        }
        if has.sets(VTEP_ROUTE_LOOKUP_HAS_DESTINATION_PORT) {
            lookup.destinationPort = try number(input.destination_port, "destination_port")
        }
        if has.sets(VTEP_ROUTE_LOOKUP_HAS_FLOW_LABEL) { lookup.flowLabel = input.flow_label }
        lookup.typeOfService = input.tos
        lookup.matchesTable = try truth(input.match_table, "match_table")
        return lookup
    }
}

@c @implementation
public func vtep_host_route_find(
    _ host: OpaquePointer?, _ lookup: UnsafePointer<vtep_route_lookup>?,
    _ out: UnsafeMutablePointer<OpaquePointer?>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("find a route", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe ListHandle(routes: [arguments.host(host).host.route(arguments.lookup(lookup))])
        }
    }
}
