/// Which links may change in ways that the kernel does not announce, and when to look for VNIs that it did not.
///
/// **VNIs.** A VNI that is added without a destination to a device that has none either is announced by kernels from June
/// 2026 on only, and a destination whose multicast group could not be joined, but which is set nevertheless, by none. That VNIs are gone always is. So the tables of VNI filters, where there are any, are looked
/// at once a second, or seldom enough that it takes a twentieth of the time.
///
/// **VLANs.** Their states follow from the ports' while a bridge runs multiple spanning trees, and before Linux 5.15 VLANs
/// became VNIs, or ceased to be, in silence. Of both the kernel says that something changed about the port.
struct UnannouncedChanges {
    private var filteredDevices: Set<UInt32> = []
    private var bridgesOfSeveralTrees: Set<UInt32> = []
    /// When to look for VNIs, in nanoseconds of the monotonic clock; `nil`: never.
    private(set) var due: Int64?

    private static let pause: Int64 = 1_000_000_000

    /// A link is there, or has changed.
    mutating func note(_ link: Link, now: Int64) {
        switch link.details {
        case .vxlan(let vxlan) where vxlan.vniFilter:
            filteredDevices.insert(link.index)
            if due == nil { due = now &+ UnannouncedChanges.pause }
        case .bridge(let bridge) where bridge.multipleSpanningTrees: bridgesOfSeveralTrees.insert(link.index)
        default: forget(link)
        }
    }

    mutating func forget(_ link: Link) {
        filteredDevices.remove(link.index)
        bridgesOfSeveralTrees.remove(link.index)
    }

    func hasVNIFilter(_ index: UInt32) -> Bool { filteredDevices.contains(index) }

    func isDue(now: Int64) -> Bool { due.map { $0 <= now } ?? false }

    /// VNIs were looked for.
    mutating func noteLook(took duration: Int64, now: Int64) {
        due = filteredDevices.isEmpty ? nil : now &+ max(UnannouncedChanges.pause, duration &* 20)
    }

    /// What may have changed when something did about a port.
    func tables(concernedBy port: Link) -> WatchedTables {
        var tables: WatchedTables = []
        if let bridge = port.masterIndex, bridgesOfSeveralTrees.contains(bridge) { tables.insert(.vlans) }
        if port.bridgePort?.vlanTunnel == true { tables.insert(.vlanTunnels) }
        return tables
    }
}
