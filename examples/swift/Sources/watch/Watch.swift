internal import ArgumentParser
@unsafe @preconcurrency internal import Glibc  // for stdout
internal import TutorialTables
internal import VTEP

@main
struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Prints what changes on a host, as it happens.",
        usage: "watch [--snapshot] [--netns PATH]",
        discussion: "One event a line, until it is interrupted.")

    @Flag(help: "First print what there is, as added")
    var snapshot = false

    @Option(help: ArgumentHelp("A network namespace, such as /run/netns/blue", valueName: "PATH"))
    var netns: String?

    func run() throws {
        unsafe setvbuf(stdout, nil, _IOLBF, 0)  // whoever reads our output wants each line when it is there
        // The monitor always tells the whole at first: that is how the names of links come to be known.
        var monitor = try Monitor(
            [.links, .addresses, .routes, .neighbours, .fdb, .vnis, .vlans, .vlanTunnels],
            in: netns.map(NetworkNamespace.path) ?? .current)
        var tables = TutorialTables()
        var prints = snapshot
        while let event = try monitor.next() {
            let line = tables.line(of: event)
            if prints { print(line) }
            if event == .synchronised { prints = true }
        }
    }
}
