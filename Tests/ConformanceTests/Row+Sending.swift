import TestNetwork

extension Row {
    /// Where frames from the port go.
    static let sending = [
        Row(
            33, "unknown unicast, no default remote: drop, report the miss",
            [
                Case(
                    "", "0 copies, 2 reports", ours: "0 copies, 1 reports",
                    {
                        ($0.withoutRemotes, $0.reportsMisses) = (true, true)
                    }
                ) { trial in
                    let watch = try trial.subject.watch()
                    let copies = try trial.transmit([inner(), inner(), inner(to: "ff:ff:ff:ff:ff:ff")])
                    let reports = try watch.reports().filter {
                        $0.contains("02:00:00:00:00:02") || $0.contains("ff:ff:ff")
                    }
                    return "\(copies.count) copies, \(reports.count) reports"
                }
            ]),
        Row(
            34, "BUM, n default remotes: n copies, same source port and VNI",
            bum.map { name, destination in
                Case(name, "to 29 30 31, ports 1, VNIs 120", { $0.otherRemotes = Array(Underlay.others.prefix(2)) }) {
                    let copies = try $0.transmit([inner(to: destination)])
                    return "to \(copies.remotes), ports \(Set(copies.map(\.sourcePort)).count), VNIs \(copies.vnis)"
                }
            }),
        Row(
            35, "known unicast: one copy, the entry's VNI and port",
            [
                Case("plain", "to 30, VNIs 120, port 4789") { trial in
                    try trial.known(Entry(mac: "02:00:00:00:00:02", remote: Underlay.others[0]))
                },
                Case("overridden", "to 30, VNIs 7000, port 8472") { trial in
                    try trial.known(
                        Entry(mac: "02:00:00:00:00:02", remote: Underlay.others[0], port: 8472, vni: 7000))
                },
            ]),
        Row(
            36, "BUM from the tunnel: never back into it",
            [
                Case("", "0 copies", { $0.otherRemotes = Array(Underlay.others.prefix(2)) }) { trial in
                    try trial.reflected([inner(to: "ff:ff:ff:ff:ff:ff"), inner(to: "01:00:5e:00:00:05"), inner()])
                }
            ]),
        Row(
            43, "inner and headers exceed the underlay's MTU",
            [
                Case("DF unset", "in fragments", ours: "nothing sent", { $0.mtu = 1500 }) { try $0.oversized() },
                Case("DF set", "nothing sent", { ($0.mtu, $0.dontFragment) = (1500, .set) }) { try $0.oversized() },
            ]),
    ]

    private static let bum = [
        ("broadcast", "ff:ff:ff:ff:ff:ff"), ("unknown unicast", "02:00:00:00:00:99"),
        ("multicast", "01:00:5e:00:00:05"),
    ]
}

extension [Sent] {
    /// The last bytes of the destinations.
    fileprivate var remotes: String {
        map { Int($0.destination.last ?? 0) }.sorted().map(String.init).joined(separator: " ")
    }
    fileprivate var vnis: String { Set(map(\.vni)).sorted().map(String.init).joined(separator: " ") }
}

extension Trial {
    fileprivate func known(_ entry: Entry) throws -> String {
        try subject.add(entry)
        let copies = try transmit([inner(to: entry.mac)])
        let ports = Set(copies.map(\.destinationPort)).map(String.init).joined(separator: " ")
        return "to \(copies.remotes), VNIs \(copies.vnis), port \(ports)"
    }

    /// How many packets come back when these come in.
    fileprivate func reflected(_ frames: [[UInt8]]) throws -> String {
        guard try deliver(frames.map(outer.carrying)).count == frames.count else { return "not all delivered" }
        return "\(try transmitAndKeep([]).count) copies"
    }

    fileprivate func oversized() throws -> String {
        let packet = IPv4Packet(payload: [UInt8](repeating: 0x42, count: 1480))
        let sent = try transmit([inner(type: 0x0800, packet.bytes)])
        if sent.isEmpty { return "nothing sent" }
        return sent.allSatisfy(\.isFragment) ? "in fragments" : "whole, \(sent.count)"
    }
}
