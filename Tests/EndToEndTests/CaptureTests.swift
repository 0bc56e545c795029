import TestNetwork
import Testing
import VTEP

/// What passes the underlay, as Wireshark's dissectors read it.
@Suite(.inNamespaces, .using("ping"), .using("tshark"))
struct CaptureTests {
    @Test(arguments: [IPAddress.Family.v4, .v6])
    func theUnderlayCarriesVXLAN(_ underlay: IPAddress.Family) throws {
        let hosts = try TwoHosts(underlay: underlay)
        try hosts.addVXLAN(.pointToPoint)
        for side in 0...1 {
            try hosts.namespaces[side].host().addAddress(prefix("10.16.0.\(2 + side)/24"), to: "vxlan0")
        }
        let capture = try hosts.namespaces[0].capture(on: "u0")
        let failure = try hosts.namespaces[0].ping("10.16.0.3")
        #expect(failure == nil)

        // Outer addresses, then those of the packet inside, which for IPv4 over IPv4 share their field.
        let outer = underlay == .v4 ? [String]() : ["ipv6.src", "ipv6.dst"]
        let fields = outer + ["ip.src", "ip.dst", "udp.dstport", "vxlan.vni", "vxlan.flag_i", "icmp.type"]
        let frames = try capture.decode("vxlan && icmp", fields: fields)
        let (here, there) = (hosts.addresses[0], hosts.addresses[1])
        let separator = underlay == .v4 ? "," : " "
        func frame(_ from: String, _ to: String, _ inner: [String], _ type: Int) -> String {
            underlay == .v4
                ? "\(from),\(inner[0]) \(to),\(inner[1]) 4789 120 1 \(type)"
                : "\(from)\(separator)\(to) \(inner[0]) \(inner[1]) 4789 120 1 \(type)"
        }
        let request = frame(here, there, ["10.16.0.2", "10.16.0.3"], 8)
        let answer = frame(there, here, ["10.16.0.3", "10.16.0.2"], 0)
        #expect(frames.filter { $0 == request }.count == 3)
        #expect(frames.filter { $0 == answer }.count == 3)
        #expect(frames.count == 6)
    }

    /// What the device was told shows in its packets: TTL, TOS, source ports, and no UDP checksum.
    @Test func theOuterHeaderIsAsTold() throws {
        let hosts = try TwoHosts(underlay: .v4)
        for side in 0...1 {
            let host = try hosts.namespaces[side].host()
            var vxlan = try VXLANConfiguration(
                name: "vxlan0", vni: VNI(0xABCDEF), destination: .remote(ip(hosts.addresses[1 - side])), device: "u0")
            vxlan.destinationPort = 8472
            vxlan.timeToLive = 7
            vxlan.typeOfService = 0x20
            vxlan.sourcePorts = 40000...40003
            vxlan.udpChecksum = false
            vxlan.up = true
            try host.createVXLAN(vxlan)
            try host.addAddress(prefix("10.16.0.\(2 + side)/24"), to: "vxlan0")
        }
        let capture = try hosts.namespaces[0].capture(on: "u0")
        let failure = try hosts.namespaces[0].ping("10.16.0.3")
        #expect(failure == nil)
        let fields = ["ip.ttl", "ip.dsfield", "udp.srcport", "udp.checksum"]
        let frames = try capture.decode("udp.dstport == 8472 && icmp", fields: fields + ["vxlan.vni"], port: 8472)
            .map { $0.split(separator: " ").map(String.init) }
        #expect(frames.count == 6)
        for frame in frames {
            try #require(frame.count == 5)
            #expect(frame[0] == "7,64")
            #expect(frame[1].hasPrefix("0x20,"))
            #expect((40000...40003).contains(Int(frame[2]) ?? 0))
            #expect(frame[3] == "0x0000")
            #expect(frame[4] == "\(0xABCDEF)")
        }
    }
}
