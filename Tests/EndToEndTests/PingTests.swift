import TestNetwork
import Testing
import VTEP

/// Two hosts joined by this library, and the real ping across, both ways.
@Suite(.inNamespaces, .using("ping"))
struct PingTests {
    struct SetUp: Sendable, CustomTestStringConvertible {
        let mode: TwoHosts.Mode
        let underlay: IPAddress.Family
        let overlay: IPAddress.Family
        var testDescription: String { "\(mode.rawValue), \(overlay) over \(underlay)" }

        static let all = TwoHosts.Mode.allCases.flatMap { mode in
            [IPAddress.Family.v4, .v6].flatMap { underlay in
                [IPAddress.Family.v4, .v6].map { SetUp(mode: mode, underlay: underlay, overlay: $0) }
            }
        }
    }

    @Test(arguments: SetUp.all)
    func bothWays(_ setUp: SetUp) throws {
        let hosts = try TwoHosts(underlay: setUp.underlay)
        try hosts.addVXLAN(setUp.mode)
        let overlay = setUp.overlay == .v4 ? ["10.16.0.2", "10.16.0.3"] : ["fd16::2", "fd16::3"]
        let length = setUp.overlay == .v4 ? 24 : 64
        for side in 0...1 {
            try hosts.namespaces[side].host().addAddress(prefix("\(overlay[side])/\(length)"), to: "vxlan0")
        }
        try hosts.settle()

        for side in 0...1 {
            let failure = try hosts.namespaces[side].ping(overlay[1 - side])
            #expect(failure == nil, "from side \(side)")
        }
        // The largest packet that passes without fragments: the MTU, less the headers of IP and ICMP.
        let mtu = try hosts.namespaces[0].host().link(named: "vxlan0").mtu
        #expect(mtu == (setUp.underlay == .v4 ? 1450 : 1430))
        let size = Int(mtu) - (setUp.overlay == .v4 ? 28 : 48)
        let failure = try hosts.namespaces[0].ping(overlay[1], arguments: ["-M", "do", "-s", "\(size)"])
        #expect(failure == nil, "\(size) bytes")

        // What travelled was learnt: the other side's MAC address, behind the other side's underlay address.
        let peer = try #require(try hosts.namespaces[1].host().link(named: "vxlan0").macAddress)
        let learnt = try hosts.namespaces[0].host().fdb(of: "vxlan0").first { $0.macAddress == peer }
        #expect(learnt?.destination?.description == hosts.addresses[1])
    }

    /// Guards the others: a ping that cannot arrive is noticed.
    @Test func withoutAnOverlayNothingArrives() throws {
        let hosts = try TwoHosts(underlay: .v4)
        let outcome = try hosts.namespaces[0].outcome(of: ["ping", "-n", "-c", "1", "-W", "1", "10.16.0.3"])
        #expect(outcome.status != 0)
    }

    /// Different VNIs are different networks, on the same port.
    @Test func anotherVNIHearsNothing() throws {
        let hosts = try TwoHosts(underlay: .v4)
        for side in 0...1 {
            let host = try hosts.namespaces[side].host()
            var vxlan = try VXLANConfiguration(
                name: "vxlan0", vni: VNI(UInt32(120 + side)), destination: .remote(ip(hosts.addresses[1 - side])),
                device: "u0")
            vxlan.up = true
            try host.createVXLAN(vxlan)
            try host.addAddress(prefix("10.16.0.\(2 + side)/24"), to: "vxlan0")
        }
        let command = ["ping", "-n", "-c", "1", "-W", "1", "10.16.0.3"]
        #expect(try hosts.namespaces[0].outcome(of: command).status != 0)
    }

    /// Head-end replication: three hosts, no group, and each told of the two others.
    @Test func severalRemotes() throws {
        let names = ["h0", "h1", "h2"]
        let hosts = try names.map { _ in try TestNamespace() }
        let network = try TestNamespace()
        let hub = try network.host()
        var bridge = BridgeConfiguration(name: "switch")
        bridge.up = true
        try hub.createBridge(bridge)
        for number in 0..<3 {
            var wire = VethConfiguration(name: names[number], peerName: "u0")
            wire.peerNamespace = hosts[number].namespace
            wire.master = "switch"
            wire.up = true
            try hub.createVeth(wire)
            let host = try hosts[number].host()
            try host.addAddress(prefix("192.168.50.\(number + 1)/24"), to: "u0")
            var vxlan = try VXLANConfiguration(name: "vxlan0", vni: VNI(120), device: "u0")
            vxlan.up = true
            try host.createVXLAN(vxlan)
            for other in 0..<3 where other != number {
                try host.appendRemote(ip("192.168.50.\(other + 1)"), to: "vxlan0")
            }
            try host.addAddress(prefix("10.16.0.\(number + 1)/24"), to: "vxlan0")
        }
        for (from, to) in [(0, 1), (1, 2), (2, 0)] {
            let failure = try hosts[from].ping("10.16.0.\(to + 1)")
            #expect(failure == nil, "from \(from) to \(to)")
        }
    }
}
