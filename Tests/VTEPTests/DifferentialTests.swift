import TestNetwork
import Testing
import VTEP

/// What the library makes is what `ip` makes: two namespaces, alike at the start, one changed by the library and the
/// other by `ip` and `bridge`. Both observers must agree about each of them, and they must be equal in the end.
@Suite(.inNamespaces, .using("ip"), .using("bridge"))
struct DifferentialTests {
    @Test(arguments: Difference.all)
    func agreesWithIP(_ difference: Difference) throws {
        let (ours, theirs) = (try TestNamespace(), try TestNamespace())
        try ours.addUnderlay()
        try theirs.addUnderlay()
        let host = try ours.host()
        let observer = try theirs.host()

        try difference.ours(host)
        for command in difference.theirs { try theirs.run(command) }

        let aboutOurs = try View.disagreements(in: ours, host)
        let aboutTheirs = try View.disagreements(in: theirs, observer)
        #expect(aboutOurs == [], "made by the library; here is what the library reads, there is what ip reads")
        #expect(aboutTheirs == [], "made by ip; here is what the library reads, there is what ip reads")
        let unequal = try eventually {
            try View(host).differences(from: View(observer))
        } until: {
            $0.isEmpty
        }
        #expect(unequal == [], "here is what the library made, there is what ip made")
        let different = try eventually {
            try View(raw: ours).differences(from: View(raw: theirs))
        } until: {
            $0.isEmpty
        }
        #expect(different == [], "the same, as the kernel tells it: numbers of attributes and bytes")
    }

    /// Guards the comparison itself: it has to notice a change in any object.
    @Test(arguments: [
        "ip link set u1 down", "ip link set u0 mtu 1400", "ip link set u0 alias x", "ip addr add 10.0.0.1/24 dev u0",
        "ip route add 10.9.0.0/16 dev u0", "ip neigh add 192.168.50.9 lladdr 02:00:00:00:00:09 dev u0",
        "bridge fdb add 01:00:5e:00:00:09 dev u0 self", "ip link add br9 type bridge",
        "ip link add vx9 type vxlan id 9 dstport 4789 dev u0",
    ])
    func noticesAChange(_ command: String) throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        let host = try namespace.host()
        let before = try View(host)
        let shownBefore = try View(namespace)
        try namespace.run(command)
        #expect(try View(host).differences(from: before) != [])
        #expect(try View(namespace).differences(from: shownBefore) != [])
    }
}

/// One change, told to the library and to `ip`.
struct Difference: Sendable, CustomTestStringConvertible {
    let name: String
    var theirs: [String]
    var ours: @Sendable (borrowing Host) throws -> Void

    init(_ name: String, _ theirs: String..., ours: @escaping @Sendable (borrowing Host) throws -> Void) {
        self.name = name
        self.theirs = theirs
        self.ours = ours
    }

    var testDescription: String { name }

    static let all = [
        links,
        bridges,
        bridgePorts,
        vxlans,
        vxlanChanges,
        allTables,
    ].flatMap { $0 }
}

/// Literals of a test, which are right.
func ip(_ text: String) throws -> IPAddress { try IPAddress(parsing: text) }
func prefix(_ text: String) throws -> IPPrefix { try IPPrefix(parsing: text) }
func mac(_ text: String) throws -> MACAddress { try MACAddress(parsing: text) }
