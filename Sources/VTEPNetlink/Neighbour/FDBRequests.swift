internal import CLibNL
internal import Glibc
package import VTEPWire

extension Connection {
    /// The FDB entries of every link, or of one; the kernel filters.
    package func fdb(linkIndex: UInt32?) throws(VTEPError) -> [FDBEntry] {
        var request = try Request(type: RTM_GETNEIGH, flags: NLM_F_DUMP)
        var header = ndmsg()
        header.ndm_family = UInt8(AF_BRIDGE)
        header.ndm_ifindex = Int32(truncatingIfNeeded: linkIndex ?? 0)
        request.append(header: header)
        return try dump(request, Purpose("list FDB entries")) { FDBEntry($0) }
            .filter { linkIndex == nil || $0.linkIndex == linkIndex }
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
        // A bridge's entry for itself is listed with neither flag, and written with this one.
        if entry.masterIndex == entry.linkIndex { ndm_flags |= UInt8(NeighbourFlags.own.rawValue) }
    }
}

extension Request {
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
        if let vlan = entry.vlan { put(NDA_VLAN, vlan) }
        putExtended(entry.flags)
    }
}
