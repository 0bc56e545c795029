internal import Glibc
public import VTEPNetlink
public import VTEPWire

extension Host {
    /// The addresses of all links, or of one (`ip addr`).
    public func addresses(of name: String? = nil) throws(VTEPError) -> [InterfaceAddress] {
        guard let name else { return try connection.addresses(linkIndex: nil) }
        return try connection.addresses(linkIndex: findIndex(name, attempted: "list addresses of link"))
    }

    /// Adds an address to a link (`ip addr add PREFIX dev NAME`). With the link up, the kernel adds its prefix route.
    ///
    /// - Parameter broadcast: IPv4 only; `nil` leaves it unset, as `ip` does.
    /// - Throws: kind `notFound` for an unknown link; `exists` where the link has the address already.
    public func addAddress(
        _ prefix: IPPrefix, to name: String, broadcast: IPAddress? = nil
    ) throws(VTEPError) {
        let index = try findIndex(name, attempted: "add address to link")
        let purpose = Purpose("add address to link", name)
        if prefix.address.isMulticast || prefix.address.isUnspecified {
            throw VTEPError(
                .invalidArgument, attempted: "\(purpose.attempted)", subject: purpose.subject,
                reason: "\(prefix.address) cannot be a link's address")
        }
        if let broadcast, broadcast.family != .v4 || prefix.address.family != .v4 {
            throw VTEPError(
                .invalidArgument, attempted: "\(purpose.attempted)", subject: purpose.subject,
                reason: "only an IPv4 address has a broadcast address")
        }
        do {
            try connection.addAddress(prefix, broadcast: broadcast, linkIndex: index, purpose)
        } catch {
            throw explainAddress(error, prefix, name)
        }
    }

    /// Takes an address from a link (`ip addr del PREFIX dev NAME`).
    ///
    /// - Throws: kind `notFound` where the link or the address does not exist.
    public func deleteAddress(_ prefix: IPPrefix, from name: String) throws(VTEPError) {
        let index = try findIndex(name, attempted: "delete address of link")
        do {
            try connection.deleteAddress(prefix, linkIndex: index, Purpose("delete address of link", name))
        } catch {
            guard error.kind == .notFound else { throw error }
            if let peer = try peer(of: prefix, linkIndex: index) {
                let purpose = Purpose("delete address of link", name)
                return try connection.deleteAddress(prefix, peer: peer, linkIndex: index, purpose)
            }
            var error = error
            error.reason = "it has no address \(prefix)"
            throw error
        }
    }

    /// The other end of a point-to-point address; the kernel wants it named.
    private func peer(of prefix: IPPrefix, linkIndex: UInt32) throws(VTEPError) -> IPAddress? {
        try connection.addresses(linkIndex: linkIndex).first { $0.prefix == prefix && $0.peer != nil }?.peer
    }

    private func explainAddress(_ error: VTEPError, _ prefix: IPPrefix, _ name: String) -> VTEPError {
        var error = error
        if error.kind == .exists {
            error.reason = "it has \(prefix) already"
        } else if prefix.address.family == .v6, error.systemErrno != EPERM,
            let mtu = try? connection.link(named: name)?.mtu, mtu < 1280
        {
            error.reason = "IPv6 is off on a link with an MTU below 1280; this one has \(mtu)"
        } else if prefix.address.family == .v6, error.kind == .permissionDenied {
            error.remedy += "; or IPv6 is disabled here (sysctl net.ipv6.conf.\(name).disable_ipv6)"
        }
        return error
    }
}
