import TestNetwork
import Testing
import VTEP

/// The tutorial's third set-up: containers on two hosts, each behind a bridge that the VXLAN device is a port of.
@Suite(.inNamespaces, .using("ping"))
struct ContainerTests {
    @Test(arguments: TwoHosts.Mode.allCases, [IPAddress.Family.v4, .v6])
    func containersReachOneAnother(_ mode: TwoHosts.Mode, _ underlay: IPAddress.Family) throws {
        let hosts = try TwoHosts(underlay: underlay)
        let containers = [try TestNamespace(), try TestNamespace()]
        for side in 0...1 {
            let host = try hosts.namespaces[side].host()
            var bridge = BridgeConfiguration(name: "mylan")
            bridge.up = true
            try host.createBridge(bridge)
            var wire = VethConfiguration(name: "ngx1", peerName: "eth0")
            wire.peerNamespace = containers[side].namespace
            wire.master = "mylan"
            wire.mtu = underlay == .v4 ? 1450 : 1430
            wire.up = true
            try host.createVeth(wire)
            let inside = try containers[side].host()
            try inside.addAddress(prefix("10.17.0.\(8 + side)/24"), to: "eth0")
            try inside.addAddress(prefix("fd17::\(8 + side)/64"), to: "eth0")
        }
        try hosts.addVXLAN(mode, master: "mylan")
        for container in containers { try waitForAddresses(in: container) }

        for (side, target) in [(0, "10.17.0.9"), (1, "10.17.0.8"), (0, "fd17::9"), (1, "fd17::8")] {
            let failure = try containers[side].ping(target)
            #expect(failure == nil, "from side \(side) to \(target)")
        }
        for side in 0...1 {
            let host = try hosts.namespaces[side].host()
            let ports = try host.bridgePorts(of: "mylan")
            #expect(ports.map(\.name) == ["ngx1", "vxlan0"])
            #expect(ports.allSatisfy { $0.bridgePort?.state == .forwarding })
        }
        withExtendedLifetime(containers) {}
    }
}
