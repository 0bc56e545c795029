internal import CLibNL
package import VTEPWire

extension Connection {
    /// The VLANs of all bridges and ports.
    package func bridgeVLANs(_ purpose: Purpose) throws(VTEPError) -> [BridgeVLAN] {
        try vlanTables(purpose).flatMap(\.vlans)
    }

    /// The VLANs of all ports that are VNIs on the other side.
    package func vlanTunnels(_ purpose: Purpose) throws(VTEPError) -> [VLANTunnel] {
        try vlanTables(purpose).flatMap(\.tunnels)
    }

    private func vlanTables(_ purpose: Purpose) throws(VTEPError) -> [VLANTables] {
        var request = try Request(type: RTM_GETLINK, flags: NLM_F_DUMP)
        request.append(header: ifinfomsg(bridge: 0))
        request.put(IFLA_EXT_MASK, UInt32(RTEXT_FILTER_BRVLAN_COMPRESSED))
        return try dump(request, purpose) { VLANTables($0) }
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
