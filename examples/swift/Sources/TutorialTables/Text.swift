public import VTEP

extension TutorialTables {
    /// The tables about a VXLAN device, each as its command prints it: its details, its addresses, the routes, and
    /// the bridges where they matter.
    public func text(of name: String, routes family: IPAddress.Family, withBridges: Bool = false) -> String {
        var paragraphs: [String] = []
        if let link = links.first(where: { $0.name == name }) {
            paragraphs += [details(of: link), addresses(of: link)]
        }
        paragraphs.append(family == .v4 ? routes : routes6)
        if withBridges { paragraphs.append(bridges) }
        return paragraphs.joined(separator: "\n\n")
    }
}
