internal import VTEP

extension TutorialTables {
    /// All bridges with their ports, as `brctl show` prints them.
    public var bridges: String {
        let title = "bridge name\tbridge id\t\tSTP enabled\tinterfaces"
        return ([title] + inNameOrder(links.filter { $0.kind == .bridge }).map(row)).joined(separator: "\n")
    }

    private func row(_ link: Link) -> String {
        guard case .bridge(let bridge) = link.details else { return link.name }
        let ports = inNameOrder(links.filter { $0.masterIndex == link.index }).map(\.name)
        let columns = "\(link.name)\t\t\(bridge.bridgeID)\t\(bridge.stp == .off ? "no" : "yes")\t\t"
        return columns + ports.joined(separator: "\n\t\t\t\t\t\t\t")
    }

    private func inNameOrder(_ links: [Link]) -> [Link] {
        links.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}
