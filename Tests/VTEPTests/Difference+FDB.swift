import VTEP

/// FDB entries.
extension Difference {
    /// Commands of `bridge fdb` for a VXLAN device that both have already.
    private static func fdb(
        _ commands: String..., ours: @escaping @Sendable (borrowing Host, UInt32) throws -> Void
    ) -> Difference {
        var difference = Difference("fdb \(commands)") { host in
            var vxlan = try VXLANConfiguration(name: "vxlan0", vni: VNI(120), device: "u0")
            vxlan.macAddress = try mac("02:00:00:00:01:20")
            try ours(host, host.createVXLAN(vxlan).index)
        }
        difference.theirs =
            ["ip link add vxlan0 address 02:00:00:00:01:20 type vxlan id 120 dstport 4789 dev u0"]
            + commands.map { "bridge fdb \($0)" }
        return difference
    }

    static let fdb =
        [
            fdb(
                "append 00:00:00:00:00:00 dev vxlan0 dst 192.168.50.29",
                "append 00:00:00:00:00:00 dev vxlan0 dst 192.168.50.30",
                "append 00:00:00:00:00:00 dev vxlan0 dst 192.168.50.31",
                "del 00:00:00:00:00:00 dev vxlan0 dst 192.168.50.30"
            ) { host, _ in
                for remote in ["192.168.50.29", "192.168.50.30", "192.168.50.31"] {
                    try host.appendRemote(ip(remote), to: "vxlan0")
                }
                try host.deleteRemote(ip("192.168.50.30"), from: "vxlan0")
            },
            fdb("add 02:00:00:00:00:01 dev vxlan0 dst 192.168.50.29 vni 500 port 9999 via u0") { host, index in
                var entry = try FDBEntry(
                    macAddress: mac("02:00:00:00:00:01"), destination: ip("192.168.50.29"), linkIndex: index)
                entry.vni = try VNI(500)
                entry.port = 9999
                entry.viaIndex = try host.link(named: "u0").index
                try host.addFDB(entry)
            },
            fdb(
                "add 02:00:00:00:00:01 dev vxlan0 dst 192.168.50.29",
                "replace 02:00:00:00:00:01 dev vxlan0 dst 192.168.50.30"
            ) { host, index in
                for remote in ["192.168.50.29", "192.168.50.30"] {
                    try host.replaceFDB(
                        FDBEntry(macAddress: mac("02:00:00:00:00:01"), destination: ip(remote), linkIndex: index))
                }
            },
            fdb("add 02:00:00:00:00:01 dev vxlan0 dst 192.168.50.29 self static") { host, index in
                try host.addFDB(
                    FDBEntry(
                        macAddress: mac("02:00:00:00:00:01"), destination: ip("192.168.50.29"), linkIndex: index,
                        state: [.noARP, .reachable]))
            },
            fdb(
                "add 02:00:00:00:00:01 dev vxlan0 dst 192.168.50.29",
                "add 02:00:00:00:00:02 dev vxlan0 dst 192.168.50.29",
                "del 02:00:00:00:00:01 dev vxlan0"
            ) { host, index in
                let first = try FDBEntry(
                    macAddress: mac("02:00:00:00:00:01"), destination: ip("192.168.50.29"), linkIndex: index)
                var second = first
                second.macAddress = try mac("02:00:00:00:00:02")
                try host.addFDB(first)
                try host.addFDB(second)
                try host.deleteFDB(FDBEntry(macAddress: first.macAddress, linkIndex: index))
            },
            fdb(
                "add 02:00:00:00:00:01 dev vxlan0 dst 192.168.50.29",
                "append 00:00:00:00:00:00 dev vxlan0 dst 192.168.50.29",
                "append 00:00:00:00:00:00 dev vxlan0 dst 192.168.50.30", "flush dev vxlan0 self permanent"
            ) { host, index in
                try host.addFDB(
                    FDBEntry(
                        macAddress: mac("02:00:00:00:00:01"), destination: ip("192.168.50.29"), linkIndex: index))
                for remote in ["192.168.50.29", "192.168.50.30"] { try host.appendRemote(ip(remote), to: "vxlan0") }
                var filter = FDBFilter()
                filter.state = .permanent
                filter.stateMask = .permanent
                try host.flushFDB(of: "vxlan0", filter)
            },
            fdb("add 02:00:00:00:00:01 dev vxlan0 dst 192.168.50.29 self extern_learn router") { host, index in
                try host.addFDB(
                    FDBEntry(
                        macAddress: mac("02:00:00:00:00:01"), destination: ip("192.168.50.29"), linkIndex: index,
                        flags: [.own, .externallyLearned, .router]))
            },
            fdb("add 02:00:00:00:00:01 dev vxlan0 dst 192.168.50.29 self dynamic") { host, index in
                try host.addFDB(
                    FDBEntry(
                        macAddress: mac("02:00:00:00:00:01"), destination: ip("192.168.50.29"), linkIndex: index,
                        state: .reachable))
            },
        ] + [v6Remotes] + bridgeEntries

    private static let v6Remotes = Difference(
        "fdb v6 remotes",
        "ip link add vxlan0 address 02:00:00:00:01:20 type vxlan id 120 dstport 4789 remote fd50::29 dev u0",
        "bridge fdb append 00:00:00:00:00:00 dev vxlan0 dst fd50::30"
    ) {
        var vxlan = try VXLANConfiguration(
            name: "vxlan0", vni: VNI(120), destination: .remote(ip("fd50::29")), device: "u0")
        vxlan.macAddress = try mac("02:00:00:00:01:20")
        try $0.createVXLAN(vxlan)
        try $0.appendRemote(ip("fd50::30"), to: "vxlan0")
    }

    /// Commands of `bridge fdb` for a bridge `br0` that has the port `vxlan0`, which learns nothing: nobody
    /// sends to it.
    private static func bridge(
        _ commands: String..., ours: @escaping @Sendable (borrowing Host, FDBEntry) throws -> Void
    ) -> Difference {
        var difference = Difference("bridge's fdb \(commands)") { host in
            var bridge = BridgeConfiguration(name: "br0")
            bridge.macAddress = try mac("02:00:00:00:00:0b")
            try host.createBridge(bridge)
            try host.setLink("br0", up: true)
            var vxlan = try VXLANConfiguration(name: "vxlan0", vni: VNI(120), device: "u0")
            vxlan.macAddress = try mac("02:00:00:00:01:20")
            vxlan.master = "br0"
            vxlan.up = true
            let entry = try FDBEntry(
                macAddress: mac("02:00:00:00:00:02"), linkIndex: host.createVXLAN(vxlan).index, state: .noARP,
                flags: .master)
            try ours(host, entry)
        }
        difference.theirs =
            [
                "ip link add br0 address 02:00:00:00:00:0b type bridge", "ip link set br0 up",
                "ip link add vxlan0 address 02:00:00:00:01:20 type vxlan id 120 dstport 4789 dev u0",
                "ip link set vxlan0 master br0", "ip link set vxlan0 up",
            ]
            + commands.map { "bridge fdb \($0)" }
        return difference
    }

    private static let bridgeEntries = [
        bridge("add 02:00:00:00:00:02 dev vxlan0 master static") { try $0.addFDB($1) },
        bridge("add 02:00:00:00:00:02 dev vxlan0 master static sticky") { host, entry in
            var entry = entry
            entry.flags.insert(.sticky)
            try host.addFDB(entry)
        },
        bridge("add 02:00:00:00:00:02 dev vxlan0 master dynamic extern_learn") { host, entry in
            var entry = entry
            entry.flags.insert(.externallyLearned)
            entry.state = .reachable
            try host.addFDB(entry)
        },
        bridge("add 02:00:00:00:00:02 dev br0 self local") { host, entry in
            try host.addFDB(
                FDBEntry(macAddress: entry.macAddress, linkIndex: host.link(named: "br0").index))
        },
        bridge(
            "add 02:00:00:00:00:02 dev vxlan0 master static", "add 02:00:00:00:00:03 dev vxlan0 master dynamic",
            "flush dev br0 brport vxlan0 nopermanent"
        ) { host, entry in
            try host.addFDB(entry)
            var other = entry
            other.macAddress = try mac("02:00:00:00:00:03")
            other.state = .reachable
            try host.addFDB(other)
            var filter = FDBFilter()
            filter.portIndex = entry.linkIndex
            filter.stateMask = .permanent
            try host.flushFDB(of: "br0", filter)
        },
        bridge(
            "add 02:00:00:00:00:02 dev vxlan0 master static", "add 02:00:00:00:00:03 dev vxlan0 master dynamic",
            "flush dev vxlan0 master nopermanent nostatic"
        ) { host, entry in
            try host.addFDB(entry)
            var other = entry
            other.macAddress = try mac("02:00:00:00:00:03")
            other.state = .reachable
            try host.addFDB(other)
            try host.flushFDB(of: "vxlan0", .dynamic(table: .master))
        },
        bridge(
            "add 02:00:00:00:00:02 dev vxlan0 master static sticky", "add 02:00:00:00:00:03 dev vxlan0 master static",
            "flush dev vxlan0 master sticky"
        ) { host, entry in
            var sticky = entry
            sticky.flags.insert(.sticky)
            try host.addFDB(sticky)
            var other = entry
            other.macAddress = try mac("02:00:00:00:00:03")
            try host.addFDB(other)
            var filter = FDBFilter(table: .master)
            filter.flags = .sticky
            filter.flagsMask = .sticky
            try host.flushFDB(of: "vxlan0", filter)
        },
    ]
}
