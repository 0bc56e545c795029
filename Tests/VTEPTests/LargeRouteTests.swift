import TestNetwork
import Testing
import VTEP

@Suite(.inNamespaces)
struct LargeRouteTests {
    /// The kernel leaves a route out of its first dump, without a word, that exceeds the datagram it chose.
    @Test func manyNextHopsInTheFirstDump() throws {
        let namespace = try TestNamespace()
        let host = try namespace.host()
        let link = try host.createBridge(BridgeConfiguration(name: "br0"))
        try host.setLink("br0", up: true)
        try host.addAddress(IPPrefix(parsing: "10.0.0.1/16"), to: "br0")
        var route = Route(to: try IPPrefix(parsing: "60.0.0.0/8"))
        route.table = RouteTable(rawValue: 100)
        route.nextHops = (0..<400).map {
            NextHop(gateway: .v4(IPv4Address(rawValue: 0x0A00_0102 + UInt32($0))), linkIndex: link.index)
        }
        try host.addRoute(route)
        let fresh = try namespace.host()
        let read = try fresh.routes(family: .v4, table: route.table)
        #expect(read.map(\.nextHops) == [route.nextHops])
        try fresh.deleteRoute(#require(read.first))
        #expect(try fresh.routes(family: .v4, table: route.table) == [])
    }
}
