import CTestNetwork
import CVTEPLinux
import Foundation
import TestNetwork
import Testing
import VTEPDevice
import VTEPEngine
import VTEPWire

/// Opening TAP devices, and taking over descriptors that somebody else opened.
@Suite(.inNamespaces, .hasTAP)
struct TAPTests {
    @Test func itIsInTheNamespaceAndGoesWithThePort() throws {
        let namespace = try TestNamespace()
        let before = ThisProcess.threadNamespace()
        do {
            let tap = try namespace.openTAP()
            #expect(tap.name == "tap7")
            #expect(tap.offloads.isSuperset(of: .tcp))
            #expect(try namespace.json("ip -j link show tap7").elements.count == 1)
        }
        #expect(ThisProcess.threadNamespace() == before)
        #expect(try namespace.outcome(of: ["ip", "link", "show", "tap7"]).status != 0)
    }

    @Test(arguments: [PortOffloads.none, .header, .checksum, .tcp, .ecn, .udp, .all])
    func whatIsWantedIsWhatItHas(wanted: PortOffloads) throws {
        let namespace = try TestNamespace()
        let tap = try namespace.openTAP { $0.offloads = wanted }
        // USO needs Linux 6.2; everything else is as old as this library's users.
        let without = PortOffloads(rawValue: wanted.rawValue & ~16)
        #expect(tap.offloads == wanted || tap.offloads == without)
    }

    @Test func severalQueues() throws {
        let namespace = try TestNamespace()
        let pump = try RunningPump(workers: 2)
        try pump.add(.tap(namespace.openTAP { $0.queues = 2 }))
        let flags = try namespace.json("ip -j -d link show tap7").elements.first?["linkinfo", "info_data"]
        #expect(flags?["multi_queue"]?.word == "true" && flags?["numqueues"]?.word == "2")
    }

    enum Foreign: CaseIterable { case plain, header10, header12, header24, packetInformation, tun, noTAP }

    /// A descriptor as a helper with the privilege might hand it to us.
    @Test(arguments: Foreign.allCases)
    func adopting(_ kind: Foreign) throws {
        let namespace = try TestNamespace()
        let descriptor = try kind.open(in: namespace)
        if [.packetInformation, .tun, .noTAP].contains(kind) {
            let error = #expect(throws: VTEPError.self) { _ = try TAP(adopting: [descriptor]) }
            #expect(error?.remedy.isEmpty == false || error?.reason.isEmpty == false)
            return
        }
        let tap = try TAP(adopting: [descriptor])
        #expect(tap.offloads.contains(.tcp) == (kind != .plain))
        try namespace.ip(
            """
            link set tap7 addrgenmode none
            link set tap7 up
            """)
        // Frames pass, whatever the header's length.
        let pump = try RunningPump()
        try pump.add(.tap(tap))
        let port = try InProcessPort()
        try pump.add(.inProcess(port))
        let capture = try namespace.capture(on: "tap7")
        let sent = broadcast(from: 1, length: 100)
        #expect(port.take(sent))
        let seen = eventually {
            capture.pcap().count
        } until: {
            $0 > 24
        }
        #expect(seen == 24 + 16 + 100)
    }

    /// A frame that the kernel cannot hand over says nothing about the next one.
    @Test(.using("ping")) func aFrameThatCannotBeReadEndsNothing() throws {
        let namespace = try TestNamespace()
        let descriptor = try Foreign.header10.open(in: namespace)
        let pump = try RunningPump()
        let id = try pump.add(.tap(TAP(adopting: [descriptor])))
        let port = try InProcessPort()
        try pump.add(.inProcess(port))
        try namespace.ip(
            """
            link set tap7 addrgenmode none
            link set tap7 up
            address add 10.77.0.1/24 dev tap7
            """)
        func ask() throws { _ = try namespace.outcome(of: ["ping", "-c", "1", "-W", "0.1", "10.77.0.2"]) }
        // A header longer than what anybody reads: EINVAL for each frame.
        #expect(cvtep_tap_set_vnet_header_size(descriptor, 1 << 20) == 0)
        try ask()
        let refused = eventually {
            pump.statistics(of: id).refused
        } until: {
            $0 > 0
        }
        #expect(refused > 0)
        #expect(port.next(within: 0) == nil)
        #expect(cvtep_tap_set_vnet_header_size(descriptor, 10) == 0)
        try ask()
        #expect(port.next()?.dropFirst(12).prefix(2) == [8, 6])  // who has 10.77.0.2?
    }

    @Test func namesThatCannotBe() throws {
        for name in ["a-name-of-16-byte", "a\0b"] {
            let error = #expect(throws: VTEPError.self) { _ = try TAP(TAPOptions(name: name)) }
            #expect(error?.kind == .invalidArgument)
        }
    }

    @Test func aSecondOpenerIsTold() throws {
        let namespace = try TestNamespace()
        let first = try namespace.openTAP()
        let error = #expect(throws: VTEPError.self) { _ = try namespace.openTAP() }
        #expect(error?.kind == .busy)
        #expect(first.name == "tap7")
    }

    /// A TAP whose interface is deleted under us must not make the worker spin, nor harm others.
    /// In a process of its own: the clock counts what other tests do in this one, too.
    @Test func anInterfaceThatIsDeleted() async {
        await #expect(processExitsWith: .success) {
            ThisProcess.diesWithItsParent()
            let namespace = try TestNamespace()
            let pump = try RunningPump()
            try pump.add(.tap(namespace.openTAP()))
            try namespace.run("ip link delete tap7")
            let before = clock()
            usleep(200_000)
            #expect(Double(clock() - before) / Double(CLOCKS_PER_SEC) < 0.15)
            #expect(pump.stop())
        }
    }
}

extension Trait where Self == ConditionTrait {
    static var hasTAP: Self {
        .enabled(if: TestNamespace.canOpenTAP, "needs /dev/net/tun and CAP_NET_ADMIN in a network namespace of its own")
    }
}

extension TestNamespace {
    static let canOpenTAP: Bool = {
        guard let namespace = try? TestNamespace() else { return false }
        return (try? namespace.openTAP()) != nil
    }()

    func openTAP(_ change: (inout TAPOptions) -> Void = { _ in }) throws -> TAP {
        var options = TAPOptions(name: "tap7")
        change(&options)
        return try withExtendedLifetime(self) { try TAP(options, netns: descriptor) }
    }
}

extension TAPTests.Foreign {
    func open(in namespace: TestNamespace) throws -> Int32 {
        if self == .noTAP { return dup(2) }
        let flags: Int32 =
            switch self {
            case .tun: 0x0001 | 0x1000  // IFF_TUN, IFF_NO_PI
            case .packetInformation: 0x0002
            case .plain: 0x0002 | 0x1000
            default: 0x0002 | 0x1000 | 0x4000  // IFF_VNET_HDR
            }
        let number = withExtendedLifetime(namespace) { unsafe tn_open_tun(namespace.descriptor, "tap7", flags) }
        guard number >= 0 else { throw Failure("cannot open /dev/net/tun: errno \(0 &- number)") }
        let size: Int32 = self == .header12 ? 12 : self == .header24 ? 24 : 10
        if size != 10 { #expect(cvtep_tap_set_vnet_header_size(number, size) == 0) }
        return number
    }
}
