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
        return try dump(request, Purpose("list addresses")) { reply in
            InterfaceAddress(reply).flatMap { linkIndex == nil || $0.linkIndex == linkIndex ? $0 : nil }
        }
    }

    package func write(_ address: InterfaceAddress, _ write: EntryWrite, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request()
        request.write(address, write)
        try change(request, purpose)
    }

    package func delete(_ address: InterfaceAddress, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request()
        request.delete(address)
        try change(request, purpose)
    }
}

extension Request {
    mutating func write(_ address: InterfaceAddress, _ write: EntryWrite) {
        restart(type: RTM_NEWADDR, flags: write.flags)
        let flags = address.flags.intersection(.settable).rawValue
        var header = ifaddrmsg(address)
        header.ifa_flags = UInt8(truncatingIfNeeded: flags)
        append(header: header)
        put(IFA_LOCAL, address.prefix.address)
        put(IFA_ADDRESS, address.peer ?? address.prefix.address)
        if let broadcast = address.broadcast { put(IFA_BROADCAST, broadcast) }
        if let label = address.label { put(IFA_LABEL, label) }
        if flags > 0xFF { put(IFA_FLAGS, flags) }
        if let metric = address.metric { put(IFA_RT_PRIORITY, metric) }
        if let origin = address.origin { put(IFA_PROTO, origin.rawValue) }
        if address.validLifetime != nil || address.preferredLifetime != nil { putLifetimes(of: address) }
    }

    mutating func delete(_ address: InterfaceAddress) {
        restart(type: RTM_DELADDR, flags: 0)
        append(header: ifaddrmsg(address))
        put(IFA_LOCAL, address.prefix.address)
        // Without it the kernel does not compare the prefix length.
        put(IFA_ADDRESS, address.peer ?? address.prefix.address)
    }

    /// `struct ifa_cacheinfo`; all ones are "forever".
    private mutating func putLifetimes(of address: InterfaceAddress) {
        let info = ifa_cacheinfo(
            ifa_prefered: address.preferredLifetime ?? address.validLifetime ?? .max,
            ifa_valid: address.validLifetime ?? .max, cstamp: 0, tstamp: 0)
        put(IFA_CACHEINFO, header: info)
    }
}

extension ifaddrmsg {
    fileprivate init(_ address: InterfaceAddress) {
        self.init()
        ifa_family = address.prefix.address.family.addressFamily
        ifa_prefixlen = address.prefix.length
        ifa_index = address.linkIndex
        ifa_scope = address.scope.rawValue
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
