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
        var address = InterfaceAddress(prefix, linkIndex: try findIndex(name, attempted: "add address to link"))
        address.broadcast = broadcast
        try write(address, .add, Purpose("add address to link", name))
    }

    /// Adds an address with all that belongs to it (`ip addr add`).
    ///
    /// - Throws: kind `exists` where the link has the address already; `notFound` for the link; `invalidArgument`.
    public func addAddress(_ address: InterfaceAddress) throws(VTEPError) {
        try write(address, .add, Purpose("add address", "\(address.prefix)"))
    }

    /// Adds an address, or gives the one there is these lifetimes, metric and, for IPv6, flags (`ip addr replace`).
    public func replaceAddress(_ address: InterfaceAddress) throws(VTEPError) {
        try write(address, .replace, Purpose("replace address", "\(address.prefix)"))
    }

    /// Takes an address from a link (`ip addr del PREFIX dev NAME`).
    ///
    /// - Throws: kind `notFound` where the link or the address does not exist.
    public func deleteAddress(_ prefix: IPPrefix, from name: String) throws(VTEPError) {
        let index = try findIndex(name, attempted: "delete address of link")
        try delete(InterfaceAddress(prefix, linkIndex: index), Purpose("delete address of link", name))
    }

    /// Takes an address from its link; only link, prefix and peer matter.
    ///
    /// - Throws: kind `notFound` where the link has no such address.
    public func deleteAddress(_ address: InterfaceAddress) throws(VTEPError) {
        try delete(address, Purpose("delete address", "\(address.prefix)"))
    }

    /// Takes all addresses from a link (`ip addr flush dev NAME`), of one family or of both.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public func flushAddresses(of name: String, family: IPAddress.Family? = nil) throws(VTEPError) -> Int {
        let index = try findIndex(name, attempted: "flush addresses of link")
        let found = try connection.addresses(linkIndex: index).filter {
            family == nil || $0.prefix.address.family == family
        }
        let failures = try connection.apply(count: found.count) { .deleteAddress(found[$0]) }
        // A secondary address goes with its primary one.
        if let failure = failures.first(where: { $0.error.kind != .notFound }) { throw failure.error }
        return found.count
    }
}

extension Host {
    private func write(_ address: InterfaceAddress, _ write: EntryWrite, _ purpose: Purpose) throws(VTEPError) {
        try check(address, purpose)
        do {
            try connection.write(address, write, purpose)
        } catch {
            throw explain(error, address)
        }
    }

    private func delete(_ address: InterfaceAddress, _ purpose: Purpose) throws(VTEPError) {
        do {
            try connection.delete(address, purpose)
        } catch {
            guard error.kind == .notFound else { throw error }
            // The other end of a point-to-point address; the kernel wants it named.
            let held = try connection.addresses(linkIndex: address.linkIndex)
            if address.peer == nil, let held = held.first(where: { $0.prefix == address.prefix && $0.peer != nil }) {
                return try connection.delete(held, purpose)
            }
            var error = error
            error.reason = "it has no address \(address.prefix)"
            throw error
        }
    }

    func check(_ address: InterfaceAddress, _ purpose: Purpose) throws(VTEPError) {
        let own = address.prefix.address
        func invalid(_ reason: String, _ remedy: String = "") -> VTEPError {
            VTEPError(
                .invalidArgument, attempted: "\(purpose.attempted)", subject: purpose.subject, reason: reason,
                remedy: remedy)
        }
        if own.isUnspecified { throw invalid("\(own) cannot be a link's address") }
        if own.isMulticast, !address.flags.contains(.autoJoin) {
            throw invalid("\(own) cannot be a link's address", "to join the group, set the flag autoJoin")
        }
        if let broadcast = address.broadcast, broadcast.family != .v4 || own.family != .v4 {
            throw invalid("only an IPv4 address has a broadcast address")
        }
        if let peer = address.peer, peer.family != own.family {
            throw invalid("the peer \(peer) is of the other family")
        }
        if let label = address.label {
            if own.family != .v4 { throw invalid("only an IPv4 address has a label") }
            if label.isEmpty || label.utf8.count > 15 {
                throw invalid("the label \"\(label)\" is not of 1 to 15 bytes")
            }
        }
        if let preferred = address.preferredLifetime, let valid = address.validLifetime, preferred > valid {
            throw invalid("it is preferred for \(preferred) seconds, and valid for \(valid) only")
        }
        if address.validLifetime == 0 { throw invalid("it is valid for 0 seconds") }
    }

    private func explain(_ error: VTEPError, _ address: InterfaceAddress) -> VTEPError {
        var error = error
        let prefix = address.prefix
        if error.kind == .exists {
            error.reason = "it has \(prefix) already"
        } else if prefix.address.family == .v6, error.systemErrno != EPERM,
            let mtu = try? connection.link(index: address.linkIndex)?.mtu, mtu < 1280
        {
            error.reason = "IPv6 is off on a link with an MTU below 1280; this one has \(mtu)"
        } else if prefix.address.family == .v6, error.kind == .permissionDenied {
            let name = (try? connection.link(index: address.linkIndex)?.name) ?? "all"
            error.remedy += "; or IPv6 is disabled here (sysctl net.ipv6.conf.\(name).disable_ipv6)"
        }
        return error
    }
}
