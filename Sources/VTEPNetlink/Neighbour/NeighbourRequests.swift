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
    /// In place of what there is; there must be something.
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
    ///
    /// - Parameter proxies: the proxy entries instead, which the kernel keeps and lists apart.
    package func neighbours(linkIndex: UInt32?, proxies: Bool = false) throws(VTEPError) -> [Neighbour] {
        var request = try Request(type: RTM_GETNEIGH, flags: NLM_F_DUMP)
        var header = ndmsg()
        if proxies { header.ndm_flags = UInt8(NeighbourFlags.proxy.rawValue) }
        request.append(header: header)
        if let linkIndex { request.put(NDA_IFINDEX, linkIndex) }
        return try dump(request, Purpose("list neighbours")) { reply in
            Neighbour(reply).flatMap { linkIndex == nil || $0.linkIndex == linkIndex ? $0 : nil }
        }
    }

    /// The entry for that address on that link; with ``NeighbourFlags/proxy`` the proxy entry.
    package func find(_ key: Neighbour, _ purpose: Purpose) throws(VTEPError) -> Neighbour? {
        var request = try Request(type: RTM_GETNEIGH, flags: 0)
        var header = ndmsg()
        header.ndm_family = key.address.family.addressFamily
        header.ndm_ifindex = Int32(truncatingIfNeeded: key.linkIndex)
        header.ndm_flags = UInt8(truncatingIfNeeded: key.flags.intersection(.proxy).rawValue)
        request.append(header: header)
        request.put(NDA_DST, key.address)
        return try get(request, purpose) { Neighbour($0) }
    }

    /// The kernel knows no bulk deletion of neighbours: they are listed, and deleted in batches. Returns how many were.
    package func flushNeighbours(linkIndex: UInt32?, _ filter: NeighbourFilter) throws(VTEPError) -> Int {
        let found = try neighbours(linkIndex: linkIndex, proxies: filter.proxies).filter { filter.matches($0) }
        let failures = try apply(count: found.count) { .deleteNeighbour(found[$0]) }
        if let failure = failures.first(where: { $0.error.kind != .notFound }) { throw failure.error }
        return found.count - failures.count
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
        if let origin = neighbour.origin { put(NDA_PROTOCOL, origin.rawValue) }
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
