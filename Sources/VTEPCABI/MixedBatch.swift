public import CVTEP
internal import VTEP

extension vtep_change: @unsafe InputStruct {
    var has: UInt32 { 0 }
    static var knownBits: UInt32 { 0 }
    var reservedIsZero: Bool { unsafe reserved == 0 }
}

extension Arguments {
    fileprivate func change(_ pointer: UnsafePointer<vtep_change>) throws(VTEPError) -> Change {
        let input = try unsafe self.input(pointer, "change")
        let write = try unsafe write(input.change)
        guard let value = unsafe input.value else { throw null("value") }
        switch unsafe Int(input.object) {
        case VTEP_OBJECT_FDB:
            let entry = try unsafe entry(value.assumingMemoryBound(to: vtep_fdb_entry.self))
            return write.map { .writeFDB(entry, $0) } ?? .deleteFDB(entry)
        case VTEP_OBJECT_NEIGHBOUR:
            let neighbour = try unsafe neighbour(value.assumingMemoryBound(to: vtep_neighbour.self))
            return write.map { .writeNeighbour(neighbour, $0) } ?? .deleteNeighbour(neighbour)
        case VTEP_OBJECT_ROUTE:
            let route = try unsafe route(value.assumingMemoryBound(to: vtep_route.self))
            return write.map { .writeRoute(route, $0) } ?? .deleteRoute(route)
        case VTEP_OBJECT_ADDRESS:
            let address = try unsafe interfaceAddress(value.assumingMemoryBound(to: vtep_address.self))
            return write.map { .writeAddress(address, $0) } ?? .deleteAddress(address)
        case VTEP_OBJECT_NEXT_HOP:
            let hop = try unsafe nextHop(value.assumingMemoryBound(to: vtep_nexthop.self))
            return write.map { .writeNextHop(hop, $0) } ?? .deleteNextHop(id: hop.id)
        case VTEP_OBJECT_RULE:
            let rule = try unsafe rule(value.assumingMemoryBound(to: vtep_rule.self))
            return write.map { .writeRule(rule, $0) } ?? .deleteRule(rule)
        default:
            throw unsafe invalid("the object of a change is \(input.object), which cannot be changed in a batch")
        }
    }
}

@c @implementation
public func vtep_host_apply(
    _ host: OpaquePointer?, _ changes: UnsafePointer<vtep_change>?, _ count: UInt32,
    _ failures: UnsafeMutablePointer<OpaquePointer?>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("apply changes", err) { arguments throws(VTEPError) in
        let reader = arguments
        try unsafe arguments.apply(host, UInt32(VTEP_CHANGE_ADD), changes, "changes", count, failures) {
            pointer, _ throws(VTEPError) in try unsafe reader.change(pointer)
        }
    }
}
