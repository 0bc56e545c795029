internal import CLibNL
internal import Glibc
package import VTEPWire

/// What to do where an entry for the same key may exist already.
public enum EntryWrite: Hashable, Sendable {
    /// It must be new.
    case add
    /// Beside those there are: another remote for the same MAC address.
    case append
    /// In place of what there is, if anything.
    case replace
    /// In place of what there is; there must be something. Links know no such write, VXLAN's FDB takes it like
    /// ``replace`` for entries that exist.
    case update
    /// Before those there are; of IPv4 routes.
    case prepend

    var flags: Int32 {
        switch self {
        case .add: NLM_F_CREATE | NLM_F_EXCL
        case .append: NLM_F_CREATE | NLM_F_APPEND
        case .replace: NLM_F_CREATE | NLM_F_REPLACE
        case .update: NLM_F_REPLACE
        case .prepend: NLM_F_CREATE
        }
    }
}

extension Connection {
    /// The ARP and ND entries of every link, or of one; the kernel filters.
    package func neighbours(linkIndex: UInt32?) throws(VTEPError) -> [Neighbour] {
        var request = try Request(type: RTM_GETNEIGH, flags: NLM_F_DUMP)
        request.append(header: ndmsg())
        if let linkIndex { request.put(NDA_IFINDEX, linkIndex) }
        return try dump(request, Purpose("list neighbours")) { Neighbour($0) }
            .filter { linkIndex == nil || $0.linkIndex == linkIndex }
    }

    package func write(_ neighbour: Neighbour, _ write: EntryWrite, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request()
        request.write(neighbour, write)
        try change(request, purpose)
    }

    package func delete(_ neighbour: Neighbour, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request()
        request.delete(neighbour)
        try change(request, purpose)
    }
}

extension ndmsg {
    fileprivate init(_ neighbour: Neighbour) {
        self.init()
        ndm_family = neighbour.address.family.addressFamily
        ndm_ifindex = Int32(truncatingIfNeeded: neighbour.linkIndex)
        ndm_state = neighbour.state.rawValue
        ndm_flags = UInt8(truncatingIfNeeded: neighbour.flags.rawValue)
    }
}

extension Request {
    mutating func write(_ neighbour: Neighbour, _ write: EntryWrite) {
        restart(type: RTM_NEWNEIGH, flags: write.flags)
        append(header: ndmsg(neighbour))
        put(NDA_DST, neighbour.address)
        if let address = neighbour.macAddress { put(NDA_LLADDR, address) }
        putExtended(neighbour.flags)
    }

    mutating func delete(_ neighbour: Neighbour) {
        restart(type: RTM_DELNEIGH, flags: 0)
        append(header: ndmsg(neighbour))
        put(NDA_DST, neighbour.address)
    }

    /// Flags from bit 16 on travel in an attribute of their own.
    mutating func putExtended(_ flags: NeighbourFlags) {
        let extended = flags.rawValue >> 16
        if extended != 0 { put(NDA_FLAGS_EXT, extended) }
    }
}
