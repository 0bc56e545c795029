import Testing
import VTEPWire

@testable import VTEPNetlink

/// What a monitor makes of the kernel's messages about VLANs and VNI filters, byte by byte: many kernels have none
/// (linux/if_bridge.h, linux/if_link.h).
struct VLANEventTests {
    private struct Listener {
        var tables = KnownTables()
        var told: [HostEvent] = []

        mutating func notify(_ message: [UInt8], isRemoval: Bool = false) {
            unsafe message.withUnsafeBytes { bytes in
                for reply in unsafe Replies(bytes) {
                    for entry in VLANEntry.entries(of: reply) ?? [] {
                        tables.take(entry, areGone: isRemoval, .all) { told.append($0) }
                    }
                    tables.takeVNIs(reply, areGone: isRemoval) { told.append($0) }
                }
            }
        }

        mutating func see(_ message: [UInt8], of table: WatchedTables) {
            unsafe message.withUnsafeBytes { bytes in
                for reply in unsafe Replies(bytes) { tables.see(reply, of: table) { told.append($0) } }
            }
        }

        mutating func take() -> [HostEvent] {
            defer { told = [] }
            return told
        }
    }

    /// An RTM_NEWVLAN about link 5.
    private func message(_ entries: [UInt8]...) -> [UInt8] {
        Bytes.message(112, [7, 0, 0, 0] + Bytes.u32(5) + entries.flatMap { Bytes.attribute(1, $0) })
    }

    /// BRIDGE_VLANDB_ENTRY_INFO and, for several, _RANGE.
    private func vlans(_ first: UInt16, _ last: UInt16? = nil, flags: UInt16 = 0) -> [UInt8] {
        Bytes.attribute(1, Bytes.u16(flags) + Bytes.u16(first)) + (last.map { Bytes.attribute(2, Bytes.u16($0)) } ?? [])
    }

    private func state(_ state: UInt8) -> [UInt8] { Bytes.attribute(3, [state]) }
    private func vni(_ vni: UInt32) -> [UInt8] { Bytes.attribute(4, Bytes.attribute(1, Bytes.u32(vni))) }

    private func vlan(_ number: UInt16, pvid: Bool = false, state: BridgePortState? = nil) -> BridgeVLAN {
        var vlan = BridgeVLAN(linkIndex: 5, vlans: number...number, isPVID: pvid)
        vlan.options.state = state
        return vlan
    }

    // swift-format-ignore
    @Test func everyAttributeIsRead() throws {
        let counters = Bytes.attribute(1, Bytes.u32(11) + Bytes.u32(0)) + Bytes.attribute(2, Bytes.u32(12) + Bytes.u32(0))
            + Bytes.attribute(3, Bytes.u32(13) + Bytes.u32(0)) + Bytes.attribute(4, Bytes.u32(14) + Bytes.u32(0))
        let tables = Everything(message(
            vlans(20, flags: 6) + state(4) + vni(1020) + Bytes.attribute(5, counters) + Bytes.attribute(6, [2])
                + Bytes.attribute(7, Bytes.u32(99)) + Bytes.attribute(8, Bytes.u32(7)) + Bytes.attribute(9, [1]),
            vlans(30, 39) + state(3) + vni(1030)))
        var first = BridgeVLAN(linkIndex: 5, vlans: 20...20, isPVID: true, untagged: true)
        first.options.state = .blocking
        first.options.multicastRouter = .permanent
        first.options.maximumGroups = 7
        first.options.neighbourSuppression = true
        first.statistics = VLANStatistics()
        first.statistics?.receivedBytes = 11
        first.statistics?.receivedPackets = 12
        first.statistics?.transmittedBytes = 13
        first.statistics?.transmittedPackets = 14
        var second = BridgeVLAN(linkIndex: 5, vlans: 30...39)
        second.options.state = .forwarding
        #expect(tables.vlans == [first, second])
        #expect(tables.tunnels == [
            VLANTunnel(linkIndex: 5, vlans: 20...20, firstVNI: try VNI(1020)),
            VLANTunnel(linkIndex: 5, vlans: 30...39, firstVNI: try VNI(1030)),
        ])
    }

    /// VLAN 0 and 4095, ranges that run backwards or too far, a VNI of 25 bits, no link, what is cut short.
    @Test func nonsenseIsLeftOut() throws {
        let tables = Everything(
            message(
                vlans(0), vlans(4095), vlans(9, 8), vlans(4000, 4095), state(3), Bytes.attribute(1, [0, 0, 1]),
                vlans(7) + vni(1 << 24), vlans(10, 20) + vni((1 << 24) - 10)))
        #expect(tables.vlans.map(\.vlans) == [7...7, 10...20])
        #expect(tables.tunnels == [])
        #expect(Everything(Bytes.message(112, [7, 0, 0, 0] + Bytes.u32(0) + Bytes.attribute(1, vlans(7)))).vlans == [])
        #expect(Everything(Bytes.message(112, [7, 0, 0, 0])).vlans == [])
    }

    /// A link has one PVID: that it was another until now no message says.
    @Test func aNewPVIDEndsTheOldOne() {
        var listener = Listener()
        listener.notify(message(vlans(10, flags: 2)))
        listener.notify(message(vlans(20)))
        #expect(listener.take() == [.vlan(.added(vlan(10, pvid: true))), .vlan(.added(vlan(20)))])
        listener.notify(message(vlans(20, flags: 2)))
        #expect(
            listener.take() == [
                .vlan(.changed(from: vlan(10, pvid: true), to: vlan(10))),
                .vlan(.changed(from: vlan(20), to: vlan(20, pvid: true))),
            ])
        // What follows from something else was not seen: a reading without it ends it.
        listener.tables.beginRound(.vlans)
        listener.see(message(vlans(30, flags: 2)), of: .vlans)
        listener.told = []
        listener.tables.sweep(.vlans, rounds: 1) { listener.told.append($0) }
        #expect(Set(listener.take()) == [.vlan(.removed(vlan(10))), .vlan(.removed(vlan(20)))])
    }

    @Test func rangesAreTakenApart() throws {
        var listener = Listener()
        listener.see(message(vlans(20, 22) + state(3) + vni(1020)), of: .vlanTunnels)
        listener.see(message(vlans(20, 22) + state(3) + vni(1020)), of: .vlans)
        let told = listener.take()
        #expect(told.count == 6)
        #expect(
            told[1] == .vlanTunnel(.added(VLANTunnel(linkIndex: 5, vlans: 21...21, firstVNI: try VNI(1021)))))
        #expect(told[4] == .vlan(.added(vlan(21, state: .forwarding))))
        // The VLAN stays, and is no VNI any more; then all go, also one that nobody knew.
        listener.notify(message(vlans(21) + state(3)))
        #expect(
            listener.take() == [
                .vlanTunnel(.removed(VLANTunnel(linkIndex: 5, vlans: 21...21, firstVNI: try VNI(1021))))
            ])
        listener.notify(message(vlans(19, 22)), isRemoval: true)
        #expect(listener.take().count == 5)
        #expect(listener.tables.vlans.count == 0 && listener.tables.vlanTunnels.count == 0)
    }

    @Test func aLinkTakesItsTablesWithIt() throws {
        var listener = Listener()
        listener.notify(message(vlans(20) + vni(1020)))
        // RTM_NEWTUNNEL about link 6: VNIs 7 to 9.
        let range = Bytes.attribute(1, Bytes.u32(7)) + Bytes.attribute(2, Bytes.u32(9))
        listener.notify(Bytes.message(120, [7, 0, 0, 0] + Bytes.u32(6) + Bytes.attribute(1, range)))
        #expect(listener.take().count == 5)
        listener.tables.removeTables(ofLink: 6) { listener.told.append($0) }
        #expect(listener.take().count == 3)
        listener.tables.removeTables(ofLink: 5) { listener.told.append($0) }
        #expect(listener.take().count == 2)
    }

    /// A listing one by one is put together as far as VLANs are alike; the PVID stands alone.
    // swift-format-ignore
    @Test func aListingIsPutTogether() throws {
        let kernel = try ScriptedKernel(
            Bytes.message(112, flags: 2, [7, 0, 0, 0] + Bytes.u32(5) + [
                vlans(10, flags: 2) + state(3), vlans(11) + state(3) + vni(1011), vlans(12) + state(3) + vni(1012),
                vlans(13) + state(4) + vni(1013), vlans(15) + state(4) + vni(1015),
            ].flatMap { Bytes.attribute(1, $0) }) + Bytes.done(),
            Bytes.message(112, flags: 2, sequence: 2, [7, 0, 0, 0] + Bytes.u32(5)
                + Bytes.attribute(1, vlans(11) + vni(1011)) + Bytes.attribute(1, vlans(12) + vni(1012)))
                + Bytes.done(sequence: 2))
        let listed = try kernel.connection.bridgeVLANs(nil, statistics: false, Purpose("list"))
        #expect(listed.map(\.vlans) == [10...10, 11...12, 13...13, 15...15])
        let expected: [[UInt8]] = [
            [0x20, 0, 0, 0, 114, 0, 0x01, 0x03, 1, 0, 0, 0, 0, 0, 0, 0],    // RTM_GETVLAN, DUMP
            [7, 0, 0, 0, 0, 0, 0, 0],                                       // br_vlan_msg
            [8, 0, 1, 0, 1, 0, 0, 0],                                       // BRIDGE_VLANDB_DUMP_FLAGS: STATS
        ]
        #expect(kernel.request() == Array(expected.joined()))
        let tunnels = try kernel.connection.vlanTunnels(5, Purpose("list"))
        #expect(tunnels == [VLANTunnel(linkIndex: 5, vlans: 11...12, firstVNI: try VNI(1011))])
    }

    // swift-format-ignore
    @Test func optionsAreSet() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(0))
        var entry = BridgeVLAN(linkIndex: 5, vlans: 20...29)
        entry.options.state = .blocking
        entry.options.multicastRouter = .disabled
        entry.options.maximumGroups = 7
        entry.options.neighbourSuppression = true
        try kernel.connection.setVLANs(entry, Purpose("set"))
        let expected: [[UInt8]] = [
            [0x4C, 0, 0, 0, 112, 0, 0x05, 0, 1, 0, 0, 0, 0, 0, 0, 0],       // RTM_NEWVLAN, ACK
            [7, 0, 0, 0, 5, 0, 0, 0],
            [52, 0, 1, 0x80],                                               // BRIDGE_VLANDB_ENTRY
            [8, 0, 1, 0, 0x40, 0, 20, 0],                                   //   INFO: ONLY_OPTS
            [6, 0, 2, 0, 29, 0, 0, 0],                                      //   RANGE
            [5, 0, 3, 0, 4, 0, 0, 0],                                       //   STATE
            [5, 0, 6, 0, 0, 0, 0, 0],                                       //   MCAST_ROUTER
            [8, 0, 8, 0, 7, 0, 0, 0],                                       //   MCAST_MAX_GROUPS
            [5, 0, 9, 0, 1, 0, 0, 0],                                       //   NEIGH_SUPPRESS
        ]
        #expect(kernel.request() == Array(expected.joined()))
    }
}
