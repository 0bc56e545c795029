import TestNetwork
import VTEP

/// Linux's VXLAN device, made with iproute2.
final class KernelSubject: Subject {
    let isOurs = false
    let link = "vxlan0"
    let mac: String
    private let host: TestNamespace

    init(_ settings: Settings, on underlay: Underlay) throws {
        host = underlay.host
        var words = ["ip link add vxlan0 address 02:50:00:00:00:0a"]
        if let mtu = settings.mtu { words.append("mtu \(mtu)") }
        // The kernel's GPE has packets of any protocol in it, and no VNI of its own.
        words.append("type vxlan dstport 4789 " + (settings.gpe ? "external gpe" : "id \(settings.vni)"))
        if settings.mtu == nil { words.append("dev u0") }
        words.append("local \(settings.isIPv6 ? Underlay.vtep6 : Underlay.vtep)")
        if let group = settings.group {
            words.append("group \(group)")
        } else if !settings.withoutRemotes && !settings.gpe {
            words.append("remote \(settings.isIPv6 ? Underlay.peer6 : Underlay.peer)")
        }
        if !settings.learning { words.append("nolearning") }
        if let ageing = settings.ageing { words.append("ageing \(ageing)") }
        if let limit = settings.limit { words.append("maxaddress \(limit)") }
        switch settings.ttl {
        case .fixed(let ttl): words.append("ttl \(ttl)")
        case .inherit: words.append("ttl inherit")
        case nil: break
        }
        switch settings.tos {
        case .fixed(let tos): words.append("tos 0x" + String(tos, radix: 16))
        case .inherit: words.append("tos inherit")
        case nil: break
        }
        if let choice = settings.dontFragment { words.append("df \(choice.rawValue)") }
        if let ports = settings.sourcePorts { words.append("srcport \(ports.lowerBound) \(ports.upperBound)") }
        if settings.acceptsZeroChecksum6 { words.append("udp6zerocsumrx") }
        if settings.zeroChecksum { words.append("noudpcsum") }
        if settings.reportsMisses { words.append("l2miss l3miss") }
        if settings.proxy { words.append("proxy") }
        if settings.shortCircuit { words.append("rsc") }
        if settings.gbp { words.append("gbp") }
        mac = "02:50:00:00:00:0a"
        if settings.ignoresReservedBits {
            // Debian 12's ip does not know of it.
            try makeIgnoringReservedBits(settings)
        } else {
            try host.run(words.joined(separator: " "))
        }
        do {
            for remote in settings.otherRemotes {
                try host.run("bridge fdb append 00:00:00:00:00:00 dev vxlan0 dst \(remote)")
            }
            try host.run("ip link set vxlan0 addrgenmode none up")
        } catch {
            try close()
            throw error
        }
    }

    private func makeIgnoringReservedBits(_ settings: Settings) throws {
        var vxlan = try VXLANConfiguration(
            name: link, vni: VNI(settings.vni), destination: .remote(IPAddress(parsing: Underlay.peer)), device: "u0")
        vxlan.local = try IPAddress(parsing: Underlay.vtep)
        vxlan.macAddress = try MACAddress(parsing: mac)
        vxlan.options.reservedBits = 0
        try host.host().createVXLAN(vxlan)
    }

    func add(_ entry: Entry) throws {
        var words = ["bridge fdb add \(entry.mac) dev vxlan0 dst \(entry.remote)"]
        if let port = entry.port { words.append("port \(port)") }
        if let vni = entry.vni { words.append("vni \(vni)") }
        words.append("static")
        if entry.router { words.append("router") }
        try host.run(words.joined(separator: " "))
    }

    func addNeighbour(_ address: String, _ mac: String) throws {
        try host.run("ip neighbour replace \(address) lladdr \(mac) nud permanent dev vxlan0")
    }

    func entries() throws -> [String] {
        try host.json("bridge -d -j fdb show dev vxlan0").elements.compactMap { entry in
            guard let mac = entry["mac"]?.word, let remote = entry["dst"]?.word, mac != "00:00:00:00:00:00" else {
                return nil
            }
            return "\(mac) \(remote)" + (entry["state"]?.word == "static" ? " static" : "")
        }
    }

    func drops() throws -> [String: UInt64] {
        guard let counters = try host.json("ip -s -s -j link show vxlan0").elements.first?["stats64"] else {
            return [:]
        }
        let names = [("rx", "errors"), ("rx", "dropped"), ("rx", "length_errors"), ("rx", "frame_errors")]
        var drops: [String: UInt64] = [:]
        for (side, name) in names + [("tx", "errors"), ("tx", "dropped"), ("tx", "carrier_errors")] {
            if let value = counters[side, name]?.word, let value = UInt64(value) { drops["\(side)_\(name)"] = value }
        }
        return drops
    }

    func watch() throws -> any Watch { try KernelWatch(host) }

    func close() throws {
        _ = try host.outcome(of: ["ip", "link", "delete", "vxlan0"])
    }
}

/// `ip monitor`, whose first line shows that it listens.
private final class KernelWatch: Watch {
    private let monitor: Tool
    private let host: TestNamespace

    init(_ host: TestNamespace) throws {
        self.host = host
        monitor = try Tool(["bridge", "monitor", "fdb"], in: host)
        neighbours = try Tool(["ip", "monitor", "neigh"], in: host)
        for tool in [monitor, neighbours] { try eventuallyListens(tool) }
    }
    private let neighbours: Tool

    /// A program that listens has bound a netlink socket to a group.
    private func eventuallyListens(_ tool: Tool) throws {
        let listens = try eventually { () throws -> Bool in
            try host.run("cat /proc/net/netlink").split(separator: "\n").contains { line in
                let columns = line.split(separator: " ")
                return columns.count > 3 && columns[2] == "\(tool.id)" && columns[3] != "00000000"
            }
        } until: {
            $0
        }
        if !listens { throw Failure("the monitor does not listen") }
    }

    func reports() throws -> [String] {
        // They never end by themselves. Long enough for a busy machine to run them once more.
        let moved = monitor.finish(timeout: 2).text.split(separator: "\n").map { "fdb: \($0)" }
        let missing = neighbours.finish(timeout: 0.5).text.split(separator: "\n").map { "neighbour: \($0)" }
        return moved + missing
    }
}
