internal import CLibNL
internal import Glibc
package import VTEPWire

extension Connection {
    /// The FDB entries of every link, of one, or of a bridge and its ports; the kernel filters.
    package func fdb(linkIndex: UInt32?, bridgeIndex: UInt32? = nil) throws(VTEPError) -> [FDBEntry] {
        let request = try Request(listingFDBOf: linkIndex, bridgeIndex: bridgeIndex)
        return try dump(request, Purpose("list FDB entries")) { FDBEntry($0, ofLink: linkIndex) }
    }

    /// The same, one by one.
    package func forEachFDB(
        linkIndex: UInt32?, bridgeIndex: UInt32?, _ visit: (FDBEntry) throws(VTEPError) -> Void
    ) throws(VTEPError) {
        let request = try Request(listingFDBOf: linkIndex, bridgeIndex: bridgeIndex)
        try stream(request, Purpose("list FDB entries")) { reply throws(VTEPError) in
            if let entry = FDBEntry(reply, ofLink: linkIndex) { try visit(entry) }
        }
    }

    package func write(_ entry: FDBEntry, _ write: EntryWrite, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request()
        request.write(entry, write)
        try change(request, purpose)
    }

    package func delete(_ entry: FDBEntry, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request()
        request.delete(entry)
        try change(request, purpose)
    }

    /// The entry of that key: link, table, MAC address, VLAN, and on an external device the source VNI. Of several
    /// remotes the kernel tells the first.
    package func find(_ key: FDBEntry, _ purpose: Purpose) throws(VTEPError) -> FDBEntry? {
        var request = try Request(type: RTM_GETNEIGH, flags: 0)
        var header = ndmsg(key)
        header.ndm_state = 0  // the kernel insists
        request.append(header: header)
        request.put(NDA_LLADDR, key.macAddress)
        if let vlan = key.vlan { request.put(NDA_VLAN, vlan) }
        // It is looked up under what the entry itself calls its source VNI.
        if let vni = key.sourceVNI { request.put(NDA_VNI, vni.rawValue) }
        return try get(request, purpose) { FDBEntry($0) }
    }

    package func flush(linkIndex: UInt32, _ filter: FDBFilter, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request()
        request.flush(linkIndex: linkIndex, filter)
        try change(request, purpose)
    }
}

extension FDBEntry {
    /// Several remotes are for all-zero and group addresses.
    package var takesOneRemote: Bool { !macAddress.isZero && !macAddress.isMulticast }

    /// To append to a unicast address that has an entry, the kernel answers success and does nothing. So it must be new.
    fileprivate func flags(_ write: EntryWrite) -> Int32 {
        (write == .append && takesOneRemote ? .add : write).flags
    }
}

extension ndmsg {
    fileprivate init(_ entry: FDBEntry) {
        self.init()
        ndm_family = UInt8(AF_BRIDGE)
        ndm_ifindex = Int32(truncatingIfNeeded: entry.linkIndex)
        ndm_state = entry.state.rawValue
        ndm_flags = UInt8(truncatingIfNeeded: entry.flags.rawValue)
        // A bridge's entries are listed with neither flag: one for itself is written with the first, others with the
        // second.
        if let master = entry.masterIndex, entry.flags.isDisjoint(with: [.own, .master]) {
            let table: NeighbourFlags = master == entry.linkIndex ? .own : .master
            ndm_flags |= UInt8(truncatingIfNeeded: table.rawValue)
        }
    }
}

extension FDBEntry {
    /// `nil`, too, for an entry of another link: kernels before 4.20 do not filter.
    fileprivate init?(_ reply: Reply, ofLink index: UInt32?) {
        self.init(reply)
        if let index, linkIndex != index { return nil }
    }
}

extension Request {
    init(listingFDBOf linkIndex: UInt32?, bridgeIndex: UInt32? = nil) throws(VTEPError) {
        try self.init(type: RTM_GETNEIGH, flags: NLM_F_DUMP)
        var header = ndmsg()
        header.ndm_family = UInt8(AF_BRIDGE)
        header.ndm_ifindex = Int32(truncatingIfNeeded: linkIndex ?? 0)
        append(header: header)
        if let bridgeIndex { put(NDA_MASTER, bridgeIndex) }
    }

    mutating func write(_ entry: FDBEntry, _ write: EntryWrite) {
        restart(type: RTM_NEWNEIGH, flags: entry.flags(write))
        put(entry)
    }

    mutating func delete(_ entry: FDBEntry) {
        restart(type: RTM_DELNEIGH, flags: 0)
        put(entry)
    }

    private mutating func put(_ entry: FDBEntry) {
        append(header: ndmsg(entry))
        put(NDA_LLADDR, entry.macAddress)
        if let destination = entry.destination { put(NDA_DST, destination) }
        if let vni = entry.vni { put(NDA_VNI, vni.rawValue) }
        if let vni = entry.sourceVNI { put(NDA_SRC_VNI, vni.rawValue) }
        if let port = entry.port { put(NDA_PORT, port.bigEndian) }
        if let link = entry.viaIndex { put(NDA_IFINDEX, link) }
        if let id = entry.nextHopID { put(NDA_NH_ID, id) }
        if let vlan = entry.vlan { put(NDA_VLAN, vlan) }
        if let activity = entry.activity { put(activity) }
        putExtended(entry.flags)
    }

    private mutating func put(_ activity: FDBActivity) {
        nest(NDA_FDB_EXT_ATTRS) { request in
            let told = activity.intersection([.notify, .inactive])
            request.put(NFEA_ACTIVITY_NOTIFY, told.rawValue)
            if activity.contains(.keepAge) { request.putFlag(NFEA_DONT_REFRESH) }
        }
    }

    mutating func flush(linkIndex: UInt32, _ filter: FDBFilter) {
        restart(type: RTM_DELNEIGH, flags: NLM_F_BULK)
        var header = ndmsg()
        header.ndm_family = UInt8(AF_BRIDGE)
        header.ndm_ifindex = Int32(truncatingIfNeeded: linkIndex)
        header.ndm_state = filter.state.rawValue
        header.ndm_flags = UInt8(truncatingIfNeeded: filter.table.union(filter.flags).rawValue)
        append(header: header)
        if let destination = filter.destination { put(NDA_DST, destination) }
        if let vni = filter.vni { put(NDA_VNI, vni.rawValue) }
        if let vni = filter.sourceVNI { put(NDA_SRC_VNI, vni.rawValue) }
        if let port = filter.port { put(NDA_PORT, port.bigEndian) }
        if let link = filter.portIndex { put(NDA_IFINDEX, link) }
        if let id = filter.nextHopID { put(NDA_NH_ID, id) }
        if let vlan = filter.vlan { put(NDA_VLAN, vlan) }
        if !filter.stateMask.isEmpty { put(NDA_NDM_STATE_MASK, filter.stateMask.rawValue) }
        if !filter.flagsMask.isEmpty {
            put(NDA_NDM_FLAGS_MASK, UInt8(truncatingIfNeeded: filter.flagsMask.rawValue))
        }
    }
}
