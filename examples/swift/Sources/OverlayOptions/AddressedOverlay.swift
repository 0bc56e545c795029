public import ArgumentParser
internal import TutorialTables
public import VTEP

/// The set-ups in which the VXLAN device itself has an address (point to point, multicast).
public struct AddressedOverlay: ParsableArguments {
    @Option(
        help: ArgumentHelp("The address of the VXLAN device, such as 10.16.0.2/24", valueName: "PREFIX"),
        transform: { try IPPrefix(parsing: $0) })
    public var address: IPPrefix?

    @OptionGroup public var options: OverlayOptions

    public init() {}

    /// `ip link add` and `ip link set up` in one request, `ip addr add`; then the tables.
    public func run(to destination: VXLANDestination) throws {
        var configuration = try options.configuration(to: destination)
        let address = try require(address, "--address")
        configuration.up = true
        let tables = try options.make(configuration, on: options.openHost()) { host, link throws(VTEPError) in
            try host.addAddress(address, to: link.name)
            return try TutorialTables(reading: host)
        }
        print(tables.text(of: options.name, routes: address.address.family))
    }
}
