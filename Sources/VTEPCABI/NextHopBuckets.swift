public import CVTEP
internal import VTEP

extension vtep_nexthop_bucket: SizedStruct {
    fileprivate init(_ bucket: NextHopBucket) {
        self.init()
        idle_time = bucket.idleTime
        group_id = bucket.groupID
        nexthop_id = bucket.nextHopID
        index = UInt32(bucket.index)
    }
}

@c @implementation
public func vtep_host_nexthop_buckets(
    _ host: OpaquePointer?, _ group_id: UInt32, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list buckets of nexthop group", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            let group = group_id == 0 ? nil : group_id
            return try unsafe ListHandle(arguments.host(host).host.nextHopBuckets(of: group))
        }
    }
}

@c @implementation
public func vtep_nexthop_bucket_list_count(_ list: OpaquePointer?) -> UInt32 {
    unsafe count(list, of: NextHopBucket.self)
}

@c @implementation
public func vtep_nexthop_bucket_list_get(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_nexthop_bucket>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of buckets", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        output.write(vtep_nexthop_bucket(try unsafe arguments.element(list, i, as: NextHopBucket.self)))
    }
}

@c @implementation
public func vtep_nexthop_bucket_list_copy(
    _ list: OpaquePointer?, _ first: UInt32, _ count: UInt32, _ out: UnsafeMutablePointer<vtep_nexthop_bucket>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of buckets", err) { arguments throws(VTEPError) in
        try unsafe arguments.copy(list, first, count, to: out) { (bucket: NextHopBucket) in
            vtep_nexthop_bucket(bucket)
        }
    }
}

@c @implementation
public func vtep_nexthop_bucket_list_free(_ list: OpaquePointer?) {
    unsafe end(list, ListHandle<NextHopBucket>.self)
}
