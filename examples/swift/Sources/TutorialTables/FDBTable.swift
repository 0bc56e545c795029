public import VTEP

extension TutorialTables {
    /// Forwarding-database entries, as `bridge fdb` prints them.
    public func text(of fdb: [FDBEntry]) -> String {
        fdb.map(line).joined(separator: "\n")
    }

    func line(_ entry: FDBEntry) -> String {
        var words = ["\(entry.macAddress)", "dev \(name(ofIndex: entry.linkIndex))"]
        if let destination = entry.destination { words.append("dst \(destination)") }
        if let vlan = entry.vlan { words.append("vlan \(vlan)") }
        if let port = entry.port { words.append("port \(port)") }
        if let vni = entry.vni { words.append("vni \(vni)") }
        if let vni = entry.sourceVNI { words.append("src_vni \(vni)") }
        if let via = entry.viaIndex { words.append("via \(name(ofIndex: via))") }
        words += flags(entry.flags)
        if let master = entry.masterIndex { words.append("master \(name(ofIndex: master))") }
        if let state = word(for: entry.state) { words.append(state) }
        return words.joined(separator: " ")
    }

    private func flags(_ flags: NeighbourFlags) -> [String] {
        let names: [(NeighbourFlags, String)] = [
            (.own, "self"), (.router, "router"), (.externallyLearned, "extern_learn"), (.offloaded, "offload"),
            (.master, "master"), (.sticky, "sticky"),
        ]
        return names.filter { flags.contains($0.0) }.map(\.1)
    }

    /// The words of `bridge fdb`, which differ from those of `ip neigh`; an entry that was learnt and is fresh has none.
    private func word(for state: NeighbourState) -> String? {
        if state.contains(.permanent) { return "permanent" }
        if state.contains(.noARP) { return "static" }
        if state.contains(.stale) { return "stale" }
        return state.contains(.reachable) ? nil : "state=0x" + String(state.rawValue, radix: 16)
    }
}
