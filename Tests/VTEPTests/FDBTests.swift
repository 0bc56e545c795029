import TestNetwork
import Testing
import VTEP

/// What `bridge` of Debian 12 cannot say: it is written by us, read by us, and where it forwards, by what it does.
@Suite(.inNamespaces, .using("ip"))
struct FDBTests {
    /// A namespace with the underlay, `vxlan0` that takes its VNI from the entries, and the bridge `br0` over `u1`.
    private static func network() throws -> TestNamespace {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        try namespace.ip(
            """
            link add vxlan0 type vxlan external dstport 4789
            link add br0 type bridge
            link set u1 master br0
            """)
        return namespace
    }

    /// Entries for one MAC address each, every one different from the first in one thing.
    private static func addEntries(_ host: borrowing Host) throws -> [FDBEntry] {
        let changes: [(inout FDBEntry) throws -> Void] = [
            { _ in },
            { $0.destination = try ip("192.168.50.30") },
            { $0.vni = try VNI(200) },
            { $0.sourceVNI = try VNI(200) },
            { $0.port = 9999 },
            { $0.flags.insert(.externallyLearned) },
            { $0.state = .reachable },
        ]
        let link = try host.link(named: "vxlan0").index
        var entries: [FDBEntry] = []
        for (position, change) in changes.enumerated() {
            var entry = FDBEntry(
                macAddress: MACAddress(2, 0, 0, 0, 0, UInt8(position)), destination: try ip("192.168.50.29"),
                linkIndex: link)
            entry.sourceVNI = try VNI(100)
            entry.vni = try VNI(100)
            try change(&entry)
            entries.append(entry)
        }
        for entry in entries { try host.addFDB(entry) }
        return entries
    }

    /// Whether this kernel can flush a VXLAN device's own FDB, as Linux 6.7 can.
    private static let canFlush: Bool = {
        guard let host = try? network().host() else { return false }
        return (try? host.flushFDB(of: "vxlan0")) != nil
    }()

    @Test(.enabled(if: canFlush, "this kernel cannot flush a VXLAN device's FDB"), arguments: FlushCase.all)
    func flushingTakesWhatTheFilterMatches(_ flush: FlushCase) throws {
        let host = try Self.network().host()
        let entries = try Self.addEntries(host)
        var filter = FDBFilter()
        try flush.change(&filter)
        try host.flushFDB(of: "vxlan0", filter)
        let left = try host.fdb(of: "vxlan0").map { Int($0.macAddress.octets.5) }.sorted()
        #expect(left == Array(entries.indices).filter { !flush.matches.contains($0) })
    }

    @Test func oneEntryIsFound() throws {
        let host = try Self.network().host()
        let entries = try Self.addEntries(host)
        for entry in entries {
            var key = FDBEntry(macAddress: entry.macAddress, linkIndex: entry.linkIndex)
            key.sourceVNI = entry.sourceVNI
            let found = try host.fdbEntry(like: key)
            #expect(found == entry)
            #expect(found.ages != nil)
        }
        var absent = entries[0]
        absent.sourceVNI = try VNI(300)
        #expect { try host.fdbEntry(like: absent) } throws: { ($0 as? VTEPError)?.kind == .notFound }
    }

    @Test func oneEntryOfABridgeIsFound() throws {
        let host = try Self.network().host()
        let port = try host.link(named: "u1").index
        var entry = FDBEntry(
            macAddress: MACAddress(2, 0, 0, 0, 0, 9), linkIndex: port, state: .noARP, flags: .master)
        try host.addFDB(entry)
        let found = try host.fdbEntry(like: entry)
        #expect(found.state == .noARP)
        #expect(found.masterIndex == (try host.link(named: "br0").index))
        entry.linkIndex = try host.link(named: "u0").index
        #expect { try host.fdbEntry(like: entry) } throws: {
            "\($0)".contains("make the link a port of a bridge")
        }
    }

    /// `bridge` of Debian 12 has no word for it.
    @Test func activityIsKept() throws {
        let host = try Self.network().host()
        var entry = FDBEntry(
            macAddress: MACAddress(2, 0, 0, 0, 0, 9), linkIndex: try host.link(named: "u1").index, state: .noARP,
            flags: .master)
        for (written, read) in [
            (nil, nil), (.notify, .notify), ([.notify, .inactive, .keepAge], [.notify, .inactive]),
        ] as [(FDBActivity?, FDBActivity?)] {
            entry.activity = written
            try host.replaceFDB(entry)
            #expect(try host.fdbEntry(like: entry).activity == read)
        }
    }

    /// The kernel says "operation not permitted", which is not about privileges.
    @Test func anAgeingEntryNeedsAPortThatIsUp() throws {
        let host = try Self.network().host()
        let entry = FDBEntry(
            macAddress: MACAddress(2, 0, 0, 0, 0, 9), linkIndex: try host.link(named: "u1").index, state: .reachable,
            flags: .master)
        #expect { try host.addFDB(entry) } throws: {
            "\($0)".contains("the bridge port is disabled") && "\($0)".contains("set bridge and port up")
        }
        try host.setLink("br0", up: true)
        try host.addFDB(entry)
    }

    /// An entry that was read is written back as it was, whatever it has.
    @Test func entriesSurviveBeingWrittenBack() throws {
        let host = try Self.network().host()
        _ = try Self.addEntries(host)
        let before = try host.fdb(of: "vxlan0")
        try host.flushFDB(of: "vxlan0")
        #expect(try host.fdb(of: "vxlan0") == [])
        for entry in before { try host.addFDB(entry) }
        let after = try host.fdb(of: "vxlan0")
        #expect(Set(after) == Set(before))
        #expect(after.count == before.count)
    }
}

/// A filter, and the places of the entries that it matches.
struct FlushCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let matches: [Int]
    let change: @Sendable (inout FDBFilter) throws -> Void

    init(_ name: String, _ matches: [Int], _ change: @escaping @Sendable (inout FDBFilter) throws -> Void) {
        testDescription = name
        self.matches = matches
        self.change = change
    }

    static let all = [
        FlushCase("all", Array(0...6)) { _ in },
        FlushCase("destination", [1]) { $0.destination = try ip("192.168.50.30") },
        FlushCase("VNI", [2]) { $0.vni = try VNI(200) },
        FlushCase("source VNI", [3]) { $0.sourceVNI = try VNI(200) },
        FlushCase("port", [4]) { $0.port = 9999 },
        FlushCase("externally learned", [5]) {
            $0.flags = .externallyLearned
            $0.flagsMask = .externallyLearned
        },
        FlushCase("not externally learned", [0, 1, 2, 3, 4, 6]) { $0.flagsMask = .externallyLearned },
        FlushCase("dynamic", [6]) { $0.stateMask = [.permanent, .noARP] },
        FlushCase("permanent", [0, 1, 2, 3, 4, 5]) {
            $0.state = .permanent
            $0.stateMask = .permanent
        },
        FlushCase("two conditions", []) {
            $0.port = 9999
            $0.destination = try ip("192.168.50.30")
        },
    ]
}
