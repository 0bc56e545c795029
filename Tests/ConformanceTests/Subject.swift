import TestNetwork

/// A VTEP under test: the kernel's, or ours. Its Ethernet side is a link of the same host in either case, and so is its
/// underlay: the same bytes go to both.
protocol Subject: Sendable {
    var isOurs: Bool { get }
    /// The link on its Ethernet side, as its host sees it.
    var link: String { get }
    /// A default source or destination MAC of that host.
    var mac: String { get }
    func add(_ entry: Entry) throws
    /// A binding for the ARP/ND proxy.
    func addNeighbour(_ address: String, _ mac: String) throws
    /// The unicast FDB: MAC and remote, `static` where it is.
    func entries() throws -> [String]
    /// What counts dropped frames and packets, by name.
    func drops() throws -> [String: UInt64]
    /// MAC and IP addresses that were reported as missing, or entries that were reported as moved, since `watch`.
    func watch() throws -> any Watch
    /// Ends it, as its user would. Once ended, it stays so.
    func close() throws
}

/// What a VTEP reported from when this was made until now.
protocol Watch {
    func reports() throws -> [String]
}
