import TestNetwork
import VTEP

typealias BridgePortAttribute = RawAttribute<BridgePortOptions, BridgePortAttributes, BridgePortStatus>

extension BridgePortAttribute {
    static let port: [BridgePortAttribute] = switches + numbers + status + without

    private static func on(
        _ name: String, _ number: Int, _ set: @escaping @Sendable (inout BridgePortOptions) throws -> Void,
        read: @escaping @Sendable (BridgePortAttributes) -> Bool
    ) -> BridgePortAttribute {
        BridgePortAttribute(name, number, .setting([1], set, read))
    }

    private static func off(
        _ name: String, _ number: Int, _ set: @escaping @Sendable (inout BridgePortOptions) throws -> Void,
        read: @escaping @Sendable (BridgePortAttributes) -> Bool
    ) -> BridgePortAttribute {
        BridgePortAttribute(name, number, .setting([0], set, read))
    }

    private static let switches: [BridgePortAttribute] = [
        on("MODE", 4) {
            $0.hairpin = true
        } read: {
            $0.hairpin
        },
        on("GUARD", 5) {
            $0.bpduGuard = true
        } read: {
            $0.bpduGuard
        },
        on("PROTECT", 6) {
            $0.rootBlock = true
        } read: {
            $0.rootBlock
        },
        on("FAST_LEAVE", 7) {
            $0.fastLeave = true
        } read: {
            $0.fastLeave
        },
        off("LEARNING", 8) {
            $0.learning = false
        } read: {
            !$0.learning
        },
        off("UNICAST_FLOOD", 9) {
            $0.unicastFlood = false
        } read: {
            !$0.unicastFlood
        },
        on("PROXYARP", 10) {
            $0.proxyARP = true
        } read: {
            $0.proxyARP
        },
        on("PROXYARP_WIFI", 12) {
            $0.proxyARPWiFi = true
        } read: {
            $0.proxyARPWiFi
        },
        off("MCAST_FLOOD", 27) {
            $0.multicastFlood = false
        } read: {
            !$0.multicastFlood
        },
        on("MCAST_TO_UCAST", 28) {
            $0.multicastToUnicast = true
        } read: {
            $0.multicastToUnicast
        },
        on("VLAN_TUNNEL", 29) {
            $0.vlanTunnel = true
        } read: {
            $0.vlanTunnel
        },
        off("BCAST_FLOOD", 30) {
            $0.broadcastFlood = false
        } read: {
            !$0.broadcastFlood
        },
        on("NEIGH_SUPPRESS", 32) {
            $0.neighbourSuppression = true
        } read: {
            $0.neighbourSuppression
        },
        on("ISOLATED", 33) {
            $0.isolated = true
        } read: {
            $0.isolated
        },
        on("LOCKED", 39) {
            $0.locked = true
        } read: {
            $0.locked
        },
        on("NEIGH_VLAN_SUPPRESS", 43) {
            $0.neighbourVLANSuppression = true
        } read: {
            $0.neighbourVLANSuppression == true
        },
    ]

    private static let numbers: [BridgePortAttribute] = [
        BridgePortAttribute("STATE", 1, [1]) {
            $0.state = .listening
        } read: {
            $0.state == .listening
        },
        BridgePortAttribute("PRIORITY", 2, u16(9)) {
            $0.priority = 9
        } read: {
            $0.priority == 9
        },
        BridgePortAttribute("COST", 3, u32(77)) {
            $0.cost = 77
        } read: {
            $0.cost == 77
        },
        BridgePortAttribute("MULTICAST_ROUTER", 25, [2]) {
            $0.multicastRouter = .permanent
        } read: {
            $0.multicastRouter == .permanent
        },
        BridgePortAttribute("GROUP_FWD_MASK", 31, u16(0x4008)) {
            $0.groupForwardMask = 0x4008
        } read: {
            $0.groupForwardMask == 0x4008
        },
        BridgePortAttribute("MCAST_EHT_HOSTS_LIMIT", 37, u32(99)) {
            $0.trackedHostsLimit = 99
        } read: {
            $0.trackedHostsLimit == 99
        },
        BridgePortAttribute("MCAST_MAX_GROUPS", 42, u32(5)) {
            $0.maximumGroups = 5
        } read: {
            $0.maximumGroups == 5
        },
        BridgePortAttribute("BACKUP_NHID", 44, u32(5)) {
            $0.backupNextHopID = 5
        } read: {
            $0.backupNextHopID == 5
        },
    ]

    private static let status: [BridgePortAttribute] = [
        BridgePortAttribute("ROOT_ID", 13) { _, status, raw in "\(status.designatedRoot)" == bridgeIDText(raw) },
        BridgePortAttribute("BRIDGE_ID", 14) { _, status, raw in "\(status.designatedBridge)" == bridgeIDText(raw) },
        BridgePortAttribute("DESIGNATED_PORT", 15) { _, status, raw in u16(status.designatedPort) == raw },
        BridgePortAttribute("DESIGNATED_COST", 16) { _, status, raw in u16(status.designatedCost) == raw },
        BridgePortAttribute("ID", 17) { _, status, raw in u16(status.portID) == raw },
        BridgePortAttribute("NO", 18) { _, status, raw in u16(status.number) == raw },
        BridgePortAttribute("TOPOLOGY_CHANGE_ACK", 19) { _, status, raw in
            [status.topologyChangeAcknowledged ? 1 : 0] == raw
        },
        BridgePortAttribute("CONFIG_PENDING", 20) { _, status, raw in [status.configurationPending ? 1 : 0] == raw },
        BridgePortAttribute("MESSAGE_AGE_TIMER", 21) { _, status, raw in near(status.messageAgeTimer, raw) },
        BridgePortAttribute("FORWARD_DELAY_TIMER", 22) { _, status, raw in near(status.forwardDelayTimer, raw) },
        BridgePortAttribute("HOLD_TIMER", 23) { _, status, raw in near(status.holdTimer, raw) },
        BridgePortAttribute("MRP_RING_OPEN", 35) { _, status, raw in [status.ringOpen ? 1 : 0] == raw },
        BridgePortAttribute("MRP_IN_OPEN", 36) { _, status, raw in [status.interconnectionOpen ? 1 : 0] == raw },
        BridgePortAttribute("MCAST_EHT_HOSTS_CNT", 38) { _, status, raw in status.trackedHosts.map { u32($0) } == raw },
        BridgePortAttribute("MCAST_N_GROUPS", 41) { _, status, raw in status.groups.map { u32($0) } == raw },
    ]

    private static let without: [BridgePortAttribute] = [
        BridgePortAttribute("LEARNING_SYNC", 11, .nothing("of switch hardware; the bridge itself ignores it")),
        BridgePortAttribute("FLUSH", 24, .nothing("RawBridgePortTests.flushes")),
        BridgePortAttribute("PAD", 26, .nothing("it aligns others")),
        BridgePortAttribute("BACKUP_PORT", 34, .nothing("RawBridgePortTests.hasABackup")),
        BridgePortAttribute("MAB", 40, .nothing("RawBridgePortTests.bypassesAuthentication")),
    ]
}
