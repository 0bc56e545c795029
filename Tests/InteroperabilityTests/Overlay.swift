import Foundation
import TestNetwork
import VTEP

/// Two sites joined by two VTEPs, perhaps of different make.
final class Overlay {
    let sites: [Site]
    let parties: [any Party]
    static let addresses = [["10.16.0.2", "10.16.0.3"], ["fd16::2", "fd16::3"]]

    init(_ kinds: [Kind], _ wiring: Wiring) throws {
        sites = try wiring.sites()
        // A veth pair hands over checksums that a wire's driver would have completed: those inside are lost on a program
        // in user space, and Open vSwitch refuses the outer ones, too.
        for site in sites { try site.namespace.run("ethtool -K u0 tx off gro on") }
        let sites = sites
        parties = try kinds.enumerated().map { try $1.start(on: sites[$0]) }
        for (site, party) in zip(sites, parties) {
            for (address, prefix) in zip(Overlay.addresses.map { $0[site.number] }, [24, 64]) {
                try site.namespace.host().addAddress(IPPrefix(parsing: "\(address)/\(prefix)"), to: party.link)
            }
            try site.namespace.run("ip link set \(party.link) mtu \(site.mtu) up")
        }
        for site in sites { try settle(site) }
    }

    /// An IPv6 address that is tentative sends nothing.
    private func settle(_ site: Site) throws {
        let host = try site.namespace.host()
        _ = try eventually {
            try host.addresses().contains { $0.flags.contains(.tentative) }
        } until: {
            !$0
        }
    }

    var report: String { parties.map(\.report).joined(separator: "\n") }

    /// Nil if all answers came, else what ping said.
    func ping(from side: Int, family: Int, arguments: [String] = []) throws -> String? {
        let target = Overlay.addresses[family][1 - side]
        let command = ["ping", "-n", "-c", "3", "-i", "0.05", "-w", "10"] + arguments + [target]
        let outcome = try sites[side].namespace.outcome(of: command)
        return outcome.status == 0 ? nil : outcome.text + outcome.errors
    }

    /// Sends bytes through one TCP connection and hands back what arrived.
    func transfer(_ data: Data, to side: Int, family: Int) throws -> Data {
        let namespaces = sites.map(\.namespace)
        let address = Overlay.addresses[family][side]
        let results = ThisProcess.onNewThreads(2) { number in
            Result {
                if number == 0 {
                    return try Tool(["python3", "-c", sink, address], in: namespaces[side]).finish(timeout: 15).output
                }
                try awaitListener(":1389", in: namespaces[side])
                let client = try Tool(["busybox", "nc", address, "5001"], in: namespaces[1 - side])
                return client.finish(input: data, timeout: 15).output
            }
        }
        return try results[0].get()
    }

    /// Datagrams of that length, at a moderate rate, and how many of how many were lost.
    func datagrams(to side: Int, family: Int, length: Int) throws -> (sent: Int, lost: Int) {
        let address = Overlay.addresses[family][side]
        let server = try Tool(["iperf3", "-s", "-1", "-B", address], in: sites[side].namespace)
        try awaitListener(":1451", in: sites[side].namespace)
        let command = "iperf3 -u -c \(address) -l \(length) -b 5M -k 400 -J"
        let report = try JSON(parsing: sites[1 - side].namespace.run(command))
        _ = server.finish(timeout: 5)
        let sum = report["end", "sum"]
        return (Int(sum?["packets"]?.word ?? "") ?? 0, Int(sum?["lost_packets"]?.word ?? "") ?? -1)
    }
}

/// Prints what comes through the first connection. busybox's nc would hang up as soon as its own input ends.
private let sink = """
    import socket, sys
    address = (sys.argv[1], 5001)
    server = socket.create_server(address, family=socket.AF_INET6 if ":" in address[0] else socket.AF_INET)
    connection, _ = server.accept()
    while data := connection.recv(1 << 16):
        sys.stdout.buffer.write(data)
    """

/// Until somebody listens on a TCP port, in hexadecimal.
private func awaitListener(_ port: String, in namespace: TestNamespace) throws {
    let listens = try eventually {
        // State 0A: a connection that ended a moment ago has the port, too.
        try namespace.run("cat /proc/net/tcp /proc/net/tcp6").split(separator: "\n").contains { line in
            let columns = line.split(separator: " ")
            return columns.count > 3 && columns[1].hasSuffix(port) && columns[3] == "0A"
        }
    } until: {
        $0
    }
    if !listens { throw Failure("nobody listens on port \(port)") }
}
