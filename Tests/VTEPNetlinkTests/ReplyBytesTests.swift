import Testing
import VTEPWire

@testable import VTEPNetlink

/// What is read from replies that are written down here, byte by byte.
struct ReplyBytesTests {
    // swift-format-ignore
    private static let vxlanLink: [UInt8] = Bytes.message(16, Array([
        [0, 0, 1, 0],                                         // ifinfomsg: padding, ARPHRD_ETHER
        [5, 0, 0, 0],                                         // index
        [0x43, 0x10, 0x01, 0],                                // UP | BROADCAST | RUNNING | MULTICAST | LOWER_UP
        [0, 0, 0, 0],
        [11, 0, 3, 0], Array("vxlan0\0".utf8), [0],           // IFLA_IFNAME
        [8, 0, 4, 0, 0xAA, 0x05, 0, 0],                       // IFLA_MTU: 1450
        [10, 0, 1, 0, 2, 0, 0, 0, 1, 0x20, 0, 0],             // IFLA_ADDRESS
        [5, 0, 16, 0, 6, 0, 0, 0],                            // IFLA_OPERSTATE: up
        [8, 0, 0x27, 0x7F, 1, 2, 3, 4],                       // an attribute of a later kernel
        [76, 0, 18, 0],                                       // IFLA_LINKINFO, without the nested mark
        [10, 0, 1, 0], Array("vxlan\0".utf8), [0, 0],         //   IFLA_INFO_KIND
        [60, 0, 2, 0],                                        //   IFLA_INFO_DATA
        [8, 0, 1, 0, 120, 0, 0, 0],                           //     IFLA_VXLAN_ID
        [6, 0, 15, 0, 0x12, 0xB5, 0, 0],                      //     IFLA_VXLAN_PORT: network order
        [8, 0, 2, 0, 229, 1, 1, 1],                           //     IFLA_VXLAN_GROUP
        [8, 0, 3, 0, 3, 0, 0, 0],                             //     IFLA_VXLAN_LINK
        [5, 0, 7, 0, 1, 0, 0, 0],                             //     IFLA_VXLAN_LEARNING
        [8, 0, 8, 0, 0x2C, 1, 0, 0],                          //     IFLA_VXLAN_AGEING: 300
        [8, 0, 10, 0, 0x4E, 0x20, 0x75, 0x30],                //     IFLA_VXLAN_PORT_RANGE
    ].joined()))

    @Test func aVXLANLinkIsRead() throws {
        let link = try #require(Everything(ReplyBytesTests.vxlanLink).links.first)
        #expect(link.index == 5)
        #expect(link.name == "vxlan0")
        #expect(link.kind == .vxlan)
        #expect(link.isUp)
        #expect(link.flags == [.up, .broadcast, .running, .multicast, .lowerUp])
        #expect(link.mtu == 1450)
        #expect(link.macAddress?.description == "02:00:00:00:01:20")
        #expect(link.operationalState == .up)
        guard case .vxlan(let vxlan) = link.details else { throw Unexpected() }
        #expect(vxlan.vni?.rawValue == 120)
        #expect(vxlan.destinationPort == 4789)
        #expect(vxlan.destination?.description == "group 229.1.1.1")
        #expect(vxlan.deviceIndex == 3)
        #expect(vxlan.learning)
        #expect(vxlan.ageing == 300)
        #expect(vxlan.sourcePorts == 20000...30000)
        #expect(vxlan.local == nil)
    }

    /// A VNI of 25 bits, which no kernel sends, is no VNI.
    @Test func aVNIThatIsTooLargeIsNone() throws {
        var message = ReplyBytesTests.vxlanLink
        let place = try #require(message.firstRange(of: [8, 0, 1, 0, 120, 0, 0, 0] as [UInt8])).lowerBound
        message[place + 7] = 1
        guard case .vxlan(let vxlan)? = Everything(message).links.first?.details else { throw Unexpected() }
        #expect(vxlan.vni == nil)
    }

    // swift-format-ignore
    @Test func nextHopsAreRead() throws {
        let message = Bytes.message(24, Array([
            [2, 16, 0, 0, 252, 3, 0, 1],                      // rtmsg: AF_INET, /16, table compat, boot, global, unicast
            [0, 0, 0, 0],
            [8, 0, 1, 0, 10, 1, 0, 0],                        // RTA_DST
            [8, 0, 15, 0, 0xE8, 3, 0, 0],                     // RTA_TABLE: 1000 overrules the 8 bits
            [48, 0, 9, 0],                                    // RTA_MULTIPATH
            [16, 0, 0, 2, 3, 0, 0, 0],                        //   rtnexthop: 16 bytes, weight 3, link 3
            [8, 0, 5, 0, 192, 168, 50, 1],                    //     RTA_GATEWAY
            [28, 0, 0, 0, 4, 0, 0, 0],                        //   rtnexthop: 28 bytes, weight 1, link 4
            [20, 0, 18, 0, 10, 0],                            //     RTA_VIA: AF_INET6, here cut to 14 octets: no address
            [0xFD, 0x50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9],
        ].joined()))
        let route = try #require(Everything(message).routes.first)
        #expect(route.destination.description == "10.1.0.0/16")
        #expect(route.table.rawValue == 1000)
        #expect(route.nextHops.map(\.weight) == [3, 1])
        #expect(route.nextHops.map(\.linkIndex) == [3, 4])
        #expect(route.nextHops[0].gateway?.description == "192.168.50.1")
        #expect(route.nextHops[1].gateway == nil)
    }

    private struct Unexpected: Error {}
}
