import TestNetwork
import Testing
import VTEP

/// Every `IFLA_BRPORT_*` there is up to Linux 6.18, octet by octet and in both directions.
@Suite(.inNamespaces)
struct RawBridgePortTests {
    /// A bridge br0 with the ports u0 and u1, all up. They are wired to one another: a loop in which nothing is sent.
    private func furnished() throws -> TestNamespace {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        try namespace.ip("link add br0 type bridge\nlink set u0 master br0\nlink set u1 master br0\nlink set br0 up")
        let host = try namespace.host()
        let states = try eventually {
            try ["u0", "u1"].map { try host.link(named: $0).bridgePort?.state }
        } until: {
            $0 == [.forwarding, .forwarding]
        }
        guard states == [.forwarding, .forwarding] else { throw Failure("the ports do not come up") }
        return namespace
    }

    @Test func everyAttributeIsListed() {
        #expect(BridgePortAttribute.port.map(\.number).sorted() == Array(1...44))
    }

    @Test(arguments: BridgePortAttribute.port.filter { $0.setting != nil })
    func isWritten(_ attribute: BridgePortAttribute) throws {
        let setting = try #require(attribute.setting)
        let namespace = try furnished()
        let host = try namespace.host()
        let raw = try RawLinks(in: namespace)
        #expect(try raw.portData(of: "u0")[attribute.number] != setting.value, "that is the kernel's default")
        var change = BridgePortChange()
        try setting.set(&change.options)
        let port = try #require(try host.changeBridgePort("u0", change).bridgePort)
        #expect(setting.isRead(port))
        #expect(try raw.portData(of: "u0")[attribute.number] == setting.value)
        #expect(try raw.portData(of: "u1")[attribute.number] != setting.value)
    }

    @Test(arguments: BridgePortAttribute.port.filter { $0.setting != nil })
    func isRead(_ attribute: BridgePortAttribute) throws {
        let setting = try #require(attribute.setting)
        let namespace = try furnished()
        let host = try namespace.host()
        let port = try host.link(named: "u0")
        #expect(try !setting.isRead(#require(port.bridgePort)))
        try RawLinks(in: namespace).changePort(
            index: port.index, data: RawLinks.attribute(attribute.number, setting.value))
        #expect(try setting.isRead(#require(host.link(named: "u0").bridgePort)))
    }

    @Test func tellsWhatChangesByItself() throws {
        let namespace = try furnished()
        try namespace.ip("link set br0 type bridge stp_state 1\nlink set br0 up")
        let host = try namespace.host()
        let raw = try RawLinks(in: namespace)
        for attribute in BridgePortAttribute.port {
            guard case .told(let agrees) = attribute.coverage else { continue }
            for name in ["u0", "u1"] {
                let shown = try #require(try raw.portData(of: name)[attribute.number], "\(attribute.testDescription)")
                let port = try #require(try host.link(named: name).bridgePort)
                let status = try host.bridgePortStatus(of: name)
                #expect(agrees(port, status, shown), "\(attribute.testDescription) of \(name): \(status)")
            }
        }
        #expect(try host.bridgePortStatus(of: "u0").number != host.bridgePortStatus(of: "u1").number)
    }

    @Test func theKernelSendsNothingElse() throws {
        let sent = try RawLinks(in: furnished()).portData(of: "u0").keys
        #expect(Set(sent).subtracting(BridgePortAttribute.port.map(\.number)) == [])
    }

    @Test func flushes() throws {
        let namespace = try furnished()
        for name in ["u0", "u1"] {
            try namespace.run("bridge fdb add 02:00:00:00:00:0\(name == "u0" ? 8 : 9) dev \(name) master dynamic")
        }
        let host = try namespace.host()
        try host.flushBridgePort("u0")
        let left = try host.fdb().map(\.macAddress.description)
        #expect(!left.contains("02:00:00:00:00:08"))
        #expect(left.contains("02:00:00:00:00:09"))
    }

    @Test func hasABackup() throws {
        let namespace = try furnished()
        let host = try namespace.host()
        let raw = try RawLinks(in: namespace)
        let u1 = try host.link(named: "u1").index
        var change = BridgePortChange()
        change.backupPort = .set("u1")
        #expect(try host.changeBridgePort("u0", change).bridgePort?.backupPortIndex == u1)
        #expect(try raw.portData(of: "u0")[34] == u32(u1))
        change.backupPort = .remove
        #expect(try host.changeBridgePort("u0", change).bridgePort?.backupPortIndex == nil)
        #expect(try raw.portData(of: "u0")[34] == nil)
        try raw.changePort(index: try host.link(named: "u0").index, data: RawLinks.attribute(34, u32(u1)))
        #expect(try host.link(named: "u0").bridgePort?.backupPortIndex == u1)
    }

    /// Without the spanning tree, the kernel makes it forwarding at once, and reports success.
    @Test func blockingIsNotLost() throws {
        let host = try furnished().host()
        var change = BridgePortChange()
        change.options.state = .blocking
        let error = #expect(throws: VTEPError.self) { try host.changeBridgePort("u0", change) }
        #expect(error?.kind == .notSupported)
        #expect(error?.description.contains("spanning tree") == true)
    }

    /// Only a locked port that learns can.
    @Test func bypassesAuthentication() throws {
        let namespace = try furnished()
        let host = try namespace.host()
        let raw = try RawLinks(in: namespace)
        var change = BridgePortChange()
        change.authenticationBypass = true
        let error = #expect(throws: VTEPError.self) { try host.changeBridgePort("u0", change) }
        #expect(error?.description.contains("locked") == true)
        change.locked = true
        let port = try #require(try host.changeBridgePort("u0", change).bridgePort)
        #expect(port.locked && port.authenticationBypass == true)
        #expect(try raw.portData(of: "u0")[40] == [1])
        change.authenticationBypass = false
        #expect(try host.changeBridgePort("u0", change).bridgePort?.authenticationBypass == false)
    }
}
