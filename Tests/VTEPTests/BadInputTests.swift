import Glibc
import TestNetwork
import Testing
import VTEP

/// Every mistake gets an error of its own, and changes nothing.
@Suite(.inNamespaces, .using("ip"))
struct BadInputTests {
    /// A namespace that has one of everything a mistake may run into.
    static func furnished() throws -> TestNamespace {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        try namespace.ip(
            """
            link add vxlan0 type vxlan id 120 dstport 4789 remote 192.168.50.29 dev u0
            link add br0 type bridge
            route add 10.1.0.0/16 via 192.168.50.1
            neighbour add 192.168.50.7 lladdr 02:00:00:00:00:07 dev u0
            """)
        try namespace.run("bridge fdb add 02:00:00:00:00:01 dev vxlan0 dst 192.168.50.29")
        let host = try namespace.host()
        let settled = try eventually {
            try host.links(kind: .veth).allSatisfy { $0.operationalState == .up }
        } until: {
            $0
        }
        guard settled else { throw Failure("the underlay does not come up") }
        return namespace
    }

    @Test(
        arguments: Mistake.vxlans + Mistake.vxlanChanges + Mistake.bridges + Mistake.links + Mistake.deletions
            + Mistake.tables + Mistake.newTables)
    func isExplainedAndChangesNothing(_ mistake: Mistake) throws {
        let namespace = try BadInputTests.furnished()
        let host = try namespace.host()
        let before = try namespace.run("ip -j -d link") + namespace.run("ip -j addr")

        let error = #expect(throws: VTEPError.self) { try mistake.make(host) }
        let after = try namespace.run("ip -j -d link") + namespace.run("ip -j addr")

        #expect(error?.kind == mistake.kind)
        #expect(error?.attempted.isEmpty == false)
        for word in mistake.words { #expect(error?.description.contains(word) == true, "missing: \(word)") }
        #expect(withoutTimers(after) == withoutTimers(before))
    }

    /// A bridge's timers run on meanwhile.
    private func withoutTimers(_ text: String) -> String {
        text.replacing(#/"[a-z_]*timer":[0-9.]*/#, with: "")
    }

    @Test func vniOf25BitsCannotBeMade() throws {
        let error = #expect(throws: VTEPError.self) { try VNI(1 << 24) }
        #expect(error?.kind == .invalidArgument)
        for word in ["16777216", "16777215"] { #expect(error?.description.contains(word) == true) }
        #expect(throws: VTEPError.self) { try VNI(parsing: "16777216") }
        #expect(VNI(exactly: 16_777_216) == nil)
    }

    @Test func prefixOf33BitsCannotBeMade() throws {
        let error = #expect(throws: VTEPError.self) { try IPPrefix(parsing: "10.16.0.2/33") }
        #expect(error?.kind == .invalidArgument)
        for word in ["10.16.0.2/33", "33", "32"] { #expect(error?.description.contains(word) == true) }
        #expect(throws: VTEPError.self) { try IPPrefix(address: ip("fd00::1"), length: 129) }
    }

    /// The kernel's own words, its raw errno and where it found fault.
    @Test func keepsWhatTheKernelSays() throws {
        let host = try BadInputTests.furnished().host()
        let taken = #expect(throws: VTEPError.self) { try host.createVXLAN(vxlan("vxlan1")) }
        #expect(taken?.kernelMessage == "A VXLAN device with the specified VNI already exists")
        #expect(taken?.systemErrno == EEXIST)
        let unreachable = #expect(throws: VTEPError.self) {
            try host.addRoute(Route(to: prefix("10.2.0.0/16"), via: ip("10.99.0.1")))
        }
        #expect(unreachable?.kernelMessage == "Nexthop has invalid gateway")
        #expect(unreachable?.systemErrno == ENETUNREACH)
        let nowhere = #expect(throws: VTEPError.self) {
            try host.addFDB(
                FDBEntry(macAddress: mac("02:00:00:00:00:02"), destination: ip("192.168.50.30"), linkIndex: 9999))
        }
        #expect(nowhere?.kernelMessage == "unknown ifindex")
        #expect(nowhere?.systemErrno == ENODEV)
    }
}

/// The VXLAN that `vxlan0` of the furnished namespace is, under another name.
func vxlan(_ name: String, _ change: (inout VXLANConfiguration) throws -> Void = { _ in }) throws -> VXLANConfiguration
{
    var configuration = try VXLANConfiguration(
        name: name, vni: VNI(120), destination: .remote(ip("192.168.50.29")), device: "u0")
    try change(&configuration)
    return configuration
}

/// Something wrong, and what its error has to say.
struct Mistake: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: VTEPError.Kind
    var words: [String]
    let make: @Sendable (borrowing Host) throws -> Void

    init(
        _ name: String, _ kind: VTEPError.Kind, _ words: String...,
        make: @escaping @Sendable (borrowing Host) throws -> Void
    ) {
        self.name = name
        self.kind = kind
        self.words = words
        self.make = make
    }

    var testDescription: String { name }
}
