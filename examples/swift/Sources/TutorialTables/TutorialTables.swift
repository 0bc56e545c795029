public import VTEP

/// What the commands of the tutorial (`ip addr`, `route -n`, `brctl show`, `bridge fdb`) print about a host, as text without a
/// final line end.
public struct TutorialTables {
    var links: [Link]
    let addresses: [InterfaceAddress]
    let allRoutes: [Route]

    /// Reads everything at once, so that the tables fit together.
    public init(reading host: borrowing Host) throws(VTEPError) {
        links = try host.links()
        addresses = try host.addresses()
        allRoutes = try host.routes()
    }

    /// A link's name, or `ifN` where this namespace has no link of that index, as `ip` writes it.
    func name(ofIndex index: UInt32) -> String {
        links.first { $0.index == index }?.name ?? "if\(index)"
    }
}

extension String {
    /// Left-aligned in a column of that width, and never cut.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - utf8.count))
    }
}
