import Foundation
import TestNetwork
import Testing
import VTEP

/// Our VTEP, the kernel's and Open vSwitch's understand one another: with everything that an overlay carries, both ways.
@Suite(
    .inNamespaces, .serialized, .using("ping"), .using("tshark"), .using("iperf3"), .using("ethtool"),
    .using("python3"), .using("busybox"))
struct InteroperabilityTests {
    struct Pair: Sendable, CustomTestStringConvertible {
        let kinds: [Kind]
        let wiring: Wiring
        var testDescription: String { "\(kinds[0].rawValue) and \(kinds[1].rawValue), \(wiring)" }
    }

    static let wirings = [Wiring(), Wiring(family: .v6), Wiring(mtu: 9000)]
    static let groups = [Wiring(mode: .group), Wiring(family: .v6, mode: .group)]

    @Test(.using("ovs-vswitchd"), arguments: wirings.map { Pair(kinds: [.endpoint, .openVSwitch], wiring: $0) })
    func withOpenVSwitch(_ pair: Pair) throws { try everything(pair) }

    @Test(arguments: (wirings + groups).map { Pair(kinds: [.endpoint, .kernel], wiring: $0) })
    func withTheKernel(_ pair: Pair) throws { try everything(pair) }

    @Test(arguments: [wirings[0], groups[1]].map { Pair(kinds: [.endpoint, .endpoint], wiring: $0) })
    func withItself(_ pair: Pair) throws { try everything(pair) }

    /// What is asked of ours is no more than others manage between themselves.
    @Test(.using("ovs-vswitchd")) func theOthersWithoutUs() throws {
        try everything(Pair(kinds: [.openVSwitch, .kernel], wiring: Wiring()))
    }

    /// Three megabytes that repeat nowhere nearby.
    private static let data = (0..<750_000).reduce(into: Data()) { data, number in
        unsafe withUnsafeBytes(of: UInt32(number) &* 2_654_435_761) { unsafe data.append(contentsOf: $0) }
    }

    private func everything(_ pair: Pair) throws {
        let overlay = try Overlay(pair.kinds, pair.wiring)
        let capture = try overlay.sites[0].namespace.capture(on: "u0")
        for (side, family) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let failure = try overlay.ping(from: side, family: family)
            #expect(failure == nil, "IPv\(family * 2 + 4) from side \(side)")
        }
        for (side, headers) in [(0, 28), (1, 28)] {
            let size = "\(overlay.sites[side].mtu - headers)"
            let failure = try overlay.ping(from: side, family: 0, arguments: ["-M", "do", "-s", size])
            #expect(failure == nil, "\(size) bytes from side \(side)")
        }
        try tagsPass(overlay)
        try check(capture.pcap(), pair)

        let data = InteroperabilityTests.data
        for (side, family) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let arrived = try overlay.transfer(data, to: side, family: family)
            let whole = arrived == data  // a difference of megabytes would take Swift Testing minutes to print
            #expect(whole, "TCP over IPv\(family * 2 + 4) to side \(side): \(arrived.count) bytes; \(overlay.report)")
        }
        for (side, family) in [(0, 0), (1, 1)] {
            let (sent, lost) = try overlay.datagrams(to: side, family: family, length: 1000)
            // A busy machine may lose some, where nobody else is to blame.
            #expect(sent >= 400 && lost <= sent / 20, "UDP to side \(side): \(lost) of \(sent) lost")
        }
    }

    /// A frame with an 802.1Q tag inside arrives as it left.
    private func tagsPass(_ overlay: Overlay) throws {
        let links = try zip(overlay.sites, overlay.parties).map { try $0.namespace.frames(on: $1.link) }
        for side in 0...1 {
            let frame: [UInt8] =
                [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2, 0, 0, 0, 0, UInt8(7 + side), 0x81, 0, 0, 5, 0x88, 0xB5]
                + [UInt8](repeating: 0xAB, count: 46)
            try links[1 - side].discard()
            try links[side].send(frame)
            var arrived = false
            while let next = try links[1 - side].next(within: 1000) {
                arrived = next.bytes == frame
                if arrived { break }
            }
            #expect(arrived, "VLAN 5 from side \(side)")
        }
    }

    /// What passed the wire is VXLAN in Wireshark's eyes, down to what the overlay carried.
    private func check(_ pcap: Data, _ pair: Pair) throws {
        let frames = try Dissected.all(in: pcap)
        #expect(frames.filter { !$0["_ws.malformed"].isEmpty }.isEmpty)
        let tunnel = frames.filter { $0["udp.dstport"].first == "4789" }
        #expect(tunnel.filter { $0["vxlan.flag_i"] != ["1"] || $0["vxlan.vni"] != ["120"] }.isEmpty)
        #expect(tunnel.count { $0["eth.type"].last == "0x0806" } >= 2, "ARP")
        #expect(tunnel.count { $0["icmp.type"] == ["8"] } >= 12)
        #expect(tunnel.count { $0["icmpv6.type"].last == "129" } >= 6)
        #expect(tunnel.count { $0["vlan.id"] == ["5"] } == 2)
        // Each VTEP was heard, from its own address.
        let source = pair.wiring.family == .v4 ? "ip.src" : "ipv6.src"
        for address in pair.wiring.addresses { #expect(tunnel.count { $0[source].first == address } >= 12) }
    }
}

/// A frame's fields in Wireshark's words: of each header that has one, from the outermost inwards.
private struct Dissected {
    private let values: [String: [String]]
    private static let fields = [
        "_ws.malformed", "udp.dstport", "vxlan.flag_i", "vxlan.vni", "eth.type", "icmp.type", "icmpv6.type", "vlan.id",
        "ip.src", "ipv6.src",
    ]

    subscript(field: String) -> [String] { values[field] ?? [] }

    static func all(in pcap: Data) throws -> [Dissected] {
        let command = ["tshark", "-n", "-r", "-", "-T", "fields", "-E", "separator=|"]
        let outcome = try Tool(command + fields.flatMap { ["-e", $0] }).finish(input: pcap)
        guard outcome.status == 0 else { throw Failure("tshark: \(outcome.errors)") }
        return outcome.text.split(separator: "\n").map { line in
            let columns = line.split(separator: "|", omittingEmptySubsequences: false)
            let values = columns.map { $0.split(separator: ",").map(String.init) }
            return Dissected(values: Dictionary(zip(fields, values)) { first, _ in first })
        }
    }
}
