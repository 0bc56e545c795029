internal import ArgumentParser
internal import TutorialTables
internal import VTEP

@main
struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Prints a host's links, addresses, routes, bridges and FDB.",
        usage: "show [--netns PATH]",
        discussion: "Each table is headed by the command whose words it uses.")

    @Option(help: ArgumentHelp("A network namespace, such as /run/netns/blue", valueName: "PATH"))
    var netns: String?

    func run() throws {
        let host = if let netns { try Host(in: .path(netns)) } else { try Host() }
        let tables = try TutorialTables(reading: host)
        let fdb = try host.fdb()
        let sections = [
            ("ip address", tables.addressesOfAllLinks), ("ip -d link show type vxlan", tables.detailsOfVXLANs),
            ("route -n", tables.routes), ("ip -6 route", tables.routes6), ("brctl show", tables.bridges),
            ("bridge fdb", tables.text(of: fdb)),
        ]
        print(sections.map { "# \($0.0)" + ($0.1.isEmpty ? "" : "\n\($0.1)") }.joined(separator: "\n\n"))
    }
}
