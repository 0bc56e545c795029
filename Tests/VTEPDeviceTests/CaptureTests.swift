import Foundation
import TestNetwork
import Testing
import VTEPDevice
import VTEPEngine
import VTEPWire

/// The capture of what passes, as tshark reads it.
@Suite(.inNamespaces, .hasTAP, .using("ping"), .using("tshark"))
struct CaptureTests {
    /// What `capture` has so far, as a file.
    private func file(of capture: FrameCapture) throws -> URL {
        let url = URL(fileURLWithPath: "\(NSTemporaryDirectory())vtep-\(UUID().uuidString).pcapng")
        let descriptor = unsafe open(url.path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("\(url.path): errno \(errno)") }
        defer { close(descriptor) }
        try capture.finish(to: descriptor)
        return url
    }

    private func decode(_ file: URL, _ filter: String, _ fields: String...) throws -> [String] {
        let command =
            ["tshark", "-n", "-r", file.path, "-Y", filter, "-T", "fields", "-E", "separator= "]
            + ["-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"] + fields.flatMap { ["-e", $0] }
        let outcome = try Tool(command).finish()
        guard outcome.status == 0 else { throw Failure("tshark: \(outcome.errors)") }
        return outcome.text.split(separator: "\n").map(String.init)
    }

    @Test(arguments: [IPAddress.Family.v4, .v6])
    func theUnderlayAsOnTheWire(family: IPAddress.Family) throws {
        let wire = try Wire(family)
        try wire.addKernelVTEP(side: 1, address: "10.16.0.3/24")
        // The local address is left to the kernel: the capture has it all the same.
        let underlay = try wire.hosts[0].underlay(wire.options(side: 0) { $0.localAddress = nil })
        let pump = try RunningPump([underlay], remotes: [wire.addresses[1]])
        try pump.add(.tap(wire.hosts[0].addTAP(mtu: 1430, address: "10.16.0.2/24")))
        let capture = FrameCapture([.underlay, .ports])
        pump.pump.setCapture(capture)
        #expect(try wire.hosts[0].pings("10.16.0.3", "-s 500"))
        let count = 200_000
        #expect(try Transfer.bytes(count, from: wire.hosts[0], to: wire.hosts[1], address: "10.16.0.3") == count)
        pump.pump.setCapture(nil)
        #expect(capture.lost == 0)
        let file = try file(of: capture)
        defer { try? FileManager.default.removeItem(at: file) }

        let name = family == .v4 ? "ip" : "ipv6"
        let sent = try decode(
            file, "vxlan && icmp.type == 8", "\(name).src", "\(name).dst", "vxlan.vni", "udp.checksum.status",
            "frame.interface_name")
        let addresses = sent.map { $0.split(separator: " ") }
        // On a busy machine ping asks once more than it was told to.
        #expect(sent.count >= 3)
        #expect(addresses.allSatisfy { $0[0].hasPrefix(wire.addresses[0]) && $0[1].hasPrefix(wire.addresses[1]) })
        #expect(sent.allSatisfy { $0.hasSuffix(" 120 1 underlay") }, "\(sent)")  // 1: a good checksum
        #expect(try decode(file, "vxlan && icmp.type == 0", "vxlan.vni").count == sent.count)
        // The ports' frames are there, without any outer header, and superframes whole.
        #expect(try decode(file, "!vxlan && icmp", "frame.interface_name").allSatisfy { $0 == "port 0" })
        #expect(try decode(file, "!vxlan && icmp", "frame.number").count == 2 * sent.count)
        #expect(try !decode(file, "!vxlan && tcp.len > 1400", "tcp.len").isEmpty)
        // On the wire they are segments, none of which is longer than the underlay takes.
        let longest = try decode(file, "vxlan", "frame.len").compactMap { Int($0) }.max() ?? 0
        #expect(longest <= 1500 && longest > 1300)
        #expect(try decode(file, "_ws.malformed || udp.checksum.status == 0", "frame.number").isEmpty)
    }

    @Test func aFullMemoryLosesCopiesOnly() throws {
        let pump = try RunningPump()
        let ports = [try InProcessPort(), try InProcessPort()]
        for port in ports { try pump.add(.inProcess(port)) }
        let capture = FrameCapture(.ports, snapLength: 64, bufferBytes: 0)
        pump.pump.setCapture(capture)
        let count = 1000
        for number in 0..<count {
            while !ports[0].take(broadcast(from: 1, number: number, length: 1000)) { usleep(100) }
            #expect(ports[1].next() != nil)
        }
        pump.pump.setCapture(nil)
        #expect(capture.lost > 0)
        let file = try file(of: capture)
        defer { try? FileManager.default.removeItem(at: file) }
        let kept = try decode(file, "frame", "frame.cap_len", "frame.len")
        #expect(kept.count + Int(capture.lost) == 2 * count)
        #expect(Set(kept) == ["64 1000"])
    }
}
