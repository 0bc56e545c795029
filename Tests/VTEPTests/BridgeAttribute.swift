import TestNetwork
import Testing
import VTEP

/// An attribute of a bridge or of a bridge port (linux/if_link.h), and how it is covered.
struct RawAttribute<Options, Read, Status>: Sendable, CustomTestStringConvertible {
    let name: String
    let number: Int
    let coverage: Coverage

    enum Coverage: Sendable {
        /// A setting: the octets of a value that is not the kernel's default.
        case setting([UInt8], @Sendable (inout Options) throws -> Void, @Sendable (Read) -> Bool)
        /// The same, only where the kernel filters VLANs.
        case vlanSetting([UInt8], @Sendable (inout Options) throws -> Void, @Sendable (Read) -> Bool)
        /// What the kernel tells, compared with its octets.
        case told(@Sendable (Read, Status, [UInt8]) -> Bool)
        /// There is nothing to set or read, and why.
        case nothing(String)
    }

    var testDescription: String { "\(name) (\(number))" }

    init(_ name: String, _ number: Int, _ coverage: Coverage) {
        self.name = name
        self.number = number
        self.coverage = coverage
    }

    init(
        _ name: String, _ number: Int, _ value: [UInt8], _ set: @escaping @Sendable (inout Options) throws -> Void,
        read: @escaping @Sendable (Read) -> Bool
    ) {
        self.init(name, number, .setting(value, set, read))
    }

    init(_ name: String, _ number: Int, told: @escaping @Sendable (Read, Status, [UInt8]) -> Bool) {
        self.init(name, number, .told(told))
    }

    /// The setting, if it is one that this kernel has.
    var setting: (value: [UInt8], set: (inout Options) throws -> Void, isRead: (Read) -> Bool)? {
        switch coverage {
        case .setting(let value, let set, let isRead): (value, set, isRead)
        case .vlanSetting(let value, let set, let isRead) where VLANs.areFiltered: (value, set, isRead)
        default: nil
        }
    }
}

/// What this machine's kernel can do about VLANs.
enum VLANs {
    static let areFiltered: Bool = {
        guard let namespace = try? TestNamespace(), let raw = try? RawLinks(in: namespace) else { return false }
        try? raw.make("br0", kind: "bridge", data: RawLinks.attribute(1, RawLinks.bytes(of: UInt32(1500))))
        return (try? raw.data(of: "br0")[8]) != nil
    }()
}

extension Trait where Self == ConditionTrait {
    static var filteringVLANs: Self {
        .enabled(if: VLANs.areFiltered, "this kernel has no VLAN filtering (CONFIG_BRIDGE_VLAN_FILTERING)")
    }

    static var notFilteringVLANs: Self {
        .enabled(if: !VLANs.areFiltered, "this kernel filters VLANs: nothing is missing")
    }
}

func u16(_ value: UInt16) -> [UInt8] { RawLinks.bytes(of: value) }
func u32(_ value: UInt32) -> [UInt8] { RawLinks.bytes(of: value) }
func u64(_ value: UInt64) -> [UInt8] { RawLinks.bytes(of: value) }

/// Timers run on between two readings.
func near(_ timer: UInt64, _ raw: [UInt8]) -> Bool {
    let value = raw.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return value == 0 ? timer < 3000 : timer <= value && value - timer < 500
}

typealias BridgeAttribute = RawAttribute<BridgeOptions, BridgeAttributes, BridgeStatus>

extension BridgeAttribute {
    static let bridge: [BridgeAttribute] = tree + general + vlans + multicast

    private static let tree: [BridgeAttribute] = [
        BridgeAttribute("FORWARD_DELAY", 1, u32(400)) {
            $0.forwardDelay = 400
        } read: {
            $0.forwardDelay == 400
        },
        BridgeAttribute("HELLO_TIME", 2, u32(300)) {
            $0.helloTime = 300
        } read: {
            $0.helloTime == 300
        },
        BridgeAttribute("MAX_AGE", 3, u32(1000)) {
            $0.maximumAge = 1000
        } read: {
            $0.maximumAge == 1000
        },
        BridgeAttribute("STP_STATE", 5, u32(1)) {
            $0.stp = true
        } read: {
            $0.stp == .kernel
        },
        BridgeAttribute("PRIORITY", 6, u16(4096)) {
            $0.priority = 4096
        } read: {
            $0.priority == 4096
        },
        BridgeAttribute("ROOT_ID", 10) { bridge, _, raw in "\(bridge.rootID)" == bridgeID(raw) },
        BridgeAttribute("BRIDGE_ID", 11) { bridge, _, raw in "\(bridge.bridgeID)" == bridgeID(raw) },
        BridgeAttribute("ROOT_PORT", 12) { _, status, raw in u16(status.rootPort) == raw },
        BridgeAttribute("ROOT_PATH_COST", 13) { _, status, raw in u32(status.rootPathCost) == raw },
        BridgeAttribute("TOPOLOGY_CHANGE", 14) { _, status, raw in [status.topologyChange ? 1 : 0] == raw },
        BridgeAttribute("TOPOLOGY_CHANGE_DETECTED", 15) { _, status, raw in
            [status.topologyChangeDetected ? 1 : 0] == raw
        },
        BridgeAttribute("HELLO_TIMER", 16) { _, status, raw in near(status.helloTimer, raw) },
        BridgeAttribute("TCN_TIMER", 17) { _, status, raw in near(status.topologyNotificationTimer, raw) },
        BridgeAttribute("TOPOLOGY_CHANGE_TIMER", 18) { _, status, raw in near(status.topologyChangeTimer, raw) },
        BridgeAttribute("GROUP_ADDR", 20, [0x01, 0x80, 0xC2, 0, 0, 0x0E]) {
            $0.groupAddress = try mac("01:80:c2:00:00:0e")
        } read: {
            $0.groupAddress.description == "01:80:c2:00:00:0e"
        },
    ]

    private static let general: [BridgeAttribute] = [
        BridgeAttribute("AGEING_TIME", 4, u32(12300)) {
            $0.ageingTime = 12300
        } read: {
            $0.ageingTime == 12300
        },
        BridgeAttribute("GROUP_FWD_MASK", 9, u16(0x4008)) {
            $0.groupForwardMask = 0x4008
        } read: {
            $0.groupForwardMask == 0x4008
        },
        BridgeAttribute("GC_TIMER", 19) { _, status, raw in near(status.collectionTimer, raw) },
        BridgeAttribute("FDB_FLUSH", 21, .nothing("RawBridgeTests.flushes")),
        BridgeAttribute("NF_CALL_IPTABLES", 36, [1]) {
            $0.callsIPTables = true
        } read: {
            $0.callsIPTables == true
        },
        BridgeAttribute("NF_CALL_IP6TABLES", 37, [1]) {
            $0.callsIP6Tables = true
        } read: {
            $0.callsIP6Tables == true
        },
        BridgeAttribute("NF_CALL_ARPTABLES", 38, [1]) {
            $0.callsARPTables = true
        } read: {
            $0.callsARPTables == true
        },
        BridgeAttribute("PAD", 40, .nothing("it aligns others")),
        // A bit of each: values, then which there are.
        BridgeAttribute("MULTI_BOOLOPT", 46, u32(0x19) + u32(0x1F)) {
            $0.noLinkLocalLearning = true
            $0.offloadFailureNotifications = true
            $0.localEntriesInVLAN0 = true
        } read: {
            $0.noLinkLocalLearning && $0.offloadFailureNotifications && $0.localEntriesInVLAN0
                && !$0.multicastVLANSnooping && !$0.multipleSpanningTrees
        },
        BridgeAttribute("FDB_N_LEARNED", 48) { _, status, raw in status.learned.map { u32($0) } == raw },
        BridgeAttribute("FDB_MAX_LEARNED", 49, u32(100)) {
            $0.maximumLearned = 100
        } read: {
            $0.maximumLearned == 100
        },
    ]

    private static let vlans: [BridgeAttribute] = [
        BridgeAttribute(
            "VLAN_FILTERING", 7, .vlanSetting([1], { $0.vlanFiltering = true }, { $0.vlanFiltering })),
        BridgeAttribute(
            "VLAN_PROTOCOL", 8,
            .vlanSetting([0x88, 0xA8], { $0.vlanProtocol = .dot1AD }, { $0.vlanProtocol == .dot1AD })),
        BridgeAttribute(
            "VLAN_DEFAULT_PVID", 39, .vlanSetting(u16(5), { $0.defaultPVID = 5 }, { $0.defaultPVID == 5 })),
        BridgeAttribute(
            "VLAN_STATS_ENABLED", 41, .vlanSetting([1], { $0.vlanStatistics = true }, { $0.vlanStatistics == true })),
        BridgeAttribute(
            "VLAN_STATS_PER_PORT", 45,
            .vlanSetting([1], { $0.vlanStatisticsPerPort = true }, { $0.vlanStatisticsPerPort == true })),
    ]

    private static let multicast: [BridgeAttribute] = [
        BridgeAttribute("MCAST_ROUTER", 22, [2]) {
            $0.multicastRouter = .permanent
        } read: {
            $0.multicastRouter == .permanent
        },
        BridgeAttribute("MCAST_SNOOPING", 23, [0]) {
            $0.multicastSnooping = false
        } read: {
            !$0.multicastSnooping
        },
        BridgeAttribute("MCAST_QUERY_USE_IFADDR", 24, [1]) {
            $0.multicastQueryUsesAddress = true
        } read: {
            $0.multicastQueryUsesAddress
        },
        BridgeAttribute("MCAST_QUERIER", 25, [1]) {
            $0.multicastQuerier = true
        } read: {
            $0.multicastQuerier
        },
        BridgeAttribute("MCAST_HASH_ELASTICITY", 26) { bridge, _, raw in u32(bridge.multicastHashElasticity) == raw },
        BridgeAttribute("MCAST_HASH_MAX", 27, u32(1024)) {
            $0.multicastHashMaximum = 1024
        } read: {
            $0.multicastHashMaximum == 1024
        },
        BridgeAttribute("MCAST_LAST_MEMBER_CNT", 28, u32(5)) {
            $0.multicastLastMemberCount = 5
        } read: {
            $0.multicastLastMemberCount == 5
        },
        BridgeAttribute("MCAST_STARTUP_QUERY_CNT", 29, u32(6)) {
            $0.multicastStartupQueryCount = 6
        } read: {
            $0.multicastStartupQueryCount == 6
        },
        BridgeAttribute("MCAST_LAST_MEMBER_INTVL", 30, u64(200)) {
            $0.multicastLastMemberInterval = 200
        } read: {
            $0.multicastLastMemberInterval == 200
        },
        BridgeAttribute("MCAST_MEMBERSHIP_INTVL", 31, u64(3000)) {
            $0.multicastMembershipInterval = 3000
        } read: {
            $0.multicastMembershipInterval == 3000
        },
        BridgeAttribute("MCAST_QUERIER_INTVL", 32, u64(4000)) {
            $0.multicastQuerierInterval = 4000
        } read: {
            $0.multicastQuerierInterval == 4000
        },
        BridgeAttribute("MCAST_QUERY_INTVL", 33, u64(5000)) {
            $0.multicastQueryInterval = 5000
        } read: {
            $0.multicastQueryInterval == 5000
        },
        BridgeAttribute("MCAST_QUERY_RESPONSE_INTVL", 34, u64(600)) {
            $0.multicastQueryResponseInterval = 600
        } read: {
            $0.multicastQueryResponseInterval == 600
        },
        BridgeAttribute("MCAST_STARTUP_QUERY_INTVL", 35, u64(700)) {
            $0.multicastStartupQueryInterval = 700
        } read: {
            $0.multicastStartupQueryInterval == 700
        },
        BridgeAttribute("MCAST_STATS_ENABLED", 42, [1]) {
            $0.multicastStatistics = true
        } read: {
            $0.multicastStatistics
        },
        BridgeAttribute("MCAST_IGMP_VERSION", 43, [3]) {
            $0.igmpVersion = 3
        } read: {
            $0.igmpVersion == 3
        },
        BridgeAttribute("MCAST_MLD_VERSION", 44, [2]) {
            $0.mldVersion = 2
        } read: {
            $0.mldVersion == 2
        },
        BridgeAttribute("MCAST_QUERIER_STATE", 47, .nothing("RawBridgeTests.tellsTheQuerier")),
    ]

    /// `struct ifla_bridge_id`.
    fileprivate static func bridgeID(_ raw: [UInt8]) -> String { bridgeIDText(raw) }
}

func bridgeIDText(_ raw: [UInt8]) -> String {
    let digits = raw.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return digits.prefix(2).joined() + "." + digits.dropFirst(2).joined()
}
