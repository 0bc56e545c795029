import Glibc
import TestNetwork
import VTEP

/// Our endpoint with a TAP.
final class EndpointSubject: Subject {
    let isOurs = true
    let link = "tap0"
    let mac = "02:50:00:00:00:0a"
    private let endpoint: Endpoint
    private let vni: VNI
    private let port: PortID

    init(_ settings: Settings, on underlay: Underlay) throws {
        vni = try VNI(settings.vni)
        endpoint = try withExtendedLifetime(underlay) {
            try Endpoint(EndpointConfiguration(settings, in: underlay.host.namespace))
        }
        try endpoint.addVNI(vni, policy: VNIPolicy(settings))
        var remotes = settings.otherRemotes
        if let group = settings.group {
            remotes.append(group)
        } else if !settings.withoutRemotes {
            remotes.append(settings.isIPv6 ? Underlay.peer6 : Underlay.peer)
        }
        for remote in remotes { try endpoint.addDefaultRemote(IPAddress(parsing: remote), to: vni) }
        let hears = settings.isIPv6 ? [Underlay.peer6] : settings.alsoHears + [Underlay.peer]
        for peer in hears { try endpoint.addPeer(IPAddress(parsing: peer)) }

        var tap = TAPConfiguration(name: link)
        tap.macAddress = try MACAddress(parsing: mac)
        tap.mtu = settings.mtu
        tap.up = false
        port = try endpoint.addPort(.tap(tap), to: vni)
        try underlay.host.run("ip link set tap0 addrgenmode none up")
        try endpoint.start()
    }

    func add(_ entry: Entry) throws {
        let remote = Engine.FDBRemote(
            try IPAddress(parsing: entry.remote), port: entry.port, sendVNI: try entry.vni.map { try VNI($0) })
        var added = Engine.FDBEntry(
            vni: vni, address: try MACAddress(parsing: entry.mac), target: .remotes([remote]))
        added.isRouter = entry.router
        try endpoint.setFDBEntry(added)
    }

    func addNeighbour(_ address: String, _ mac: String) throws {
        try endpoint.setBinding(IPAddress(parsing: address), to: MACAddress(parsing: mac), in: vni)
    }

    func entries() throws -> [String] {
        try endpoint.fdb(of: vni).compactMap { entry, _ in
            guard case .remotes(let remotes) = entry.target, let first = remotes.first else { return nil }
            return "\(entry.address) \(first.address)" + (entry.kind == .permanent ? " static" : "")
        }
    }

    func drops() throws -> [String: UInt64] {
        let drops = try endpoint.statistics.drops.map { ("\($0.reason.name)".dropFirst("drop_".count), $0.frames) }
        return Dictionary(uniqueKeysWithValues: drops.map { (String($0), $1) })
    }

    func watch() throws -> any Watch {
        while endpoint.nextEvent() != nil {}
        return EndpointWatch(endpoint)
    }

    func close() throws {
        endpoint.stop()
        for vni in endpoint.vnis { try endpoint.removeVNI(vni) }
    }
}

private final class EndpointWatch: Watch {
    private let endpoint: Endpoint
    init(_ endpoint: Endpoint) { self.endpoint = endpoint }

    func reports() throws -> [String] {
        usleep(20_000)
        var reports: [String] = []
        while let event = endpoint.nextEvent() {
            let station = MACAddress(rawValue: event.address).map { "\($0)" } ?? "?"
            let place = if case .remote(let address) = event.place { "\(address.address)" } else { "" }
            reports.append("\(event.kind) \(station) \(place) \(event.internetAddress.address)")
        }
        return reports
    }
}

extension EndpointConfiguration {
    fileprivate init(_ settings: Settings, in namespace: NetworkNamespace) throws {
        var underlay = UnderlayOptions(family: settings.isIPv6 ? .v6 : .v4)
        if settings.group == nil {
            underlay.localAddress = try IPAddress(parsing: settings.isIPv6 ? Underlay.vtep6 : Underlay.vtep)
        }
        if settings.mtu == nil { underlay.device = "u0" }
        if let ports = settings.sourcePorts {
            underlay.sourcePorts = ports
            underlay.transmitSockets = ports.count / 2
        }
        underlay.acceptZeroChecksumOverIPv6 = settings.acceptsZeroChecksum6
        underlay.zeroChecksum = settings.zeroChecksum
        self.init(underlays: [underlay])
        networkNamespace = namespace
        // The kernel counts the default remote as an entry, too.
        if let limit = settings.limit { maximumFDBEntries = Int(limit) - 1 }
    }
}

extension VNIPolicy {
    fileprivate init(_ settings: Settings) throws {
        self.init()
        learning = settings.learning
        if let ageing = settings.ageing { self.ageing = ageing }
        switch settings.ttl {
        case .fixed(let ttl): timeToLive = .fixed(ttl)
        case .inherit: timeToLive = .inherit
        case nil: break
        }
        switch settings.tos {
        case .fixed(let tos): typeOfService = .fixed(tos)
        case .inherit: typeOfService = .inherit
        case nil: break
        }
        switch settings.dontFragment {
        case .set: dontFragment = .set
        case .inherit: dontFragment = .inherit
        case .unset, nil: dontFragment = .clear
        }
        zeroChecksum = settings.zeroChecksum
        if settings.ignoresReservedBits { reservedBits = .ignore }
        if settings.discardsVLAN { innerVLAN = .drop }
        if settings.proxy { neighbours = .proxy }
        routeShortCircuit = settings.shortCircuit
        // A header has one of the two dialects at most: there is no way to ask for both.
        if settings.gbp && settings.gpe { throw Failure("a VNI has one dialect") }
        if settings.gbp { dialect = .groupPolicy }
        if settings.gpe { dialect = .protocolExtension }
    }
}
