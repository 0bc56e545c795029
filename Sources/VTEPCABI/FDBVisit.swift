public import CVTEP
internal import VTEP

/// Gathers entries for a visitor, so that the border is crossed once for some hundred of them.
@safe private struct FDBChunk: ~Copyable {
    private static let capacity = 256
    private let entries: UnsafeMutableBufferPointer<vtep_fdb_entry>
    private var count = 0
    private let attempted: StaticString
    private let visit: vtep_fdb_visitor
    private let context: UnsafeMutableRawPointer?

    init(_ visit: @escaping vtep_fdb_visitor, _ context: UnsafeMutableRawPointer?, _ attempted: StaticString) {
        unsafe entries = .allocate(capacity: FDBChunk.capacity)
        unsafe self.visit = visit
        unsafe self.context = context
        self.attempted = attempted
    }

    deinit { unsafe entries.deallocate() }

    mutating func append(_ entry: FDBEntry) throws(VTEPError) {
        var value = vtep_fdb_entry(entry)
        value.size = UInt32(MemoryLayout<vtep_fdb_entry>.size)
        unsafe entries.initializeElement(at: count, to: value)
        count += 1
        if count == FDBChunk.capacity { try flush() }
    }

    mutating func flush() throws(VTEPError) {
        if count == 0 { return }
        let number = UInt32(count)
        count = 0
        if unsafe visit(context, entries.baseAddress, number) != 0 {
            throw VTEPError(.callback, attempted: "\(attempted)", reason: "the caller's function asked to stop")
        }
    }
}

@c @implementation
public func vtep_host_fdb_visit(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ bridge: UnsafePointer<CChar>?,
    _ visit: vtep_fdb_visitor?, _ context: UnsafeMutableRawPointer?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("visit FDB entries", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        guard let visit = unsafe visit else { throw arguments.null("visit") }
        let link = try unsafe arguments.optionalLinkName(name, "name")
        let bridge = try unsafe arguments.optionalLinkName(bridge, "bridge")
        if link != nil, bridge != nil { throw arguments.invalid("both name and bridge are set; one is possible") }
        var chunk = unsafe FDBChunk(visit, context, arguments.attempted)
        try handle.host.forEachFDB(of: link, ofBridge: bridge) { entry throws(VTEPError) in try chunk.append(entry) }
        try chunk.flush()
    }
}
