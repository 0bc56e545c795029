internal import CLibNL
internal import Glibc
package import VTEPWire

extension Connection {
    /// The VLANs of all bridges and ports, or of one.
    package func bridgeVLANs(
        _ index: UInt32?, statistics: Bool, _ purpose: Purpose
    ) throws(VTEPError) -> [BridgeVLAN] {
        guard let entries = try vlanEntries(index, purpose) else {
            return try vlanTables(purpose).flatMap(\.vlans).filter { index == nil || $0.linkIndex == index }
        }
        return statistics ? entries.map(\.vlan) : BridgeVLAN.joined(entries.map(\.vlan))
    }

    /// The VLANs of all ports, or of one, that are VNIs on the other side.
    package func vlanTunnels(_ index: UInt32?, _ purpose: Purpose) throws(VTEPError) -> [VLANTunnel] {
        guard let entries = try vlanEntries(index, purpose) else {
            return try vlanTables(purpose).flatMap(\.tunnels).filter { index == nil || $0.linkIndex == index }
        }
        return VLANTunnel.joined(entries.compactMap(\.tunnel))
    }

    /// `nil` where the kernel filters no VLANs, or is older than this message (Linux 5.6).
    private func vlanEntries(_ index: UInt32?, _ purpose: Purpose) throws(VTEPError) -> [VLANEntry]? {
        var request = try Request()
        request.listVLANs(of: index)
        do {
            return try dump(request, purpose) { VLANEntry.entries(of: $0) }.flatMap { $0 }
        } catch {
            if error.saysThereIsNoSuchTable { return nil }
            if index != nil, error.systemErrno == EINVAL { return [] }  // neither a bridge nor a port
            throw error
        }
    }

    /// The older way to say it, a part of it.
    private func vlanTables(_ purpose: Purpose) throws(VTEPError) -> [VLANTables] {
        var request = try Request(type: RTM_GETLINK, flags: NLM_F_DUMP)
        request.append(header: ifinfomsg(bridge: 0))
        request.put(IFLA_EXT_MASK, UInt32(RTEXT_FILTER_BRVLAN_COMPRESSED))
        return try dump(request, purpose) { VLANTables($0) }
    }

    /// Sets options of VLANs that are there.
    package func setVLANs(_ entry: BridgeVLAN, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request(type: RTM_NEWVLAN, flags: 0)
        request.append(header: br_vlan_msg(index: entry.linkIndex))
        request.putOptions(entry)
        try change(request, purpose)
    }

    /// - Parameter toBridge: whether the link is the bridge itself.
    package func addVLANs(_ entry: BridgeVLAN, toBridge: Bool, _ purpose: Purpose) throws(VTEPError) {
        try changeVLANs(RTM_SETLINK, entry.linkIndex, purpose) { request throws(VTEPError) in
            request.put(entry, isBridge: toBridge)
        }
    }

    package func deleteVLANs(_ entry: BridgeVLAN, fromBridge: Bool, _ purpose: Purpose) throws(VTEPError) {
        try changeVLANs(RTM_DELLINK, entry.linkIndex, purpose) { request throws(VTEPError) in
            request.put(entry, isBridge: fromBridge)
        }
    }

    package func addVLANTunnels(_ entry: VLANTunnel, _ purpose: Purpose) throws(VTEPError) {
        try changeVLANs(RTM_SETLINK, entry.linkIndex, purpose) { request throws(VTEPError) in try request.put(entry) }
    }

    /// The kernel wants VNIs named that fit together, and does not look at them.
    package func deleteVLANTunnels(_ entry: VLANTunnel, _ purpose: Purpose) throws(VTEPError) {
        try changeVLANs(RTM_DELLINK, entry.linkIndex, purpose) { request throws(VTEPError) in try request.put(entry) }
    }

    /// VLANs are no part of a link's own message: AF_BRIDGE, `IFLA_AF_SPEC`.
    private func changeVLANs(
        _ type: Int, _ index: UInt32, _ purpose: Purpose, _ body: (inout Request) throws(VTEPError) -> Void
    ) throws(VTEPError) {
        var request = try Request(type: type, flags: 0)
        request.append(header: ifinfomsg(bridge: Int32(truncatingIfNeeded: index)))
        try request.nest(IFLA_AF_SPEC, body)
        try change(request, purpose)
    }
}

extension Request {
    /// One by one: where the kernel puts VLANs together, some versions do not look whether all of their options are alike.
    ///
    /// - Parameter index: `nil`: of all bridges and ports.
    mutating func listVLANs(of index: UInt32?) {
        restart(type: RTM_GETVLAN, flags: NLM_F_DUMP)
        append(header: br_vlan_msg(index: index ?? 0))
        put(BRIDGE_VLANDB_DUMP_FLAGS, UInt32(BRIDGE_VLANDB_DUMPF_STATS))
    }

    fileprivate mutating func putOptions(_ entry: BridgeVLAN) {
        nest(BRIDGE_VLANDB_ENTRY) { request in
            let flags = UInt16(BRIDGE_VLAN_INFO_ONLY_OPTS)
            let info = bridge_vlan_info(flags: flags, vid: entry.vlans.lowerBound)
            request.put(BRIDGE_VLANDB_ENTRY_INFO, struct: info)
            if entry.vlans.count > 1 { request.put(BRIDGE_VLANDB_ENTRY_RANGE, entry.vlans.upperBound) }
            request.put(BRIDGE_VLANDB_ENTRY_STATE, entry.options.state?.rawValue)
            request.put(BRIDGE_VLANDB_ENTRY_MCAST_ROUTER, entry.options.multicastRouter?.rawValue)
            request.put(VTEP_BRIDGE_VLANDB_ENTRY_MCAST_MAX_GROUPS, entry.options.maximumGroups)
            request.put(VTEP_BRIDGE_VLANDB_ENTRY_NEIGH_SUPPRESS, entry.options.neighbourSuppression)
        }
    }

    /// A range is its first, marked so, and its last. The bridge's own VLANs are "self", a port's are its master's.
    fileprivate mutating func put(_ entry: BridgeVLAN, isBridge: Bool) {
        if isBridge { put(IFLA_BRIDGE_FLAGS, UInt16(BRIDGE_FLAGS_SELF)) }
        let pvid = entry.isPVID ? BRIDGE_VLAN_INFO_PVID : 0
        let flags = UInt16(pvid | (entry.untagged ? BRIDGE_VLAN_INFO_UNTAGGED : 0))
        let (first, last) = (entry.vlans.lowerBound, entry.vlans.upperBound)
        if first == last { return putVLAN(first, flags) }
        putVLAN(first, flags | UInt16(BRIDGE_VLAN_INFO_RANGE_BEGIN))
        putVLAN(last, flags | UInt16(BRIDGE_VLAN_INFO_RANGE_END))
    }

    /// `struct bridge_vlan_info`: flags, then the VLAN.
    private mutating func putVLAN(_ vlan: UInt16, _ flags: UInt16) {
        put(IFLA_BRIDGE_VLAN_INFO, struct: bridge_vlan_info(flags: flags, vid: vlan))
    }

    fileprivate mutating func put(_ entry: VLANTunnel) throws(VTEPError) {
        let (first, last) = (entry.vlans.lowerBound, entry.vlans.upperBound)
        let vni = entry.firstVNI.rawValue
        if first == last { return try putTunnel(first, vni, 0) }
        try putTunnel(first, vni, UInt16(BRIDGE_VLAN_INFO_RANGE_BEGIN))
        try putTunnel(last, vni &+ UInt32(last - first), UInt16(BRIDGE_VLAN_INFO_RANGE_END))
    }

    private mutating func putTunnel(_ vlan: UInt16, _ vni: UInt32, _ flags: UInt16) throws(VTEPError) {
        try nest(IFLA_BRIDGE_VLAN_TUNNEL_INFO) { request throws(VTEPError) in
            request.put(IFLA_BRIDGE_VLAN_TUNNEL_ID, vni)
            request.put(IFLA_BRIDGE_VLAN_TUNNEL_VID, vlan)
            request.put(IFLA_BRIDGE_VLAN_TUNNEL_FLAGS, flags)
        }
    }
}

extension ifinfomsg {
    fileprivate init(bridge index: Int32) {
        self.init(index: index)
        ifi_family = UInt8(PF_BRIDGE)
    }
}

extension br_vlan_msg {
    fileprivate init(index: UInt32) {
        self.init()
        family = UInt8(PF_BRIDGE)
        ifindex = index
    }
}
