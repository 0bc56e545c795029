internal import CLibNL
internal import Glibc
package import VTEPWire

extension Connection {
    /// The addresses of every link, or of one.
    package func addresses(linkIndex: UInt32?) throws(VTEPError) -> [InterfaceAddress] {
        var request = try Request(type: RTM_GETADDR, flags: NLM_F_DUMP)
        var header = ifaddrmsg()
        header.ifa_index = linkIndex ?? 0
        request.append(header: header)
        return try dump(request, Purpose("list addresses")) { InterfaceAddress($0) }
            .filter { linkIndex == nil || $0.linkIndex == linkIndex }
    }

    package func addAddress(
        _ prefix: IPPrefix, broadcast: IPAddress?, linkIndex: UInt32, _ purpose: Purpose
    ) throws(VTEPError) {
        var request = try Request()
        request.addAddress(prefix, broadcast: broadcast, linkIndex: linkIndex)
        try change(request, purpose)
    }

    package func deleteAddress(
        _ prefix: IPPrefix, peer: IPAddress? = nil, linkIndex: UInt32, _ purpose: Purpose
    ) throws(VTEPError) {
        var request = try Request()
        request.deleteAddress(prefix, peer: peer, linkIndex: linkIndex)
        try change(request, purpose)
    }
}

extension Request {
    mutating func addAddress(_ prefix: IPPrefix, broadcast: IPAddress?, linkIndex: UInt32) {
        restart(type: RTM_NEWADDR, flags: NLM_F_CREATE | NLM_F_EXCL)
        append(header: ifaddrmsg(prefix, linkIndex))
        put(IFA_LOCAL, prefix.address)
        put(IFA_ADDRESS, prefix.address)
        if let broadcast { put(IFA_BROADCAST, broadcast) }
    }

    mutating func deleteAddress(_ prefix: IPPrefix, peer: IPAddress? = nil, linkIndex: UInt32) {
        restart(type: RTM_DELADDR, flags: 0)
        append(header: ifaddrmsg(prefix, linkIndex))
        put(IFA_LOCAL, prefix.address)
        // Without it the kernel does not compare the prefix length.
        put(IFA_ADDRESS, peer ?? prefix.address)
    }
}

extension ifaddrmsg {
    fileprivate init(_ prefix: IPPrefix, _ linkIndex: UInt32) {
        self.init()
        ifa_family = prefix.address.family.addressFamily
        ifa_prefixlen = prefix.length
        ifa_index = linkIndex
        // As `ip addr add` chooses.
        ifa_scope = prefix.address.isLoopback ? RouteScope.host.rawValue : RouteScope.global.rawValue
    }
}

extension IPAddress.Family {
    /// `AF_INET` or `AF_INET6`, as the headers of rtnetlink hold it.
    var addressFamily: UInt8 { UInt8(self == .v4 ? AF_INET : AF_INET6) }

    /// `nil` for any other family.
    init?(addressFamily: UInt8) {
        switch Int32(addressFamily) {
        case AF_INET: self = .v4
        case AF_INET6: self = .v6
        default: return nil
        }
    }
}
