internal import ArgumentParser
internal import OverlayOptions
internal import VTEP

@main
struct PointToPoint: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "point-to-point",
        abstract: "Joins this host with one other by VXLAN.",
        usage: """
            point-to-point --device DEV --remote IP --address PREFIX [OPTION ...]
            point-to-point --delete [--name NAME] [--vni VNI] [--netns PATH]
            """,
        discussion: "Run it on both hosts, each with the other as its remote.")

    @Option(
        help: ArgumentHelp("The other host's address on the underlay", valueName: "IP"),
        transform: { try IPAddress(parsing: $0) })
    var remote: IPAddress?

    @OptionGroup var overlay: AddressedOverlay

    func run() throws {
        if overlay.options.delete { return try overlay.options.deleteOverlay() }
        try overlay.run(to: .remote(try require(remote, "--remote")))
    }
}
