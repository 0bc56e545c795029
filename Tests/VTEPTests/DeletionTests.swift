import TestNetwork
import Testing
import VTEP

/// What is deleted is what was named, and nothing beside it.
@Suite(.inNamespaces, .using("ip"))
struct DeletionTests {
    @Test func routeOfTheSameKeyAndAnotherType() throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        try namespace.run("ip route add 50.0.0.0/8 dev u0 metric 5")
        try namespace.run("ip route append blackhole 50.0.0.0/8 metric 5")
        let host = try namespace.host()
        let prefix = try IPPrefix(parsing: "50.0.0.0/8")
        let blackhole = try #require(try host.routes().first { $0.type == .blackhole })
        try host.deleteRoute(blackhole)
        #expect(try host.routes().filter { $0.destination == prefix }.map(\.type) == [.unicast])
        let error = #expect(throws: VTEPError.self) { try host.deleteRoute(blackhole) }
        #expect(error?.kind == .notFound)
    }

    @Test func addressOfAnotherPrefixLength() throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        try namespace.run("ip addr add 10.0.0.1/24 dev u0")
        try namespace.run("ip addr add 10.0.0.1/16 dev u0")
        let host = try namespace.host()
        try host.deleteAddress(IPPrefix(parsing: "10.0.0.1/16"), from: "u0")
        let error = #expect(throws: VTEPError.self) {
            try host.deleteAddress(IPPrefix(parsing: "10.0.0.1/8"), from: "u0")
        }
        #expect(error?.kind == .notFound)
        let left = try host.addresses(of: "u0").filter { $0.prefix.address.family == .v4 }.map(\.prefix.description)
        #expect(left.contains("10.0.0.1/24"))
        #expect(!left.contains("10.0.0.1/16"))
    }

    @Test func addressWithAPeer() throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        try namespace.run("ip addr add 10.9.0.1 peer 10.9.0.2/32 dev u0")
        let host = try namespace.host()
        try host.deleteAddress(IPPrefix(parsing: "10.9.0.1/32"), from: "u0")
        #expect(try !host.addresses(of: "u0").contains { $0.peer != nil })
    }

    /// A bridge's entry for itself is listed without a flag that says whose it is.
    @Test(.using("bridge")) func entryOfTheBridgeItself() throws {
        let namespace = try TestNamespace()
        let host = try namespace.host()
        try host.createBridge(BridgeConfiguration(name: "br0"))
        try namespace.run("bridge fdb add 02:00:00:00:00:77 dev br0 self local")
        let address = MACAddress(2, 0, 0, 0, 0, 0x77)
        let entry = try #require(try host.fdb(of: "br0").first { $0.macAddress == address })
        try host.deleteFDB(entry)
        #expect(try !host.fdb(of: "br0").contains { $0.macAddress == address })
    }

    /// The one the device was made with has a link of its own, without which the kernel deletes nothing and says yes.
    @Test func remoteTheDeviceWasMadeWith() throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        let host = try namespace.host()
        let remote = try IPAddress(parsing: "192.168.50.29")
        try host.createVXLAN(
            VXLANConfiguration(name: "vxlan0", vni: VNI(120), destination: .remote(remote), device: "u0"))
        try host.deleteRemote(remote, from: "vxlan0")
        #expect(try host.remotes(of: "vxlan0") == [])
    }
}
