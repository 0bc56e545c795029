import Glibc
import VTEP

/// One pass over a table of the kernel's: prints the microseconds it took, and how many of them it spent outside the
/// kernel. The same work as ../../tables.c.
@main
struct Tables {
    static let (fdbWritten, fdbRead, devices, routes, links) = (20_000, 100_000, 16, 50_000, 1000)

    static func main() throws {
        let host = try Host()
        let timing: Timing
        switch CommandLine.arguments.dropFirst().first {
        case "fdb-append": timing = try writeFDB(host, 0, fdbWritten)
        case "fdb-dump": timing = try readFDB(host, devices: 1)
        case "fdb-dump-16": timing = try readFDB(host, devices: devices)
        case "route-add": timing = try writeRoutes(host)
        case "route-dump": timing = try readRoutes(host)
        case "link-list": timing = try readLinks(host)
        default: exit(64)
        }
        print(timing.taken, timing.user)
    }

    static func writeFDB(_ host: borrowing Host, _ number: Int, _ count: Int) throws -> Timing {
        let vni = try VNI(UInt32(120 + number))
        let link = try host.createVXLAN(VXLANConfiguration(name: "vxlan\(number)", vni: vni)).index
        try host.setLink("vxlan\(number)", up: true)
        let changes = (0..<count).map { i in
            let mac = MACAddress(2, 0, 0, UInt8(i >> 16), UInt8(i >> 8 & 0xFF), UInt8(i & 0xFF))
            let remote = IPv4Address(rawValue: 0x0A00_0001 + UInt32(i % 100))
            return Change.writeFDB(FDBEntry(macAddress: mac, destination: .v4(remote), linkIndex: link), .append)
        }
        let start = Timing.now
        guard try host.apply(changes).isEmpty else { exit(1) }
        return start.since
    }

    static func readFDB(_ host: borrowing Host, devices: Int) throws -> Timing {
        for number in 0..<devices { _ = try writeFDB(host, number, fdbRead / devices) }
        let start = Timing.now
        let entries = try host.fdb(of: devices == 1 ? "vxlan0" : nil)
        guard entries.count >= fdbRead else { exit(1) }
        return start.since
    }

    static func writeRoutes(_ host: borrowing Host) throws -> Timing {
        try host.setLink("lo", up: true)
        let link = try host.link(named: "lo").index
        let changes = try (0..<routes).map { i in
            let address = IPAddress.v4(IPv4Address(rawValue: 0x0A00_0000 + UInt32(i)))
            return Change.writeRoute(Route(to: try IPPrefix(address: address, length: 32), linkIndex: link), .add)
        }
        let start = Timing.now
        guard try host.apply(changes).isEmpty else { exit(1) }
        return start.since
    }

    static func readRoutes(_ host: borrowing Host) throws -> Timing {
        _ = try writeRoutes(host)
        let start = Timing.now
        let read = try host.routes(family: .v4, table: .main)
        guard read.count >= routes else { exit(1) }
        return start.since
    }

    static func readLinks(_ host: borrowing Host) throws -> Timing {
        for i in 0..<links / 4 {
            try host.createVXLAN(VXLANConfiguration(name: "vxlan\(i)", vni: VNI(UInt32(120 + i))))
            try host.setLink("vxlan\(i)", up: true)
            try host.createBridge(BridgeConfiguration(name: "br\(i)"))
            try host.createVeth(VethConfiguration(name: "veth\(i)", peerName: "peer\(i)"))
        }
        let start = Timing.now
        let read = try host.links()
        guard read.count >= links else { exit(1) }
        return start.since
    }
}

/// Microseconds.
struct Timing {
    var taken: Double
    var user: Double

    static var now: Timing {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Timing(
            taken: Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3,
            user: Double(usage.ru_utime.tv_sec) * 1e6 + Double(usage.ru_utime.tv_usec))
    }

    var since: Timing {
        let now = Timing.now
        return Timing(taken: now.taken - taken, user: now.user - user)
    }
}
