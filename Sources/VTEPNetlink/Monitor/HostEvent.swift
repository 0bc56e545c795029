/// Something that happened in a network namespace.
public enum HostEvent: Hashable, Sendable {
    /// Statistics do not count as a change.
    indirect case link(TableChange<Link>)
    case address(TableChange<InterfaceAddress>)
    case route(TableChange<Route>)
    case neighbour(TableChange<Neighbour>)
    case fdb(TableChange<FDBEntry>)
    case nextHop(TableChange<NextHopObject>)
    indirect case rule(TableChange<RoutingRule>)
    /// A single VNI that a VXLAN device carries; counters are not told.
    indirect case vni(TableChange<VNIFilterEntry>)
    /// A single VLAN of a port or a bridge; counters are not told.
    indirect case vlan(TableChange<BridgeVLAN>)
    /// A single VLAN of a port that is a VNI on the other side.
    case vlanTunnel(TableChange<VLANTunnel>)
    /// What has been told until now is the whole truth: after the snapshot, and after each overrun that was made good.
    case synchronised
}

/// A change of one table. Who applies these to a table of their own, in order, has the kernel's; with four exceptions,
/// of which the kernel says nothing and which are therefore no part of the table: a neighbour that is `incomplete`,
/// `noARP` or has no state yet, whether one is `delay` rather than `stale`, how far a bridge's FDB entry has aged, and
/// how much of an address' lifetime is left.
///
/// Of two changes of a VNI filter the kernel says nothing, either, and the monitor finds them within a second or so: a VNI
/// that is added without a destination to a device that has none (before June 2026), and a destination that was set although
/// its group could not be joined.
public enum TableChange<Value: Hashable & Sendable>: Hashable, Sendable {
    case added(Value)
    /// `from` is what was told last.
    case changed(from: Value, to: Value)
    case removed(Value)

    /// What is there now, or was until now.
    public var value: Value {
        switch self {
        case .added(let value), .changed(from: _, to: let value), .removed(let value): value
        }
    }
}
