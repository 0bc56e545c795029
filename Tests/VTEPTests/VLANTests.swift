import TestNetwork
import Testing
import VTEP

/// VLANs of bridges and ports, and those that are VNIs, against `bridge vlan`.
@Suite(.inNamespaces, .using("bridge"))
struct VLANTests {
    /// A bridge br0 with the ports u0 and vx, an external VXLAN device.
    private func furnished(filtering: Bool) throws -> TestNamespace {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        let host = try namespace.host()
        var bridge = BridgeConfiguration(name: "br0")
        if filtering {
            bridge.vlanFiltering = true
            bridge.defaultPVID = 0
        }
        try host.createBridge(bridge)
        var vxlan = VXLANConfiguration(name: "vx", segments: .external)
        vxlan.master = "br0"
        try host.createVXLAN(vxlan)
        var port = BridgePortChange()
        port.vlanTunnel = true
        try host.changeBridgePort("vx", port)
        try host.setMaster(of: "u0", to: "br0")
        return namespace
    }

    private func words(_ entries: [BridgeVLAN]) -> [String] {
        entries.map { "\($0.vlans) \($0.isPVID ? "pvid" : "") \($0.untagged ? "untagged" : "")" }
    }

    @Test(.filteringVLANs) func vlansComeAndGo() throws {
        let namespace = try furnished(filtering: true)
        let host = try namespace.host()
        try host.addVLANs(10...10, to: "u0", pvid: true, untagged: true)
        try host.addVLANs(20...29, to: "u0")
        try host.addVLANs(4094...4094, to: "br0", untagged: true)
        #expect(try words(host.bridgeVLANs(of: "u0")) == ["10...10 pvid untagged", "20...29  "])
        #expect(try words(host.bridgeVLANs(of: "br0")) == ["4094...4094  untagged"])
        #expect(try host.bridgeVLANs().count == 3)
        let shown = try namespace.run("bridge -c vlan show")
        for part in ["10 PVID Egress Untagged", "20-29", "4094 Egress Untagged"] { #expect(shown.contains(part)) }
        try namespace.run("bridge vlan add dev u0 vid 30-32 untagged")
        #expect(try words(host.bridgeVLANs(of: "u0")).contains("30...32  untagged"))
        try host.deleteVLANs(20...24, from: "u0")
        #expect(try words(host.bridgeVLANs(of: "u0")).contains("25...29  "))
        try host.deleteVLANs(4094...4094, from: "br0")
        #expect(try host.bridgeVLANs(of: "br0") == [])
        let error = #expect(throws: VTEPError.self) { try host.deleteVLANs(99...99, from: "u0") }
        #expect(error?.kind == .notFound)
    }

    @Test(.filteringVLANs) func tunnelsComeAndGo() throws {
        let namespace = try furnished(filtering: true)
        let host = try namespace.host()
        try host.addVLANs(10...29, to: "vx")
        try host.addVLANTunnels(10...10, firstVNI: VNI(1000), to: "vx")
        try host.addVLANTunnels(20...29, firstVNI: VNI(2020), to: "vx")
        let vx = try host.link(named: "vx").index
        let expected = [
            VLANTunnel(linkIndex: vx, vlans: 10...10, firstVNI: try VNI(1000)),
            VLANTunnel(linkIndex: vx, vlans: 20...29, firstVNI: try VNI(2020)),
        ]
        #expect(try host.vlanTunnels(of: "vx") == expected)
        #expect(try host.vlanTunnels() == expected)
        let shown = try namespace.run("bridge -c vlan tunnelshow")
        for part in ["10", "1000", "20-29", "2020-2029"] { #expect(shown.contains(part)) }
        try host.deleteVLANTunnels(20...24, from: "vx")
        #expect(try host.vlanTunnels(of: "vx").last?.vlans == 25...29)
        #expect(try host.vlanTunnels(of: "vx").last?.firstVNI == VNI(2025))
        let error = #expect(throws: VTEPError.self) { try host.addVLANTunnels(10...10, firstVNI: VNI(1), to: "u0") }
        #expect(error?.description.contains("VLAN tunnel is off") == true)
    }

    /// Such a kernel reports success for tunnels, and does nothing.
    @Test(.notFilteringVLANs) func aKernelWithoutVLANsIsTold() throws {
        let host = try furnished(filtering: false).host()
        let attempts: [(borrowing Host) throws -> Void] = [
            { try $0.addVLANs(10...10, to: "u0") }, { try $0.deleteVLANs(10...10, from: "u0") },
            { try $0.addVLANs(10...10, to: "br0") }, { try $0.addVLANTunnels(10...10, firstVNI: VNI(10), to: "vx") },
            { try $0.deleteVLANTunnels(10...10, from: "vx") },
        ]
        for attempt in attempts {
            let error = #expect(throws: VTEPError.self) { try attempt(host) }
            #expect(error?.kind == .notSupported)
            #expect(error?.description.contains("CONFIG_BRIDGE_VLAN_FILTERING") == true)
        }
        #expect(try host.bridgeVLANs() == [])
        #expect(try host.vlanTunnels(of: "vx") == [])
    }

    @Test func mistakesAreTold() throws {
        let host = try furnished(filtering: VLANs.areFiltered).host()
        let mistakes: [(VTEPError.Kind, String, (borrowing Host) throws -> Void)] = [
            (.invalidArgument, "1...4094", { try $0.addVLANs(0...5, to: "u0") }),
            (.invalidArgument, "1...4094", { try $0.addVLANs(5...4095, to: "u0") }),
            (.invalidArgument, "1...4094", { try $0.deleteVLANTunnels(4095...4095, from: "vx") }),
            (.foreign, "not a bridge or bridge port", { try $0.addVLANs(5...5, to: "u1") }),
            (.notFound, "nope", { try $0.addVLANs(5...5, to: "nope") }),
            (.notFound, "nope", { _ = try $0.bridgeVLANs(of: "nope") }),
            (.notFound, "nope", { _ = try $0.vlanTunnels(of: "nope") }),
        ]
        for (kind, words, body) in mistakes {
            let error = #expect(throws: VTEPError.self) { try body(host) }
            #expect(error?.kind == kind)
            #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        }
        guard VLANs.areFiltered else { return }
        #expect(throws: VTEPError.self) { try host.addVLANs(5...6, to: "u0", pvid: true) }
        #expect(throws: VTEPError.self) { try host.addVLANTunnels(5...6, firstVNI: .max, to: "vx") }
    }
}
