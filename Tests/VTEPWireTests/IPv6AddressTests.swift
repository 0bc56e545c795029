import Testing
import VTEPWire

struct IPv6AddressTests {
    /// RFC 4291 §2.2 and RFC 5952 §1–§5: each text of an address, and its one canonical text.
    @Test(arguments: [
        ("ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "abcd:ef01:2345:6789:abcd:ef01:2345:6789"),
        ("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"),
        ("2001:DB8::8:800:200C:417A", "2001:db8::8:800:200c:417a"),
        ("FF01:0:0:0:0:0:0:101", "ff01::101"),
        ("0:0:0:0:0:0:0:1", "::1"),
        ("0:0:0:0:0:0:0:0", "::"),
        ("::", "::"),
        ("0:0:0:0:0:0:13.1.68.3", "::d01:4403"),
        ("::FFFF:129.144.52.38", "::ffff:129.144.52.38"),
        ("::ffff:8190:3426", "::ffff:129.144.52.38"),
        ("::ffff:0:0", "::ffff:0.0.0.0"),
        ("2001:DB8:0:CD30::", "2001:db8:0:cd30::"),
        ("2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"),
        ("2001:0db8::0001", "2001:db8::1"),
        ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
        ("2001:db8::0:1", "2001:db8::1"),
        ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("::1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ("1::8", "1::8"),
        ("1:2:3:4:5:6::", "1:2:3:4:5:6::"),
        ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
        ("::1:ffff:1.2.3.4", "::1:ffff:102:304"),
    ])
    func `writes the canonical text`(text: String, canonical: String) throws {
        let address = try IPv6Address(parsing: text)
        #expect(address.description == canonical)
        #expect(try IPv6Address(parsing: canonical) == address)
    }

    @Test(arguments: [
        ("", "the text is empty"),
        (":", "it starts with a single \":\""),
        (":1:2:3:4:5:6:7", "it starts with a single \":\""),
        ("1:2:3:4:5:6:7:", "it ends with a single \":\""),
        ("1:2:3:4:5:6:7", "it has 7 groups; eight, or \"::\", are needed"),
        ("1", "it has 1 group; eight, or \"::\", are needed"),
        ("1:2:3:4:5:6:7:8:9", "it has more than eight groups"),
        ("1::3::5", "it has \"::\" more than once"),
        ("::1::", "it has \"::\" more than once"),
        (":::", "it has three colons in a row"),
        ("1:::2", "it has three colons in a row"),
        ("1:2:3:4::5:6:7:8", "its \"::\" stands for no group, as all eight are written"),
        ("::1:2:3:4:5:6:7:8", "its \"::\" stands for no group, as all eight are written"),
        ("1:2:3:4:5:6:7:8::", "its \"::\" stands for no group, as all eight are written"),
        ("2001:db8::12345", "group 3 has more than four digits"),
        ("2001:db8::00001", "group 3 has more than four digits"),
        ("2001:dg8::1", "group 2 contains \"g\", which is not a hexadecimal digit"),
        ("2001:db8::1 ", "group 3 contains a space, which is not a hexadecimal digit"),
        ("[::1]", "group 1 contains \"[\", which is not a hexadecimal digit"),
        ("::1/64", "group 1 contains \"/\", which is not a hexadecimal digit"),
        ("::1.2.3.4:5", "its IPv4 part is not the last part"),
        ("::1.2.3", "it has 3 octets; four are needed"),
        ("::1.2.3.256", "octet 4 is above 255"),
        ("::1.2.3.04", "octet 4 has a leading zero, which some programs read as octal"),
        ("1:2:3:4:5:6:7:1.2.3.4", "it has more than eight groups"),
        ("1:2:3:4:5:1.2.3.4", "it has 7 groups; eight, or \"::\", are needed"),
        ("fe80::1%eth0", "it has a zone (the part from \"%\"), which is not part of an address"),
        ("fe80::1%", "it has a zone (the part from \"%\"), which is not part of an address"),
        ("%", "it has a zone (the part from \"%\"), which is not part of an address"),
    ])
    func `refuses with the exact reason`(text: String, reason: String) {
        let error = #expect(throws: VTEPError.self) { try IPv6Address(parsing: text) }
        #expect(error?.reason == reason)
        #expect(error?.kind == .invalidArgument)
        #expect(error?.attempted == "parse the IPv6 address")
        #expect(IPv6Address(text) == nil)
    }

    @Test func `a zone has its own remedy`() {
        let error = #expect(throws: VTEPError.self) { try IPv6Address(parsing: "fe80::1%eth0") }
        #expect(error?.remedy == "leave the zone out and name the device separately")
    }

    /// The first and last address of each range, and the neighbours outside it.
    @Test(arguments: [
        ("feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false), ("ff00::", true), ("ff05::100", true),
        ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true),
    ])
    func `multicast is ff00::/8`(text: String, expected: Bool) throws {
        #expect(try IPv6Address(parsing: text).isMulticast == expected)
    }

    @Test(arguments: [
        ("fe7f:ffff::", false), ("fe80::", true), ("febf:ffff::1", true), ("fec0::", false),
    ])
    func `link local is fe80::/10`(text: String, expected: Bool) throws {
        #expect(try IPv6Address(parsing: text).isLinkLocal == expected)
    }

    @Test func `well-known addresses`() throws {
        #expect(IPv6Address.unspecified.isUnspecified && !IPv6Address.unspecified.isLoopback)
        #expect(IPv6Address.loopback.isLoopback && !IPv6Address.loopback.isUnspecified)
        #expect(try IPv6Address(parsing: "::ffff:127.0.0.1").isIPv4Mapped)
        #expect(try !IPv6Address(parsing: "::ffff:127.0.0.1").isLoopback)
        #expect(try !IPv6Address(parsing: "::1:ffff:7f00:1").isIPv4Mapped)
    }

    @Test func `orders by the octet written first`() throws {
        let texts = ["::", "::1", "::1:0:0:0", "0:0:0:1::", "0:0:0:1::1", "1::", "ff02::1", "ff02:0:0:1::"]
        let addresses = try texts.map { try IPv6Address(parsing: $0) }
        for (left, leftAddress) in addresses.enumerated() {
            for (right, rightAddress) in addresses.enumerated() {
                #expect((leftAddress < rightAddress) == (left < right), "\(leftAddress) < \(rightAddress)")
            }
        }
    }

    @Test func `bytes are in network order`() throws {
        let address = try IPv6Address(parsing: "2001:db8::8:800:200c:417a")
        let sent: [UInt8] = [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 8, 8, 0, 0x20, 0x0C, 0x41, 0x7A]
        #expect(unsafe sent.withUnsafeBytes { unsafe IPv6Address(bytes: $0) } == address)
        #expect(unsafe address.withUnsafeBytes { unsafe Array($0) } == sent)
        var buffer = [UInt8](repeating: 0xEE, count: 17)
        #expect(unsafe buffer.withUnsafeMutableBytes { unsafe address.copyBytes(to: $0) })
        #expect(buffer == sent + [0xEE])
    }
}
