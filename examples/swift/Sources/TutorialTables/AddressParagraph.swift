public import VTEP

extension TutorialTables {
    /// The paragraphs of all links: `ip addr`.
    public var addressesOfAllLinks: String {
        links.map(addresses).joined(separator: "\n")
    }

    /// A link's paragraph of `ip addr`: the link, its MAC address, its addresses.
    public func addresses(of link: Link) -> String {
        var lines = [headline(link)]
        if let mac = link.macAddress, let broadcast = link.broadcastAddress {
            let type = link.flags.contains(.loopback) ? "loopback" : "ether"
            let peerNamespace = link.lowerNamespaceID.map { " link-netnsid \($0)" } ?? ""
            lines.append("    link/\(type) \(mac) brd \(broadcast)\(peerNamespace)")
        }
        // `ip` lists IPv4 before IPv6.
        for family in [IPAddress.Family.v4, .v6] {
            for address in addresses where address.linkIndex == link.index && address.prefix.address.family == family {
                lines.append("    " + summary(address))
                lines.append(
                    "       valid_lft \(lifetime(address.validLifetime))"
                        + " preferred_lft \(lifetime(address.preferredLifetime))")
            }
        }
        return lines.joined(separator: "\n")
    }

    private func headline(_ link: Link) -> String {
        var words = ["\(link.index): \(fullName(link)):", "<\(flags(link))>", "mtu \(link.mtu)"]
        words.append("qdisc \(link.queueingDiscipline)")
        if let master = link.masterIndex { words.append("master \(name(ofIndex: master))") }
        words.append("state \(link.operationalState)")
        words.append("group \(link.group == 0 ? "default" : String(link.group))")
        if link.transmitQueueLength != 0 { words.append("qlen \(link.transmitQueueLength)") }
        return words.joined(separator: " ")
    }

    /// NAME@LOWER; the other end of a veth may be in another namespace, where its index says nothing about our links.
    private func fullName(_ link: Link) -> String {
        guard let lower = link.lowerIndex else { return link.name }
        return "\(link.name)@" + (link.lowerNamespaceID == nil ? name(ofIndex: lower) : "if\(lower)")
    }

    private func flags(_ link: Link) -> String {
        let names: [(LinkFlags, String)] = [
            (.loopback, "LOOPBACK"), (.broadcast, "BROADCAST"), (.pointToPoint, "POINTOPOINT"),
            (.multicast, "MULTICAST"), (.noARP, "NOARP"), (.allMulticast, "ALLMULTI"), (.promiscuous, "PROMISC"),
            (.up, "UP"), (.lowerUp, "LOWER_UP"), (.dormant, "DORMANT"),
        ]
        var words = names.filter { link.flags.contains($0.0) }.map(\.1)
        if link.isUp, !link.flags.contains(.running) { words.insert("NO-CARRIER", at: 0) }
        if lowerIsDown(link) { words.append("M-DOWN") }
        return words.joined(separator: ",")
    }

    /// Nothing can come in over the other end of a veth, or the link underneath, while it is set down.
    private func lowerIsDown(_ link: Link) -> Bool {
        guard let index = link.lowerIndex, link.lowerNamespaceID == nil else { return false }
        return links.first { $0.index == index }.map { !$0.isUp } ?? false
    }

    private func summary(_ address: InterfaceAddress) -> String {
        var words = [address.prefix.address.family == .v4 ? "inet" : "inet6"]
        if let peer = address.peer {
            words.append("\(address.prefix.address) peer \(peer)/\(address.prefix.length)")
        } else {
            words.append("\(address.prefix)")
        }
        if let broadcast = address.broadcast { words.append("brd \(broadcast)") }
        words.append("scope \(address.scope)")
        words += flags(address.flags)
        // Only IPv4 has labels; `ip` leaves the blank in front of a missing one.
        return words.joined(separator: " ") + " " + (address.label ?? "")
    }

    /// An IPv6 address is tentative for a second or two, while the kernel looks for a duplicate on the segment.
    private func flags(_ flags: AddressFlags) -> [String] {
        let names: [(AddressFlags, String)] = [
            (.secondary, "secondary"), (.noDuplicateDetection, "nodad"), (.duplicate, "dadfailed"),
            (.deprecated, "deprecated"), (.tentative, "tentative"), (.managedTemporary, "mngtmpaddr"),
            (.noPrefixRoute, "noprefixroute"),
        ]
        return names.filter { flags.contains($0.0) }.map(\.1) + (flags.contains(.permanent) ? [] : ["dynamic"])
    }

    private func lifetime(_ seconds: UInt32?) -> String {
        seconds.map { "\($0)sec" } ?? "forever"
    }
}
