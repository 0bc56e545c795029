internal import Synchronization
internal import VTEPDevice
internal import VTEPEngine
internal import VTEPNetlink
internal import VTEPWire

/// A VXLAN tunnel endpoint in this very program, without the kernel's VXLAN device: Ethernet frames come and go through
/// ports, VXLAN packets through UDP sockets. On the wire it is interchangeable with the kernel's.
///
///     let endpoint = try Endpoint(EndpointConfiguration())
///     try endpoint.addVNI(vni)
///     try endpoint.addDefaultRemote(remote, to: vni)
///     try endpoint.addPort(.tap(TAPConfiguration(name: "tap0", addresses: [address])), to: vni)
///     endpoint.run()
///
/// **Who may send**: configured remotes, those of FDB entries, and peers (``addPeer(_:)``). Packets from anybody else are
/// dropped before anything is learnt from them or delivered, unless ``VNIPolicy/acceptsUnknownRemotes`` is set. VXLAN has
/// no authentication: whoever can forge an address of that list gets in. Run it over IPsec or WireGuard where that counts.
///
/// **Threads**: every call may come from any thread at any time, except from an in-process port's callback. The endpoint
/// has no thread of its own until ``start()``: ``run(worker:until:)`` uses the caller's, ``step(worker:timeout:)`` fits
/// into an event loop. It moves frames in batches; other calls wait for a batch at most.
///
/// **Lifetime**: everything closes when the last reference goes; TAPs that it made go then, too. It is not to be used in
/// a child after `fork`.
public final class Endpoint: Sendable {
    let pump: Pump
    let namespace: NetworkNamespace
    /// What was configured. Its lock is taken before the pump's, and also keeps configuring calls apart.
    let registry = Mutex(Registry())
    let threads = Mutex(WorkerThreads())

    /// Opens the underlay's sockets. Nothing is received before it runs.
    ///
    /// - Throws: ``VTEPError`` of kind `busy` where the UDP port is taken, by a VXLAN device of the kernel's for example;
    ///   `invalidArgument`; `notFound` for an underlay's device; `permissionDenied` for a namespace.
    public init(_ configuration: EndpointConfiguration = EndpointConfiguration()) throws(VTEPError) {
        let attempted: StaticString = "make an endpoint"
        guard !configuration.underlays.isEmpty else {
            throw VTEPError(
                .invalidArgument, attempted: "\(attempted)", reason: "it has no underlay",
                remedy: "give it one for each IP version of its remotes")
        }
        namespace = configuration.networkNamespace
        pump = try namespace.withDescriptor(attempted: attempted) { netns throws(VTEPError) in
            let underlays = try configuration.underlays.map { options throws(VTEPError) in
                try Underlay(options, netns: netns)
            }
            return try Pump(
                Engine(Engine.Configuration(configuration)), underlays: underlays, workers: configuration.workers,
                busyPoll: configuration.busyPoll)
        }
        for options in configuration.underlays {
            registry.withLock { registry in
                for group in options.groups { registry.memberships[group, default: 0] += 1 }
            }
        }
    }

    deinit { stop() }

    /// The underlay of an IP version.
    func underlay(of address: IPAddress, attempted: String) throws(VTEPError) -> Underlay {
        if let underlay = pump.underlays.first(where: { $0.options.family == address.family }) { return underlay }
        throw VTEPError(
            .invalidArgument, attempted: attempted, subject: "\(address)",
            reason: "the endpoint has no \(address.family) underlay", remedy: "make it with one")
    }
}

extension Engine.Configuration {
    fileprivate init(_ configuration: EndpointConfiguration) {
        var random = SystemRandomNumberGenerator()
        self.init(seed: (random.next(), random.next()))
        maximumFDBEntries = configuration.maximumFDBEntries
        maximumRemotes = configuration.maximumRemotes
        maximumVNIs = configuration.maximumVNIs
        maximumPorts = configuration.maximumPorts
        maximumBindings = configuration.maximumBindings
        maximumEvents = configuration.maximumEvents
        eventsPerSecond = configuration.eventsPerSecond
        entropySockets = configuration.underlays.map(\.transmitSockets).max() ?? 1
    }
}
