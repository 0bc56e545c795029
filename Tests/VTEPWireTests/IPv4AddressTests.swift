import Testing
import VTEPWire

struct IPv4AddressTests {
    @Test(
        arguments: [
            ("0.0.0.0", 0), ("10.0.0.1", 0x0A00_0001), ("192.168.50.233", 0xC0A8_32E9),
            ("239.1.1.1", 0xEF01_0101), ("255.255.255.255", 0xFFFF_FFFF),
        ] as [(String, UInt32)])
    func `reads and writes four octets`(text: String, value: UInt32) throws {
        let address = try IPv4Address(parsing: text)
        #expect(address.rawValue == value)
        #expect(address.description == text)
    }

    @Test(arguments: [
        ("", "the text is empty"),
        ("10.0.0", "it has 3 octets; four are needed"),
        ("10.0.0.1.2", "it has 5 octets; four are needed"),
        ("167772161", "octet 1 is above 255"),
        ("1", "it has 1 octet; four are needed"),
        ("10.0.0.256", "octet 4 is above 255"),
        ("10.0.0.99999999999999999999999999", "octet 4 is above 255"),
        ("10.0.0.01", "octet 4 has a leading zero, which some programs read as octal"),
        ("10.00.0.1", "octet 2 has a leading zero, which some programs read as octal"),
        ("0x0a.0.0.1", "octet 1 contains \"x\", which is not a decimal digit"),
        ("10..0.1", "octet 2 is empty"),
        ("10.0.0.1.", "octet 5 is empty"),
        (".10.0.0.1", "octet 1 is empty"),
        ("10.0.0.-1", "octet 4 contains \"-\", which is not a decimal digit"),
        (" 10.0.0.1", "octet 1 contains a space, which is not a decimal digit"),
        ("10.0.0.1\0", "octet 4 contains a control character, which is not a decimal digit"),
        ("10.0.0.1/24", "octet 4 contains \"/\", which is not a decimal digit"),
        ("10.0.0.١", "octet 4 contains a character outside ASCII, which is not a decimal digit"),
    ])
    func `refuses with the exact reason`(text: String, reason: String) {
        let error = #expect(throws: VTEPError.self) { try IPv4Address(parsing: text) }
        #expect(error?.reason == reason)
        #expect(error?.kind == .invalidArgument)
        #expect(error?.attempted == "parse the IPv4 address")
        #expect(error?.remedy.isEmpty == false)
        #expect(IPv4Address(text) == nil)
    }

    /// The first and last address of each range, and the neighbours outside it.
    @Test(arguments: [
        ("223.255.255.255", false), ("224.0.0.0", true), ("239.255.255.255", true), ("240.0.0.0", false),
    ])
    func `multicast is 224.0.0.0/4`(text: String, expected: Bool) throws {
        #expect(try IPv4Address(parsing: text).isMulticast == expected)
    }

    @Test(arguments: [
        ("126.255.255.255", false), ("127.0.0.0", true), ("127.255.255.255", true), ("128.0.0.0", false),
    ])
    func `loopback is 127.0.0.0/8`(text: String, expected: Bool) throws {
        #expect(try IPv4Address(parsing: text).isLoopback == expected)
    }

    @Test(arguments: [
        ("169.253.255.255", false), ("169.254.0.0", true), ("169.254.255.255", true), ("169.255.0.0", false),
    ])
    func `link local is 169.254.0.0/16`(text: String, expected: Bool) throws {
        #expect(try IPv4Address(parsing: text).isLinkLocal == expected)
    }

    @Test func `well-known addresses`() {
        #expect(IPv4Address.unspecified.isUnspecified && !IPv4Address.loopback.isUnspecified)
        #expect(IPv4Address.loopback.isLoopback)
        #expect(IPv4Address.broadcast.isBroadcast && !IPv4Address(255, 255, 255, 254).isBroadcast)
        #expect(!IPv4Address.broadcast.isMulticast)
        #expect(IPv4Address(1, 2, 3, 4).octets == (1, 2, 3, 4))
        #expect(IPv4Address(9, 255, 255, 255) < IPv4Address(10, 0, 0, 0))
    }

    @Test func `bytes are in network order`() {
        let address = IPv4Address(10, 16, 0, 2)
        let sent: [UInt8] = [10, 16, 0, 2]
        #expect(unsafe sent.withUnsafeBytes { unsafe IPv4Address(bytes: $0) } == address)
        #expect(unsafe address.withUnsafeBytes { unsafe Array($0) } == sent)
        var buffer = [UInt8](repeating: 0xEE, count: 5)
        #expect(unsafe buffer.withUnsafeMutableBytes { unsafe address.copyBytes(to: $0) })
        #expect(buffer == sent + [0xEE])
    }
}
