extension View {
    /// What `ip` and `bridge` read.
    package init(_ namespace: TestNamespace) throws {
        self.init()
        for link in try namespace.json("ip -j -d link show").elements { addLink(link) }
        for link in try namespace.json("ip -j -d addr show").elements { addAddresses(link) }
        for family in ["4", "6"] {
            for route in try namespace.json("ip -\(family) -j -d route show table all").elements {
                addRoute(route, family)
            }
        }
        for entry in try namespace.json("ip -j neigh show").elements { addNeighbour(entry) }
        for entry in try namespace.json("bridge -j fdb show").elements { addFDB(entry) }
    }

    private mutating func addLink(_ link: JSON) {
        func direct(_ names: String...) -> Fields { names.map { ($0, link[$0]?.word) } }
        func info(_ prefix: String, _ part: String, _ names: String...) -> Fields {
            names.map { ("\(prefix) \($0)", link["linkinfo", part, $0]?.word) }
        }
        let name = "link \(link["ifname"]?.word ?? "?")"
        add(
            name,
            direct(
                "ifindex", "mtu", "qdisc", "operstate", "group", "txqlen", "link_type", "address",
                "broadcast", "promiscuity", "min_mtu", "max_mtu", "ifalias", "master", "link", "link_index",
                "link_netnsid"))
        // M-DOWN is not a flag of this link: it says that the one underneath is down.
        let flags = link["flags"]?.elements.map(\.word).filter { $0 != "M-DOWN" } ?? []
        add(name, [("flags", flags.sorted().joined(separator: " "))])
        let kind = link["linkinfo", "info_kind"]?.word
        add(name, [("info_kind", kind)])
        if kind == "vxlan" {
            add(
                name,
                info(
                    "vxlan", "info_data", "id", "port", "link", "ttl", "tos", "learning", "ageing", "limit",
                    "udp_csum", "udp_zero_csum6_tx", "udp_zero_csum6_rx", "df", "label", "proxy", "rsc", "l2miss",
                    "l3miss", "remcsum_tx", "remcsum_rx", "gbp", "gpe", "external", "vnifilter", "remote", "remote6",
                    "group", "group6", "local", "local6"))
            for bound in ["low", "high"] {
                add(name, [("vxlan \(bound)", link["linkinfo", "info_data", "port_range", bound]?.word)])
            }
        }
        if kind == "bridge" {
            add(
                name,
                info(
                    "bridge", "info_data", "forward_delay", "hello_time", "max_age", "ageing_time", "stp_state",
                    "priority", "group_fwd_mask", "group_addr", "vlan_filtering", "vlan_protocol", "vlan_default_pvid",
                    "vlan_stats_enabled", "vlan_stats_per_port", "no_linklocal_learn", "mcast_vlan_snooping",
                    "nf_call_iptables", "nf_call_ip6tables", "nf_call_arptables", "mcast_snooping", "mcast_router",
                    "mcast_query_use_ifaddr", "mcast_querier", "mcast_hash_elasticity", "mcast_hash_max",
                    "mcast_last_member_cnt", "mcast_startup_query_cnt", "mcast_last_member_intvl",
                    "mcast_membership_intvl", "mcast_querier_intvl", "mcast_query_intvl",
                    "mcast_query_response_intvl", "mcast_startup_query_intvl", "mcast_stats_enabled",
                    "mcast_igmp_version", "mcast_mld_version"))
            for id in ["bridge_id", "root_id"] {
                let text = link["linkinfo", "info_data", id]?.word
                add(name, [("bridge \(id)", text.map(View.padded))])
            }
        }
        if link["linkinfo", "info_slave_kind"]?.word == "bridge" {
            add(
                name,
                info(
                    "port", "info_slave_data", "state", "priority", "cost", "hairpin", "guard", "root_block",
                    "fastleave", "learning", "flood", "mcast_flood", "bcast_flood", "proxy_arp", "proxy_arp_wifi",
                    "neigh_suppress", "isolated", "locked", "vlan_tunnel", "mcast_to_unicast", "multicast_router",
                    "group_fwd_mask_str", "backup_port"))
        }
    }

    /// `ip` writes 8000.2:0:0:0:0:b where `brctl show` writes 8000.02000000000b.
    private static func padded(bridgeID text: String) -> String {
        let parts = text.split(separator: ".")
        let octets = parts.last.map { $0.split(separator: ":").map { $0.count < 2 ? "0\($0)" : String($0) } } ?? []
        return "\(parts.first ?? "").\(octets.joined())"
    }

    private mutating func addAddresses(_ link: JSON) {
        for address in link["addr_info"]?.elements ?? [] {
            func lifetime(_ name: String) -> String? {
                address[name].map { $0.word == "4294967295" ? "forever" : $0.word }
            }
            let flags = [
                "dynamic", "nodad", "temporary", "secondary", "dadfailed", "deprecated", "tentative", "mngtmpaddr",
                "noprefixroute",
            ]
            var fields: Fields = [("dev", link["ifname"]?.word)]
            for name in ["family", "local", "prefixlen", "address", "broadcast", "scope", "label"] {
                fields.append((name, address[name]?.word))
            }
            fields.append(("valid", lifetime("valid_life_time")))
            fields.append(("preferred", lifetime("preferred_life_time")))
            for flag in flags where address[flag] != nil { fields.append((flag, "yes")) }
            addLine("address", fields)
        }
    }

    private mutating func addRoute(_ route: JSON, _ family: String) {
        let flags = route["flags"]?.elements.map(\.word) ?? []
        func gateway(_ hop: JSON) -> String? { (hop["gateway"] ?? hop["via", "host"])?.word }
        func text(_ hop: JSON) -> String {
            "[\(gateway(hop) ?? "-") \(hop["dev"]?.word ?? "-") \(hop["weight"]?.word ?? "?")]"
        }
        var fields: Fields = ["type", "dst"].map { ($0, route[$0]?.word) }
        fields.append(("gateway", gateway(route)))
        for name in ["dev", "table", "protocol", "scope", "metric", "prefsrc"] {
            fields.append((name, route[name]?.word))
        }
        for flag in ["onlink", "linkdown"] { fields.append((flag, flags.contains(flag) ? "yes" : nil)) }
        fields.append(("nexthops", route["nexthops"].map { $0.elements.map(text).joined() }))
        fields.append(("family", "v\(family)"))
        addLine("route", fields)
    }

    private mutating func addNeighbour(_ entry: JSON) {
        let names = ["dst", "dev", "lladdr", "state", "router", "extern_learn", "proxy"]
        addLine("neigh", names.map { ($0, entry[$0]?.word) })
    }

    private mutating func addFDB(_ entry: JSON) {
        let names = [
            "mac", "ifname", "dst", "port", "vni", "src_vni", "viaIf", "nhid", "vlan", "flags", "master", "state",
        ]
        addLine("fdb", names.map { ($0, entry[$0]?.word ?? ($0 == "state" ? "" : nil)) })
    }
}
