public import VTEPNetlink
public import VTEPWire

/// The kernel networking of one network namespace: its links, addresses, routes, neighbours and FDB.
///
/// Every call goes to the kernel; nothing is cached. A call that fails has changed nothing, unless its documentation
/// says otherwise.
///
/// **Threads**: one thread uses a host at a time; hosts are independent of one another. The calling thread never changes
/// its network namespace. **Lifetime**: the connection closes when the value is consumed or goes out of scope; using it
/// afterwards does not compile. It is not to be used in a child after `fork`.
///
/// A file that imports Foundation, too, which has a `Host` of its own, writes `VTEP.Host`.
public struct Host: ~Copyable {
    let connection: Connection

    /// Opens a connection into a network namespace.
    ///
    /// - Throws: ``VTEPError`` of kind `notFound` or `invalidArgument` where the namespace does not exist or is none,
    ///   `permissionDenied` where entering it needs a privilege.
    public init(in namespace: NetworkNamespace = .current) throws(VTEPError) {
        connection = try Connection(in: namespace)
    }

    /// Closes the connection now, rather than at the end of the scope.
    public consuming func close() {}
}
