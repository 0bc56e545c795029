import Foundation
import TestNetwork
import Testing
import VTEPDevice
import VTEPEngine
import VTEPWire

/// Our endpoint on one host, the kernel's VXLAN device on the other.
@Suite(.inNamespaces, .hasTAP, .using("ping"))
struct KernelPeerTests {
    /// What the endpoint may use of the kernel, from everything to nothing.
    struct Ladder: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var underlay: UnderlayOffloads = .all
        var port: PortOffloads = .all
        var workers = 1

        static let all = [
            Ladder(testDescription: "everything"),
            Ladder(testDescription: "two workers", workers: 2),
            Ladder(testDescription: "no UDP_SEGMENT", underlay: [.coalescing, .batches]),
            Ladder(testDescription: "no UDP_GRO", underlay: [.segmentation, .batches]),
            Ladder(testDescription: "no sendmmsg, no recvmmsg", underlay: []),
            Ladder(testDescription: "no USO", port: .ecn),
            Ladder(testDescription: "no TSO", port: .checksum),
            Ladder(testDescription: "no checksum offload", port: .header),
            Ladder(testDescription: "no virtio-net header", port: .none),
            Ladder(testDescription: "nothing", underlay: [], port: .none),
        ]
    }

    private func joined(
        _ wire: Wire, _ ladder: Ladder = Ladder(testDescription: ""), overlay: IPAddress.Family = .v4
    ) throws -> RunningPump {
        try wire.addKernelVTEP(side: 1, address: overlay == .v4 ? "10.16.0.3/24" : "fd16::3/64")
        let underlay = try wire.hosts[0].underlay(
            wire.options(side: 0) {
                $0.offloads = ladder.underlay
                $0.receiveSockets = ladder.workers
            })
        #expect(underlay.segments == ladder.underlay.contains(.segmentation))
        #expect(underlay.coalesces == ladder.underlay.contains(.coalescing))
        let pump = try RunningPump([underlay], remotes: [wire.addresses[1]], workers: ladder.workers)
        var options = TAPOptions(name: "tap0")
        options.offloads = ladder.port
        options.queues = ladder.workers
        try pump.add(
            .tap(
                wire.hosts[0].addTAP(
                    options, mtu: wire.family == .v4 ? 1450 : 1430,
                    address: overlay == .v4 ? "10.16.0.2/24" : "fd16::2/64")))
        return pump
    }

    @Test(arguments: Ladder.all, [true, false])
    func aStreamArrivesWholeBothWays(_ ladder: Ladder, finishes: Bool) throws {
        let wire = try Wire(finishes: finishes)
        let pump = try joined(wire, ladder)
        let count = 1 << 20
        let there = try Transfer.bytes(count, from: wire.hosts[0], to: wire.hosts[1], address: "10.16.0.3")
        #expect(there == count)
        let back = try Transfer.bytes(count, from: wire.hosts[1], to: wire.hosts[0], address: "10.16.0.2")
        #expect(back == count)
        #expect((pump.counter(.superframesSegmented) > 0) == ladder.port.contains(.tcp))
        // Where the wire does not finish packets, there are none to be put together.
        if finishes, ladder.underlay.contains(.coalescing), ladder.port.contains(.tcp) {
            #expect(pump.counter(.superframesCoalesced) > 0)
        }
        #expect(pump.counter(.dropNoVNIFlag) == 0)
        #expect(pump.pump.underlays[0].statistics.segmentationFailures == 0)
    }

    @Test(arguments: [IPAddress.Family.v4, .v6], [IPAddress.Family.v4, .v6])
    func pingAndStream(underlay: IPAddress.Family, overlay: IPAddress.Family) throws {
        let wire = try Wire(underlay)
        let pump = try joined(wire, overlay: overlay)
        let (ours, theirs) = overlay == .v4 ? ("10.16.0.2", "10.16.0.3") : ("fd16::2", "fd16::3")
        #expect(try wire.hosts[0].pings(theirs))
        #expect(try wire.hosts[1].pings(ours))
        // As long as fits, unfragmented.
        let size = (underlay == .v4 ? 1450 : 1430) - (overlay == .v4 ? 28 : 48)
        #expect(try wire.hosts[0].pings(theirs, "-M do -s \(size)"))
        let count = 1 << 20
        #expect(try Transfer.bytes(count, from: wire.hosts[0], to: wire.hosts[1], address: theirs) == count)
        #expect(try Transfer.bytes(count, from: wire.hosts[1], to: wire.hosts[0], address: ours) == count)
        #expect(pump.stop())
    }

    /// The inner MTU is not lowered: what does not fit is answered instead of lost, and the sender learns.
    @Test(arguments: [IPAddress.Family.v4, .v6])
    func whatIsTooLongIsAnswered(overlay: IPAddress.Family) throws {
        let wire = try Wire()
        let pump = try joined(wire, overlay: overlay)
        try wire.hosts[0].ip("link set tap0 mtu 1500")
        let theirs = overlay == .v4 ? "10.16.0.3" : "fd16::3"
        #expect(try wire.hosts[0].pings(theirs))
        let size = 1500 - (overlay == .v4 ? 28 : 48)
        let outcome = try wire.hosts[0].outcome(
            of: "ping -n -c 3 -i 0.05 -w 3 -M do -s \(size) \(theirs)".split(separator: " ").map(String.init))
        #expect(outcome.status != 0)
        #expect((outcome.text + outcome.errors).contains("1450"), "\(outcome.text)\(outcome.errors)")
        #expect(pump.counter(.oversizedAnswered) > 0)
        // TCP finds its way, too.
        let count = 1 << 20
        #expect(try Transfer.bytes(count, from: wire.hosts[0], to: wire.hosts[1], address: theirs) == count)
    }

    /// The underlay's MTU shrinks while frames flow.
    @Test func anUnderlayThatShrinks() throws {
        let wire = try Wire()
        let pump = try joined(wire)
        #expect(try wire.hosts[0].pings("10.16.0.3", "-M do -s 1422"))
        for host in wire.hosts { try host.ip("link set u0 mtu 1400") }
        _ = try wire.hosts[0].pings("10.16.0.3", "-M do -s 1422")  // finds out
        #expect(pump.pump.underlays[0].statistics.oversized > 0)
        let count = 1 << 20
        #expect(try Transfer.bytes(count, from: wire.hosts[0], to: wire.hosts[1], address: "10.16.0.3") == count)
        #expect(pump.counter(.oversizedAnswered) > 0)
    }

    @Test(arguments: [IPAddress.Family.v4, .v6])
    func inAGroup(underlay: IPAddress.Family) throws {
        let wire = try Wire(underlay)
        let group = underlay == .v4 ? "229.1.1.1" : "ff05::120"
        try wire.hosts[1].ip(
            """
            link add vxlan0 type vxlan id 120 dstport 4789 dev u0 local \(wire.addresses[1]) group \(group)
            link set vxlan0 up
            address add 10.16.0.3/24 dev vxlan0
            """)
        let options = try wire.options(side: 0) {
            $0.localAddress = nil
            $0.device = "u0"
            $0.groups = [try IPAddress(parsing: group)]
        }
        let pump = try RunningPump([wire.hosts[0].underlay(options)], remotes: [group]) {
            $0.acceptsUnknownRemotes = true
        }
        try pump.add(.tap(wire.hosts[0].addTAP(mtu: 1430, address: "10.16.0.2/24")))
        let capture = try wire.hosts[0].capture(on: "u0")
        #expect(try wire.hosts[0].pings("10.16.0.3"))
        #expect(try wire.hosts[1].pings("10.16.0.2"))
        let field = underlay == .v4 ? "ip.ttl" : "ipv6.hlim"
        let address = underlay == .v4 ? "ip.dst" : "ipv6.dst"
        let lives = try capture.decode("vxlan && \(address) == \(group)", fields: [field])
        #expect(!lives.isEmpty && lives.allSatisfy { $0.hasPrefix("1") && !$0.hasPrefix("1 64 ") })
        #expect(pump.stop())
    }

    /// The source ports differ by flow and stay in the range.
    @Test func flowsHaveSourcePorts() throws {
        let wire = try Wire()
        let pump = try joined(wire)
        let capture = try wire.hosts[0].capture(on: "u0")
        #expect(try wire.hosts[0].pings("10.16.0.3"))
        let allowed = Set(pump.pump.underlays[0].sourcePorts)
        #expect(allowed.allSatisfy { $0 >= 49152 })
        let ports = try capture.decode("vxlan && ip.src == \(wire.addresses[0])", fields: ["udp.srcport"])
        #expect(!ports.isEmpty && ports.allSatisfy { UInt16($0).map(allowed.contains) == true })
    }

    /// A peer that sends zero checksums is heard, and one that wants them is sent them.
    @Test func zeroChecksums() throws {
        let wire = try Wire()
        try wire.addKernelVTEP(side: 1, address: "10.16.0.3/24", arguments: "noudpcsum")
        let underlay = try wire.hosts[0].underlay(wire.options(side: 0) { $0.zeroChecksum = true })
        let pump = try RunningPump([underlay], remotes: [wire.addresses[1]]) { $0.zeroChecksum = true }
        try pump.add(.tap(wire.hosts[0].addTAP(address: "10.16.0.2/24")))
        let capture = try wire.hosts[0].capture(on: "u0")
        #expect(try wire.hosts[0].pings("10.16.0.3"))
        let count = 1 << 20
        #expect(try Transfer.bytes(count, from: wire.hosts[0], to: wire.hosts[1], address: "10.16.0.3") == count)
        #expect(try Transfer.bytes(count, from: wire.hosts[1], to: wire.hosts[0], address: "10.16.0.2") == count)
        let sums = try Set(capture.decode("vxlan", fields: ["udp.checksum"]).map { $0.prefix(6) })
        #expect(sums == ["0x0000"])
    }
}

extension TestNamespace {
    /// Whether all answers come. The first one may take its time: neighbours are resolved then.
    func pings(_ address: String, _ arguments: String = "") throws -> Bool {
        let command = "ping -n -c 3 -i 0.05 -w 10 \(arguments) \(address)"
        return try outcome(of: command.split(separator: " ").map(String.init)).status == 0
    }
}
