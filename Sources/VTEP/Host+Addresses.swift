public import VTEPNetlink
public import VTEPWire

extension Host {
    /// The addresses of all links, or of one (`ip addr`).
    public func addresses(of name: String? = nil) throws(VTEPError) -> [InterfaceAddress] {
        guard let name else { return try connection.addresses(linkIndex: nil) }
        return try connection.addresses(linkIndex: find(name, attempted: "list addresses of link").index)
    }

    /// Adds an address to a link (`ip addr add PREFIX dev NAME`). With the link up, the kernel adds its prefix route.
    ///
    /// - Parameter broadcast: IPv4 only; `nil` leaves it unset, as `ip` does.
    /// - Throws: kind `notFound` for an unknown link; `exists` where the link has the address already.
    public func addAddress(
        _ prefix: IPPrefix, to name: String, broadcast: IPAddress? = nil
    ) throws(VTEPError) {
        let link = try find(name, attempted: "add address to link")
        let purpose = Purpose("add address", "\(prefix) on \(name)")
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
            try connection.addAddress(prefix, broadcast: broadcast, linkIndex: link.index, purpose)
        } catch {
            throw explainAddress(error, prefix, link)
        }
    }

    /// Takes an address from a link (`ip addr del PREFIX dev NAME`).
    ///
    /// - Throws: kind `notFound` where the link or the address does not exist.
    public func deleteAddress(_ prefix: IPPrefix, from name: String) throws(VTEPError) {
        let link = try find(name, attempted: "delete address of link")
        try connection.deleteAddress(prefix, linkIndex: link.index, Purpose("delete address", "\(prefix) on \(name)"))
    }

    private func explainAddress(_ error: VTEPError, _ prefix: IPPrefix, _ link: Link) -> VTEPError {
        var error = error
        if error.kind == .exists {
            error.reason = "\"\(link.name)\" has \(prefix) already"
        } else if prefix.address.family == .v6, link.mtu < 1280 {
            error.reason = "IPv6 is off on a link with an MTU below 1280; this one has \(link.mtu)"
        } else if prefix.address.family == .v6, error.kind == .permissionDenied {
            error.remedy += "; or IPv6 is disabled here (sysctl net.ipv6.conf.\(link.name).disable_ipv6)"
        }
        return error
    }
}
