public import CVTEP
internal import VTEP

extension Arguments {
    /// Reads `count` of the caller's structs, makes changes of them and sends them together.
    func apply<Struct: InputStruct>(
        _ host: OpaquePointer?, _ change: UInt32, _ elements: UnsafePointer<Struct>?, _ name: StaticString,
        _ count: UInt32, _ failures: UnsafeMutablePointer<OpaquePointer?>?,
        _ read: (UnsafePointer<Struct>, EntryWrite?) throws(VTEPError) -> Change
    ) throws(VTEPError) {
        unsafe failures?.pointee = nil
        let handle = try unsafe self.host(host)
        let write = try write(change)
        if count == 0 { return }
        guard let elements = unsafe elements else { throw null(name) }
        // The first one's size is the distance between them: a program built for another version has its own.
        let stride = unsafe UnsafeRawPointer(elements).loadUnaligned(as: UInt32.self)
        guard Struct.accepts(size: stride) else { throw invalid("the size of the first element is \(stride)") }
        let failed = try handle.host.apply(count: Int(count)) { index throws(VTEPError) in
            let element = unsafe UnsafeRawPointer(elements) + index * Int(stride)
            guard unsafe element.loadUnaligned(as: UInt32.self) == stride else {
                throw invalid("the size of element \(index) differs from the first one's")
            }
            return try unsafe read(element.assumingMemoryBound(to: Struct.self), write)
        }
        try unsafe report(failed, count, failures)
    }

    private func report(
        _ failed: [ChangeFailure], _ count: UInt32, _ failures: UnsafeMutablePointer<OpaquePointer?>?
    ) throws(VTEPError) {
        if failed.isEmpty { return }
        if let failures = unsafe failures {
            unsafe failures.pointee = OpaquePointer(Unmanaged.passRetained(ListHandle(failed)).toOpaque())
        }
        throw first(of: failed, count)
    }

    private func first(of failed: [ChangeFailure], _ count: UInt32) -> VTEPError {
        var error = failed[0].error
        let place = "\(failed.count) of \(count) changes failed, this one at \(failed[0].index)"
        error.reason = error.reason.isEmpty ? place : "\(error.reason); \(place)"
        return error
    }

    /// The kind of write, or `nil` to delete.
    func write(_ change: UInt32) throws(VTEPError) -> EntryWrite? {
        switch Int(change) {
        case VTEP_CHANGE_ADD: return .add
        case VTEP_CHANGE_APPEND: return .append
        case VTEP_CHANGE_REPLACE: return .replace
        case VTEP_CHANGE_DELETE: return nil
        case VTEP_CHANGE_UPDATE: return .update
        case VTEP_CHANGE_PREPEND: return .prepend
        default: throw invalid("the change is \(change); VTEP_CHANGE_* are possible")
        }
    }
}

@c @implementation
public func vtep_host_fdb_apply(
    _ host: OpaquePointer?, _ change: UInt32, _ entries: UnsafePointer<vtep_fdb_entry>?, _ count: UInt32,
    _ failures: UnsafeMutablePointer<OpaquePointer?>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("apply FDB entries", err) { arguments throws(VTEPError) in
        let reader = arguments
        try unsafe arguments.apply(host, change, entries, "entries", count, failures) {
            pointer, write throws(VTEPError) in
            let entry = try unsafe reader.entry(pointer)
            return write.map { .writeFDB(entry, $0) } ?? .deleteFDB(entry)
        }
    }
}

@c @implementation
public func vtep_host_neighbour_apply(
    _ host: OpaquePointer?, _ change: UInt32, _ neighbours: UnsafePointer<vtep_neighbour>?, _ count: UInt32,
    _ failures: UnsafeMutablePointer<OpaquePointer?>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("apply neighbours", err) { arguments throws(VTEPError) in
        let reader = arguments
        try unsafe arguments.apply(host, change, neighbours, "neighbours", count, failures) {
            pointer, write throws(VTEPError) in
            let neighbour = try unsafe reader.neighbour(pointer)
            return write.map { .writeNeighbour(neighbour, $0) } ?? .deleteNeighbour(neighbour)
        }
    }
}

@c @implementation
public func vtep_host_route_apply(
    _ host: OpaquePointer?, _ change: UInt32, _ routes: UnsafePointer<vtep_route>?, _ count: UInt32,
    _ failures: UnsafeMutablePointer<OpaquePointer?>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("apply routes", err) { arguments throws(VTEPError) in
        let reader = arguments
        try unsafe arguments.apply(host, change, routes, "routes", count, failures) {
            pointer, write throws(VTEPError) in
            let route = try unsafe reader.route(pointer)
            return write.map { .writeRoute(route, $0) } ?? .deleteRoute(route)
        }
    }
}

@c @implementation
public func vtep_failure_list_count(_ list: OpaquePointer?) -> UInt32 {
    unsafe count(list, of: ChangeFailure.self)
}

@c @implementation
public func vtep_failure_list_get(
    _ list: OpaquePointer?, _ i: UInt32, _ index: UnsafeMutablePointer<UInt32>?,
    _ failure: UnsafeMutablePointer<vtep_error>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of failures", err) { arguments throws(VTEPError) in
        let element = try unsafe arguments.element(list, i, as: ChangeFailure.self)
        if let index = unsafe index { unsafe index.pointee = UInt32(clamping: element.index) }
        if unsafe failure != nil { unsafe report(element.error, failure) }
    }
}

@c @implementation
public func vtep_failure_list_free(_ list: OpaquePointer?) {
    unsafe end(list, ListHandle<ChangeFailure>.self)
}
