import VTEP

extension Difference {
    /// An entry for 192.168.50.7 told to both.
    private static func neighbour(
        _ arguments: String..., ours: @escaping @Sendable (borrowing Host, Neighbour) throws -> Void
    ) -> Difference {
        var difference = Difference("neighbour \(arguments)") { host in
            let entry = try Neighbour(
                address: ip("192.168.50.7"), macAddress: mac("02:00:00:00:00:07"),
                linkIndex: host.link(named: "u0").index)
            try ours(host, entry)
        }
        difference.theirs = arguments.map { "ip neigh \($0) dev u0" }
        return difference
    }

    static let neighbours = [
        neighbour("add 192.168.50.7 lladdr 02:00:00:00:00:07") { try $0.addNeighbour($1) },
        neighbour("add fd50::7 lladdr 02:00:00:00:00:07 router") { host, entry in
            var entry = entry
            entry.address = try ip("fd50::7")
            entry.flags = .router
            try host.addNeighbour(entry)
        },
        neighbour("add 192.168.50.7 lladdr 02:00:00:00:00:07 nud stale extern_learn") { host, entry in
            var entry = entry
            entry.state = .stale
            entry.flags = .externallyLearned
            try host.addNeighbour(entry)
        },
        neighbour("add 192.168.50.7 lladdr 02:00:00:00:00:07 nud noarp protocol bgp") { host, entry in
            var entry = entry
            entry.state = .noARP
            entry.origin = .bgp
            try host.addNeighbour(entry)
        },
        neighbour("add 192.168.50.7 managed extern_learn") { host, entry in
            var entry = entry
            entry.macAddress = nil
            entry.state = []
            entry.flags = [.managed, .externallyLearned]
            try host.addNeighbour(entry)
        },
        neighbour("add proxy 192.168.50.7", "add proxy fd50::7 router protocol static") { host, entry in
            var entry = entry
            entry.macAddress = nil
            entry.state = []
            entry.flags = .proxy
            try host.addNeighbour(entry)
            entry.address = try ip("fd50::7")
            entry.flags = [.proxy, .router]
            entry.origin = .static
            try host.addNeighbour(entry)
        },
        neighbour("add proxy 192.168.50.7", "add proxy 192.168.50.8", "del proxy 192.168.50.7") { host, entry in
            var entry = entry
            entry.macAddress = nil
            entry.state = []
            entry.flags = .proxy
            try host.addNeighbour(entry)
            var other = entry
            other.address = try ip("192.168.50.8")
            try host.addNeighbour(other)
            try host.deleteNeighbour(entry)
        },
        neighbour(
            "add 192.168.50.7 lladdr 02:00:00:00:00:07", "change 192.168.50.7 lladdr 02:00:00:00:00:08 nud stale"
        ) { host, entry in
            try host.addNeighbour(entry)
            var entry = entry
            entry.macAddress = try mac("02:00:00:00:00:08")
            entry.state = .stale
            try host.updateNeighbour(entry)
        },
        neighbour(
            "add 192.168.50.7 lladdr 02:00:00:00:00:07 nud stale", "add 192.168.50.8 lladdr 02:00:00:00:00:08",
            "flush"
        ) { host, entry in
            var stale = entry
            stale.state = .stale
            try host.addNeighbour(stale)
            var other = entry
            other.address = try ip("192.168.50.8")
            other.macAddress = try mac("02:00:00:00:00:08")
            try host.addNeighbour(other)
            try host.flushNeighbours(of: "u0")
        },
        neighbour(
            "add 192.168.50.7 lladdr 02:00:00:00:00:07", "add 192.168.60.8 lladdr 02:00:00:00:00:08",
            "flush to 192.168.50.0/24 nud permanent"
        ) { host, entry in
            try host.addNeighbour(entry)
            var other = entry
            other.address = try ip("192.168.60.8")
            other.macAddress = try mac("02:00:00:00:00:08")
            try host.addNeighbour(other)
            var filter = NeighbourFilter()
            filter.prefix = try prefix("192.168.50.0/24")
            filter.states = .permanent
            try host.flushNeighbours(of: "u0", filter)
        },
        neighbour(
            "add 192.168.50.7 lladdr 02:00:00:00:00:07", "replace 192.168.50.7 lladdr 02:00:00:00:00:08"
        ) { host, entry in
            try host.addNeighbour(entry)
            var entry = entry
            entry.macAddress = try mac("02:00:00:00:00:08")
            try host.replaceNeighbour(entry)
        },
        neighbour(
            "add 192.168.50.7 lladdr 02:00:00:00:00:07", "add 192.168.50.8 lladdr 02:00:00:00:00:08",
            "del 192.168.50.7"
        ) { host, entry in
            try host.addNeighbour(entry)
            var other = entry
            other.address = try ip("192.168.50.8")
            other.macAddress = try mac("02:00:00:00:00:08")
            try host.addNeighbour(other)
            try host.deleteNeighbour(entry)
        },
    ]
}
