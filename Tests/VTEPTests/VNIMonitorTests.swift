import TestNetwork
import Testing
import VTEP

/// The VNI filter table kept from events: what there is besides single steps, for which see `MonitorTests`.
@Suite(.inNamespaces, .using("bridge"), .filteringVNIs)
struct VNIMonitorTests {
    private func range(_ first: UInt32, _ last: UInt32) throws -> ClosedRange<VNI> { try VNI(first)...VNI(last) }

    private func makeDevice(in namespace: TestNamespace) throws {
        try namespace.addUnderlay()
        var configuration = VXLANConfiguration(name: "vx", segments: .filtered, device: "u0")
        configuration.up = true
        try namespace.host().createVXLAN(configuration)
    }

    private func monitor(_ namespace: TestNamespace, bufferSize: Int = 1 << 20) throws(VTEPError) -> Monitor {
        try withExtendedLifetime(namespace) { () throws(VTEPError) in
            try Monitor([.vnis, .fdb, .links], in: namespace.namespace, bufferSize: bufferSize)
        }
    }

    private func differences(_ kept: KeptTables, _ host: borrowing Host) throws -> [String] {
        let ours = Set(kept.vnis.keys)
        let theirs = Set(
            try host.vniFilter().flatMap { entry in
                try (entry.vnis.lowerBound.rawValue...entry.vnis.upperBound.rawValue).map {
                    VNIFilterEntry(
                        linkIndex: entry.linkIndex, vnis: try range($0, $0), destination: entry.destination)
                }
            })
        return kept.mistakes + ours.subtracting(theirs).map { "gone: \($0)" }
            + theirs.subtracting(ours).map { "missing: \($0)" }
    }

    /// Until nothing differs, or until that time has passed.
    private func expectEqual(
        _ kept: inout KeptTables, _ monitor: inout Monitor, _ host: borrowing Host, within seconds: Double = 5
    ) throws {
        let limit = ContinuousClock.now + .seconds(seconds)
        var found: [String] = []
        repeat {
            try kept.settle(&monitor)
            found = try differences(kept, host)
        } while !found.isEmpty && ContinuousClock.now < limit
        #expect(found.isEmpty, "\(found.count): \(found.prefix(3))")
    }

    /// A listing's ranges become single VNIs.
    @Test func theSnapshotIsTheTable() throws {
        let namespace = try TestNamespace()
        try makeDevice(in: namespace)
        let host = try namespace.host()
        try host.addVNIs(range(100, 199), to: "vx")
        try host.addVNIs(range(200, 200), destination: .group(ip("239.1.1.1")), to: "vx")
        var monitor = try monitor(namespace)
        var kept = KeptTables()
        try expectEqual(&kept, &monitor, host)
        #expect(kept.vnis.count == 101)
        #expect(kept.synchronisations == 1)
    }

    /// Thousands of changes while nobody reads, into a buffer for some fifty of them.
    @Test func lossesAreMadeGood() throws {
        let namespace = try TestNamespace()
        try makeDevice(in: namespace)
        let host = try namespace.host()
        try host.addVNIs(range(10_000, 10_099), to: "vx")
        var monitor = try monitor(namespace, bufferSize: 32 << 10)
        var kept = KeptTables()
        try expectEqual(&kept, &monitor, host)
        let remote = VXLANDestination.remote(try ip("192.168.50.29"))
        for round in 0..<3 {
            if round > 0 { try host.deleteVNIs(range(1, 3000), from: "vx") }
            try host.addVNIs(range(1, 3000), destination: remote, to: "vx")
            try host.deleteVNIs(range(1000, 1999), from: "vx")
            try host.addVNIs(range(1200, 1499), to: "vx")
            // The reader takes a part of what there is, in the middle of it.
            for _ in 0..<100 { if let event = try monitor.next(timeout: .zero) { kept.take(event) } }
            try host.deleteVNIs(range(1, 2500), from: "vx")
            try host.addVNIs(range(1, 300), destination: .remote(ip("192.168.50.30")), to: "vx")
            try host.deleteVNIs(range(10_000, 10_009), from: "vx")
            try host.addVNIs(range(10_000, 10_004), destination: remote, to: "vx")
        }
        try expectEqual(&kept, &monitor, host)
        #expect(kept.vnis.count == 500 + 300 + 95)
        #expect(kept.synchronisations >= 2)
        #expect(kept.fdb.keys.filter { $0.macAddress.isZero }.count == 500 + 300 + 5)  // each destination's entry
        try namespace.ip("link del vx")
        try expectEqual(&kept, &monitor, host)
        #expect(kept.vnis.isEmpty)
    }

    /// A device takes its table along into another namespace, and brings it, without a word of the kernel's.
    @Test func devicesMoveWithTheirTable() throws {
        let (here, there) = (try TestNamespace(), try TestNamespace())
        try makeDevice(in: here)
        let hostHere = try here.host()
        let hostThere = try there.host()
        try hostHere.addVNIs(range(100, 102), to: "vx")
        var monitorHere = try monitor(here)
        var monitorThere = try monitor(there)
        var (keptHere, keptThere) = (KeptTables(), KeptTables())
        try expectEqual(&keptHere, &monitorHere, hostHere)
        try expectEqual(&keptThere, &monitorThere, hostThere)
        #expect(keptHere.vnis.count == 3)
        try withExtendedLifetime(there) { try hostHere.moveLink("vx", to: there.namespace) }
        try expectEqual(&keptHere, &monitorHere, hostHere)
        try expectEqual(&keptThere, &monitorThere, hostThere)
        #expect(keptHere.vnis.isEmpty && keptThere.vnis.count == 3)
    }

    /// The kernel sets a destination whose group it cannot join, fails, and tells nobody.
    @Test func whatTheKernelIsSilentAboutIsFound() throws {
        let namespace = try TestNamespace()
        try makeDevice(in: namespace)
        let host = try namespace.host()
        try host.addVNIs(range(100, 100), to: "vx")
        // As many groups as a socket may join (net.ipv4.igmp_max_memberships).
        for number in UInt32(1)...20 {
            try host.addVNIs(range(number, number), destination: .group(ip("239.1.1.\(number)")), to: "vx")
        }
        var monitor = try monitor(namespace)
        var kept = KeptTables()
        try expectEqual(&kept, &monitor, host)
        let outcome = try namespace.outcome(of: [
            "bridge", "vni", "add", "dev", "vx", "vni", "100", "group", "239.9.9.9",
        ])
        #expect(outcome.status != 0)
        let now = try host.vniFilter(of: "vx").first { $0.vnis == (try? range(100, 100)) }
        #expect(now?.destination == .group(try ip("239.9.9.9")))
        try expectEqual(&kept, &monitor, host)
        #expect(kept.vnis.keys.contains { $0.destination == now?.destination })
    }

    /// Nothing is looked for without a VNI filter: nobody is woken for nothing.
    @Test func withoutAFilterTheDescriptorRests() throws {
        let namespace = try TestNamespace()
        try namespace.ip("link add v1 type vxlan id 7 dstport 4789")
        let host = try namespace.host()
        var monitor = try monitor(namespace)
        var kept = KeptTables()
        try expectEqual(&kept, &monitor, host)
        #expect(!isReadable(monitor.descriptor, within: 1200))
        try makeDevice(in: namespace)
        try expectEqual(&kept, &monitor, host)
        #expect(isReadable(monitor.descriptor, within: 1200))
        try namespace.ip("link del vx")
        try kept.settle(&monitor, quiet: .milliseconds(1200))
        #expect(!isReadable(monitor.descriptor, within: 1200))
    }
}
