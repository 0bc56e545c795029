public import ArgumentParser
public import VTEP

/// What a VTEP in user space needs to know of the underlay.
public struct UnderlayArguments: ParsableArguments {
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

    public init() {}
}
