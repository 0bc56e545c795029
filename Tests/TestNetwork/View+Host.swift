package import VTEP

extension View {
    /// What this library reads.
    package init(_ host: borrowing Host) throws {
        self.init()
        let links = try host.links()
        let names = LinkNames(links)
        for link in links { add("link \(link.name)", link.fields(names)) }
        for address in try host.addresses() { addLine("address", address.fields(names)) }
        for route in try host.routes(table: nil) { addLine("route", route.fields(names)) }
        for neighbour in try host.neighbours() where neighbour.isShown { addLine("neigh", neighbour.fields(names)) }
        for entry in try host.fdb() { addLine("fdb", entry.fields(names)) }
    }
}

/// `ip` prints names where the kernel sends indices.
struct LinkNames {
    private let names: [UInt32: String]
    init(_ links: [Link]) { names = Dictionary(links.map { ($0.index, $0.name) }) { first, _ in first } }
    subscript(index: UInt32?) -> String? { index.map { names[$0] ?? "if\($0)" } }
}

extension Link {
    fileprivate func fields(_ names: LinkNames) -> Fields {
        let elsewhere = lowerNamespaceID != nil
        let own: Fields = [
            ("ifindex", "\(index)"), ("flags", flags.words), ("mtu", "\(mtu)"), ("qdisc", queueingDiscipline),
            ("operstate", "\(operationalState)"), ("group", group == 0 ? "default" : "\(group)"),
            ("txqlen", transmitQueueLength == 0 ? nil : "\(transmitQueueLength)"),
            ("link_type", hardwareType.word), ("address", macAddress?.description),
            ("broadcast", broadcastAddress?.description), ("promiscuity", "\(promiscuity)"),
            ("min_mtu", "\(minimumMTU)"), ("max_mtu", "\(maximumMTU)"), ("ifalias", alias),
            ("master", names[masterIndex]), ("link", elsewhere ? nil : names[lowerIndex]),
            ("link_index", elsewhere ? lowerIndex.map { "\($0)" } : nil),
            ("link_netnsid", lowerNamespaceID.map { "\($0)" }),
            ("info_kind", kind == .physical ? nil : kind.rawValue),
        ]
        switch details {
        case .vxlan(let vxlan): return own + vxlan.fields(names) + (bridgePort?.fields(names) ?? [])
        case .bridge(let bridge): return own + bridge.fields + (bridgePort?.fields(names) ?? [])
        case .none: return own + (bridgePort?.fields(names) ?? [])
        }
    }
}

extension UInt16 {
    /// `ARPHRD_*` as `ip` prints it.
    fileprivate var word: String {
        switch self {
        case 1: "ether"
        case 772: "loopback"
        case 0xFFFE: "none"
        default: "[\(self)]"
        }
    }
}

extension LinkFlags {
    /// As `ip` prints them: RUNNING is told only by its absence.
    fileprivate var words: String {
        let known: [(LinkFlags, String)] = [
            (.loopback, "LOOPBACK"), (.broadcast, "BROADCAST"), (.pointToPoint, "POINTOPOINT"),
            (.multicast, "MULTICAST"), (.noARP, "NOARP"), (.allMulticast, "ALLMULTI"), (.promiscuous, "PROMISC"),
            (.dormant, "DORMANT"), (.up, "UP"), (.lowerUp, "LOWER_UP"),
        ]
        let noCarrier = contains(.up) && !contains(.running) ? ["NO-CARRIER"] : []
        return (noCarrier + known.filter { contains($0.0) }.map(\.1)).sorted().joined(separator: " ")
    }
}

extension VXLANAttributes {
    fileprivate func fields(_ names: LinkNames) -> Fields {
        let tos = "0x\(String(typeOfService, radix: 16))"
        func whenOn(_ name: String, _ isOn: Bool) -> (String, String?) { ("vxlan \(name)", isOn ? "true" : nil) }
        var fields: Fields = [
            ("vxlan id", "\(vni?.rawValue ?? 0)"), ("vxlan port", "\(destinationPort)"),
            // `ip` prints an inherited TTL for people only; RawVXLANTests look at it.
            ("vxlan link", names[deviceIndex]), ("vxlan ttl", inheritsTimeToLive ? nil : "\(timeToLive)"),
            ("vxlan tos", typeOfService == 0 ? nil : tos), ("vxlan df", dontFragment.word),
            ("vxlan label", flowLabel == 0 ? nil : "0x\(String(flowLabel, radix: 16))"),
            ("vxlan learning", "\(learning)"), ("vxlan ageing", "\(ageing)"),
            ("vxlan limit", maximumEntries == 0 ? nil : "\(maximumEntries)"),
            ("vxlan low", "\(sourcePorts?.lowerBound ?? 0)"), ("vxlan high", "\(sourcePorts?.upperBound ?? 0)"),
            ("vxlan udp_csum", "\(udpChecksum)"), ("vxlan udp_zero_csum6_tx", "\(udp6ZeroChecksumTransmit)"),
            ("vxlan udp_zero_csum6_rx", "\(udp6ZeroChecksumReceive)"), whenOn("proxy", proxy),
            whenOn("rsc", routeShortCircuit), whenOn("l2miss", l2Miss), whenOn("l3miss", l3Miss),
            whenOn("remcsum_tx", remoteChecksumTransmit), whenOn("remcsum_rx", remoteChecksumReceive),
            whenOn("gbp", groupBasedPolicy), whenOn("gpe", genericProtocolExtension), whenOn("external", external),
            whenOn("vnifilter", vniFilter),
        ]
        func suffix(_ address: IPAddress) -> String { address.family == .v6 ? "6" : "" }
        switch destination {
        case .remote(let address): fields.append(("vxlan remote\(suffix(address))", "\(address)"))
        case .group(let address): fields.append(("vxlan group\(suffix(address))", "\(address)"))
        case nil: break
        }
        if let local { fields.append(("vxlan local\(suffix(local))", "\(local)")) }
        return fields
    }
}

extension DontFragment {
    fileprivate var word: String {
        switch self {
        case .unset: "unset"
        case .set: "set"
        case .inherit: "inherit"
        default: "\(rawValue)"
        }
    }
}

extension BridgeAttributes {
    fileprivate var fields: Fields {
        func digit(_ name: String, _ isOn: Bool?) -> (String, String?) { (name, isOn.map { $0 ? "1" : "0" }) }
        let mask = String(groupForwardMask, radix: 16)
        let own: Fields = [
            ("forward_delay", "\(forwardDelay)"), ("hello_time", "\(helloTime)"), ("max_age", "\(maximumAge)"),
            ("ageing_time", "\(ageingTime)"), ("stp_state", "\(stp.rawValue)"), ("priority", "\(priority)"),
            digit("vlan_filtering", vlanFiltering), ("bridge_id", "\(bridgeID)"), ("root_id", "\(rootID)"),
            ("group_fwd_mask", groupForwardMask == 0 ? "0" : "0x\(mask)"), ("group_addr", "\(groupAddress)"),
            ("vlan_protocol", vlanProtocol.map { $0 == .dot1Q ? "802.1Q" : "802.1ad" }),
            ("vlan_default_pvid", defaultPVID.map { "\($0)" }), digit("vlan_stats_enabled", vlanStatistics),
            digit("vlan_stats_per_port", vlanStatisticsPerPort), digit("no_linklocal_learn", noLinkLocalLearning),
            digit("mcast_vlan_snooping", multicastVLANSnooping), digit("nf_call_iptables", callsIPTables),
            digit("nf_call_ip6tables", callsIP6Tables), digit("nf_call_arptables", callsARPTables),
        ]
        let multicast: Fields = [
            digit("mcast_snooping", multicastSnooping), ("mcast_router", "\(multicastRouter.rawValue)"),
            digit("mcast_query_use_ifaddr", multicastQueryUsesAddress), digit("mcast_querier", multicastQuerier),
            ("mcast_hash_elasticity", "\(multicastHashElasticity)"), ("mcast_hash_max", "\(multicastHashMaximum)"),
            ("mcast_last_member_cnt", "\(multicastLastMemberCount)"),
            ("mcast_startup_query_cnt", "\(multicastStartupQueryCount)"),
            ("mcast_last_member_intvl", "\(multicastLastMemberInterval)"),
            ("mcast_membership_intvl", "\(multicastMembershipInterval)"),
            ("mcast_querier_intvl", "\(multicastQuerierInterval)"),
            ("mcast_query_intvl", "\(multicastQueryInterval)"),
            ("mcast_query_response_intvl", "\(multicastQueryResponseInterval)"),
            ("mcast_startup_query_intvl", "\(multicastStartupQueryInterval)"),
            digit("mcast_stats_enabled", multicastStatistics), ("mcast_igmp_version", "\(igmpVersion)"),
            ("mcast_mld_version", mldVersion.map { "\($0)" }),
        ]
        return (own + multicast).map { ("bridge \($0.0)", $0.1) }
    }
}

extension BridgePortAttributes {
    fileprivate func fields(_ names: LinkNames) -> Fields {
        let own: Fields = [
            ("state", "\(state)"), ("priority", "\(priority)"), ("cost", "\(cost)"), ("hairpin", "\(hairpin)"),
            ("guard", "\(bpduGuard)"), ("root_block", "\(rootBlock)"), ("fastleave", "\(fastLeave)"),
            ("learning", "\(learning)"), ("flood", "\(unicastFlood)"), ("mcast_flood", "\(multicastFlood)"),
            ("bcast_flood", "\(broadcastFlood)"), ("proxy_arp", "\(proxyARP)"), ("proxy_arp_wifi", "\(proxyARPWiFi)"),
            ("neigh_suppress", "\(neighbourSuppression)"), ("isolated", "\(isolated)"), ("locked", "\(locked)"),
            ("vlan_tunnel", "\(vlanTunnel)"), ("mcast_to_unicast", "\(multicastToUnicast)"),
            ("multicast_router", "\(multicastRouter.rawValue)"),
            ("group_fwd_mask_str", "0x\(String(groupForwardMask, radix: 16))"),
            ("backup_port", names[backupPortIndex]),
        ]
        return own.map { ("port \($0.0)", $0.1) }
    }
}

extension InterfaceAddress {
    fileprivate func fields(_ names: LinkNames) -> Fields {
        let v6 = prefix.address.family == .v6
        let known: [(Bool, String)] = [
            (!flags.contains(.permanent), "dynamic"), (flags.contains(.noDuplicateDetection), "nodad"),
            (flags.contains(.secondary), v6 ? "temporary" : "secondary"), (flags.contains(.duplicate), "dadfailed"),
            (flags.contains(.deprecated), "deprecated"), (flags.contains(.tentative), "tentative"),
            (flags.contains(.managedTemporary), "mngtmpaddr"), (flags.contains(.noPrefixRoute), "noprefixroute"),
        ]
        let own: Fields = [
            ("dev", names[linkIndex]), ("family", v6 ? "inet6" : "inet"), ("local", "\(prefix.address)"),
            ("prefixlen", "\(prefix.length)"), ("address", peer?.description), ("broadcast", broadcast?.description),
            ("scope", "\(scope)"), ("label", label), ("valid", validLifetime?.description ?? "forever"),
            ("preferred", preferredLifetime?.description ?? "forever"),
        ]
        return own + known.filter(\.0).map { ($0.1, "yes") }
    }
}

extension Route {
    fileprivate func fields(_ names: LinkNames) -> Fields {
        let whole = Int(destination.length) == (destination.address.family == .v4 ? 32 : 128)
        let dst = destination.length == 0 ? "default" : whole ? "\(destination.address)" : "\(destination)"
        let hops = nextHops.map { hop in
            "[\(hop.gateway.map { "\($0)" } ?? "-") \(names[hop.linkIndex] ?? "-") \(hop.weight)]"
        }
        let v6 = destination.address.family == .v6
        let shownMetric = metric.map { "\($0)" } ?? (v6 ? "0" : nil)
        return [
            ("type", "\(type)"), ("dst", dst), ("gateway", gateway?.description), ("dev", names[linkIndex]),
            ("table", "\(table)"), ("protocol", "\(origin)"), ("scope", scope?.description),
            ("metric", shownMetric), ("prefsrc", preferredSource?.description),
            ("onlink", onLink ? "yes" : nil), ("linkdown", linkDown ? "yes" : nil),
            ("nexthops", hops.isEmpty ? nil : hops.joined()), ("family", v6 ? "v6" : "v4"),
        ]
    }
}

extension Neighbour {
    /// `ip neigh` leaves out what the kernel made up for itself.
    fileprivate var isShown: Bool { !state.contains(.noARP) && !state.isEmpty }

    fileprivate func fields(_ names: LinkNames) -> Fields {
        [
            ("dst", "\(address)"), ("dev", names[linkIndex]), ("lladdr", macAddress?.description),
            ("state", "\(state)".uppercased()), ("router", flags.contains(.router) ? "yes" : nil),
            ("extern_learn", flags.contains(.externallyLearned) ? "yes" : nil),
            ("proxy", flags.contains(.proxy) ? "yes" : nil),
        ]
    }
}

extension FDBEntry {
    fileprivate func fields(_ names: LinkNames) -> Fields {
        let stateWords: [(NeighbourState, String)] = [(.permanent, "permanent"), (.noARP, "static"), (.stale, "stale")]
        let flagWords: [(NeighbourFlags, String)] = [
            (.externallyLearned, "extern_learn"), (.offloaded, "offload"), (.router, "router"), (.own, "self"),
            (.sticky, "sticky"),
        ]
        return [
            ("mac", "\(macAddress)"), ("ifname", names[linkIndex]), ("dst", destination?.description),
            ("port", port.map { "\($0)" }), ("vni", vni?.description), ("src_vni", sourceVNI?.description),
            ("viaIf", names[viaIndex]), ("nhid", nextHopID.map { "\($0)" }), ("vlan", vlan.map { "\($0)" }),
            ("flags", flagWords.filter { flags.contains($0.0) }.map(\.1).joined(separator: " ")),
            ("master", names[masterIndex]), ("state", stateWords.first { state.contains($0.0) }?.1 ?? ""),
        ]
    }
}
