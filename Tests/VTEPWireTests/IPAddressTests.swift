import Testing
import VTEPWire

struct IPAddressTests {
    private let v4 = IPAddress.v4(IPv4Address(192, 168, 50, 233))
    private let v6 = IPAddress.v6(.loopback)

    @Test func `the text decides the family`() throws {
        #expect(try IPAddress(parsing: "192.168.50.233") == v4)
        #expect(try IPAddress(parsing: "::1") == v6)
        #expect(IPAddress("192.168.50.233")?.description == "192.168.50.233")
        #expect(IPAddress("0:0::1")?.description == "::1")
    }

    @Test(arguments: [
        ("", "the text is empty"),
        ("vxlan0", "it has neither the dots of an IPv4 address nor the colons of an IPv6 address"),
        ("192.168.50", "it has 3 octets; four are needed"),
        ("2001:db8:1", "it has 3 groups; eight, or \"::\", are needed"),
        ("fe80::1%eth0", "it has a zone (the part from \"%\"), which is not part of an address"),
        ("192.168.50.233:4789", "its IPv4 part is not the last part"),
    ])
    func `refuses with the exact reason`(text: String, reason: String) {
        let error = #expect(throws: VTEPError.self) { try IPAddress(parsing: text) }
        #expect(error?.reason == reason)
        #expect(error?.attempted == "parse the IP address")
        #expect(error?.subject == text)
        #expect(IPAddress(text) == nil)
    }

    @Test func `sizes follow the family`() {
        #expect(v4.family == .v4 && v4.byteCount == 4 && v4.bitWidth == 32)
        #expect(v6.family == .v6 && v6.byteCount == 16 && v6.bitWidth == 128)
        #expect(IPAddress.Family.v4.rawValue == 4 && IPAddress.Family.v6.rawValue == 6)
        #expect("\(v4.family) \(v6.family)" == "IPv4 IPv6")
    }

    @Test(arguments: [
        ("239.1.1.1", true, false, false, false), ("ff05::100", true, false, false, false),
        ("0.0.0.0", false, true, false, false), ("::", false, true, false, false),
        ("127.0.0.1", false, false, true, false), ("::1", false, false, true, false),
        ("169.254.0.1", false, false, false, true), ("fe80::1", false, false, false, true),
        ("10.0.0.1", false, false, false, false), ("2001:db8::1", false, false, false, false),
    ])
    func `scope`(text: String, multicast: Bool, unspecified: Bool, loopback: Bool, linkLocal: Bool) throws {
        let address = try IPAddress(parsing: text)
        #expect(address.isMulticast == multicast)
        #expect(address.isUnspecified == unspecified)
        #expect(address.isLoopback == loopback)
        #expect(address.isLinkLocal == linkLocal)
    }

    @Test func `orders IPv4 first`() throws {
        let mixed = try ["::", "255.255.255.255", "ff02::1", "0.0.0.1"].map { try IPAddress(parsing: $0) }
        #expect(mixed.sorted().map(\.description) == ["0.0.0.1", "255.255.255.255", "::", "ff02::1"])
    }

    @Test func `a mapped address isn't the IPv4 address`() throws {
        #expect(try IPAddress(parsing: "::ffff:192.168.50.233") != v4)
    }

    @Test(arguments: ["192.168.50.233", "2001:db8::8:800:200c:417a"])
    func `bytes read back`(text: String) throws {
        let address = try IPAddress(parsing: text)
        let bytes = unsafe address.withUnsafeBytes { unsafe Array($0) }
        #expect(bytes.count == address.byteCount)
        #expect(unsafe bytes.withUnsafeBytes { unsafe IPAddress(bytes: $0) } == address)
        var short = [UInt8](repeating: 0xEE, count: address.byteCount - 1)
        #expect(unsafe !short.withUnsafeMutableBytes { unsafe address.copyBytes(to: $0) })
        #expect(short.allSatisfy { $0 == 0xEE })
    }

    @Test(arguments: [0, 1, 3, 5, 15, 17, 32])
    func `refuses any other number of bytes`(count: Int) {
        let bytes = [UInt8](repeating: 1, count: count)
        #expect(unsafe bytes.withUnsafeBytes { unsafe IPAddress(bytes: $0) } == nil)
    }

    @Test func `the body's error comes through typed`() {
        do throws(VTEPError) {
            try unsafe v4.withUnsafeBytes { (_) throws(VTEPError) in throw VTEPError(.busy, attempted: "test") }
            Issue.record("didn't throw")
        } catch {
            #expect(error.kind == .busy)
        }
    }
}
