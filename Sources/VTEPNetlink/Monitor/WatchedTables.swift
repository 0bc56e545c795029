internal import CLibNL

/// The tables of the kernel that a monitor watches.
public struct WatchedTables: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let links = WatchedTables(rawValue: 0x1)
    public static let addresses = WatchedTables(rawValue: 0x2)
    /// Of all routing tables.
    public static let routes = WatchedTables(rawValue: 0x4)
    /// ARP and ND entries, without those that the kernel does not announce: see ``TableChange``.
    public static let neighbours = WatchedTables(rawValue: 0x8)
    /// Of bridges and VXLAN devices. The addresses other devices listen to, which `bridge fdb` shows too, are no FDB.
    public static let fdb = WatchedTables(rawValue: 0x10)

    /// Nexthop objects.
    public static let nextHops = WatchedTables(rawValue: 0x20)
    /// Two rules that are equal in everything count as one.
    public static let rules = WatchedTables(rawValue: 0x40)

    /// The VNIs of VXLAN devices with a VNI filter, one by one.
    public static let vnis = WatchedTables(rawValue: 0x80)
    /// Of bridge ports and bridges, one by one. None where the kernel filters no VLANs, or is older than Linux 5.6.
    public static let vlans = WatchedTables(rawValue: 0x100)
    /// The VLANs of bridge ports that are VNIs on the other side, one by one.
    public static let vlanTunnels = WatchedTables(rawValue: 0x200)

    public static let all: WatchedTables = [
        .links, .addresses, .routes, .neighbours, .fdb, .nextHops, .rules, .vnis, .vlans, .vlanTunnels,
    ]
}

extension WatchedTables {
    /// The tables that must be followed to keep these right: the kernel drops IPv4 routes without a word when a link goes
    /// down or an address or nexthop goes, nexthops when a link goes down, and FDB entries when a device leaves for
    /// another namespace.
    var withTheirCauses: WatchedTables {
        var tables = self
        if contains(.routes) { tables.formUnion([.addresses, .nextHops]) }
        tables.insert(.links)
        return tables
    }

    /// Tables that a kernel may have been built without.
    static let optional: WatchedTables = [.vnis, .vlans, .vlanTunnels]

    /// Those that the kernel lists device by device, and resumes by counting the devices.
    static let countedByDevice: WatchedTables = [.vnis, .vlans, .vlanTunnels]

    /// `RTNLGRP_*`.
    var groups: [UInt32] {
        var groups: [rtnetlink_groups] = []
        if contains(.links) { groups += [RTNLGRP_LINK] }
        if contains(.addresses) { groups += [RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR] }
        if contains(.routes) { groups += [RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE] }
        if !isDisjoint(with: [.neighbours, .fdb]) { groups += [RTNLGRP_NEIGH] }
        if contains(.nextHops) { groups += [RTNLGRP_NEXTHOP] }
        if contains(.rules) { groups += [RTNLGRP_IPV4_RULE, RTNLGRP_IPV6_RULE] }
        if contains(.vnis) { groups += [RTNLGRP_TUNNEL] }
        if !isDisjoint(with: [.vlans, .vlanTunnels]) { groups += [RTNLGRP_BRVLAN] }
        return groups.map(\.rawValue)
    }

    /// Its single members.
    var each: [WatchedTables] {
        (0..<32).map { WatchedTables(rawValue: 1 << $0) }.filter { contains($0) }
    }
}
