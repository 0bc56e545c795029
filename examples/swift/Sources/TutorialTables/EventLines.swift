public import VTEP

extension TutorialTables {
    /// Without a host: what events tell is all there is.
    public init() {
        links = []
        addresses = []
        allRoutes = []
    }

    /// An event as a line: `added link vxlan0 vxlan mtu 1450 up state UNKNOWN id 120`. A link's name is kept, for what is
    /// on the link.
    public mutating func line(of event: HostEvent) -> String {
        switch event {
        case .link(let change):
            remember(change.value)
            return "\(word(change)) link \(summary(change.value))"
        case .address(let change):
            return "\(word(change)) address \(summary(change.value))"
        case .route(let change): return "\(word(change)) route \(summary(change.value))"
        case .neighbour(let change): return "\(word(change)) neighbour \(summary(change.value))"
        case .fdb(let change): return "\(word(change)) fdb \(line(change.value))"
        case .vni(let change): return "\(word(change)) vni \(summary(change.value))"
        case .vlan(let change): return "\(word(change)) vlan \(summary(change.value))"
        case .vlanTunnel(let change): return "\(word(change)) tunnel vlan \(summary(change.value))"
        case .synchronised: return "synchronised"
        case .nextHop, .rule: return "unknown"
        }
    }

    /// Also of one that is gone: what was on it is told later.
    public mutating func remember(_ link: Link) {
        if let place = links.firstIndex(where: { $0.index == link.index }) {
            links[place] = link
        } else {
            links.append(link)
        }
    }

    private func word<Value>(_ change: TableChange<Value>) -> String {
        switch change {
        case .added: "added"
        case .changed: "changed"
        case .removed: "removed"
        }
    }

    private func summary(_ link: Link) -> String {
        var words = [link.name, "\(link.kind)", "mtu \(link.mtu)", link.isUp ? "up" : "down"]
        words.append("state \(link.operationalState)")
        if let master = link.masterIndex { words.append("master \(name(ofIndex: master))") }
        if case .vxlan(let vxlan) = link.details, let vni = vxlan.vni { words.append("id \(vni)") }
        return words.joined(separator: " ")
    }

    private func summary(_ address: InterfaceAddress) -> String {
        "\(address.prefix) dev \(name(ofIndex: address.linkIndex)) scope \(address.scope)"
    }

    private func summary(_ route: Route) -> String {
        let type = route.type == .unicast ? "" : "\(route.type) "
        let table = route.table == .main ? "" : "table \(route.table) "
        return type + table + line(route)
    }

    private func summary(_ neighbour: Neighbour) -> String {
        var words = ["\(neighbour.address)", "dev \(name(ofIndex: neighbour.linkIndex))"]
        if let mac = neighbour.macAddress { words.append("lladdr \(mac)") }
        words.append("\(neighbour.state)")
        return words.joined(separator: " ")
    }

    private func summary(_ entry: VNIFilterEntry) -> String {
        let destination = entry.destination.map { " \($0)" } ?? ""
        return "\(entry.vnis.lowerBound) dev \(name(ofIndex: entry.linkIndex))\(destination)"
    }

    private func summary(_ vlan: BridgeVLAN) -> String {
        let flags = (vlan.isPVID ? " pvid" : "") + (vlan.untagged ? " untagged" : "")
        return "\(vlan.vlans.lowerBound) dev \(name(ofIndex: vlan.linkIndex))\(flags)"
    }

    private func summary(_ tunnel: VLANTunnel) -> String {
        "\(tunnel.vlans.lowerBound) dev \(name(ofIndex: tunnel.linkIndex)) id \(tunnel.firstVNI)"
    }
}
