public import VTEPNetlink
public import VTEPWire

extension Host {
    /// The VLANs of all bridges and their ports, or of one link (`bridge vlan show`). None where the kernel filters none.
    ///
    /// - Parameter statistics: count per VLAN; then each has an entry of its own (`bridge -s vlan show`). A bridge counts
    ///   where ``BridgeOptions/vlanStatistics`` is on, for all its ports together unless they are to be counted each.
    public func bridgeVLANs(of name: String? = nil, statistics: Bool = false) throws(VTEPError) -> [BridgeVLAN] {
        let purpose = Purpose("list VLANs", name ?? "")
        let index = try name.map { name throws(VTEPError) in try findIndex(name, attempted: "list VLANs of link") }
        return try connection.bridgeVLANs(index, statistics: statistics, purpose)
    }

    /// Adds VLANs to a bridge port, or to the bridge itself (`bridge vlan add dev NAME vid FIRST-LAST`).
    ///
    /// - Parameters:
    ///   - pvid: what comes in without a tag belongs to it; for a single VLAN.
    ///   - untagged: it leaves without a tag.
    ///   - options: set once the VLANs are there, as by ``setVLANs(_:of:to:)``.
    /// - Throws: kind `invalidArgument`; `notFound`; `foreign` where the link is neither a bridge nor a port;
    ///   `notSupported` where this kernel filters no VLANs; `permissionDenied`.
    public func addVLANs(
        _ vlans: ClosedRange<UInt16>, to name: String, pvid: Bool = false, untagged: Bool = false,
        options: VLANOptions = VLANOptions()
    ) throws(VTEPError) {
        let purpose = Purpose("add VLANs to link", name)
        let link = try findVLANLink(name, vlans, purpose)
        if pvid, vlans.count > 1 { throw invalid(purpose, "a link has one PVID, and these are \(vlans.count)") }
        try check(options, of: link, purpose)
        let entry = BridgeVLAN(
            linkIndex: link.index, vlans: vlans, isPVID: pvid, untagged: untagged, options: options)
        try connection.addVLANs(entry, toBridge: link.kind == .bridge, purpose)
        if options != VLANOptions() { try connection.setVLANs(entry, purpose) }
    }

    /// Takes VLANs from a bridge port, or from the bridge itself (`bridge vlan del dev NAME vid FIRST-LAST`).
    ///
    /// - Throws: like ``addVLANs(_:to:pvid:untagged:options:)``; kind `notFound` also for a single VLAN that the link lacks.
    public func deleteVLANs(_ vlans: ClosedRange<UInt16>, from name: String) throws(VTEPError) {
        let purpose = Purpose("delete VLANs of link", name)
        let link = try findVLANLink(name, vlans, purpose)
        let entry = BridgeVLAN(linkIndex: link.index, vlans: vlans)
        try connection.deleteVLANs(entry, fromBridge: link.kind == .bridge, purpose)
    }

    /// Sets options of VLANs that a bridge port, or the bridge itself, has (`bridge vlan set dev NAME vid FIRST-LAST …`).
    ///
    /// - Throws: like ``addVLANs(_:to:pvid:untagged:options:)``; kind `notFound` also where it lacks one of them, with those
    ///   below it changed; `busy` for a state while the kernel's spanning tree decides it.
    public func setVLANs(
        _ vlans: ClosedRange<UInt16>, of name: String, to options: VLANOptions
    ) throws(VTEPError) {
        let purpose = Purpose("set VLANs of link", name)
        let link = try findVLANLink(name, vlans, purpose)
        if options == VLANOptions() { throw invalid(purpose, "no option is named") }
        try check(options, of: link, purpose)
        try connection.setVLANs(BridgeVLAN(linkIndex: link.index, vlans: vlans, options: options), purpose)
    }

    /// The VLANs that are VNIs on the other side of a port, of all ports or of one (`bridge vlan tunnelshow`).
    public func vlanTunnels(of name: String? = nil) throws(VTEPError) -> [VLANTunnel] {
        let purpose = Purpose("list VLAN tunnels", name ?? "")
        let index = try name.map { name throws(VTEPError) in
            try findIndex(name, attempted: "list VLAN tunnels of link")
        }
        return try connection.vlanTunnels(index, purpose)
    }

    /// Makes VLANs VNIs on the other side of a port, which is an external VXLAN device: the first VLAN `firstVNI`, the others
    /// the VNIs that follow (`bridge vlan add dev NAME vid FIRST-LAST tunnel_info id FIRST-LAST`). The VLANs have to be the
    /// port's, and its `vlanTunnel` on.
    ///
    /// - Throws: kind `invalidArgument`; `notFound`; `foreign` where the link is no bridge port; `notSupported` where this
    ///   kernel filters no VLANs; `permissionDenied`.
    public func addVLANTunnels(
        _ vlans: ClosedRange<UInt16>, firstVNI: VNI, to name: String
    ) throws(VTEPError) {
        let purpose = Purpose("add VLAN tunnels to link", name)
        let link = try findTunnelPort(name, vlans, purpose)
        let last = UInt64(firstVNI.rawValue) + UInt64(vlans.count - 1)
        if last > UInt64(VNI.max.rawValue) {
            throw invalid(purpose, "from VNI \(firstVNI) on there are not \(vlans.count) VNIs left")
        }
        try connection.addVLANTunnels(
            VLANTunnel(linkIndex: link.index, vlans: vlans, firstVNI: firstVNI), purpose)
    }

    /// Takes VLANs from those that are VNIs on the other side of a port.
    ///
    /// - Throws: like ``addVLANTunnels(_:firstVNI:to:)``; kind `notFound` also where a VLAN is none of them.
    public func deleteVLANTunnels(_ vlans: ClosedRange<UInt16>, from name: String) throws(VTEPError) {
        let purpose = Purpose("delete VLAN tunnels of link", name)
        let link = try findTunnelPort(name, vlans, purpose)
        let any = VLANTunnel(linkIndex: link.index, vlans: vlans, firstVNI: try VNI(1))
        try connection.deleteVLANTunnels(any, purpose)
    }
}

extension Host {
    private func invalid(_ purpose: Purpose, _ reason: String, _ remedy: String = "") -> VTEPError {
        VTEPError(
            .invalidArgument, attempted: "\(purpose.attempted)", subject: purpose.subject, reason: reason,
            remedy: remedy)
    }

    private func check(_ options: VLANOptions, of link: Link, _ purpose: Purpose) throws(VTEPError) {
        do throws(BadOption) {
            try options.check(isPort: link.bridgePort != nil)
        } catch {
            throw invalid(purpose, error.reason, error.remedy)
        }
    }

    /// A kernel without VLAN filtering reports success for some of it.
    private func findVLANLink(
        _ name: String, _ vlans: ClosedRange<UInt16>, _ purpose: Purpose
    ) throws(VTEPError) -> Link {
        if vlans.lowerBound < 1 || vlans.upperBound > 4094 {
            throw invalid(purpose, "VLANs \(vlans.lowerBound) to \(vlans.upperBound) are not within 1...4094")
        }
        let link = try find(name, attempted: purpose.attempted)
        let bridge: Link?
        if link.kind == .bridge {
            bridge = link
        } else if link.bridgePort != nil, let master = link.masterIndex {
            bridge = try connection.link(index: master)
        } else {
            throw notA("bridge or bridge port", link, purpose.attempted)
        }
        if case .bridge(let attributes)? = bridge?.details, attributes.vlanProtocol == nil {
            throw VTEPError(
                .notSupported, attempted: "\(purpose.attempted)", subject: name,
                reason: "this kernel filters no VLANs", remedy: "it needs CONFIG_BRIDGE_VLAN_FILTERING")
        }
        return link
    }

    private func findTunnelPort(
        _ name: String, _ vlans: ClosedRange<UInt16>, _ purpose: Purpose
    ) throws(VTEPError) -> Link {
        let link = try findVLANLink(name, vlans, purpose)
        guard let port = link.bridgePort else { throw notA("bridge port", link, purpose.attempted) }
        if port.vlanTunnel { return link }
        throw invalid(purpose, "its VLAN tunnel is off", "switch vlanTunnel of the bridge port on")
    }
}
