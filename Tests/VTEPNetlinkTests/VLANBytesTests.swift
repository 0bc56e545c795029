import Testing
import VTEPWire

@testable import VTEPNetlink

/// VLANs, tunnels and VNI filters on the wire, byte by byte: many kernels cannot be asked (linux/if_bridge.h, if_link.h).
struct VLANBytesTests {
    // swift-format-ignore
    @Test func vlansOfAPort() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(0), Bytes.acknowledgement(0, sequence: 2))
        try kernel.connection.addVLANs(
            BridgeVLAN(linkIndex: 5, vlans: 20...29, untagged: true), toBridge: false, Purpose("add"))
        let expected: [[UInt8]] = [
            [0x34, 0, 0, 0, 19, 0, 0x05, 0, 1, 0, 0, 0, 0, 0, 0, 0],    // RTM_SETLINK, ACK
            [7, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],           // ifinfomsg: AF_BRIDGE, index
            [20, 0, 26, 0x80],                                          // IFLA_AF_SPEC
            [8, 0, 2, 0, 0x0C, 0, 20, 0],                               //   IFLA_BRIDGE_VLAN_INFO: RANGE_BEGIN | UNTAGGED
            [8, 0, 2, 0, 0x14, 0, 29, 0],                               //   RANGE_END | UNTAGGED
        ]
        #expect(kernel.request() == Array(expected.joined()))

        try kernel.connection.deleteVLANs(BridgeVLAN(linkIndex: 5, vlans: 7...7), fromBridge: false, Purpose("delete"))
        let deletion: [[UInt8]] = [
            [0x2C, 0, 0, 0, 17, 0, 0x05, 0, 2, 0, 0, 0, 0, 0, 0, 0],    // RTM_DELLINK
            [7, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            [12, 0, 26, 0x80],
            [8, 0, 2, 0, 0, 0, 7, 0],
        ]
        #expect(kernel.request() == Array(deletion.joined()))
    }

    // swift-format-ignore
    @Test func pvidOfABridgeItself() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(0))
        try kernel.connection.addVLANs(
            BridgeVLAN(linkIndex: 6, vlans: 4094...4094, isPVID: true), toBridge: true, Purpose("add"))
        let expected: [[UInt8]] = [
            [0x34, 0, 0, 0, 19, 0, 0x05, 0, 1, 0, 0, 0, 0, 0, 0, 0],
            [7, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            [20, 0, 26, 0x80],
            [6, 0, 0, 0, 2, 0, 0, 0],                                   //   IFLA_BRIDGE_FLAGS: SELF
            [8, 0, 2, 0, 0x02, 0, 0xFE, 0x0F],                          //   PVID
        ]
        #expect(kernel.request() == Array(expected.joined()))
    }

    // swift-format-ignore
    @Test func tunnels() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(0))
        try kernel.connection.addVLANTunnels(
            VLANTunnel(linkIndex: 5, vlans: 20...29, firstVNI: VNI(0x10000)), Purpose("add"))
        let expected: [[UInt8]] = [
            [0x5C, 0, 0, 0, 19, 0, 0x05, 0, 1, 0, 0, 0, 0, 0, 0, 0],
            [7, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            [60, 0, 26, 0x80],
            [28, 0, 3, 0x80],                                           //   IFLA_BRIDGE_VLAN_TUNNEL_INFO
            [8, 0, 1, 0, 0, 0, 1, 0],                                   //     ID
            [6, 0, 2, 0, 20, 0, 0, 0],                                  //     VID
            [6, 0, 3, 0, 8, 0, 0, 0],                                   //     FLAGS: RANGE_BEGIN
            [28, 0, 3, 0x80],
            [8, 0, 1, 0, 9, 0, 1, 0],
            [6, 0, 2, 0, 29, 0, 0, 0],
            [6, 0, 3, 0, 16, 0, 0, 0],                                  //     RANGE_END
        ]
        #expect(kernel.request() == Array(expected.joined()))
    }

    /// What a kernel answers that filters VLANs: single ones, ranges, and tunnels.
    // swift-format-ignore
    @Test func answersAreRead() throws {
        let spec: [[UInt8]] = [
            [8, 0, 2, 0, 0x06, 0, 1, 0],                                // 1: PVID | UNTAGGED
            [8, 0, 2, 0, 0x08, 0, 20, 0],                               // 20 to 29
            [8, 0, 2, 0, 0x10, 0, 29, 0],
            [8, 0, 2, 0, 0x0C, 0, 40, 0],                               // 40 to 4094: UNTAGGED
            [8, 0, 2, 0, 0x14, 0, 0xFE, 0x0F],
            Bytes.attribute(3, Bytes.attribute(1, Bytes.u32(1000)) + Bytes.attribute(2, Bytes.u16(10))
                + Bytes.attribute(3, Bytes.u16(0))),
            Bytes.attribute(3, Bytes.attribute(1, Bytes.u32(2020)) + Bytes.attribute(2, Bytes.u16(20))
                + Bytes.attribute(3, Bytes.u16(8))),
            Bytes.attribute(3, Bytes.attribute(1, Bytes.u32(2029)) + Bytes.attribute(2, Bytes.u16(29))
                + Bytes.attribute(3, Bytes.u16(16))),
        ]
        let message = Bytes.message(
            16, [7, 0, 1, 0] + Bytes.i32(5) + Bytes.u32(0) + Bytes.u32(0)
                + Bytes.attribute(3, Array("vx\0".utf8)) + Bytes.attribute(26, Array(spec.joined())))
        let tables = Everything(message)
        #expect(tables.vlans == [
            BridgeVLAN(linkIndex: 5, vlans: 1...1, isPVID: true, untagged: true),
            BridgeVLAN(linkIndex: 5, vlans: 20...29),
            BridgeVLAN(linkIndex: 5, vlans: 40...4094, untagged: true),
        ])
        #expect(tables.tunnels == [
            VLANTunnel(linkIndex: 5, vlans: 10...10, firstVNI: try VNI(1000)),
            VLANTunnel(linkIndex: 5, vlans: 20...29, firstVNI: try VNI(2020)),
        ])
    }

    /// Ends without beginnings, ranges that run backwards, VNIs of 25 bits, what is cut short: none of it is believed.
    // swift-format-ignore
    @Test func nonsenseIsLeftOut() throws {
        let spec: [[UInt8]] = [
            [8, 0, 2, 0, 0x08, 0, 29, 0], [8, 0, 2, 0, 0x10, 0, 20, 0], // 29 to 20
            [6, 0, 2, 0, 0, 0, 0, 0],                                   // two octets of four
            [8, 0, 2, 0, 0x10, 0, 7, 0],                                // an end alone: 7
            Bytes.attribute(3, Bytes.attribute(1, Bytes.u32(1 << 24)) + Bytes.attribute(2, Bytes.u16(10))),
            Bytes.attribute(3, Bytes.attribute(2, Bytes.u16(10))),
            [8, 0, 2, 0, 0x08, 0, 50, 0],                               // a beginning alone
        ]
        let message = Bytes.message(
            16, [7, 0, 1, 0] + Bytes.i32(5) + Bytes.u32(0) + Bytes.u32(0) + Bytes.attribute(26, Array(spec.joined())))
        let tables = Everything(message)
        #expect(tables.vlans == [BridgeVLAN(linkIndex: 5, vlans: 7...7)])
        #expect(tables.tunnels == [])
    }

    // swift-format-ignore
    @Test func vnis() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(0), Bytes.acknowledgement(0, sequence: 2))
        let group = VXLANDestination.group(try IPAddress(parsing: "239.1.1.1"))
        try kernel.connection.addVNIs(
            VNIFilterEntry(linkIndex: 5, vnis: VNI(200)...VNI(300), destination: group), Purpose("add"))
        let expected: [[UInt8]] = [
            [0x34, 0, 0, 0, 120, 0, 0x05, 0, 1, 0, 0, 0, 0, 0, 0, 0],   // RTM_NEWTUNNEL, ACK
            [7, 0, 0, 0, 5, 0, 0, 0],                                   // tunnel_msg: PF_BRIDGE, flags, index
            [28, 0, 1, 0x80],                                           // VXLAN_VNIFILTER_ENTRY
            [8, 0, 1, 0, 200, 0, 0, 0],                                 //   START
            [8, 0, 2, 0, 0x2C, 1, 0, 0],                                //   END
            [8, 0, 3, 0, 239, 1, 1, 1],                                 //   GROUP
        ]
        #expect(kernel.request() == Array(expected.joined()))

        try kernel.connection.deleteVNIs(
            [
                VNIFilterEntry(linkIndex: 5, vnis: VNI(1)...VNI(1)), VNIFilterEntry(linkIndex: 5, vnis: VNI(3)...VNI(4)),
            ], from: 5, Purpose("delete"))
        let deletion: [[UInt8]] = [
            [0x38, 0, 0, 0, 121, 0, 0x05, 0, 2, 0, 0, 0, 0, 0, 0, 0],   // RTM_DELTUNNEL
            [7, 0, 0, 0, 5, 0, 0, 0],
            [12, 0, 1, 0x80], [8, 0, 1, 0, 1, 0, 0, 0],
            [20, 0, 1, 0x80], [8, 0, 1, 0, 3, 0, 0, 0], [8, 0, 2, 0, 4, 0, 0, 0],
        ]
        #expect(kernel.request() == Array(deletion.joined()))
    }
}
