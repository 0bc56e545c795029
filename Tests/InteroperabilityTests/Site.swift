import TestNetwork
import VTEP

/// One of two hosts with a wire between them: `u0` there, and the addresses of both.
struct Site {
    enum Mode: String, Sendable { case pointToPoint = "point to point", group }

    let number: Int
    let namespace: TestNamespace
    let wiring: Wiring

    var address: String { wiring.addresses[number] }
    var peer: String { wiring.addresses[1 - number] }
    /// The MTU that the overlay has.
    var mtu: Int { wiring.mtu - (wiring.family == .v4 ? 50 : 70) }
    var group: String { wiring.family == .v4 ? "229.1.1.1" : "ff05::120" }
    static let vni: UInt32 = 120
}

/// What the two hosts have between them.
struct Wiring: Sendable, CustomStringConvertible {
    var family = IPAddress.Family.v4
    var mtu = 1500
    var mode = Site.Mode.pointToPoint

    var addresses: [String] { family == .v4 ? ["192.168.50.233", "192.168.50.29"] : ["fd50::233", "fd50::29"] }
    var prefix: Int { family == .v4 ? 24 : 64 }
    var description: String { "\(mode.rawValue) over \(family), MTU \(mtu)" }

    func sites() throws -> [Site] {
        let namespaces = [try TestNamespace(), try TestNamespace()]
        var wire = VethConfiguration(name: "u0", peerName: "u0")
        wire.peerNamespace = namespaces[1].namespace
        wire.mtu = UInt32(mtu)
        wire.up = true
        try namespaces[0].host().createVeth(wire)
        return namespaces.enumerated().map { Site(number: $0, namespace: $1, wiring: self) }
    }
}

/// A VTEP on a site, running until this is gone. Its Ethernet side is a link of the site.
protocol Party: AnyObject {
    var link: String { get }
    /// What it has to say about a failure.
    var report: String { get }
}

extension Party {
    var report: String { "" }
}

enum Kind: String, Sendable {
    case endpoint = "our endpoint"
    case kernel = "the kernel"
    case openVSwitch = "Open vSwitch"

    func start(on site: Site) throws -> any Party {
        switch self {
        case .endpoint: try EndpointParty(on: site)
        case .kernel: try KernelParty(on: site)
        case .openVSwitch: try OpenVSwitch(on: site)
        }
    }
}

/// The kernel's VXLAN device, made by this library.
final class KernelParty: Party {
    let link = "vxlan0"

    init(on site: Site) throws {
        let host = try site.namespace.host()
        try host.addAddress(IPPrefix(parsing: "\(site.address)/\(site.wiring.prefix)"), to: "u0")
        let destination: VXLANDestination =
            switch site.wiring.mode {
            case .pointToPoint: .remote(try IPAddress(parsing: site.peer))
            case .group: .group(try IPAddress(parsing: site.group))
            }
        var vxlan = try VXLANConfiguration(
            name: link, vni: VNI(Site.vni), destination: destination, device: "u0")
        vxlan.local = try IPAddress(parsing: site.address)
        vxlan.up = true
        try host.createVXLAN(vxlan)
    }
}
