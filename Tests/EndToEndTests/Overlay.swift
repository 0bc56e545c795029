import TestNetwork
import VTEP

/// Literals of a test, which are right.
func ip(_ text: String) throws -> IPAddress { try IPAddress(parsing: text) }
func prefix(_ text: String) throws -> IPPrefix { try IPPrefix(parsing: text) }

/// Two hosts with an underlay between them, set up by the library alone.
struct TwoHosts {
    let namespaces: [TestNamespace]
    let underlay: IPAddress.Family

    /// The tutorial's addresses, or a pair of IPv6 ones.
    var addresses: [String] { underlay == .v4 ? ["192.168.50.233", "192.168.50.29"] : ["fd50::233", "fd50::29"] }

    init(underlay: IPAddress.Family) throws {
        namespaces = [try TestNamespace(), try TestNamespace()]
        self.underlay = underlay
        var wire = VethConfiguration(name: "u0", peerName: "u0")
        wire.peerNamespace = namespaces[1].namespace
        wire.up = true
        try namespaces[0].host().createVeth(wire)
        for side in 0...1 {
            let host = try namespaces[side].host()
            try host.addAddress(prefix("\(addresses[side])/\(underlay == .v4 ? 24 : 64)"), to: "u0")
        }
        try settle()
    }

    /// Makes vxlan0 on both sides: VNI 120, port 4789.
    func addVXLAN(_ mode: Mode, master: String? = nil) throws {
        for side in 0...1 {
            let destination: VXLANDestination =
                switch mode {
                case .pointToPoint: .remote(try ip(addresses[1 - side]))
                case .group: .group(try ip(underlay == .v4 ? "229.1.1.1" : "ff05::120"))
                }
            var vxlan = try VXLANConfiguration(
                name: "vxlan0", vni: VNI(120), destination: destination, device: "u0")
            vxlan.up = true
            vxlan.master = master
            try namespaces[side].host().createVXLAN(vxlan)
        }
    }

    /// Waits until no IPv6 address is tentative any more: before that, nothing is sent from it.
    func settle() throws {
        for namespace in namespaces { try waitForAddresses(in: namespace) }
    }

    enum Mode: String, CaseIterable, Sendable { case pointToPoint, group }
}

func waitForAddresses(in namespace: TestNamespace) throws {
    let host = try namespace.host()
    let tentative = try eventually {
        try host.addresses().filter { $0.flags.contains(.tentative) }
    } until: {
        $0.isEmpty
    }
    guard tentative.isEmpty else { throw Failure("still tentative: \(tentative)") }
}

extension TestNamespace {
    /// Nil if all answers came, else what ping said. The first one may take its time: neighbours are resolved then.
    func ping(_ address: String, arguments: [String] = []) throws -> String? {
        let command = ["ping", "-n", "-c", "3", "-i", "0.05", "-w", "15"] + arguments + [address]
        let outcome = try outcome(of: command)
        return outcome.status == 0 ? nil : outcome.text + outcome.errors
    }
}
