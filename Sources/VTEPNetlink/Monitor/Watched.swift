internal import VTEPWire

// What the kernel has one of, and which of its changes it announces.

extension Link: Watched {
    var key: UInt32 { index }
    var isAnnounced: Bool { true }

    /// Counters change all the time, and the kernel does not tell.
    func isSame(as other: Link) -> Bool {
        var other = other
        other.statistics = statistics
        other.promiscuity = promiscuity
        return self == other
    }
}

extension InterfaceAddress: Watched {
    struct Key: Hashable {
        let linkIndex: UInt32
        let prefix: IPPrefix
        let peer: IPAddress?
    }

    var key: Key { Key(linkIndex: linkIndex, prefix: prefix, peer: peer) }
    var isAnnounced: Bool { true }
    func isSame(as other: InterfaceAddress) -> Bool { self == other }
}

extension Neighbour: Watched {
    struct Key: Hashable {
        let linkIndex: UInt32
        let address: IPAddress
        let isProxy: Bool
    }

    var key: Key { Key(linkIndex: linkIndex, address: address, isProxy: flags.contains(.proxy)) }

    /// The kernel makes entries that are incomplete, and for multicast addresses those without ARP, in silence.
    var isAnnounced: Bool {
        !state.isEmpty && state.isDisjoint(with: [.incomplete, .noARP]) && !flags.contains(.proxy)
    }

    /// That a stale entry is to be probed in a moment is not announced.
    func isSame(as other: Neighbour) -> Bool {
        func settled(_ neighbour: Neighbour) -> Neighbour {
            var neighbour = neighbour
            if neighbour.state == .delay { neighbour.state = .stale }
            return neighbour
        }
        return settled(self) == settled(other)
    }
}

extension FDBEntry: Watched {
    struct Key: Hashable {
        /// The VXLAN device, or the bridge: an entry of its FDB moves from port to port.
        let table: UInt32
        let isOfBridge: Bool
        let macAddress: MACAddress
        let vlan: UInt16?
        let sourceVNI: VNI?
        /// Only where an address may have several.
        let remote: Remote?
    }

    struct Remote: Hashable {
        let destination: IPAddress?
        let port: UInt16?
        let vni: VNI?
        let viaIndex: UInt32?
        let nextHopID: UInt32?
    }

    /// A unicast address has one remote: the kernel announces the new one only when it is replaced.
    var key: Key {
        let severalRemotes = masterIndex == nil && !takesOneRemote
        return Key(
            table: masterIndex ?? linkIndex, isOfBridge: masterIndex != nil, macAddress: macAddress, vlan: vlan,
            sourceVNI: sourceVNI,
            remote: severalRemotes
                ? Remote(destination: destination, port: port, vni: vni, viaIndex: viaIndex, nextHopID: nextHopID) : nil
        )
    }

    /// VXLAN devices and bridges tell the age of an entry. The rest are addresses that other devices listen to, which
    /// come and go in silence.
    var isAnnounced: Bool { ages != nil }

    /// That an entry of a bridge has aged is not announced; that it is gone, is.
    func isSame(as other: FDBEntry) -> Bool {
        func fresh(_ entry: FDBEntry) -> FDBEntry {
            var entry = entry
            if entry.state == .stale { entry.state = .reachable }
            return entry
        }
        return fresh(self) == fresh(other)
    }
}

extension NextHopObject: Watched {
    var key: UInt32 { id }
    var isAnnounced: Bool { true }
    func isSame(as other: NextHopObject) -> Bool { self == other }
}

/// Rules have no key: they are there or not.
extension RoutingRule: Watched {
    var key: RoutingRule { self }
    var isAnnounced: Bool { true }
    func isSame(as other: RoutingRule) -> Bool { true }
}

/// One VNI at a time: the kernel announces them so, and a listing's ranges are taken apart.
extension VNIFilterEntry: OfLink {
    var key: VNI { vnis.lowerBound }
    var isAnnounced: Bool { true }
    func isSame(as other: VNIFilterEntry) -> Bool { self == other }
}

/// One VLAN at a time: the ranges of notifications are not those of listings.
extension BridgeVLAN: OfLink {
    var key: UInt16 { vlans.lowerBound }
    var isAnnounced: Bool { true }
    func isSame(as other: BridgeVLAN) -> Bool { self == other }
}

/// One VLAN at a time.
extension VLANTunnel: OfLink {
    var key: UInt16 { vlans.lowerBound }
    var isAnnounced: Bool { true }
    func isSame(as other: VLANTunnel) -> Bool { self == other }
}
