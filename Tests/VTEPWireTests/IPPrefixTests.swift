import Testing
import VTEPWire

struct IPPrefixTests {
    @Test(
        arguments: [
            ("10.16.0.2/24", "10.16.0.2/24", "10.16.0.0", "255.255.255.0", "10.16.0.255"),
            ("10.16.0.2/30", "10.16.0.2/30", "10.16.0.0", "255.255.255.252", "10.16.0.3"),
            ("10.16.0.3/31", "10.16.0.3/31", "10.16.0.2", "255.255.255.254", nil),
            ("10.16.0.3", "10.16.0.3/32", "10.16.0.3", "255.255.255.255", nil),
            ("10.16.0.3/0", "10.16.0.3/0", "0.0.0.0", "0.0.0.0", "255.255.255.255"),
            ("2001:DB8::1/64", "2001:db8::1/64", "2001:db8::", "ffff:ffff:ffff:ffff::", nil),
            ("2001:db8:0:cd30::/60", "2001:db8:0:cd30::/60", "2001:db8:0:cd30::", "ffff:ffff:ffff:fff0::", nil),
            ("::1", "::1/128", "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nil),
            ("::1/0", "::1/0", "::", "::", nil),
        ] as [(String, String, String, String, String?)])
    func `reads, writes and derives`(
        text: String, canonical: String, network: String, netmask: String, broadcast: String?
    ) throws {
        let prefix = try IPPrefix(parsing: text)
        #expect(prefix.description == canonical)
        #expect(prefix.network.description == network)
        #expect(prefix.netmask.description == netmask)
        #expect(prefix.broadcast?.description == broadcast)
        #expect(IPPrefix(canonical) == prefix)
    }

    @Test(arguments: [
        ("", "the text is empty"),
        ("10.16.0.2/33", "the prefix length 33 is above the 32 bits of an IPv4 address"),
        ("::1/129", "the prefix length 129 is above the 128 bits of an IPv6 address"),
        ("10.16.0.2/4294967320", "the prefix length is above 999"),
        ("10.16.0.2/", "the prefix length is empty"),
        ("10.16.0.2/-1", "the prefix length contains \"-\", which is not a decimal digit"),
        ("10.16.0.2/+24", "the prefix length contains \"+\", which is not a decimal digit"),
        ("10.16.0.2/024", "the prefix length has a leading zero, which some programs read as octal"),
        ("10.16.0.2/255.255.255.0", "the prefix length contains \".\", which is not a decimal digit"),
        ("10.16.0.2/24/8", "the prefix length contains \"/\", which is not a decimal digit"),
        ("10.16.0/24", "it has 3 octets; four are needed"),
        ("/24", "it has neither the dots of an IPv4 address nor the colons of an IPv6 address"),
        ("fe80::1%eth0/64", "it has a zone (the part from \"%\"), which is not part of an address"),
    ])
    func `refuses with the exact reason`(text: String, reason: String) {
        let error = #expect(throws: VTEPError.self) { try IPPrefix(parsing: text) }
        #expect(error?.reason == reason)
        #expect(error?.kind == .invalidArgument)
        #expect(error?.attempted == "parse the IP prefix")
        #expect(IPPrefix(text) == nil)
    }

    @Test(arguments: [-1, 33, 256, 256 + 24, Int.max, Int.min])
    func `length must fit IPv4`(length: Int) throws {
        let error = #expect(throws: VTEPError.self) {
            try IPPrefix(address: .v4(IPv4Address(10, 16, 0, 2)), length: length)
        }
        #expect(error?.kind == .invalidArgument)
        #expect(error?.subject == "10.16.0.2/\(length)")
        #expect(error?.remedy == "choose a prefix length from 0 to 32")
    }

    @Test func `length must fit IPv6`() throws {
        #expect(try IPPrefix(address: .v6(.loopback), length: 128).length == 128)
        #expect(throws: VTEPError.self) { try IPPrefix(address: .v6(.loopback), length: 129) }
    }

    @Test(arguments: [
        ("10.16.0.2/24", "10.16.0.255", true), ("10.16.0.2/24", "10.16.1.0", false),
        ("10.16.0.2/24", "10.15.255.255", false), ("10.16.0.2/0", "200.1.1.1", true),
        ("10.16.0.2/32", "10.16.0.2", true), ("10.16.0.2/32", "10.16.0.3", false),
        ("2001:db8::1/64", "2001:db8::ffff:0:0:1", true), ("2001:db8::1/64", "2001:db8:0:1::1", false),
        ("::/0", "ff02::1", true), ("::/0", "10.16.0.2", false), ("0.0.0.0/0", "::1", false),
    ])
    func `contains`(prefix: String, address: String, expected: Bool) throws {
        #expect(try IPPrefix(parsing: prefix).contains(IPAddress(parsing: address)) == expected)
    }

    @Test func `host bits distinguish`() throws {
        let host = try IPPrefix(parsing: "10.16.0.2/24")
        let network = try IPPrefix(parsing: "10.16.0.0/24")
        #expect(host != network && host.network == network.network)
    }
}
