internal import VTEPWire

// Tables that each link has one of: those of VNI filters, of VLANs, and of VLANs that are VNIs.

extension KnownTables {
    /// Takes in what an RTM_NEWTUNNEL tells, or an RTM_DELTUNNEL that is made to look like it. Whether it is one.
    @discardableResult
    mutating func takeVNIs(_ reply: Reply, areGone: Bool, _ visit: (HostEvent) -> Void) -> Bool {
        guard let entries = VNIFilterEntry.entries(of: reply) else { return false }
        for entry in entries {
            entry.forEach { if let change = areGone ? vnis.remove($0) : vnis.set($0) { visit(.vni(change)) } }
        }
        return true
    }

    /// Takes in what the kernel says of VLANs that are alike.
    ///
    /// - Parameter tables: which of `vlans` and `vlanTunnels`.
    mutating func take(
        _ entry: VLANEntry, areGone: Bool, _ tables: WatchedTables, _ visit: (HostEvent) -> Void
    ) {
        entry.forEach { vlan, tunnel in
            if tables.contains(.vlans) { take(vlan, isGone: areGone, visit) }
            if tables.contains(.vlanTunnels) { take(areGone ? nil : tunnel, of: vlan, visit) }
        }
    }

    private mutating func take(_ vlan: BridgeVLAN, isGone: Bool, _ visit: (HostEvent) -> Void) {
        if vlan.isPVID, !isGone { endOtherPVID(than: vlan, visit) }
        if let change = isGone ? vlans.remove(vlan) : vlans.set(vlan) { visit(.vlan(change)) }
    }

    /// A link has one PVID; that it was another until now the kernel does not mention.
    private mutating func endOtherPVID(than vlan: BridgeVLAN, _ visit: (HostEvent) -> Void) {
        vlans.correct(ofLink: vlan.linkIndex) { other in
            guard other.isPVID, other.vlans != vlan.vlans else { return nil }
            var corrected = other
            corrected.isPVID = false
            return corrected
        } _: {
            visit(.vlan($0))
        }
    }

    /// - Parameter tunnel: `nil`: the VLAN is no VNI on the other side.
    private mutating func take(_ tunnel: VLANTunnel?, of vlan: BridgeVLAN, _ visit: (HostEvent) -> Void) {
        if let tunnel {
            if let change = vlanTunnels.set(tunnel) { visit(.vlanTunnel(change)) }
        } else if let number = VNI(exactly: 0) {
            let any = VLANTunnel(linkIndex: vlan.linkIndex, vlans: vlan.vlans, firstVNI: number)
            if let change = vlanTunnels.remove(any) { visit(.vlanTunnel(change)) }
        }
    }

    /// Forgets the tables of a link that has ended or left.
    mutating func removeTables(ofLink index: UInt32, _ visit: (HostEvent) -> Void) {
        vnis.removeAll(ofLink: index) { visit(.vni($0)) }
        vlans.removeAll(ofLink: index) { visit(.vlan($0)) }
        vlanTunnels.removeAll(ofLink: index) { visit(.vlanTunnel($0)) }
    }
}
