import Testing
import VTEPWire

@testable import VTEPNetlink

/// `IFA_*` of linux/if_addr.h, by number.
struct AddressAttributeTests {
    private func table() throws -> AttributeTable<InterfaceAddress> {
        AttributeTable(
            type: 20, header: [2, 24, 0, 0, 5, 0, 0, 0], key: Bytes.attribute(2, [10, 0, 0, 7]),
            base: InterfaceAddress(try IPPrefix(parsing: "10.0.0.7/24"), linkIndex: 5),
            rows: [
                AttributeRow(1, "IFA_ADDRESS", [10, 0, 1, 1]) { $0.peer = try IPAddress(parsing: "10.0.1.1") },
                AttributeRow(2, "IFA_LOCAL", [10, 0, 0, 8]) { $0.prefix = try IPPrefix(parsing: "10.0.0.8/24") },
                AttributeRow(3, "IFA_LABEL", Array("u0:a\0".utf8)) { $0.label = "u0:a" },
                AttributeRow(4, "IFA_BROADCAST", [10, 0, 0, 255]) {
                    $0.broadcast = try IPAddress(parsing: "10.0.0.255")
                },
                AttributeRow(
                    6, "IFA_CACHEINFO",
                    [60, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0]
                ) { $0.preferredLifetime = 60 },
                AttributeRow(8, "IFA_FLAGS", [0x02, 0x07, 0, 0]) {
                    $0.flags = [.noDuplicateDetection, .managedTemporary, .noPrefixRoute, .autoJoin]
                },
                AttributeRow(9, "IFA_RT_PRIORITY", [7, 0, 0, 0]) { $0.metric = 7 },
                AttributeRow(11, "IFA_PROTO", [3]) { $0.origin = .kernelLinkLocal },
            ],
            left: [
                5: "of anycast addresses, which have a message of their own",
                7: "of groups, which have a message of their own",
                10: "a connection is opened in the namespace instead",
            ],
            read: { $0.addresses.first }, write: { $0.write($1, .add) })
    }

    @Test func everyAttributeOfAddresses() throws {
        try table().check()
        try table().checkComplete(through: 11)  // IFA_PROTO, as of Linux 6.18
    }

    @Test func lifetimesAndStamps() throws {
        let table = try table()
        let cache = Bytes.u32(30) + Bytes.u32(60) + Bytes.u32(100) + Bytes.u32(200)
        let message = Bytes.message(table.type, table.header + table.key + Bytes.attribute(6, cache))
        let address = try #require(Everything(message).addresses.first)
        #expect(address.preferredLifetime == 30)
        #expect(address.validLifetime == 60)
        #expect(address.stamps == InterfaceAddress.Stamps(created: 100, updated: 200))
    }

    /// Flags that only the kernel sets are never asked for.
    @Test func everyFlag() throws {
        var address = try table().base
        address.flags = AddressFlags(rawValue: 0xFFF)
        var request = try Request()
        request.write(address, .add)
        let bytes = try #require(try unsafe request.withBytes(sequence: 1) { unsafe Array($0) })
        // NODAD, OPTIMISTIC, HOMEADDRESS | MANAGETEMPADDR, NOPREFIXROUTE, MCAUTOJOIN
        #expect(Bytes.attributes(of: bytes, after: 8).first { $0.0 == 8 }?.1 == Bytes.u32(0x716))
        #expect(bytes[16 + 2] == 0x16)
        let named: AddressFlags = [
            .secondary, .noDuplicateDetection, .optimistic, .duplicate, .home, .deprecated, .tentative, .permanent,
            .managedTemporary, .noPrefixRoute, .autoJoin, .stablePrivacy,
        ]
        #expect(named.rawValue == 0xFFF)
    }
}
