internal import CLibNL
package import VTEPWire

/// What every kind of new link can be told in the message that creates it.
package struct NewLink {
    package var name: String
    package var properties: LinkChanges

    package init(name: String, properties: LinkChanges = LinkChanges()) {
        self.name = name
        self.properties = properties
    }
}

extension Connection {
    /// A veth pair; the peer may be born in another namespace.
    package func create(
        _ link: NewLink, vethPeer peer: NewLink, peerNamespace: NetworkNamespace, _ purpose: Purpose
    ) throws(VTEPError) {
        try peerNamespace.withDescriptor(attempted: purpose.attempted) { descriptor throws(VTEPError) in
            try create(link, .veth, purpose) { request throws(VTEPError) in
                try request.nest(VETH_INFO_PEER) { request throws(VTEPError) in
                    var header = ifinfomsg()
                    header.setUp(peer.properties.up)
                    request.append(header: header)
                    request.put(IFLA_IFNAME, peer.name)
                    request.put(peer.properties)
                    if let descriptor { request.put(IFLA_NET_NS_FD, descriptor) }
                }
            }
        }
    }

    func create(
        _ link: NewLink, _ kind: LinkKind, _ purpose: Purpose,
        _ data: (inout Request) throws(VTEPError) -> Void
    ) throws(VTEPError) {
        var request = try Request(type: RTM_NEWLINK, flags: NLM_F_CREATE | NLM_F_EXCL)
        var header = ifinfomsg()
        header.setUp(link.properties.up)
        request.append(header: header)
        request.put(IFLA_IFNAME, link.name)
        request.put(link.properties)
        try request.nest(IFLA_LINKINFO) { request throws(VTEPError) in
            request.put(IFLA_INFO_KIND, kind.rawValue)
            try request.nest(IFLA_INFO_DATA, data)
        }
        try change(request, purpose)
    }

    /// Changes what the kind adds: RTM_NEWLINK without NLM_F_CREATE. RTM_SETLINK would ignore it.
    func change(
        _ index: UInt32, _ kind: LinkKind, _ purpose: Purpose,
        _ data: (inout Request) throws(VTEPError) -> Void
    ) throws(VTEPError) {
        var request = try Request(type: RTM_NEWLINK, flags: 0)
        request.append(header: ifinfomsg(index: Int32(truncatingIfNeeded: index)))
        try request.nest(IFLA_LINKINFO) { request throws(VTEPError) in
            request.put(IFLA_INFO_KIND, kind.rawValue)
            try request.nest(IFLA_INFO_DATA, data)
        }
        try change(request, purpose)
    }
}
