import Glibc
import TestNetwork
import Testing
import VTEP

/// Tables larger than one would like to hold. Each test runs in a process of its own, whose memory it measures.
@Suite(.inNamespaces)
struct LargeTableTests {
    private static let count = 200_000
    /// Less than 64 octets for each entry could be held within it.
    private static let bound = 4 << 20

    /// Several devices: the kernel's walk over one device's entries is quadratic.
    private static func fill(_ host: borrowing Host) throws {
        for device in 0..<20 {
            let link = try host.createVXLAN(
                VXLANConfiguration(name: "vxlan\(device)", vni: VNI(UInt32(100 + device)))
            ).index
            for start in stride(from: 0, to: count / 20, by: 1000) {
                let changes = (start..<start + 1000).map { i in
                    Change.writeFDB(
                        FDBEntry(
                            macAddress: MACAddress(2, 0, 0, UInt8(device), UInt8(i >> 8), UInt8(i & 0xFF)),
                            destination: .v4(IPv4Address(rawValue: 0x0A00_0001)), linkIndex: link), .add)
                }
                #expect(try host.apply(changes).isEmpty)
            }
        }
    }

    @Test func streamingHoldsNothing() async {
        await #expect(processExitsWith: .success) {
            ThisProcess.diesWithItsParent()
            let namespace = try TestNamespace()
            let host = try namespace.host()
            try LargeTableTests.fill(host)
            var entries = 0
            let grown = try ThisProcess.peakGrowth {
                try host.forEachFDB { _ throws(VTEPError) in entries += 1 }
            }
            #expect(entries >= LargeTableTests.count)
            #expect(grown < LargeTableTests.bound, "\(grown) bytes more at the peak")
            // The list, in comparison, holds each entry once; the array may double while it grows.
            var list: [FDBEntry] = []
            let held = try ThisProcess.peakGrowth { list = try host.fdb() }
            let size = MemoryLayout<FDBEntry>.stride * list.count
            #expect(held > size, "what is held can be measured: \(held)")
            #expect(held < size * 7 / 2, "\(held) bytes for \(size)")
        }
    }

    /// Events that nobody takes cost nothing here: they stay in the kernel, until that drops them.
    @Test func aMonitorThatNobodyReadsGrowsNotAtAll() async {
        await #expect(processExitsWith: .success) {
            ThisProcess.diesWithItsParent()
            let namespace = try TestNamespace()
            let host = try namespace.host()
            var monitor = try withExtendedLifetime(namespace) { () throws(VTEPError) in
                try Monitor(.fdb, in: namespace.namespace, snapshot: false, bufferSize: 64 << 10)
            }
            let before = ThisProcess.allocatedBytes
            try LargeTableTests.fill(host)
            #expect(ThisProcess.allocatedBytes - before < 1 << 20)
            // Once it reads, it remembers what is there, and has not more than that to tell.
            var known = 0
            while known < LargeTableTests.count, let event = try monitor.next(timeout: .seconds(20)) {
                switch event {
                case .fdb(.added): known += 1
                case .fdb(.removed): known -= 1
                default: break
                }
            }
            #expect(known == LargeTableTests.count)
        }
    }

    @Test func aStreamCanBeEndedAndMayNotBeInterleaved() throws {
        let host = try TestNamespace().host()
        let link = try host.createVXLAN(VXLANConfiguration(name: "vxlan0", vni: VNI(7))).index
        let changes = (0..<3000).map { i in
            Change.writeFDB(
                FDBEntry(
                    macAddress: MACAddress(2, 0, 0, 0, UInt8(i >> 8), UInt8(i & 0xFF)),
                    destination: .v4(IPv4Address(rawValue: 0x0A00_0001)), linkIndex: link), .add)
        }
        try host.apply(changes)
        var seen = 0
        let stop = VTEPError(.callback, attempted: "stop")
        #expect(throws: stop) {
            try host.forEachFDB(of: "vxlan0") { _ throws(VTEPError) in
                seen += 1
                if seen == 700 { throw stop }
            }
        }
        #expect(seen == 700)
        var refused: VTEPError?
        try host.forEachFDB { _ throws(VTEPError) in
            if refused != nil { return }
            do throws(VTEPError) { _ = try host.links() } catch { refused = error }
        }
        #expect(refused?.kind == .busy)
        #expect(try host.fdb(of: "vxlan0").count == 3000, "it can be used again")
        var routes = 0
        try host.forEachRoute(RouteFilter(table: RouteTable(rawValue: 4711))) { _ throws(VTEPError) in routes += 1 }
        #expect(routes == 0, "a table that does not exist is empty")
        try host.forEachRoute { _ throws(VTEPError) in routes += 1 }
        #expect(routes > 3)
    }

    /// What the kernel filters is what we would.
    @Test(.using("ip")) func filtersAreTheKernels() throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        try namespace.ip(
            """
            link add br0 type bridge
            link add vxlan0 type vxlan id 7 dstport 4789
            link add vxlan1 type vxlan id 8 dstport 4789
            link set vxlan0 master br0
            link set br0 up
            route add 10.1.0.0/16 via 192.168.50.1 proto 77
            route add blackhole 10.2.0.0/16
            route add 10.3.0.0/16 nexthop via 192.168.50.1 nexthop via 192.168.50.2
            """)
        let host = try namespace.host()
        #expect(try Set(host.links(kind: .vxlan).map(\.name)) == ["vxlan0", "vxlan1"])
        #expect(try host.links(kind: LinkKind(rawValue: "nonesuch")).isEmpty)
        #expect(try host.links(kind: .physical).map(\.name) == ["lo"])
        #expect(try host.bridgePorts(of: "br0").map(\.name) == ["vxlan0"])
        let ofBridge = try host.fdb(ofBridge: "br0")
        #expect(!ofBridge.isEmpty)
        #expect(
            try Set(ofBridge)
                == Set(
                    host.fdb().filter {
                        $0.masterIndex != nil || $0.linkIndex == ofBridge[0].masterIndex
                            || ofBridge.map(\.linkIndex).contains($0.linkIndex)
                    }))
        var filter = RouteFilter()
        filter.origin = RouteOrigin(rawValue: 77)
        #expect(try host.routes(filter).map { "\($0.destination)" } == ["10.1.0.0/16"])
        filter = RouteFilter(table: .main)
        filter.type = .blackhole
        #expect(try host.routes(filter).map { "\($0.destination)" } == ["10.2.0.0/16"])
        filter = RouteFilter(family: .v4, table: .main)
        filter.linkIndex = try host.link(named: "u0").index
        #expect(try host.routes(filter).contains { "\($0.destination)" == "10.3.0.0/16" })
        #expect(try !host.routes(filter).contains { $0.type == .blackhole })
    }
}
