import Testing
import VTEPWire

@testable import VTEPNetlink

/// The requests on the wire, byte by byte (numbers: linux/netlink.h, rtnetlink.h, if_link.h; a little-endian machine).
struct RequestBytesTests {
    // swift-format-ignore
    @Test func vxlanCreate() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(0))
        var vxlan = NewVXLAN(vni: try VNI(120), destinationPort: 4789)
        vxlan.destination = try IPAddress(parsing: "192.168.50.29")
        vxlan.local = try IPAddress(parsing: "192.168.50.233")
        vxlan.deviceIndex = 3
        vxlan.timeToLive = 64
        vxlan.typeOfService = 1
        vxlan.learning = false
        vxlan.ageing = 300
        vxlan.sourcePorts = 20000...30000
        vxlan.udpChecksum = true
        vxlan.udp6ZeroChecksumTransmit = false
        vxlan.udp6ZeroChecksumReceive = true
        let properties = LinkChanges(
            up: true, mtu: 1400, macAddress: try MACAddress(parsing: "02:00:00:00:01:20"), masterIndex: 7)
        try kernel.connection.create(
            NewLink(name: "vxlan0", properties: properties), vxlan: vxlan, Purpose("create"))

        let expected: [[UInt8]] = [
            [0xC4, 0, 0, 0],                                    // length: 196
            [16, 0],                                            // RTM_NEWLINK
            [0x05, 0x06],                                       // REQUEST | ACK | EXCL | CREATE
            [1, 0, 0, 0],                                       // sequence number
            [0, 0, 0, 0],                                       // port: the kernel fills it in
            [0, 0, 0, 0],                                       // ifinfomsg: AF_UNSPEC, padding, type
            [0, 0, 0, 0],                                       // index: the kernel chooses
            [1, 0, 0, 0],                                       // flags: IFF_UP
            [1, 0, 0, 0],                                       // which of them to change
            [11, 0, 3, 0], Array("vxlan0\0".utf8), [0],         // IFLA_IFNAME, padded
            [8, 0, 4, 0, 0x78, 0x05, 0, 0],                     // IFLA_MTU: 1400
            [10, 0, 1, 0, 2, 0, 0, 0, 0x01, 0x20, 0, 0],        // IFLA_ADDRESS, padded
            [8, 0, 10, 0, 7, 0, 0, 0],                          // IFLA_MASTER
            [124, 0, 18, 0x80],                                 // IFLA_LINKINFO | NLA_F_NESTED
            [10, 0, 1, 0], Array("vxlan\0".utf8), [0, 0],       //   IFLA_INFO_KIND, padded
            [108, 0, 2, 0x80],                                  //   IFLA_INFO_DATA | NLA_F_NESTED
            [8, 0, 1, 0, 120, 0, 0, 0],                         //     IFLA_VXLAN_ID
            [6, 0, 15, 0, 0x12, 0xB5, 0, 0],                    //     IFLA_VXLAN_PORT: 4789, network order, 2 octets
            [8, 0, 2, 0, 192, 168, 50, 29],                     //     IFLA_VXLAN_GROUP: the remote
            [8, 0, 4, 0, 192, 168, 50, 233],                    //     IFLA_VXLAN_LOCAL
            [8, 0, 3, 0, 3, 0, 0, 0],                           //     IFLA_VXLAN_LINK
            [5, 0, 5, 0, 64, 0, 0, 0],                          //     IFLA_VXLAN_TTL
            [5, 0, 6, 0, 1, 0, 0, 0],                           //     IFLA_VXLAN_TOS
            [5, 0, 7, 0, 0, 0, 0, 0],                           //     IFLA_VXLAN_LEARNING
            [8, 0, 8, 0, 0x2C, 0x01, 0, 0],                     //     IFLA_VXLAN_AGEING: 300
            [8, 0, 10, 0, 0x4E, 0x20, 0x75, 0x30],              //     IFLA_VXLAN_PORT_RANGE: both in network order
            [5, 0, 18, 0, 1, 0, 0, 0],                          //     IFLA_VXLAN_UDP_CSUM
            [5, 0, 19, 0, 0, 0, 0, 0],                          //     IFLA_VXLAN_UDP_ZERO_CSUM6_TX
            [5, 0, 20, 0, 1, 0, 0, 0],                          //     IFLA_VXLAN_UDP_ZERO_CSUM6_RX
        ]
        let sent = kernel.request()
        #expect(sent == Array(expected.joined()))
    }

    // swift-format-ignore
    @Test func smallestV6VXLANCreate() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(0))
        var vxlan = NewVXLAN(vni: .max, destinationPort: 8472)
        vxlan.destination = try IPAddress(parsing: "ff05::120")
        try kernel.connection.create(NewLink(name: "v"), vxlan: vxlan, Purpose("create"))

        let expected: [[UInt8]] = [
            [0x60, 0, 0, 0, 16, 0, 0x05, 0x06, 1, 0, 0, 0, 0, 0, 0, 0],  // RTM_NEWLINK, 96 bytes
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],            // ifinfomsg: nothing about up or down
            [6, 0, 3, 0], Array("v\0".utf8), [0, 0],                     // IFLA_IFNAME, padded
            [56, 0, 18, 0x80],                                           // IFLA_LINKINFO
            [10, 0, 1, 0], Array("vxlan\0".utf8), [0, 0],                //   IFLA_INFO_KIND
            [40, 0, 2, 0x80],                                            //   IFLA_INFO_DATA
            [8, 0, 1, 0, 0xFF, 0xFF, 0xFF, 0],                           //     IFLA_VXLAN_ID: 2^24 − 1
            [6, 0, 15, 0, 0x21, 0x18, 0, 0],                             //     IFLA_VXLAN_PORT: 8472
            [20, 0, 16, 0, 0xFF, 5, 0, 0, 0, 0, 0, 0],                   //     IFLA_VXLAN_GROUP6
            [0, 0, 0, 0, 0, 0, 0x01, 0x20],
        ]
        let sent = kernel.request()
        #expect(sent == Array(expected.joined()))
    }

    // swift-format-ignore
    @Test func defaultRemoteAppend() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(0))
        var entry = FDBEntry(macAddress: .zero, destination: try IPAddress(parsing: "192.168.50.30"), linkIndex: 5)
        entry.port = 9999
        entry.vni = try VNI(500)
        try kernel.connection.write(entry, .append, Purpose("append"))

        let expected: [[UInt8]] = [
            [0x40, 0, 0, 0, 28, 0, 0x05, 0x0C, 1, 0, 0, 0, 0, 0, 0, 0],  // RTM_NEWNEIGH, ACK | CREATE | APPEND
            [7, 0, 0, 0, 5, 0, 0, 0],                                    // ndmsg: AF_BRIDGE, index
            [0x80, 0, 2, 0],                                             // NUD_PERMANENT, NTF_SELF, type
            [10, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0],                       // NDA_LLADDR, padded
            [8, 0, 1, 0, 192, 168, 50, 30],                              // NDA_DST
            [8, 0, 7, 0, 0xF4, 0x01, 0, 0],                              // NDA_VNI: 500
            [6, 0, 6, 0, 0x27, 0x0F, 0, 0],                              // NDA_PORT: 9999, network order
        ]
        let sent = kernel.request()
        #expect(sent == Array(expected.joined()))
    }
}
