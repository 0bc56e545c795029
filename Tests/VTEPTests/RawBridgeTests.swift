import TestNetwork
import Testing
import VTEP

/// Every `IFLA_BR_*` there is up to Linux 6.18, octet by octet and in both directions.
@Suite(.inNamespaces)
struct RawBridgeTests {
    private func bridge(_ link: Link) throws -> BridgeAttributes {
        guard case .bridge(let bridge) = link.details else { throw Failure("no bridge") }
        return bridge
    }

    @Test func everyAttributeIsListed() {
        #expect(BridgeAttribute.bridge.map(\.number).sorted() == Array(1...49))
    }

    /// In a creation and in a change.
    @Test(arguments: BridgeAttribute.bridge.filter { $0.setting != nil })
    func isWritten(_ attribute: BridgeAttribute) throws {
        let setting = try #require(attribute.setting)
        let namespace = try TestNamespace()
        let host = try namespace.host()
        let raw = try RawLinks(in: namespace)
        var configuration = BridgeConfiguration(name: "br0")
        try setting.set(&configuration.options)
        #expect(setting.isRead(try bridge(try host.createBridge(configuration))))
        #expect(try raw.data(of: "br0")[attribute.number] == setting.value)

        let made = try host.createBridge(BridgeConfiguration(name: "br1"))
        #expect(try raw.data(of: "br1")[attribute.number] != setting.value, "that is the kernel's default")
        #expect(!setting.isRead(try bridge(made)))
        let changed = try host.changeBridge("br1", configuration.options)
        #expect(setting.isRead(try bridge(changed)))
        #expect(try raw.data(of: "br1")[attribute.number] == setting.value)
    }

    @Test(arguments: BridgeAttribute.bridge.filter { $0.setting != nil })
    func isRead(_ attribute: BridgeAttribute) throws {
        let setting = try #require(attribute.setting)
        let namespace = try TestNamespace()
        let host = try namespace.host()
        // The kernel shows all options there are, and takes only those that it can set.
        let sent = attribute.name == "MULTI_BOOLOPT" ? u32(0x19) + u32(0x19) : setting.value
        try RawLinks(in: namespace).make("br0", kind: "bridge", data: RawLinks.attribute(attribute.number, sent))
        #expect(setting.isRead(try bridge(try host.link(named: "br0"))))
    }

    /// On a bridge whose spanning tree runs and that has another root than itself.
    @Test func tellsWhatChangesByItself() throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        try namespace.ip(
            """
            link add br0 type bridge stp_state 1 priority 4096
            link add br1 type bridge stp_state 1
            link set u0 master br0
            link set u1 master br1
            link set br0 up
            link set br1 up
            """)
        let host = try namespace.host()
        let raw = try RawLinks(in: namespace)
        let rootPort = try eventually(within: 10) {
            try host.bridgeStatus(of: "br1").rootPort
        } until: {
            $0 != 0
        }
        #expect(rootPort == 1)
        for attribute in BridgeAttribute.bridge {
            guard case .told(let agrees) = attribute.coverage else { continue }
            for name in ["br0", "br1"] {
                let shown = try #require(try raw.data(of: name)[attribute.number], "\(attribute.testDescription)")
                let (link, status) = (try host.link(named: name), try host.bridgeStatus(of: name))
                #expect(agrees(try bridge(link), status, shown), "\(attribute.testDescription) of \(name): \(status)")
            }
        }
    }

    @Test func theKernelSendsNothingElse() throws {
        let namespace = try TestNamespace()
        try namespace.ip("link add br0 type bridge mcast_querier 1\nlink set br0 up")
        let sent = try RawLinks(in: namespace).data(of: "br0").keys
        #expect(Set(sent).subtracting(BridgeAttribute.bridge.map(\.number)) == [])
    }

    @Test func flushes() throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        try namespace.ip("link add br0 type bridge\nlink set u0 master br0\nlink set br0 up")
        try namespace.run("bridge fdb add 02:00:00:00:00:09 dev u0 master dynamic")
        let host = try namespace.host()
        let learnt = try mac("02:00:00:00:00:09")
        #expect(try host.fdb(of: "u0").contains { $0.macAddress == learnt })
        try host.flushBridge("br0")
        #expect(try !host.fdb(of: "u0").contains { $0.macAddress == learnt })
    }

    /// Our own, then another one behind a port. It asks each second at first: a bridge that missed its first query would
    /// have to wait for half a minute.
    @Test func tellsTheQuerier() throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        try namespace.ip(
            """
            link add br0 type bridge mcast_querier 1 mcast_query_use_ifaddr 1 \
            mcast_startup_query_interval 100 mcast_startup_query_count 20
            link add br1 type bridge
            addr add 10.9.9.1/24 dev br0
            link set u0 master br0
            link set u1 master br1
            link set br0 up
            link set br1 up
            """)
        let host = try namespace.host()
        let theirs = try eventually(within: 20) {
            try host.bridgeStatus(of: "br1").igmpQuerier
        } until: {
            $0 != nil
        }
        #expect(theirs?.address.description == "10.9.9.1")
        #expect(theirs?.portIndex == (try host.link(named: "u1").index))
        #expect((1...25500).contains(theirs?.timer ?? 0))
        let own = try host.bridgeStatus(of: "br0").igmpQuerier
        #expect(own?.address.description == "10.9.9.1")
        #expect(own?.portIndex == nil)
    }

    /// What the kernel was built without it ignores, and reports success.
    @Test(.notFilteringVLANs) func missingVLANsAreTold() throws {
        let host = try TestNamespace().host()
        for set in [
            { $0.vlanProtocol = .dot1AD }, { $0.defaultPVID = 5 }, { $0.vlanStatistics = true },
            { $0.vlanStatisticsPerPort = true }, { $0.vlanFiltering = true },
        ] as [(inout BridgeOptions) -> Void] {
            var configuration = BridgeConfiguration(name: "br0")
            set(&configuration.options)
            let error = #expect(throws: VTEPError.self) { try host.createBridge(configuration) }
            #expect(error?.kind == .notSupported)
        }
        #expect(try host.links().map(\.name) == ["lo"])
    }

    @Test(.filteringVLANs) func vlansAreFiltered() throws {
        let host = try TestNamespace().host()
        var configuration = BridgeConfiguration(name: "br0")
        configuration.vlanFiltering = true
        configuration.vlanProtocol = .dot1AD
        configuration.defaultPVID = 0
        configuration.vlanStatistics = true
        configuration.vlanStatisticsPerPort = true
        configuration.multicastVLANSnooping = true
        configuration.multipleSpanningTrees = true
        let made = try bridge(host.createBridge(configuration))
        #expect(made.vlanFiltering && made.multicastVLANSnooping && made.multipleSpanningTrees)
        #expect(made.defaultPVID == 0)
        #expect(made.vlanProtocol == .dot1AD)
    }
}
