import Testing
import VTEPWire

@testable import VTEPNetlink

/// The requests on the wire, byte by byte (numbers: linux/netlink.h, rtnetlink.h, if_link.h; a little-endian machine).
struct RequestBytesTests {
    // swift-format-ignore
    @Test func vxlanCreate() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(0))
        var vxlan = VXLANSettings(segments: .vni(try VNI(120)))
        vxlan.options.destinationPort = 4789
        vxlan.destination = try IPAddress(parsing: "192.168.50.29")
        vxlan.local = try IPAddress(parsing: "192.168.50.233")
        vxlan.deviceIndex = 3
        vxlan.options.timeToLive = 64
        vxlan.options.typeOfService = 1
        vxlan.options.learning = false
        vxlan.options.ageing = 300
        vxlan.options.sourcePorts = 20000...30000
        vxlan.options.udpChecksum = true
        vxlan.options.udp6ZeroChecksumTransmit = false
        vxlan.options.udp6ZeroChecksumReceive = true
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
            [8, 0, 8, 0, 0x2C, 0x01, 0, 0],                     //     IFLA_VXLAN_AGEING: 300
            [8, 0, 10, 0, 0x4E, 0x20, 0x75, 0x30],              //     IFLA_VXLAN_PORT_RANGE: both in network order
            [5, 0, 7, 0, 0, 0, 0, 0],                           //     IFLA_VXLAN_LEARNING
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
        var vxlan = VXLANSettings(segments: .vni(.max))
        vxlan.options.destinationPort = 8472
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

    /// Each option that the others do not have.
    // swift-format-ignore
    @Test func vxlanCreateWithTheRest() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(0))
        var vxlan = VXLANSettings(segments: .filtered)
        vxlan.options.inheritsTimeToLive = true
        vxlan.options.dontFragment = .inherit
        vxlan.options.flowLabel = 0x12345
        vxlan.options.flowLabelPolicy = .inherit
        vxlan.options.maximumEntries = 77
        vxlan.options.reservedBits = 0xF700_0000_0000_00FF
        vxlan.options.proxy = true
        vxlan.options.routeShortCircuit = false
        vxlan.options.l2Miss = true
        vxlan.options.l3Miss = false
        vxlan.options.remoteChecksumTransmit = true
        vxlan.options.remoteChecksumReceive = false
        vxlan.options.remoteChecksumNoPartial = true
        vxlan.options.groupBasedPolicy = true
        vxlan.options.genericProtocolExtension = true
        vxlan.options.localBypass = false
        vxlan.options.multicastRouting = true
        try kernel.connection.create(NewLink(name: "v"), vxlan: vxlan, Purpose("create"))

        let data: [[UInt8]] = [
            [5, 0, 25, 0, 1, 0, 0, 0],                                  // IFLA_VXLAN_COLLECT_METADATA; no ID
            [5, 0, 30, 0, 1, 0, 0, 0],                                  // IFLA_VXLAN_VNIFILTER
            [5, 0, 29, 0, 2, 0, 0, 0],                                  // IFLA_VXLAN_DF
            [8, 0, 26, 0, 0, 0x01, 0x23, 0x45],                         // IFLA_VXLAN_LABEL: network order
            [8, 0, 32, 0, 1, 0, 0, 0],                                  // IFLA_VXLAN_LABEL_POLICY
            [8, 0, 9, 0, 77, 0, 0, 0],                                  // IFLA_VXLAN_LIMIT
            [12, 0, 33, 0, 0xF7, 0, 0, 0, 0, 0, 0, 0xFF],               // IFLA_VXLAN_RESERVED_BITS: as in the header
            [5, 0, 11, 0, 1, 0, 0, 0],                                  // IFLA_VXLAN_PROXY
            [5, 0, 12, 0, 0, 0, 0, 0],                                  // IFLA_VXLAN_RSC
            [5, 0, 13, 0, 1, 0, 0, 0],                                  // IFLA_VXLAN_L2MISS
            [5, 0, 14, 0, 0, 0, 0, 0],                                  // IFLA_VXLAN_L3MISS
            [5, 0, 21, 0, 1, 0, 0, 0],                                  // IFLA_VXLAN_REMCSUM_TX
            [5, 0, 22, 0, 0, 0, 0, 0],                                  // IFLA_VXLAN_REMCSUM_RX
            [5, 0, 31, 0, 0, 0, 0, 0],                                  // IFLA_VXLAN_LOCALBYPASS
            [5, 0, 34, 0, 1, 0, 0, 0],                                  // IFLA_VXLAN_MC_ROUTE
            [4, 0, 28, 0],                                              // IFLA_VXLAN_TTL_INHERIT: a flag has no value
            [4, 0, 23, 0],                                              // IFLA_VXLAN_GBP
            [4, 0, 27, 0],                                              // IFLA_VXLAN_GPE
            [4, 0, 24, 0],                                              // IFLA_VXLAN_REMCSUM_NOPARTIAL
        ]
        let sent = kernel.request()
        let expected = Array(data.joined())
        #expect(Array(sent.suffix(expected.count)) == expected)
    }

    // swift-format-ignore
    @Test func vxlanChange() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(0))
        var vxlan = VXLANSettings()
        vxlan.destination = try IPAddress(parsing: "192.168.50.30")
        vxlan.options.inheritsTimeToLive = false                        // cannot be said
        try kernel.connection.change(5, vxlan: vxlan, Purpose("change"))

        let expected: [[UInt8]] = [
            [0x3C, 0, 0, 0, 16, 0, 0x05, 0, 1, 0, 0, 0, 0, 0, 0, 0],    // RTM_NEWLINK, ACK; neither CREATE nor EXCL
            [0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],           // ifinfomsg: the index
            [28, 0, 18, 0x80],                                          // IFLA_LINKINFO
            [10, 0, 1, 0], Array("vxlan\0".utf8), [0, 0],               //   IFLA_INFO_KIND
            [12, 0, 2, 0x80],                                           //   IFLA_INFO_DATA
            [8, 0, 2, 0, 192, 168, 50, 30],                             //     IFLA_VXLAN_GROUP
        ]
        let sent = kernel.request()
        #expect(sent == Array(expected.joined()))
    }

    // swift-format-ignore
    @Test func bridgeCreate() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(0))
        var bridge = BridgeOptions()
        bridge.stp = true
        bridge.groupAddress = try MACAddress(parsing: "01:80:c2:00:00:0e")
        bridge.maximumLearned = 100
        bridge.vlanFiltering = true
        bridge.vlanProtocol = .dot1AD
        bridge.defaultPVID = 5
        bridge.vlanStatistics = true
        bridge.vlanStatisticsPerPort = false
        bridge.multicastVLANSnooping = true
        bridge.multipleSpanningTrees = false
        bridge.localEntriesInVLAN0 = true
        bridge.multicastRouter = .permanent
        bridge.multicastQueryInterval = 0x1_0000_0200
        try kernel.connection.create(NewLink(name: "b"), bridge: bridge, Purpose("create"))

        let data: [[UInt8]] = [
            [8, 0, 5, 0, 1, 0, 0, 0],                                   // IFLA_BR_STP_STATE
            [10, 0, 20, 0, 1, 0x80, 0xC2, 0, 0, 0x0E, 0, 0],            // IFLA_BR_GROUP_ADDR, padded
            [8, 0, 49, 0, 100, 0, 0, 0],                                // IFLA_BR_FDB_MAX_LEARNED
            [6, 0, 8, 0, 0x88, 0xA8, 0, 0],                             // IFLA_BR_VLAN_PROTOCOL: network order
            [6, 0, 39, 0, 5, 0, 0, 0],                                  // IFLA_BR_VLAN_DEFAULT_PVID
            [5, 0, 41, 0, 1, 0, 0, 0],                                  // IFLA_BR_VLAN_STATS_ENABLED
            [5, 0, 45, 0, 0, 0, 0, 0],                                  // IFLA_BR_VLAN_STATS_PER_PORT
            [5, 0, 7, 0, 1, 0, 0, 0],                                   // IFLA_BR_VLAN_FILTERING
            [5, 0, 22, 0, 2, 0, 0, 0],                                  // IFLA_BR_MCAST_ROUTER
            [12, 0, 33, 0, 0, 2, 0, 0, 1, 0, 0, 0],                     // IFLA_BR_MCAST_QUERY_INTVL: 64 bits
            [12, 0, 46, 0, 0x12, 0, 0, 0, 0x16, 0, 0, 0],               // IFLA_BR_MULTI_BOOLOPT: values, mask
        ]
        let sent = kernel.request()
        let expected = Array(data.joined())
        #expect(Array(sent.suffix(expected.count)) == expected)
        #expect(sent[sent.count - expected.count - 4] == UInt8(expected.count + 4), "nothing before")
    }

    // swift-format-ignore
    @Test func bridgePortChange() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(0))
        var port = BridgePortOptions()
        port.state = .blocking
        port.isolated = true
        port.learning = false
        port.backupNextHopID = 5
        try kernel.connection.changePort(5, port, backupPort: 6, Purpose("change"))

        let expected: [[UInt8]] = [
            [0x5C, 0, 0, 0, 16, 0, 0x05, 0, 1, 0, 0, 0, 0, 0, 0, 0],    // RTM_NEWLINK, ACK
            [0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],           // ifinfomsg: the index
            [60, 0, 18, 0x80],                                          // IFLA_LINKINFO
            [11, 0, 4, 0], Array("bridge\0".utf8), [0],                 //   IFLA_INFO_SLAVE_KIND
            [44, 0, 5, 0x80],                                           //   IFLA_INFO_SLAVE_DATA
            [5, 0, 1, 0, 4, 0, 0, 0],                                   //     IFLA_BRPORT_STATE
            [8, 0, 44, 0, 5, 0, 0, 0],                                  //     IFLA_BRPORT_BACKUP_NHID
            [5, 0, 8, 0, 0, 0, 0, 0],                                   //     IFLA_BRPORT_LEARNING
            [5, 0, 33, 0, 1, 0, 0, 0],                                  //     IFLA_BRPORT_ISOLATED
            [8, 0, 34, 0, 6, 0, 0, 0],                                  //     IFLA_BRPORT_BACKUP_PORT
        ]
        let sent = kernel.request()
        #expect(sent == Array(expected.joined()))
    }
}
