import Foundation
import TestNetwork
import Testing
import VTEPDevice
import VTEPEngine
import VTEPWire

/// A packet socket on one end of a veth pair, whose other end is a host of the overlay.
@Suite(.inNamespaces, .hasTAP, .using("ping"))
struct PacketPortTests {
    /// A host behind the wire's side 0: `h0` in a namespace of its own, wired to `p0`.
    private func attach(_ wire: Wire, address: String) throws -> TestNamespace {
        let host = try TestNamespace()
        try wire.hosts[0].ip(
            """
            link add p0 type veth peer name h0 netns /proc/\(getpid())/fd/\(host.descriptor)
            link set p0 addrgenmode none
            link set p0 up
            """)
        try host.ip(
            """
            link set h0 mtu 1446 up
            address add \(address) dev h0
            """)
        return host
    }

    private func open(_ wire: Wire, _ offloads: PortOffloads) throws -> PacketPort {
        var options = PacketPortOptions(interface: "p0")
        options.offloads = offloads
        return try withExtendedLifetime(wire.hosts[0]) {
            try PacketPort(options, netns: wire.hosts[0].descriptor)
        }
    }

    @Test(arguments: [PortOffloads.all, .none])
    func aHostBehindAnInterface(offloads: PortOffloads) throws {
        let wire = try Wire()
        let host = try attach(wire, address: "10.16.0.2/24")
        // Without the header, a superframe would come in as one frame that is too long.
        if offloads == .none {
            try host.run("ethtool -K h0 tso off gso off tx off sg off")
        }
        try wire.addKernelVTEP(side: 1, address: "10.16.0.3/24")
        let pump = try RunningPump([wire.hosts[0].underlay(wire.options(side: 0))], remotes: [wire.addresses[1]])
        let port = try pump.add(.packet(open(wire, offloads)))
        #expect(try host.pings("10.16.0.3"))
        let count = 1 << 20
        #expect(try Transfer.bytes(count, from: host, to: wire.hosts[1], address: "10.16.0.3") == count)
        #expect(try Transfer.bytes(count, from: wire.hosts[1], to: host, address: "10.16.0.2") == count)
        // What is lost comes once more, half a minute of it, and nobody would notice.
        #expect(pump.statistics(of: port).oversized == 0)
    }

    /// The kernel takes VLAN tags out of what a packet socket receives: they are put back.
    @Test(arguments: [PortOffloads.all, .none])
    func tagsPass(offloads: PortOffloads) throws {
        let wire = try Wire()
        let host = try attach(wire, address: "10.16.0.2/24")
        try wire.addKernelVTEP(side: 1, address: "10.16.0.3/24")
        let pump = try RunningPump([wire.hosts[0].underlay(wire.options(side: 0))], remotes: [wire.addresses[1]])
        try pump.add(.packet(open(wire, offloads)))
        let sides = try (host.frames(on: "h0"), wire.hosts[1].frames(on: "vxlan0"))
        var tagged = broadcast(from: 2, number: 7, length: 200)
        tagged.insert(contentsOf: [0x81, 0, 0x60, 7], at: 12)
        try sides.0.send(tagged)
        #expect(try arrives(tagged, on: sides.1))
        tagged[11] = 3
        try sides.1.send(tagged)
        #expect(try arrives(tagged, on: sides.0))
    }

    private func arrives(_ frame: [UInt8], on link: TestNetwork.Frames) throws -> Bool {
        while let next = try link.next(within: 1000) {
            if !next.outgoing, next.bytes == frame { return true }
        }
        return false
    }

    /// The same with what a host makes of a VLAN of its own: TCP, and superframes of it.
    @Test(.hasVLANs, arguments: [PortOffloads.all, .none])
    func aVLANOfTheHost(offloads: PortOffloads) throws {
        let wire = try Wire()
        let host = try attach(wire, address: "10.99.0.2/24")
        try wire.addKernelVTEP(side: 1, address: "10.99.0.3/24")
        for (namespace, link, number) in [(host, "h0", 2), (wire.hosts[1], "vxlan0", 3)] {
            try namespace.ip(
                """
                link add link \(link) name v0 type vlan id 7
                link set v0 up
                address add 10.16.0.\(number)/24 dev v0
                """)
        }
        let pump = try RunningPump([wire.hosts[0].underlay(wire.options(side: 0))], remotes: [wire.addresses[1]])
        try pump.add(.packet(open(wire, offloads)))
        #expect(try host.pings("10.16.0.3"))
        let count = 1 << 20
        let sent =
            offloads == .none ? 0 : try Transfer.bytes(count, from: host, to: wire.hosts[1], address: "10.16.0.3")
        #expect(offloads == .none || sent == count)
    }

    @Test func noSuchInterface() throws {
        let wire = try Wire()
        let error = #expect(throws: VTEPError.self) { _ = try open(wire, .all) }
        #expect(error?.kind == .notFound)
    }
}

extension Trait where Self == ConditionTrait {
    /// For a test that makes VLAN devices.
    fileprivate static var hasVLANs: Self {
        .enabled("this kernel has no VLAN devices (CONFIG_VLAN_8021Q)") {
            guard let namespace = try? TestNamespace() else { return false }
            let command = "ip link add link lo name v0 type vlan id 7".split(separator: " ").map(String.init)
            return try namespace.outcome(of: command).status == 0
        }
    }
}
