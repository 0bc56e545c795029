internal import ArgumentParser
@unsafe @preconcurrency internal import Glibc  // for stderr
internal import OverlayOptions
internal import TutorialTables
internal import VTEP

@main
struct DockerCrossHost: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docker-cross-host",
        abstract: "Joins containers of several hosts: VXLAN as a port of their bridge.",
        usage: """
            docker-cross-host --device DEV (--group IP | --remote IP) (--bridge NAME | --network NETWORK) [OPTION ...]
            docker-cross-host --delete [--name NAME] [--vni VNI] [--netns PATH]
            """,
        discussion: "Run it on every host. The containers' addresses must differ, within one subnet.")

    @Option(
        help: ArgumentHelp("The multicast group of all VTEPs, such as 229.1.1.1", valueName: "IP"),
        transform: { try IPAddress(parsing: $0) })
    var group: IPAddress?

    @Option(
        help: ArgumentHelp("The other host's address on the underlay", valueName: "IP"),
        transform: { try IPAddress(parsing: $0) })
    var remote: IPAddress?

    @Option(help: ArgumentHelp("The bridge of the containers", valueName: "NAME"))
    var bridge: String?

    @Option(help: ArgumentHelp("The Docker network whose bridge it is", valueName: "NETWORK"))
    var network: String?

    @OptionGroup var options: OverlayOptions

    func run() throws {
        if options.delete { return try options.deleteOverlay() }
        var configuration = try options.configuration(to: destination())
        let name = try bridgeName()
        let host = try options.openHost()
        let bridge = try host.link(named: name)
        if bridge.kind != .bridge {
            throw VTEPError(
                .invalidArgument, attempted: "make a port of", subject: name,
                reason: "it is a \(bridge.kind) link, no bridge")
        }
        configuration.master = bridge.name
        configuration.up = true
        let (tables, widest) = try options.make(configuration, on: host) { host, link throws(VTEPError) in
            (try TutorialTables(reading: host), try widestPort(of: bridge, except: link, on: host))
        }
        print(tables.text(of: options.name, routes: .v4, withBridges: true))
        if let note = mtuNote(bridge: bridge, widest: widest, overlay: try host.link(named: options.name)) {
            unsafe fputs(note + "\n", stderr)
        }
    }

    private func destination() throws -> VXLANDestination {
        switch (group, remote) {
        case (let group?, nil): .group(group)
        case (nil, let remote?): .remote(remote)
        default: throw ValidationError("name one of --group and --remote")
        }
    }

    private func bridgeName() throws -> String {
        switch (bridge, network) {
        case (let bridge?, nil): bridge
        case (nil, let network?): try bridgeOfDockerNetwork(network)
        default: throw ValidationError("name one of --bridge and --network")
        }
    }
}
