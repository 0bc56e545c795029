import TestNetwork
import Testing
import VTEP

/// The VNI filter table of one VXLAN device, against `bridge vni`.
@Suite(.inNamespaces, .using("bridge"), .filteringVNIs)
struct VNIFilterTests {
    /// An external device vx with a VNI filter, up.
    private func furnished() throws -> TestNamespace {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        var configuration = VXLANConfiguration(name: "vx", segments: .filtered, device: "u0")
        configuration.up = true
        try namespace.host().createVXLAN(configuration)
        return namespace
    }

    private func range(_ first: UInt32, _ last: UInt32) throws -> ClosedRange<VNI> { try VNI(first)...VNI(last) }

    /// As `bridge -j vni` has them: `200-300 group 239.1.1.1`.
    private func shown(_ namespace: TestNamespace) throws -> [String] {
        let all = try namespace.json("bridge -j vni show").elements
        return (all.first { $0["ifname"]?.word == "vx" }?["vnis"]?.elements ?? []).map { entry in
            let last = entry["vniEnd"].map { "-\($0.word)" } ?? ""
            let remote = entry["remote"].map { " remote \($0.word)" } ?? ""
            return "\(entry["vni"]?.word ?? "?")\(last)\(remote)" + (entry["group"].map { " group \($0.word)" } ?? "")
        }
    }

    private func read(_ host: borrowing Host) throws -> [String] {
        try host.vniFilter(of: "vx").map { entry in
            let (first, last) = (entry.vnis.lowerBound, entry.vnis.upperBound)
            return "\(first)\(first == last ? "" : "-\(last)")\(entry.destination.map { " \($0)" } ?? "")"
        }
    }

    @Test func oursIsWhatBridgeShows() throws {
        let namespace = try furnished()
        let host = try namespace.host()
        #expect(try host.vniFilter(of: "vx") == [])
        try host.addVNIs(range(100, 100), to: "vx")
        try host.addVNIs(range(200, 300), destination: .group(ip("239.1.1.1")), to: "vx")
        try host.addVNIs(range(16_777_214, 16_777_215), destination: .remote(ip("192.168.50.29")), to: "vx")
        try host.addVNIs(range(400, 400), destination: .remote(ip("fd50::9")), to: "vx")
        let expected = [
            "100", "200-300 group 239.1.1.1", "400 remote fd50::9", "16777214-16777215 remote 192.168.50.29",
        ]
        #expect(try read(host) == expected)
        #expect(try shown(namespace) == expected)
        try host.deleteVNIs(range(250, 259), from: "vx")
        #expect(try shown(namespace).contains("200-249 group 239.1.1.1"))
        #expect(try read(host).contains("260-300 group 239.1.1.1"))
        // The kernel alone would stop at the first VNI that is not there.
        try host.deleteVNIs(range(0, 16_777_213), from: "vx")
        #expect(try read(host) == ["16777214-16777215 remote 192.168.50.29"])
        #expect(try shown(namespace) == read(host))
    }

    @Test func theirsIsRead() throws {
        let namespace = try furnished()
        for arguments in ["7", "10-12 remote 10.0.0.5", "13 group 239.1.1.2"] {
            try namespace.run("bridge vni add dev vx vni \(arguments)")
        }
        #expect(try read(namespace.host()) == ["7", "10-12 remote 10.0.0.5", "13 group 239.1.1.2"])
    }

    /// Each VNI's remote is an FDB entry, too.
    @Test func destinationsAreDefaultRemotes() throws {
        let host = try furnished().host()
        try host.addVNIs(range(10, 11), destination: .remote(ip("192.168.50.29")), to: "vx")
        let entries = try host.fdb(of: "vx").filter { $0.macAddress.isZero }
        #expect(Set(entries.map(\.sourceVNI)) == [try VNI(10), try VNI(11)])
        #expect(Set(entries.map { "\($0.destination.map { "\($0)" } ?? "")" }) == ["192.168.50.29"])
    }

    @Test func statisticsCount() throws {
        let namespace = try furnished()
        let host = try namespace.host()
        try host.addVNIs(range(10, 12), destination: .remote(ip("192.168.50.234")), to: "vx")
        try namespace.ip("neighbour add 192.168.50.234 lladdr 02:50:00:00:00:02 dev u0")
        #expect(try host.vniFilter(of: "vx").allSatisfy { $0.statistics == nil })
        let counted = try host.vniFilter(of: "vx", statistics: true)
        #expect(counted.map { $0.vnis } == [try range(10, 10), try range(11, 11), try range(12, 12)])
        #expect(counted.allSatisfy { $0.statistics == VNIStatistics() })
        // A route that names the tunnel's id says to which VNI a packet goes.
        try namespace.run("ip route add 10.9.0.0/24 encap ip id 11 dst 192.168.50.234 dev vx")
        try namespace.ip("address add 10.9.1.1/24 dev vx\nneighbour add 10.9.0.7 lladdr 02:00:00:00:00:07 dev vx")
        _ = try namespace.outcome(of: ["ping", "-c", "3", "-i", "0.2", "-W", "1", "10.9.0.7"])
        let sent = try host.vniFilter(of: "vx", statistics: true)[1].statistics
        #expect(sent?.transmittedPackets == 3)
        #expect((sent?.transmittedBytes ?? 0) >= 3 * 84)
        #expect(try host.vniFilter(of: "vx", statistics: true)[0].statistics?.transmittedPackets == 0)
    }

    /// More than one datagram, and more than one request.
    @Test func manyEntries() throws {
        let host = try furnished().host()
        for vni in stride(from: UInt32(2), through: 4000, by: 2) { try host.addVNIs(range(vni, vni), to: "vx") }
        #expect(try host.vniFilter(of: "vx").count == 2000)
        #expect(try host.vniFilter(of: "vx", statistics: true).count == 2000)
        try host.deleteVNIs(range(1, 3999), from: "vx")
        #expect(try read(host) == ["4000"])
    }

    @Test func mistakesAreTold() throws {
        let namespace = try furnished()
        let host = try namespace.host()
        try namespace.ip("link add other type vxlan id 55 dstport 4789\nlink add v2 type vxlan id 5 dstport 4790")
        try host.addVNIs(range(10, 20), destination: .remote(ip("10.0.0.1")), to: "vx")
        try host.addVNIs(range(10, 12), destination: .remote(ip("10.0.0.1")), to: "vx")  // as it is
        func expect(_ kind: VTEPError.Kind, _ words: String, _ body: () throws -> Void) throws {
            let before = try shown(namespace)
            let error = #expect(throws: VTEPError.self) { try body() }
            #expect(error?.kind == kind)
            #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
            #expect(try shown(namespace) == before)
        }
        try expect(.exists, "VNIs 10 to 20 to remote 10.0.0.1") {
            try host.addVNIs(range(15, 30), destination: .remote(ip("10.0.0.2")), to: "vx")
        }
        try expect(.exists, "VNIs 10 to 20") { try host.addVNIs(range(20, 20), to: "vx") }
        try expect(.invalidArgument, "VNI 0 alone") { try host.addVNIs(range(0, 0), to: "vx") }
        try expect(.invalidArgument, "not multicast") {
            try host.addVNIs(range(1, 1), destination: .group(ip("10.0.0.1")), to: "vx")
        }
        try expect(.notFound, "VNI 9") { try host.deleteVNIs(range(9, 9), from: "vx") }
        try expect(.notFound, "VNIs 21 to 40") { try host.deleteVNIs(range(21, 40), from: "vx") }
        try expect(.foreign, "VNI filter") { try host.addVNIs(range(1, 1), to: "v2") }
        try expect(.foreign, "VNI filter") { _ = try host.vniFilter(of: "u0") }
        try expect(.notFound, "nope") { try host.deleteVNIs(range(1, 1), from: "nope") }
    }

    @Test func aVNIOfAnotherDeviceIsTold() throws {
        let namespace = try furnished()
        let host = try namespace.host()
        var other = VXLANConfiguration(name: "vy", segments: .filtered)
        other.up = false
        try host.createVXLAN(other)
        try host.addVNIs(range(10, 10), to: "vx")
        let error = #expect(throws: VTEPError.self) { try host.addVNIs(range(9, 12), to: "vy") }
        #expect(error?.kind == .exists)
        #expect(error?.description.contains("another VXLAN device") == true)
    }
}

extension Trait where Self == ConditionTrait {
    static var filteringVNIs: Self {
        .enabled("this kernel has no VNI filter (Linux 5.18)") {
            guard let namespace = try? TestNamespace(), let host = try? namespace.host() else { return false }
            return (try? host.createVXLAN(VXLANConfiguration(name: "probe", segments: .filtered))) != nil
        }
    }
}
