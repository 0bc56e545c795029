import TestRandom
import Testing
import VTEPWire

struct MACAddressTests {
    private let container = MACAddress(0x02, 0x42, 0x0A, 0x11, 0x00, 0x08)

    @Test(
        arguments: [
            ("02:42:0a:11:00:08", 0x0242_0A11_0008), ("02-42-0A-11-00-08", 0x0242_0A11_0008),
            ("FF:ff:Ff:fF:ff:ff", 0xFFFF_FFFF_FFFF), ("00:00:00:00:00:00", 0),
        ] as [(String, UInt64)])
    func `reads both separators and both cases`(text: String, value: UInt64) throws {
        #expect(try MACAddress(parsing: text).rawValue == value)
        #expect(MACAddress(text)?.rawValue == value)
    }

    @Test(arguments: [
        ("", "the text is empty"),
        ("02:42:a:11:00:08", "octet 3 has one digit; two are needed"),
        ("02:42::11:00:08", "octet 3 is empty; two digits are needed"),
        ("02:42:0a:11:00:08:", "it has more than six octets"),
        ("02:42:0a:11:00:", "octet 6 is empty; two digits are needed"),
        (":02:42:0a:11:00:08", "octet 1 is empty; two digits are needed"),
        ("02:42:0a:11:00", "it has 5 octets; six are needed"),
        ("02", "it has 1 octet; six are needed"),
        ("02:42:0a:11:00:08:09", "it has more than six octets"),
        ("02:42-0a:11:00:08", "it mixes \":\" and \"-\" as separators"),
        ("0242.0a11.0008", "octet 1 has more than two digits"),
        ("02420a110008", "octet 1 has more than two digits"),
        ("02:42:0g:11:00:08", "octet 3 contains \"g\", which is not a hexadecimal digit"),
        ("02:42:0a:11:00:08 ", "octet 6 contains a space, which is not a hexadecimal digit"),
        ("02:42:0a:11:00:08\n", "octet 6 contains a control character, which is not a hexadecimal digit"),
        ("０2:42:0a:11:00:08", "octet 1 contains a character outside ASCII, which is not a hexadecimal digit"),
        (String(repeating: "0", count: 65), "the text is too long; at most 64 characters are possible"),
    ])
    func `refuses with the exact reason`(text: String, reason: String) {
        let error = #expect(throws: VTEPError.self) { try MACAddress(parsing: text) }
        #expect(error?.reason == reason)
        #expect(error?.kind == .invalidArgument)
        #expect(error?.attempted == "parse the MAC address")
        #expect(error?.remedy == "write it as aa:bb:cc:dd:ee:ff")
        #expect(MACAddress(text) == nil)
    }

    @Test func `bits say what it addresses`() {
        #expect(container.isUnicast && !container.isMulticast && container.isLocallyAdministered)
        #expect(!container.isBroadcast && !container.isZero)
        #expect(MACAddress.broadcast.isBroadcast && MACAddress.broadcast.isMulticast && !MACAddress.broadcast.isUnicast)
        #expect(MACAddress.zero.isZero && MACAddress.zero.isUnicast && !MACAddress.zero.isLocallyAdministered)
        let allNodes = MACAddress(0x33, 0x33, 0, 0, 0, 1)
        #expect(allNodes.isMulticast && !allNodes.isBroadcast)
        let manufactured = MACAddress(0x00, 0x1B, 0x21, 1, 2, 3)
        #expect(manufactured.isUnicast && !manufactured.isLocallyAdministered)
    }

    @Test func `raw value has 48 bits`() {
        #expect(MACAddress(rawValue: 0x0242_0A11_0008) == container)
        #expect(MACAddress(rawValue: 0xFFFF_FFFF_FFFF) == .broadcast)
        #expect(MACAddress(rawValue: 0x1_0000_0000_0000) == nil)
        #expect(MACAddress(rawValue: .max) == nil)
        #expect(container.octets == (0x02, 0x42, 0x0A, 0x11, 0x00, 0x08))
    }

    @Test func `orders by the octet sent first`() {
        #expect(MACAddress(0, 0, 0, 0, 0, 0xFF) < MACAddress(1, 0, 0, 0, 0, 0))
        #expect(!(container < container))
    }

    @Test func `bytes are in the order they are sent`() {
        let sent: [UInt8] = [0x02, 0x42, 0x0A, 0x11, 0x00, 0x08]
        #expect(unsafe sent.withUnsafeBytes { unsafe MACAddress(bytes: $0) } == container)
        #expect(unsafe container.withUnsafeBytes { unsafe Array($0) } == sent)

        // Seven bytes from an odd place: nothing may depend on alignment, and the seventh stays as it was.
        var buffer = [UInt8](repeating: 0xEE, count: 8)
        let isCopied = unsafe buffer.withUnsafeMutableBytes {
            unsafe container.copyBytes(to: UnsafeMutableRawBufferPointer(rebasing: $0[1...]))
        }
        #expect(isCopied)
        #expect(buffer == [0xEE] + sent + [0xEE])
        let readBack = unsafe buffer.withUnsafeBytes {
            unsafe MACAddress(bytes: UnsafeRawBufferPointer(rebasing: $0[1..<7]))
        }
        #expect(readBack == container)
    }

    @Test(arguments: [0, 5, 7, 16])
    func `refuses any other number of bytes`(count: Int) {
        let bytes = [UInt8](repeating: 0, count: count)
        #expect(unsafe bytes.withUnsafeBytes { unsafe MACAddress(bytes: $0) } == nil)
    }

    @Test func `copies nothing into a short buffer`() {
        var short = [UInt8](repeating: 0xEE, count: 5)
        let isCopied = unsafe short.withUnsafeMutableBytes { unsafe container.copyBytes(to: $0) }
        #expect(!isCopied)
        #expect(short == [UInt8](repeating: 0xEE, count: 5))
    }

    @Test func `text of every value reads back`() {
        var random = SeededRandom(seed: 1)
        for _ in 0..<2_000 {
            let address = MACAddress(rawValue: random.next() >> 16)
            #expect(address != nil && address.flatMap { MACAddress($0.description) } == address)
        }
        #expect(container.description == "02:42:0a:11:00:08")
    }
}
