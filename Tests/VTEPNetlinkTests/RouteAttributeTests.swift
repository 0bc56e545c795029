import Testing
import VTEPWire

@testable import VTEPNetlink

/// `RTA_*`, `RTAX_*` of linux/rtnetlink.h and `LWTUNNEL_IP_*` of linux/lwtunnel.h, by number.
struct RouteAttributeTests {
    private static let tunnelOfVXLAN: [UInt8] = Array(
        [
            Bytes.attribute(1, [0, 0, 0, 0, 0, 0, 0, 7]),  // LWTUNNEL_IP_ID, network order
            Bytes.attribute(2, [192, 168, 50, 29]),  // _DST
            Bytes.attribute(3, [192, 168, 50, 233]),  // _SRC
            Bytes.attribute(4, [64]),  // _TTL
            Bytes.attribute(5, [8]),  // _TOS
            Bytes.attribute(6, [0, 1]),  // _FLAGS: checksum, network order
            // _OPTS: VXLAN: GBP
            Bytes.attribute(0x8008, Bytes.attribute(0x8002, Bytes.attribute(1, [9, 0, 0, 0]))),
        ].joined())

    private static var tunnel: TunnelKey {
        get throws {
            var key = try TunnelKey(
                vni: VNI(7), destination: IPAddress(parsing: "192.168.50.29"),
                source: IPAddress(parsing: "192.168.50.233"))
            key.timeToLive = 64
            key.typeOfService = 8
            key.flags = .checksum
            key.groupPolicy = 9
            return key
        }
    }

    /// A route that is `destination`/16 in `base`, with the header that says so.
    private func table(
        _ family: UInt8, _ sourceLength: UInt8, key: [UInt8], base: Route, _ rows: [AttributeRow<Route>],
        left: [Int: String] = [:]
    ) -> AttributeTable<Route> {
        AttributeTable(
            type: 24, header: [family, 16, sourceLength, 0, 254, 3, 0, 1, 0, 0, 0, 0], key: key, base: base, rows: rows,
            left: left, read: { $0.routes.first }, write: { $0.write($1, .add) })
    }

    private func v4() throws -> AttributeTable<Route> {
        var base = Route(to: try IPPrefix(parsing: "10.1.0.0/16"))
        base.scope = .global
        return table(
            2, 0, key: Bytes.attribute(1, [10, 1, 0, 0]), base: base,
            [
                AttributeRow(1, "RTA_DST", [10, 2, 0, 0]) { $0.destination = try IPPrefix(parsing: "10.2.0.0/16") },
                AttributeRow(4, "RTA_OIF", [9, 0, 0, 0]) { $0.linkIndex = 9 },
                AttributeRow(5, "RTA_GATEWAY", [10, 0, 0, 1]) { $0.gateway = try IPAddress(parsing: "10.0.0.1") },
                AttributeRow(6, "RTA_PRIORITY", [7, 0, 0, 0]) { $0.metric = 7 },
                AttributeRow(7, "RTA_PREFSRC", [10, 0, 0, 2]) {
                    $0.preferredSource = try IPAddress(parsing: "10.0.0.2")
                },
                AttributeRow(8, "RTA_METRICS", Bytes.attribute(2, [0x78, 5, 0, 0]), .read) { $0.metrics[.mtu] = 1400 },
                AttributeRow(
                    9, "RTA_MULTIPATH",
                    // rtnexthop: onlink, weight 3, link 9; RTA_GATEWAY
                    [16, 0, 4, 2, 9, 0, 0, 0, 8, 0, 5, 0, 10, 0, 0, 1]
                        + [32, 0, 0, 0, 8, 0, 0, 0]  // rtnexthop: link 8
                        + [8, 0, 11, 0, 1, 0, 2, 0, 6, 0, 21, 0, 7, 0, 0, 0, 8, 0, 22, 0x80, 1, 2, 3, 4]
                ) {
                    var first = NextHop(gateway: try IPAddress(parsing: "10.0.0.1"), linkIndex: 9, weight: 3)
                    first.flags = .onLink
                    var second = NextHop(linkIndex: 8)
                    second.realms = 0x2_0001
                    second.encapsulation = .other(type: 7, attributes: [1, 2, 3, 4])
                    $0.nextHops = [first, second]
                },
                AttributeRow(11, "RTA_FLOW", [1, 0, 2, 0]) { $0.realms = 0x2_0001 },
                AttributeRow(15, "RTA_TABLE", [0xE8, 3, 0, 0]) { $0.table = RouteTable(rawValue: 1000) },
                AttributeRow(18, "RTA_VIA", [10, 0, 0xFD, 0x50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]) {
                    $0.gateway = try IPAddress(parsing: "fd50::9")
                },
                AttributeRow(30, "RTA_NH_ID", [3, 0, 0, 0]) { $0.nextHopID = 3 },
            ],
            left: [
                2: "of IPv6", 3: "of lookups", 10: "no longer used", 12: "read in expires()", 13: "no longer used",
                14: "no longer used", 16: "of lookups", 17: "of multicast routes", 19: "of MPLS", 20: "of IPv6",
                21: "with 22", 22: "in encapsulations()", 23: "of IPv6", 24: "padding", 25: "of lookups",
                26: "of MPLS", 27: "of lookups", 28: "of lookups", 29: "of lookups", 31: "of lookups",
            ])
    }

    private func v6() throws -> AttributeTable<Route> {
        var base = Route(to: try IPPrefix(parsing: "2001::/16"))
        base.scope = .global
        let from = try IPPrefix(parsing: "fd01::/16")
        base.sourcePrefix = from
        let v6 = { (first: UInt8, second: UInt8, last: UInt8) in
            [first, second] + [UInt8](repeating: 0, count: 13) + [last]
        }
        return table(
            10, 16, key: Bytes.attribute(1, v6(0x20, 1, 0)) + Bytes.attribute(2, v6(0xFD, 1, 0)), base: base,
            [
                AttributeRow(2, "RTA_SRC", v6(0xFD, 2, 0)) { $0.sourcePrefix = try IPPrefix(parsing: "fd02::/16") },
                AttributeRow(5, "RTA_GATEWAY", v6(0xFD, 0x50, 9)) { $0.gateway = try IPAddress(parsing: "fd50::9") },
                AttributeRow(20, "RTA_PREF", [1]) { $0.preference = .high },
                AttributeRow(23, "RTA_EXPIRES", [60, 0, 0, 0], .written) { $0.expires = 60 },
            ])
    }

    @Test func everyAttributeOfRoutes() throws {
        try v4().check()
        try v4().checkComplete(through: 31)  // RTA_FLOWLABEL, as of Linux 6.18
        try v6().check()
    }

    @Test func expires() throws {
        let table = try v6()
        let cache = Bytes.u32(0) + Bytes.u32(0) + Bytes.u32(5901) + Bytes.u32(0) + [UInt8](repeating: 0, count: 16)
        let message = Bytes.message(24, table.header + table.key + Bytes.attribute(12, cache))
        #expect(Everything(message).routes.first?.expires == 60, "hundredths are rounded up to seconds")
    }

    /// The type of an encapsulation and its contents, in either order.
    @Test func encapsulations() throws {
        var table = try v4()
        let kinds: [(UInt16, [UInt8], RouteEncapsulation)] = [
            (2, Self.tunnelOfVXLAN, .tunnel(try Self.tunnel)),
            (7, [4, 0, 9, 0], .other(type: 7, attributes: [4, 0, 9, 0])),
        ]
        for (type, contents, encapsulation) in kinds {
            let rows = [
                AttributeRow<Route>(21, "RTA_ENCAP_TYPE", Bytes.u16(type), .written) {
                    $0.encapsulation = encapsulation
                },
                AttributeRow(22, "RTA_ENCAP", contents, .written) { $0.encapsulation = encapsulation },
            ]
            table = AttributeTable(
                type: table.type, header: table.header, key: table.key, base: table.base, rows: rows, read: table.read,
                write: table.write)
            try table.check()
            let parts = [Bytes.attribute(21, Bytes.u16(type)), Bytes.attribute(22, contents)]
            for parts in [parts, parts.reversed()] {
                let message = Bytes.message(24, table.header + table.key + Array(parts.joined()))
                #expect(Everything(message).routes.first?.encapsulation == encapsulation)
            }
        }
    }

    @Test func anIPv6Tunnel() throws {
        let remote: [UInt8] = [0xFD, 0x50] + [UInt8](repeating: 0, count: 13) + [9]
        let options: [UInt8] = [8, 0, 1, 0, 1, 2, 3, 4]  // of another kind of tunnel
        let contents =
            Bytes.attribute(1, [0, 0, 0, 0, 0, 0, 0, 7]) + Bytes.attribute(2, remote)
            + Bytes.attribute(0x8008, options)
        let message = Bytes.message(
            24, try v6().header + v6().key + Bytes.attribute(21, Bytes.u16(4)) + Bytes.attribute(22, contents))
        guard case .tunnel(let key)? = Everything(message).routes.first?.encapsulation else {
            Issue.record("no tunnel")
            return
        }
        #expect(key.family == .v6)
        #expect(key.destination?.description == "fd50::9")
        #expect(key.otherOptions == options)
        var route = try v6().base
        route.encapsulation = .tunnel(key)
        var request = try Request()
        request.write(route, .add)
        let bytes = try #require(try unsafe request.withBytes(sequence: 1) { unsafe Array($0) })
        #expect(Bytes.attributes(of: bytes, after: 12).contains { $0.0 == 22 && $0.1 == contents })
    }

    /// `RTAX_*`: each number's value travels under that number, both ways.
    @Test func everyMetric() throws {
        let table = try v4()
        let numbers: [Int] = Array(2...17).filter { $0 != 16 }
        let named: [RouteMetrics.Metric] = [
            .mtu, .window, .roundTripTime, .roundTripVariance, .slowStartThreshold, .congestionWindow, .advertisedMSS,
            .reordering, .hopLimit, .initialCongestionWindow, .features, .minimumRetransmissionTimeout,
            .initialReceiveWindow, .quickAcknowledgement, .fastOpenWithoutCookie,
        ]
        #expect(named.map { Int($0.rawValue) } == numbers, "RTAX_FASTOPEN_NO_COOKIE is the last, as of Linux 6.18")
        var route = table.base
        for metric in named { route.metrics[metric] = UInt32(metric.rawValue) * 3 }
        route.metrics.setLocked(.mtu)
        route.metrics.setLocked(.hopLimit)
        route.metrics.congestionControl = "bbr"
        let contents =
            Bytes.attribute(1, Bytes.u32(1 << 2 | 1 << 10))
            + numbers.flatMap { Bytes.attribute(UInt16($0), Bytes.u32(UInt32($0) * 3)) }
            + Bytes.attribute(16, Array("bbr\0".utf8))
        var request = try Request()
        request.write(route, .add)
        let bytes = try #require(try unsafe request.withBytes(sequence: 1) { unsafe Array($0) })
        #expect(Bytes.attributes(of: bytes, after: 12).first { $0.0 == 8 }?.1 == contents)
        let read = Everything(Bytes.message(24, table.header + table.key + Bytes.attribute(8, contents)))
        #expect(read.routes.first?.metrics == route.metrics)
        #expect(read.routes.first?.metrics.isLocked(.hopLimit) == true)
        #expect(read.routes.first?.metrics.isLocked(.window) == false)
    }

    // swift-format-ignore
    @Test func aLookup() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(-101))
        var lookup = RouteLookup(try IPAddress(parsing: "10.1.0.7"))
        lookup.source = try IPAddress(parsing: "10.0.0.2")
        lookup.inputLinkIndex = 3
        lookup.outputLinkIndex = 4
        lookup.typeOfService = 8
        lookup.mark = 5
        lookup.user = 1000
        lookup.ipProtocol = 17
        lookup.sourcePort = 4789
        lookup.destinationPort = 53
        lookup.matchesTable = true
        #expect(throws: VTEPError.self) { try kernel.connection.route(lookup, Purpose("find")) }
        let expected: [[UInt8]] = [
            [0x64, 0, 0, 0, 26, 0, 0x01, 0x00, 1, 0, 0, 0, 0, 0, 0, 0],  // RTM_GETROUTE
            [2, 32, 32, 8, 0, 0, 0, 0, 0, 0x30, 0, 0],                   // rtmsg: LOOKUP_TABLE | FIB_MATCH
            [8, 0, 1, 0, 10, 1, 0, 7],                                   // RTA_DST
            [8, 0, 2, 0, 10, 0, 0, 2],                                   // RTA_SRC
            [8, 0, 3, 0, 3, 0, 0, 0],                                    // RTA_IIF
            [8, 0, 4, 0, 4, 0, 0, 0],                                    // RTA_OIF
            [8, 0, 16, 0, 5, 0, 0, 0],                                   // RTA_MARK
            [8, 0, 25, 0, 0xE8, 3, 0, 0],                                // RTA_UID
            [5, 0, 27, 0, 17, 0, 0, 0],                                  // RTA_IP_PROTO
            [6, 0, 28, 0, 0x12, 0xB5, 0, 0],                             // RTA_SPORT, network order
            [6, 0, 29, 0, 0, 53, 0, 0],                                  // RTA_DPORT, network order
        ]
        let sent = kernel.request()
        #expect(sent == Array(expected.joined()))
    }

    @Test func aFlowLabel() throws {
        var lookup = RouteLookup(try IPAddress(parsing: "fd50::9"))
        lookup.flowLabel = 0xABCDE
        var request = try Request()
        request.ask(lookup)
        let bytes = try #require(try unsafe request.withBytes(sequence: 1) { unsafe Array($0) })
        #expect(Bytes.attributes(of: bytes, after: 12).contains { $0.0 == 31 && $0.1 == [0, 0x0A, 0xBC, 0xDE] })
        #expect(bytes[24..<28] == [0, 0, 0, 0], "IPv6 refuses to be asked for the table")
    }
}
