public import CVTEP
internal import VTEP

extension vtep_nexthop_filter: InputStruct {
    static var knownBits: UInt32 { 0 }
    var reservedIsZero: Bool { reserved == 0 }
}

extension Arguments {
    fileprivate func filter(_ pointer: UnsafePointer<vtep_nexthop_filter>?) throws(VTEPError) -> NextHopFilter {
        var filter = NextHopFilter()
        guard let pointer = unsafe pointer else { return filter }
        let input = try unsafe self.input(pointer, "filter")
        if input.link_index != 0 { filter.linkIndex = input.link_index }
        if input.master_index != 0 { filter.masterIndex = input.master_index }
        filter.family = try family(input.family)
        filter.groupsOnly = try truth(input.groups_only, "groups_only")
        filter.fdbOnly = try truth(input.fdb_only, "fdb_only")
        return filter
    }
}

// MARK: - Reading

@c @implementation
public func vtep_host_nexthops(
    _ host: OpaquePointer?, _ filter: UnsafePointer<vtep_nexthop_filter>?,
    _ out: UnsafeMutablePointer<OpaquePointer?>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list nexthops", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe ListHandle(nextHops: arguments.host(host).host.nextHops(arguments.filter(filter)))
        }
    }
}

@c @implementation
public func vtep_host_nexthop_get(
    _ host: OpaquePointer?, _ id: UInt32, _ statistics: UInt8, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("find nexthop", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            let statistics = try arguments.truth(statistics, "statistics")
            return try unsafe ListHandle(nextHops: [arguments.host(host).host.nextHop(id: id, statistics: statistics)])
        }
    }
}

@c @implementation
public func vtep_nexthop_list_count(_ list: OpaquePointer?) -> UInt32 {
    unsafe count(list, of: vtep_nexthop.self)
}

@c @implementation
public func vtep_nexthop_list_get(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_nexthop>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of nexthops", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        unsafe output.write(try arguments.element(list, i, as: vtep_nexthop.self))
    }
}

@c @implementation
public func vtep_nexthop_list_copy(
    _ list: OpaquePointer?, _ first: UInt32, _ count: UInt32, _ out: UnsafeMutablePointer<vtep_nexthop>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of nexthops", err) { arguments throws(VTEPError) in
        try unsafe arguments.copy(list, first, count, to: out) { (element: vtep_nexthop) in unsafe element }
    }
}

@c @implementation
public func vtep_nexthop_list_free(_ list: OpaquePointer?) {
    unsafe end(list, ListHandle<vtep_nexthop>.self)
}

// MARK: - Changing

@c @implementation
public func vtep_host_nexthop_add(
    _ host: OpaquePointer?, _ nexthop: UnsafePointer<vtep_nexthop>?, _ id: UnsafeMutablePointer<UInt32>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add nexthop", err) { arguments throws(VTEPError) in
        let made = try unsafe arguments.host(host).host.addNextHop(arguments.nextHop(nexthop))
        unsafe id?.pointee = made.id
    }
}

@c @implementation
public func vtep_host_nexthop_replace(
    _ host: OpaquePointer?, _ nexthop: UnsafePointer<vtep_nexthop>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("replace nexthop", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.replaceNextHop(arguments.nextHop(nexthop))
    }
}

@c @implementation
public func vtep_host_nexthop_delete(
    _ host: OpaquePointer?, _ id: UInt32, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("delete nexthop", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.deleteNextHop(id: id)
    }
}

@c @implementation
public func vtep_host_nexthop_flush(
    _ host: OpaquePointer?, _ filter: UnsafePointer<vtep_nexthop_filter>?, _ deleted: UnsafeMutablePointer<UInt32>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("flush nexthops", err) { arguments throws(VTEPError) in
        let count = try unsafe arguments.host(host).host.flushNextHops(arguments.filter(filter))
        unsafe deleted?.pointee = UInt32(clamping: count)
    }
}
