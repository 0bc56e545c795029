internal import CLibNL
internal import CVTEPLinux
internal import Glibc
package import VTEPWire

extension Connection {
    /// Every link of the namespace, or those of one kind, or of one master; the kernel filters.
    package func links(kind: LinkKind? = nil, masterIndex: UInt32? = nil) throws(VTEPError) -> [Link] {
        var request = try Request(type: RTM_GETLINK, flags: NLM_F_DUMP)
        request.append(header: ifinfomsg())
        if let masterIndex { request.put(IFLA_MASTER, masterIndex) }
        if let kind, kind != .physical {
            request.nest(IFLA_LINKINFO) { request in request.put(IFLA_INFO_KIND, kind.rawValue) }
        }
        return try dump(request, Purpose("list links")) { reply in
            guard let link = Link(reply) else { return nil }
            if let kind, link.kind != kind { return nil }
            if let masterIndex, link.masterIndex != masterIndex { return nil }
            return link
        }
    }

    /// The index of the link of that name, or `nil` if there is none. Much cheaper than the whole link.
    package func linkIndex(named name: String) throws(VTEPError) -> UInt32? {
        let answer = unsafe cvtep_link_index(descriptor, name)
        if answer > 0 { return UInt32(answer) }
        if answer == 0 || answer == 0 &- ENODEV { return nil }
        throw VTEPError(systemCall: "SIOCGIFINDEX", errno: 0 &- answer, Purpose("find link", name))
    }

    /// The link of that name, or `nil` if there is none.
    package func link(named name: String) throws(VTEPError) -> Link? {
        var request = try Request(type: RTM_GETLINK, flags: 0)
        request.append(header: ifinfomsg())
        request.put(IFLA_IFNAME, name)
        return try link(request, Purpose("find link", name))
    }

    /// The link of that index, or `nil` if there is none.
    package func link(index: UInt32) throws(VTEPError) -> Link? {
        guard let number = Int32(exactly: index), number > 0 else { return nil }
        var request = try Request(type: RTM_GETLINK, flags: 0)
        request.append(header: ifinfomsg(index: number))
        return try link(request, Purpose("find link", "index \(index)"))
    }

    private func link(_ request: borrowing Request, _ purpose: Purpose) throws(VTEPError) -> Link? {
        do {
            return try get(request, purpose) { Link($0) }
        } catch  where error.systemErrno == ENODEV {
            return nil
        }
    }

    package func change(_ index: UInt32, _ changes: LinkChanges, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request(type: RTM_NEWLINK, flags: 0)
        var header = ifinfomsg(index: Int32(truncatingIfNeeded: index))
        header.setUp(changes.up)
        request.append(header: header)
        request.put(changes)
        try change(request, purpose)
    }

    package func move(
        _ index: UInt32, to namespace: NetworkNamespace, _ purpose: Purpose
    ) throws(VTEPError) {
        try namespace.withDescriptor(attempted: purpose.attempted) { descriptor throws(VTEPError) in
            guard let descriptor else {
                throw VTEPError(
                    .invalidArgument, attempted: "\(purpose.attempted)", subject: purpose.subject,
                    reason: "name the target by path, descriptor or process")
            }
            var request = try Request(type: RTM_NEWLINK, flags: 0)
            request.append(header: ifinfomsg(index: Int32(truncatingIfNeeded: index)))
            request.put(IFLA_NET_NS_FD, descriptor)
            try change(request, purpose)
        }
    }

    package func deleteLink(_ index: UInt32, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request(type: RTM_DELLINK, flags: 0)
        request.append(header: ifinfomsg(index: Int32(truncatingIfNeeded: index)))
        try change(request, purpose)
    }
}

/// What to change about a link in one request; `nil` leaves it as it is.
package struct LinkChanges {
    package var up: Bool?
    package var mtu: UInt32?
    package var macAddress: MACAddress?
    package var name: String?
    /// 0 takes the link out of its master.
    package var masterIndex: UInt32?

    package init(
        up: Bool? = nil, mtu: UInt32? = nil, macAddress: MACAddress? = nil, name: String? = nil,
        masterIndex: UInt32? = nil
    ) {
        self.up = up
        self.mtu = mtu
        self.macAddress = macAddress
        self.name = name
        self.masterIndex = masterIndex
    }
}

extension Request {
    mutating func put(_ changes: LinkChanges) {
        if let name = changes.name { put(IFLA_IFNAME, name) }
        if let mtu = changes.mtu { put(IFLA_MTU, mtu) }
        if let address = changes.macAddress { put(IFLA_ADDRESS, address) }
        if let master = changes.masterIndex { put(IFLA_MASTER, master) }
    }
}

extension ifinfomsg {
    init(index: Int32) {
        self.init()
        ifi_index = index
    }

    mutating func setUp(_ up: Bool?) {
        guard let up else { return }
        ifi_change = UInt32(IFF_UP.rawValue)
        ifi_flags = up ? UInt32(IFF_UP.rawValue) : 0
    }
}
