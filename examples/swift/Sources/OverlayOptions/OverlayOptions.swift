public import ArgumentParser
public import VTEP

/// What the three programs have in common. All options are optional here because `--delete` needs none of them;
/// ``require(_:_:)`` asks for those that making an overlay needs.
public struct OverlayOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The underlay link", valueName: "DEV"))
    public var device: String?

    @Option(
        help: ArgumentHelp("The VXLAN network identifier (default: 120)", valueName: "VNI"),
        transform: { try VNI(UInt32(number($0, in: 0...16_777_215))) })
    public var vni: VNI?

    @Option(
        help: ArgumentHelp("The UDP port of all VTEPs (default: 4789)", valueName: "PORT"),
        transform: { UInt16(try number($0, in: 1...65535)) })
    public var port: UInt16?

    @Option(help: ArgumentHelp("The VXLAN device to make or delete", valueName: "NAME"))
    public var name: String = "vxlan0"

    @Option(
        help: ArgumentHelp("The source address on the underlay", valueName: "IP"),
        transform: { try IPAddress(parsing: $0) })
    public var local: IPAddress?

    @Option(
        help: ArgumentHelp("The MTU (default: the underlay's less 50 or 70)", valueName: "BYTES"),
        transform: { UInt32(try number($0, in: 68...65535)) })
    public var mtu: UInt32?

    @Option(help: ArgumentHelp("A network namespace, such as /run/netns/blue", valueName: "PATH"))
    public var netns: String?

    @Flag(help: "Delete NAME if it is a VXLAN device with that VNI")
    public var delete = false

    public init() {}

    /// Opens the host in the namespace that was named.
    public func openHost() throws(VTEPError) -> Host {
        if let netns { try Host(in: .path(netns)) } else { try Host() }
    }

    /// The VXLAN device that the options describe.
    public func configuration(to destination: VXLANDestination) throws -> VXLANConfiguration {
        let device = try require(device, "--device")
        var configuration = VXLANConfiguration(
            name: name, vni: try usedVNI(), destination: destination, device: device)
        if let port { configuration.destinationPort = port }
        configuration.local = local
        configuration.mtu = mtu
        return configuration
    }

    /// The VNI that was named, or the tutorial's.
    public func usedVNI() throws(VTEPError) -> VNI {
        if let vni { vni } else { try VNI(120) }
    }
}

/// The value of an option that a set-up cannot do without; wrong usage (status 64) where it is missing.
public func require<Value>(_ value: Value?, _ option: String) throws -> Value {
    guard let value else { throw ValidationError("\(option) is missing") }
    return value
}

func number(_ text: String, in range: ClosedRange<Int>) throws -> Int {
    // Int(_:) alone would take "+5", and "010", which some programs read as 8.
    guard let number = Int(text), range.contains(number), String(number) == text else {
        throw ValidationError("it is not a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
}
