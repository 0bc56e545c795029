import TestNetwork
import Testing
import VTEP

/// One attribute of a VXLAN device, with a value that is not the kernel's default.
struct VXLANAttribute: Sendable, CustomTestStringConvertible {
    let name: String
    /// `IFLA_VXLAN_*` (linux/if_link.h).
    let number: Int
    let sent: [UInt8]
    /// What the kernel shows of it; `nil` where it shows nothing.
    let shown: [UInt8]?
    /// What it does not go without.
    let around: [(Int, [UInt8])]
    let configure: @Sendable (inout VXLANConfiguration) throws -> Void
    let isRead: @Sendable (VXLANAttributes) -> Bool

    var testDescription: String { "IFLA_VXLAN_\(name)" }

    private init(
        _ name: String, _ number: Int, _ sent: [UInt8], shown: [UInt8]?, around: [(Int, [UInt8])] = ordinary,
        _ configure: @escaping @Sendable (inout VXLANConfiguration) throws -> Void,
        read isRead: @escaping @Sendable (VXLANAttributes) -> Bool
    ) {
        self.name = name
        self.number = number
        self.sent = sent
        self.shown = shown
        self.around = around.filter { $0.0 != number }
        self.configure = configure
        self.isRead = isRead
    }

    /// Shown as it is sent.
    private init(
        _ name: String, _ number: Int, _ value: [UInt8], around: [(Int, [UInt8])] = ordinary,
        _ configure: @escaping @Sendable (inout VXLANConfiguration) throws -> Void,
        read isRead: @escaping @Sendable (VXLANAttributes) -> Bool
    ) {
        self.init(name, number, value, shown: value, around: around, configure, read: isRead)
    }

    private init(
        _ name: String, _ number: Int, _ value: UInt8 = 1,
        _ option: @escaping @Sendable (inout VXLANOptions) -> Void,
        read isRead: @escaping @Sendable (VXLANAttributes) -> Bool
    ) {
        self.init(name, number, [value], { option(&$0.options) }, read: isRead)
    }

    /// A VNI, a port, and where that is needed an address of IPv6 or the external mode.
    private static let ordinary: [(Int, [UInt8])] = [(1, [120, 0, 0, 0]), (15, [0x12, 0xB5])]
    private static let overIPv6 = ordinary + [(17, v6(1))]
    private static let external: [(Int, [UInt8])] = [(15, [0x12, 0xB6]), (25, [1]), (7, [0])]

    private static func v6(_ last: UInt8) -> [UInt8] { [0xFD, 0x50] + [UInt8](repeating: 0, count: 13) + [last] }

    static let all: [VXLANAttribute] = addresses + numbers + switches + flags

    private static let addresses: [VXLANAttribute] = [
        VXLANAttribute("ID", 1, [0x56, 0x34, 0x12, 0]) {
            $0.vni = try VNI(0x123456)
        } read: {
            $0.vni?.rawValue == 0x123456
        },
        VXLANAttribute("GROUP", 2, [192, 168, 50, 29]) {
            $0.destination = .remote(try ip("192.168.50.29"))
        } read: {
            $0.destination?.description == "remote 192.168.50.29"
        },
        VXLANAttribute("LINK", 3, []) {
            $0.device = "u0"
        } read: {
            $0.deviceIndex != nil
        },
        VXLANAttribute("LOCAL", 4, [192, 168, 50, 233]) {
            $0.local = try ip("192.168.50.233")
        } read: {
            $0.local?.description == "192.168.50.233"
        },
        VXLANAttribute("GROUP6", 16, v6(2)) {
            $0.destination = .remote(try ip("fd50::2"))
        } read: {
            $0.destination?.description == "remote fd50::2"
        },
        VXLANAttribute("LOCAL6", 17, v6(1)) {
            $0.local = try ip("fd50::1")
        } read: {
            $0.local?.description == "fd50::1"
        },
    ]

    private static let numbers: [VXLANAttribute] = [
        VXLANAttribute("TTL", 5, 9) {
            $0.timeToLive = 9
        } read: {
            $0.timeToLive == 9
        },
        VXLANAttribute("TOS", 6, 1) {
            $0.typeOfService = 1
        } read: {
            $0.typeOfService == 1
        },
        VXLANAttribute("AGEING", 8, [0x04, 0x03, 0x02, 0]) {
            $0.ageing = 0x20304
        } read: {
            $0.ageing == 0x20304
        },
        VXLANAttribute("LIMIT", 9, [4, 3, 2, 1]) {
            $0.maximumEntries = 0x1020304
        } read: {
            $0.maximumEntries == 0x1020304
        },
        VXLANAttribute("PORT_RANGE", 10, [0x4E, 0x20, 0x75, 0x30]) {
            $0.sourcePorts = 20000...30000
        } read: {
            $0.sourcePorts == 20000...30000
        },
        VXLANAttribute("PORT", 15, [0x21, 0x18]) {
            $0.destinationPort = 8472
        } read: {
            $0.destinationPort == 8472
        },
        VXLANAttribute("LABEL", 26, [0, 0x01, 0x23, 0x45], around: overIPv6) {
            $0.local = try ip("fd50::1")
            $0.flowLabel = 0x12345
        } read: {
            $0.flowLabel == 0x12345
        },
        VXLANAttribute("DF", 29, 2) {
            $0.dontFragment = .inherit
        } read: {
            $0.dontFragment == .inherit
        },
        VXLANAttribute("LABEL_POLICY", 32, [1, 0, 0, 0], around: overIPv6) {
            $0.local = try ip("fd50::1")
            $0.flowLabelPolicy = .inherit
        } read: {
            $0.flowLabelPolicy == .inherit
        },
        VXLANAttribute("RESERVED_BITS", 33, [0xF7, 0, 0, 0, 0, 0, 0, 0x0F]) {
            $0.reservedBits = 0xF700_0000_0000_000F
        } read: {
            $0.reservedBits == 0xF700_0000_0000_000F
        },
    ]

    private static let switches: [VXLANAttribute] = [
        VXLANAttribute("LEARNING", 7, 0) {
            $0.learning = false
        } read: {
            !$0.learning
        },
        VXLANAttribute("PROXY", 11) {
            $0.proxy = true
        } read: {
            $0.proxy
        },
        VXLANAttribute("RSC", 12) {
            $0.routeShortCircuit = true
        } read: {
            $0.routeShortCircuit
        },
        VXLANAttribute("L2MISS", 13) {
            $0.l2Miss = true
        } read: {
            $0.l2Miss
        },
        VXLANAttribute("L3MISS", 14) {
            $0.l3Miss = true
        } read: {
            $0.l3Miss
        },
        VXLANAttribute("UDP_CSUM", 18, 0) {
            $0.udpChecksum = false
        } read: {
            !$0.udpChecksum
        },
        VXLANAttribute("UDP_ZERO_CSUM6_TX", 19) {
            $0.udp6ZeroChecksumTransmit = true
        } read: {
            $0.udp6ZeroChecksumTransmit
        },
        VXLANAttribute("UDP_ZERO_CSUM6_RX", 20) {
            $0.udp6ZeroChecksumReceive = true
        } read: {
            $0.udp6ZeroChecksumReceive
        },
        VXLANAttribute("REMCSUM_TX", 21) {
            $0.remoteChecksumTransmit = true
        } read: {
            $0.remoteChecksumTransmit
        },
        VXLANAttribute("REMCSUM_RX", 22) {
            $0.remoteChecksumReceive = true
        } read: {
            $0.remoteChecksumReceive
        },
        VXLANAttribute("COLLECT_METADATA", 25, [1], around: [(15, [0x12, 0xB5])]) {
            $0.segments = .external
        } read: {
            $0.external && $0.vni == nil && !$0.vniFilter
        },
        VXLANAttribute("VNIFILTER", 30, [1], around: [(15, [0x12, 0xB5]), (25, [1])]) {
            $0.segments = .filtered
        } read: {
            $0.external && $0.vniFilter
        },
        VXLANAttribute("LOCALBYPASS", 31, 0) {
            $0.localBypass = false
        } read: {
            !$0.localBypass
        },
        // The kernel does not tell; RequestBytesTests see it on the wire.
        VXLANAttribute("MC_ROUTE", 34, [1], shown: nil) {
            $0.multicastRouting = true
        } read: {
            $0.vni != nil
        },
    ]

    /// Sent without a value; shown without one, too, but for the first.
    private static let flags: [VXLANAttribute] = [
        VXLANAttribute("TTL_INHERIT", 28, [], shown: [1]) {
            $0.inheritsTimeToLive = true
        } read: {
            $0.inheritsTimeToLive
        },
        VXLANAttribute("GBP", 23, []) {
            $0.groupBasedPolicy = true
        } read: {
            $0.groupBasedPolicy
        },
        VXLANAttribute("REMCSUM_NOPARTIAL", 24, []) {
            $0.remoteChecksumNoPartial = true
        } read: {
            $0.remoteChecksumNoPartial
        },
        VXLANAttribute("GPE", 27, [], around: external) {
            $0.segments = .external
            $0.learning = false
            $0.genericProtocolExtension = true
        } read: {
            $0.genericProtocolExtension && $0.destinationPort == 4790
        },
    ]
}
