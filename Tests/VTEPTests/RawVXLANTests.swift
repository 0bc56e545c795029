import TestNetwork
import Testing
import VTEP

/// Every `IFLA_VXLAN_*` there is up to Linux 6.18, in both directions and octet by octet, also those that `ip` does not
/// know or does not show: what we make is read without the library, what is made without it is read by us.
@Suite(.inNamespaces)
struct RawVXLANTests {
    @Test func everyAttributeIsListed() {
        #expect(VXLANAttribute.all.map(\.number).sorted() == Array(1...34))
    }

    @Test(arguments: VXLANAttribute.all)
    func isWritten(_ attribute: VXLANAttribute) throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        let host = try namespace.host()
        var configuration = try VXLANConfiguration(name: "vxlan0", vni: VNI(120), device: "u0")
        try attribute.configure(&configuration)
        try host.createVXLAN(configuration)
        let shown = try RawLinks(in: namespace).data(of: "vxlan0")
        // IFLA_VXLAN_LINK holds the index, which differs from kernel to kernel.
        let expected = attribute.number == 3 ? RawLinks.bytes(of: try host.link(named: "u0").index) : attribute.shown
        #expect(shown[attribute.number] == expected)
    }

    @Test(arguments: VXLANAttribute.all)
    func isRead(_ attribute: VXLANAttribute) throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        let host = try namespace.host()
        let value = attribute.number == 3 ? RawLinks.bytes(of: try host.link(named: "u0").index) : attribute.sent
        let data = (attribute.around + [(attribute.number, value)]).flatMap { RawLinks.attribute($0.0, $0.1) }
        try RawLinks(in: namespace).make("vxlan0", kind: "vxlan", data: data)
        let link = try host.link(named: "vxlan0")
        guard case .vxlan(let vxlan) = link.details else { throw Failure("no VXLAN device") }
        #expect(attribute.isRead(vxlan), "\(vxlan)")
    }

    /// A kernel that knew more would send more: then the list is short.
    @Test func theKernelSendsNothingElse() throws {
        let namespace = try TestNamespace()
        try namespace.ip(
            "link add vxlan0 type vxlan id 1 dstport 4789 gbp\nlink add vxlan1 type vxlan external dstport 9")
        let raw = try RawLinks(in: namespace)
        for name in ["vxlan0", "vxlan1"] {
            let unknown = Set(try raw.data(of: name).keys).subtracting(VXLANAttribute.all.map(\.number))
            #expect(unknown == [])
        }
    }

    /// Zero is a value, not "unset": each number can be put back to it.
    @Test func zeroIsSent() throws {
        let namespace = try TestNamespace()
        let host = try namespace.host()
        var configuration = try VXLANConfiguration(name: "vxlan0", vni: VNI(120))
        configuration.timeToLive = 9
        configuration.typeOfService = 8
        configuration.dontFragment = .set
        configuration.localBypass = false
        try host.createVXLAN(configuration)
        var change = VXLANChange()
        change.timeToLive = 0
        change.typeOfService = 0
        change.dontFragment = .unset
        change.localBypass = true
        guard case .vxlan(let vxlan) = try host.changeVXLAN("vxlan0", change).details else { throw Failure("none") }
        #expect(vxlan.timeToLive == 0)
        #expect(vxlan.typeOfService == 0)
        #expect(vxlan.dontFragment == .unset)
        #expect(vxlan.localBypass)
    }

    /// A change that names all that a device has already changes nothing, and is no error.
    @Test func theSameAgainIsNoChange() throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        let host = try namespace.host()
        var configuration = try VXLANConfiguration(
            name: "vxlan0", vni: VNI(120), destination: .group(ip("229.1.1.1")), device: "u0")
        configuration.destinationPort = 4789
        configuration.sourcePorts = 5000...6000
        configuration.proxy = true
        configuration.udpChecksum = true
        configuration.maximumEntries = 5
        let made = try host.createVXLAN(configuration)
        var change = VXLANChange(options: configuration.options)
        change.segments = .vni(try VNI(120))
        change.destination = .set(.group(try ip("229.1.1.1")))
        change.device = "u0"
        #expect(try host.changeVXLAN("vxlan0", change) == made)
    }

    /// The group's membership moves along with the device, which the kernel alone does not do.
    @Test(.using("ip")) func anotherDeviceJoinsTheGroup() throws {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        let host = try namespace.host()
        var configuration = try VXLANConfiguration(
            name: "vxlan0", vni: VNI(120), destination: .group(ip("229.1.1.1")), device: "u0")
        configuration.up = true
        try host.createVXLAN(configuration)
        #expect(try namespace.run("ip maddr show dev u0").contains("229.1.1.1"))
        var change = VXLANChange()
        change.device = "u1"
        try host.changeVXLAN("vxlan0", change)
        #expect(try !namespace.run("ip maddr show dev u0").contains("229.1.1.1"))
        #expect(try namespace.run("ip maddr show dev u1").contains("229.1.1.1"))
        let u1 = try host.link(named: "u1").index
        #expect(try host.fdb(of: "vxlan0").map(\.viaIndex) == [u1])
    }
}
