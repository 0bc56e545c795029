public import VTEPNetlink
public import VTEPWire

/// Tells what changes in the tables of one network namespace.
///
/// Who applies its events, in order, to tables of their own, has the kernel's tables: also after a flood of changes that
/// made the kernel drop notifications. The monitor then reads the tables anew, compares them with what it has told, and
/// tells the difference. It remembers each object of the watched tables once; what has not been asked for stays in the
/// kernel's buffer, and is dropped there when that is full: a slow reader costs no memory, and gets differences.
///
/// **Threads**: one thread uses a monitor at a time. It has none of its own; ``events()`` makes one. **Privileges**: none.
/// **Lifetime**: like ``Host``'s. A monitor and hosts know nothing of one another.
public struct Monitor: ~Copyable {
    let monitor: TableMonitor

    /// The bytes that notifications may take in the kernel before they have been read, if nothing else is said. Some
    /// thousand fit into a megabyte.
    public static let usualBufferSize = 8 << 20

    /// Subscribes to tables.
    ///
    /// - Parameters:
    ///   - tables: what to tell of.
    ///   - namespace: where.
    ///   - snapshot: tells first what is there already, as added, then ``HostEvent/synchronised``. Without it, the tables
    ///     are read before this returns, and only what changes later is told.
    ///   - bufferSize: bytes, at least 4096. Without `CAP_NET_ADMIN` the kernel takes no more than `net.core.rmem_max`.
    /// - Throws: as ``Host/init(in:)``, and `invalidArgument`.
    public init(
        _ tables: WatchedTables = .all, in namespace: NetworkNamespace = .current, snapshot: Bool = true,
        bufferSize: Int = Monitor.usualBufferSize
    ) throws(VTEPError) {
        try Monitor.check(tables, bufferSize)
        monitor = try TableMonitor(
            in: namespace, watching: tables, snapshot: snapshot, bufferSize: Int32(clamping: bufferSize))
    }

    private static func check(_ tables: WatchedTables, _ bufferSize: Int) throws(VTEPError) {
        func invalid(_ reason: String) -> VTEPError {
            VTEPError(.invalidArgument, attempted: "open a monitor", reason: reason)
        }
        if tables.isEmpty { throw invalid("no table is named") }
        if !tables.isSubset(of: .all) { throw invalid("tables \(tables.rawValue) have bits of no meaning") }
        if !(4096...1 << 30).contains(bufferSize) {
            throw invalid("a buffer of \(bufferSize) bytes is outside 4 KiB…1 GiB")
        }
    }

    /// Readable, for `poll` and the like, while ``next(timeout:)`` has something to tell or to do: then call it until it
    /// returns `nil` with a timeout of zero. It belongs to the monitor; do not read from it or close it.
    public var descriptor: Int32 { monitor.descriptor }

    /// The next event. Blocks the calling thread until there is one.
    ///
    /// - Parameter timeout: how long to wait; `nil` waits for ever, zero not at all. Where a large table is being read,
    ///   which counts as having something to do, the call may take 10 ms longer.
    /// - Returns: `nil` when the time was over.
    /// - Throws: where the tables cannot be read. Calling again reads all of them again.
    public mutating func next(timeout: Duration? = nil) throws(VTEPError) -> HostEvent? {
        try monitor.next(timeout: timeout)
    }

    /// Closes the monitor now, rather than at the end of the scope.
    public consuming func close() {}
}
