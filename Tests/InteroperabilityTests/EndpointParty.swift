import TestNetwork
import VTEP

/// Our endpoint with a TAP, on a thread of its own.
final class EndpointParty: Party {
    let link = "tap0"
    private let endpoint: Endpoint

    init(on site: Site) throws {
        // An address that is tentative cannot be bound to.
        let nodad = site.wiring.family == .v6 ? " nodad" : ""
        try site.namespace.run("ip address add \(site.address)/\(site.wiring.prefix) dev u0\(nodad)")
        var underlay = UnderlayOptions(family: site.wiring.family)
        underlay.device = "u0"
        let vni = try VNI(Site.vni)
        var policy = VNIPolicy()
        let remote: String
        switch site.wiring.mode {
        case .pointToPoint:
            underlay.localAddress = try IPAddress(parsing: site.address)
            remote = site.peer
        case .group:
            // Whoever is in the group may send.
            policy.acceptsUnknownRemotes = true
            remote = site.group
        }
        var configuration = EndpointConfiguration(underlays: [underlay])
        configuration.networkNamespace = site.namespace.namespace
        endpoint = try Endpoint(configuration)
        try endpoint.addVNI(vni, policy: policy)
        try endpoint.addDefaultRemote(IPAddress(parsing: remote), to: vni)
        try endpoint.addPort(.tap(TAPConfiguration(name: link)), to: vni)
        try endpoint.start()
    }

    var report: String {
        guard let statistics = try? endpoint.statistics else { return "" }
        let counts = Counter.allCases.filter { statistics[$0] > 0 }.map { "\($0.name) \(statistics[$0])" }
        return "\(counts.joined(separator: ", ")); \(endpoint.underlayStatistics(.v4), default: "no IPv4")"
    }

    deinit { endpoint.stop() }
}
