public import VTEP

extension TutorialTables {
    /// A link's paragraph of `ip addr`: the link, its MAC address, its addresses.
    public func addresses(of link: Link) -> String {
        var lines = [headline(link)]
        if let mac = link.macAddress, let broadcast = link.broadcastAddress {
            lines.append("    link/ether \(mac) brd \(broadcast)")
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
        var words = ["\(link.index): \(link.name):", "<\(flags(link))>", "mtu \(link.mtu)"]
        words.append("qdisc \(link.queueingDiscipline)")
        if let master = link.masterIndex { words.append("master \(name(ofIndex: master))") }
        words.append("state \(link.operationalState)")
        words.append("group \(link.group == 0 ? "default" : String(link.group))")
        if link.transmitQueueLength != 0 { words.append("qlen \(link.transmitQueueLength)") }
        return words.joined(separator: " ")
    }

    private func flags(_ link: Link) -> String {
        let names: [(LinkFlags, String)] = [
            (.broadcast, "BROADCAST"), (.multicast, "MULTICAST"), (.noARP, "NOARP"), (.allMulticast, "ALLMULTI"),
            (.promiscuous, "PROMISC"), (.up, "UP"), (.lowerUp, "LOWER_UP"),
        ]
        var words = names.filter { link.flags.contains($0.0) }.map(\.1)
        if link.isUp, !link.flags.contains(.running) { words.insert("NO-CARRIER", at: 0) }
        return words.joined(separator: ",")
    }

    private func summary(_ address: InterfaceAddress) -> String {
        var words = [address.prefix.address.family == .v4 ? "inet" : "inet6", "\(address.prefix)"]
        if let broadcast = address.broadcast { words.append("brd \(broadcast)") }
        words.append("scope \(address.scope)")
        // An IPv6 address is tentative for a second or two, while the kernel looks for a duplicate on the segment.
        if address.flags.contains(.tentative) { words.append("tentative") }
        if !address.flags.contains(.permanent) { words.append("dynamic") }
        // Only IPv4 has labels; `ip` leaves the blank in front of a missing one.
        return words.joined(separator: " ") + " " + (address.label ?? "")
    }

    private func lifetime(_ seconds: UInt32?) -> String {
        seconds.map { "\($0)sec" } ?? "forever"
    }
}
