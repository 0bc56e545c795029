import TestNetwork
import Testing
import VTEPDevice
import VTEPWire

/// Opening the underlay, and what it refuses.
@Suite(.inNamespaces)
struct UnderlayTests {
    @Test(arguments: [IPAddress.Family.v4, .v6])
    func aPortThatTheKernelHasIsBusy(family: IPAddress.Family) throws {
        let wire = try Wire(family)
        try wire.addKernelVTEP(side: 0, address: "10.16.0.2/24")
        let error = #expect(throws: VTEPError.self) { try wire.hosts[0].underlay(wire.options(side: 0)) }
        #expect(error?.kind == .busy && error?.remedy.contains("VXLAN device") == true)
    }

    @Test func severalReceiversShareThePort() throws {
        let wire = try Wire()
        let underlay = try wire.hosts[0].underlay(wire.options(side: 0) { $0.receiveSockets = 4 })
        // But nobody else does.
        let error = #expect(throws: VTEPError.self) { try wire.hosts[0].underlay(wire.options(side: 0)) }
        #expect(error?.kind == .busy)
        withExtendedLifetime(underlay) {}
    }

    @Test func groupsAreJoinedAndLeft() throws {
        let wire = try Wire()
        let group = try IPAddress(parsing: "229.1.1.1")
        let underlay = try wire.hosts[0].underlay(wire.options(side: 0) { $0.device = "u0" })
        func isMember() throws -> Bool { try wire.hosts[0].run("ip maddr show dev u0").contains("229.1.1.1") }
        #expect(try !isMember())
        try underlay.join(group)
        #expect(try isMember())
        #expect(throws: VTEPError.self) { try underlay.join(group) }
        try underlay.leave(group)
        #expect(try !isMember())
        #expect(throws: VTEPError.self) { try underlay.leave(group) }
        #expect(throws: VTEPError.self) { try underlay.join(IPAddress(parsing: "10.0.0.1")) }
        #expect(throws: VTEPError.self) { try underlay.join(IPAddress(parsing: "ff05::1")) }
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let kind: VTEPError.Kind
        let make: @Sendable (inout UnderlayOptions) -> Void

        static let all = [
            Mistake(testDescription: "port 0", kind: .invalidArgument) { $0.port = 0 },
            Mistake(testDescription: "no transmit socket", kind: .invalidArgument) { $0.transmitSockets = 0 },
            Mistake(testDescription: "too many", kind: .invalidArgument) { $0.transmitSockets = 65 },
            Mistake(testDescription: "no receive socket", kind: .invalidArgument) { $0.receiveSockets = -1 },
            Mistake(testDescription: "a narrow range", kind: .invalidArgument) { $0.sourcePorts = 50_000...50_003 },
            Mistake(testDescription: "port 0 to send from", kind: .invalidArgument) { $0.sourcePorts = 0...65_535 },
            Mistake(testDescription: "another family", kind: .invalidArgument) { $0.localAddress = .v6(.loopback) },
            Mistake(testDescription: "no group", kind: .invalidArgument) {
                $0.groups = [.v4(IPv4Address(rawValue: 0x0A00_0001))]
            },
            Mistake(testDescription: "a foreign address", kind: .notFound) {
                $0.localAddress = .v4(IPv4Address(rawValue: 0x0A00_0001))
            },
            Mistake(testDescription: "no such device", kind: .notFound) { $0.device = "nowhere" },
            Mistake(testDescription: "no name of a device", kind: .invalidArgument) { $0.device = "a\0b" },
        ]
    }

    @Test(arguments: Mistake.all)
    func mistakesAreTold(_ mistake: Mistake) throws {
        let wire = try Wire()
        let options = try wire.options(side: 0, mistake.make)
        let error = #expect(throws: VTEPError.self) { try wire.hosts[0].underlay(options) }
        #expect(error?.kind == mistake.kind, "\(error.map { "\($0)" } ?? "")")
    }

    @Test func nothingIsLeftOpen() throws {
        let wire = try Wire()
        let options = try wire.options(side: 0) { $0.transmitSockets = 16 }
        func descriptors() -> Int { ThisProcess.sockets(in: wire.hosts[0]) }
        #expect(descriptors() == 0)
        do {
            let underlay = try wire.hosts[0].underlay(options)
            #expect(descriptors() == 2 * 16 + 2)
            // One that fails halfway closes what it had.
            #expect(throws: VTEPError.self) { try wire.hosts[0].underlay(options) }
            #expect(descriptors() == 2 * 16 + 2)
            withExtendedLifetime(underlay) {}
        }
        #expect(descriptors() == 0)
    }
}
