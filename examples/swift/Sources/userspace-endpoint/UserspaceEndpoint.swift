internal import ArgumentParser
@unsafe @preconcurrency internal import Glibc  // for stdout
internal import OverlayOptions
internal import VTEP

@main
struct UserspaceEndpoint: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "userspace-endpoint",
        abstract: "Joins this host with others by VXLAN, without the kernel's device.",
        usage: """
            userspace-endpoint (--remote IP | --group IP) --address PREFIX [OPTION ...]
            userspace-endpoint (--remote IP | --group IP) --stream PATH [--connect] [OPTION ...]
            """,
        discussion: "Runs until it is interrupted, and then prints what it has counted.")

    @Option(
        help: ArgumentHelp("The other host's address on the underlay", valueName: "IP"),
        transform: { try IPAddress(parsing: $0) })
    var remote: IPAddress?

    @Option(
        help: ArgumentHelp("The multicast group of all VTEPs, such as 229.1.1.1", valueName: "IP"),
        transform: { try IPAddress(parsing: $0) })
    var group: IPAddress?

    @Option(
        help: ArgumentHelp("The address of the VXLAN device, such as 10.16.0.2/24", valueName: "PREFIX"),
        transform: { try IPPrefix(parsing: $0) })
    var address: IPPrefix?

    @Option(help: ArgumentHelp("The TAP device to make (default: tap0)", valueName: "NAME"))
    var tap: String?

    @Option(help: ArgumentHelp("A Unix socket in QEMU's framing, not a TAP device", valueName: "PATH"))
    var stream: String?

    @Flag(help: "Connect to the socket, instead of listening there")
    var connect = false

    @OptionGroup var underlay: UnderlayArguments

    func run() throws {
        guard let far = remote ?? group, remote == nil || group == nil else {
            throw ValidationError("--remote or --group is missing, or both are there")
        }
        let vni = try underlay.vni ?? VNI(120)
        let port = try port()
        var interruptions = blockInterruptions()
        let endpoint = try open(towards: far)
        var policy = VNIPolicy()
        // Who is in the group is not known beforehand.
        policy.acceptsUnknownRemotes = group != nil
        policy.destinationPort = underlay.port ?? policy.destinationPort
        try endpoint.addVNI(vni, policy: policy)
        try endpoint.addDefaultRemote(far, to: vni)
        try endpoint.addPort(port, to: vni)
        print("\(stream ?? tap ?? "tap0") is joined with \(far), VNI \(vni)")
        unsafe fflush(stdout)  // whoever started us waits for this line
        try endpoint.start()
        var signal: Int32 = 0
        unsafe sigwait(&interruptions, &signal)
        endpoint.stop()
        let statistics = try endpoint.statistics
        for counter in Counter.allCases where statistics[counter] > 0 {
            print("\(counter.name) \(statistics[counter])")
        }
    }

    /// A VTEP listens at its own address, but a group is only heard without one.
    private func open(towards far: IPAddress) throws(VTEPError) -> Endpoint {
        var options = UnderlayOptions(family: far.family)
        options.device = underlay.device
        options.localAddress = underlay.local
        options.port = underlay.port ?? options.port
        var configuration = EndpointConfiguration(underlays: [options])
        if let path = underlay.netns { configuration.networkNamespace = .path(path) }
        return try Endpoint(configuration)
    }

    private func port() throws -> EndpointPort {
        if let stream { return .stream(UnixSocketOptions(path: stream, role: connect ? .client : .server)) }
        var configuration = TAPConfiguration(name: tap ?? "tap0", addresses: [try require(address, "--address")])
        configuration.mtu = underlay.mtu
        return .tap(configuration)
    }

    /// To be called before there are other threads: a signal comes to any that does not block it.
    private func blockInterruptions() -> sigset_t {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGINT)
        unsafe sigaddset(&signals, SIGTERM)
        unsafe sigprocmask(SIG_BLOCK, &signals, nil)
        return signals
    }
}
