internal import ArgumentParser
internal import OverlayOptions
internal import VTEP

@main
struct Multicast: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "multicast",
        abstract: "Joins this host with all others of a multicast group by VXLAN.",
        usage: """
            multicast --device DEV --group IP --address PREFIX [OPTION ...]
            multicast --delete [--name NAME] [--vni VNI] [--netns PATH]
            """,
        discussion: "Run it on every host, with the same group. The underlay must carry multicast.")

    @Option(
        help: ArgumentHelp("The multicast group of all VTEPs, such as 229.1.1.1", valueName: "IP"),
        transform: { try IPAddress(parsing: $0) })
    var group: IPAddress?

    @OptionGroup var overlay: AddressedOverlay

    func run() throws {
        if overlay.options.delete { return try overlay.options.deleteOverlay() }
        try overlay.run(to: .group(try require(group, "--group")))
    }
}
