import TestNetwork
import Testing
import VTEP

/// Tables kept from events equal the kernel's.
@Suite(.inNamespaces, .using("ip"), .using("bridge"))
struct MonitorTests {
    private static func monitor(
        _ namespace: TestNamespace, _ tables: WatchedTables = .all, snapshot: Bool = true, bufferSize: Int = 1 << 20
    ) throws(VTEPError) -> Monitor {
        try withExtendedLifetime(namespace) { () throws(VTEPError) in
            try Monitor(tables, in: namespace.namespace, snapshot: snapshot, bufferSize: bufferSize)
        }
    }

    /// What differs, once for settling and once more for what the kernel does a moment later.
    private static func expectEqual(
        _ kept: inout KeptTables, _ monitor: inout Monitor, _ host: borrowing Host, _ what: String
    ) throws {
        var differences: [String] = []
        for _ in 0..<20 {
            try kept.settle(&monitor)
            differences = try kept.differences(from: host)
            if differences.isEmpty { break }
        }
        #expect(differences.isEmpty, "after \(what): \(differences.prefix(5))")
    }

    @Test func theSnapshotIsTheTable() throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        try namespace.ip("link add vxlan0 type vxlan id 120 dstport 4789 remote 192.168.50.29 dev u0")
        let host = try namespace.host()
        var monitor = try MonitorTests.monitor(namespace)
        var kept = KeptTables()
        try kept.settle(&monitor)
        #expect(kept.synchronisations == 1)
        #expect(kept.links.count == 4)
        #expect(kept.fdb.count == 1)
        try MonitorTests.expectEqual(&kept, &monitor, host, "the snapshot")
    }

    /// Each step is what tools do, and one that the kernel tells of in a way of its own.
    @Test(arguments: MonitorStep.all) func kept(step: MonitorStep) throws { try MonitorTests.expectKept(step) }

    @Test(.filteringVNIs, arguments: MonitorStep.vnis) func keptVNIs(step: MonitorStep) throws {
        try MonitorTests.expectKept(step)
    }

    @Test(.filteringVLANs, arguments: MonitorStep.vlans) func keptVLANs(step: MonitorStep) throws {
        try MonitorTests.expectKept(step)
    }

    private static func expectKept(_ step: MonitorStep) throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        let host = try namespace.host()
        for line in step.before { try namespace.run(line) }
        var monitor = try MonitorTests.monitor(namespace)
        var kept = KeptTables()
        try MonitorTests.expectEqual(&kept, &monitor, host, "the snapshot")
        for line in step.commands {
            let before = kept.events
            try namespace.run(line)
            try MonitorTests.expectEqual(&kept, &monitor, host, line)
            #expect(kept.events > before, "\(line): nothing was told")
        }
        #expect(kept.synchronisations == 1)
    }

    @Test func withoutSnapshotOnlyChangesAreTold() throws {
        let namespace = try TestNamespace()
        try namespace.ip("link add br0 type bridge")
        var monitor = try MonitorTests.monitor(namespace, .links, snapshot: false)
        #expect(try monitor.next(timeout: .milliseconds(50)) == nil)
        try namespace.ip("link add br1 type bridge")
        let event = try monitor.next(timeout: .seconds(5))
        guard case .link(.added(let link)) = event else {
            Issue.record("told instead: \(String(describing: event))")
            return
        }
        #expect(link.name == "br1")
    }

    /// Only what was asked for is told, whatever else must be followed for it.
    @Test func onlyWatchedTablesAreTold() throws {
        let namespace = try TestNamespace()
        var monitor = try MonitorTests.monitor(namespace, .routes)
        try namespace.ip("link add br0 type bridge\nlink set br0 up\naddress add 10.0.0.1/24 dev br0")
        var told = 0
        while let event = try monitor.next(timeout: .milliseconds(80)) {
            if case .synchronised = event { continue }
            guard case .route = event else {
                Issue.record("told: \(event)")
                continue
            }
            told += 1
        }
        #expect(told > 3)
    }

    /// Many more changes than fit into the buffer, while nobody reads.
    @Test(arguments: [0, 3]) func lossesAreMadeGood(restless seconds: Int) throws {
        let namespace = try TestNamespace()
        let host = try namespace.host()
        let link = try host.createVXLAN(VXLANConfiguration(name: "vxlan0", vni: VNI(120))).index
        var monitor = try MonitorTests.monitor(namespace, bufferSize: 64 << 10)
        var kept = KeptTables()
        try MonitorTests.expectEqual(&kept, &monitor, host, "the snapshot")
        func entries(_ range: Range<Int>, remote: UInt32) -> [FDBEntry] {
            range.map {
                FDBEntry(
                    macAddress: MACAddress(2, 0, 0, 0, UInt8($0 >> 8), UInt8($0 & 0xFF)),
                    destination: .v4(IPv4Address(rawValue: 0x0A00_0000 + remote)), linkIndex: link)
            }
        }
        for round in 0..<3 {
            _ = try host.apply(entries(0..<8000, remote: 1).map { .writeFDB($0, .replace) })
            _ = try host.apply(entries(0..<4000, remote: 2).map { .writeFDB($0, .replace) })
            _ = try host.apply(entries(2000..<6000, remote: 1).map { .deleteFDB($0) })
            // Between the floods the reader takes part of what there is.
            for _ in 0..<seconds * 1000 { if let event = try monitor.next(timeout: .zero) { kept.take(event) } }
            _ = try host.apply(entries(7000..<7000 + round, remote: 1).map { .deleteFDB($0) })
        }
        try MonitorTests.expectEqual(&kept, &monitor, host, "a flood")
        #expect(kept.fdb.count == 5998)  // what has the other remote is not deleted
        #expect(kept.synchronisations >= 2)
    }

    /// A device takes its FDB along into another namespace, and brings it, without a word of the kernel's.
    @Test func devicesMoveWithTheirFDB() throws {
        let (here, there) = (try TestNamespace(), try TestNamespace())
        let hostHere = try here.host()
        let hostThere = try there.host()
        let link = try hostHere.createVXLAN(VXLANConfiguration(name: "vxlan0", vni: VNI(120))).index
        for number in 1...3 as ClosedRange<UInt8> {
            try hostHere.addFDB(
                FDBEntry(
                    macAddress: MACAddress(2, 0, 0, 0, 0, number),
                    destination: .v4(IPv4Address(rawValue: 0x0A00_0001)), linkIndex: link))
        }
        var monitorHere = try MonitorTests.monitor(here)
        var monitorThere = try MonitorTests.monitor(there)
        var (keptHere, keptThere) = (KeptTables(), KeptTables())
        try MonitorTests.expectEqual(&keptHere, &monitorHere, hostHere, "the snapshot here")
        try MonitorTests.expectEqual(&keptThere, &monitorThere, hostThere, "the snapshot there")
        #expect(keptHere.fdb.count == 3)
        try withExtendedLifetime(there) { try hostHere.moveLink("vxlan0", to: there.namespace) }
        try MonitorTests.expectEqual(&keptHere, &monitorHere, hostHere, "leaving")
        try MonitorTests.expectEqual(&keptThere, &monitorThere, hostThere, "arriving")
        #expect(keptHere.fdb.isEmpty)
        #expect(keptThere.fdb.count == 3)
    }

    /// Others change every table at once, at random and for a while; what was kept is right in the end.
    @Test func restlessTablesAreRightInTheEnd() throws {
        let namespace = try TestNamespace()
        let host = try namespace.host()
        let link = try host.createVXLAN(VXLANConfiguration(name: "vxlan0", vni: VNI(120))).index
        try host.setLink("vxlan0", up: true)
        var monitor = try MonitorTests.monitor(namespace, bufferSize: 16 << 10)
        let writers = ThisProcess.onNewThreads(3) { number -> Result<KeptTables?, any Error> in
            Result {
                var random = SystemRandomNumberGenerator()
                let host = try namespace.host()
                for _ in 0..<60 { try MonitorTests.disturb(host, link, number, &random) }
                return nil
            }
        }
        for writer in writers { _ = try writer.get() }
        var kept = KeptTables()
        try MonitorTests.expectEqual(&kept, &monitor, host, "the unrest")
    }

    private static func disturb(
        _ host: borrowing Host, _ link: UInt32, _ number: Int, _ random: inout some RandomNumberGenerator
    ) throws {
        let changes = try (0..<100).map { _ -> Change in
            let (low, write) = (
                UInt8.random(in: 0...60, using: &random), [EntryWrite.add, .replace].randomElement() ?? .add
            )
            let remote = IPAddress.v4(IPv4Address(rawValue: 0x0A00_0001 + UInt32.random(in: 0...2, using: &random)))
            let entry = FDBEntry(macAddress: MACAddress(2, 0, 0, 0, 0, low), destination: remote, linkIndex: link)
            let neighbour = Neighbour(
                address: .v4(IPv4Address(rawValue: 0x0A01_0000 + UInt32(low))), macAddress: entry.macAddress,
                linkIndex: link)
            let address = InterfaceAddress(
                try IPPrefix(address: .v4(IPv4Address(rawValue: 0x0A02_0000 + UInt32(low) << 8)), length: 24),
                linkIndex: link)
            let route = Route(to: try IPPrefix(address: neighbour.address, length: 32), linkIndex: link)
            switch Int.random(in: 0..<8, using: &random) {
            case 0, 1: return .writeFDB(entry, write)
            case 2: return .deleteFDB(entry)
            case 3: return .writeNeighbour(neighbour, write)
            case 4: return .deleteNeighbour(neighbour)
            case 5: return low % 2 == 0 ? .writeAddress(address, .add) : .deleteAddress(address)
            case 6: return .writeRoute(route, write)
            default: return .deleteRoute(route)
            }
        }
        try host.apply(changes)
        if number == 0 {
            try host.setLink("vxlan0", up: false)
            try host.setLink("vxlan0", up: true)
        }
    }

    @Test func nonsenseIsRefused() throws {
        #expect(throws: VTEPError.self) { try Monitor([]).close() }
        #expect(throws: VTEPError.self) { try Monitor(WatchedTables(rawValue: 1 << 30)).close() }
        #expect(throws: VTEPError.self) { try Monitor(bufferSize: 0).close() }
        #expect(throws: VTEPError.self) { try Monitor(in: .path("/tmp")).close() }
    }

    /// The descriptor is readable as long as there is something to do, and then no more.
    @Test func theDescriptorSaysWhen() throws {
        let namespace = try TestNamespace()
        var monitor = try MonitorTests.monitor(namespace)
        #expect(isReadable(monitor.descriptor, within: 0), "the snapshot is to be told")
        while let event = try monitor.next(timeout: .zero) {
            if case .synchronised = event { break }
            #expect(isReadable(monitor.descriptor, within: 0))
        }
        while try monitor.next(timeout: .zero) != nil {}
        #expect(!isReadable(monitor.descriptor, within: 0))
        try namespace.ip("link add br0 type bridge")
        #expect(isReadable(monitor.descriptor, within: 1000))
    }
}
