internal import VTEP

extension TutorialTables {
    /// The IPv4 routes, as `route -n` prints them.
    public var routes: String {
        let title = """
            Kernel IP routing table
            Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
            """
        let rows = allRoutes.filter { $0.destination.address.family == .v4 && $0.type != .broadcast }.map(row)
        return ([title] + rows).joined(separator: "\n")
    }

    private func row(_ route: Route) -> String {
        // With several next hops `route` shows the first.
        let gateway = route.gateway ?? route.nextHops.first?.gateway
        let link = route.linkIndex ?? route.nextHops.first?.linkIndex
        let isRejected = route.flagLetters.hasPrefix("!")
        let columns = [
            "\(route.destination.network)".padded(to: 15),
            (isRejected ? "-" : gateway.map { "\($0)" } ?? "0.0.0.0").padded(to: 15),
            "\(route.destination.netmask)".padded(to: 15),
            route.flagLetters.padded(to: 5),
            String(route.metric ?? 0).padded(to: 6),
            // References and uses: nobody counts them since the kernel has no route cache.
            isRejected ? "-        0" : "0        0",
            isRejected ? "-" : link.map(name(ofIndex:)) ?? "*",
        ]
        return columns.joined(separator: " ")
    }

    /// The IPv6 routes, in the words of `ip -6 route`.
    public var routes6: String {
        allRoutes.filter { $0.destination.address.family == .v6 }.map(line).joined(separator: "\n")
    }

    func line(_ route: Route) -> String {
        var words = route.destination.length == 0 ? ["default"] : ["\(route.destination)"]
        if let gateway = route.gateway { words.append("via \(gateway)") }
        if let link = route.linkIndex { words.append("dev \(name(ofIndex: link))") }
        for hop in route.nextHops {
            if let gateway = hop.gateway { words.append("via \(gateway)") }
            if let link = hop.linkIndex { words.append("dev \(name(ofIndex: link))") }
        }
        words.append("proto \(route.origin) metric \(route.metric ?? 0)")
        return words.joined(separator: " ")
    }
}
