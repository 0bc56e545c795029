import TestNetwork

extension Row {
    /// What a VTEP does beside forwarding: proxies, policies, extensions, groups.
    static let services = [
        Row(
            46, "ARP and ND proxy",
            [
                Case("ARP hit", "answered, 0 copies", { $0.proxy = true }) {
                    try $0.resolve(known: true, isIPv6: false)
                },
                Case(
                    "ARP miss", "not answered, 0 copies, reported",
                    {
                        ($0.proxy, $0.reportsMisses) = (true, true)
                    }
                ) { try $0.missedResolution() },
                Case("ND hit", "answered, 0 copies", { $0.proxy = true }) { try $0.resolve(known: true, isIPv6: true) },
            ]),
        Row(
            47, "route short circuit",
            [
                Case("", "to the neighbour", { $0.shortCircuit = true }) { trial in
                    let (router, station) = ("02:00:00:00:00:02", "02:00:00:00:00:07")
                    try trial.subject.addNeighbour("10.16.0.9", station)
                    try trial.subject.add(Entry(mac: router, remote: Underlay.others[0], router: true))
                    try trial.subject.add(Entry(mac: station, remote: Underlay.others[1]))
                    let packet = IPv4Packet(destination: "10.16.0.9", proto: 253, payload: [0])
                    let sent = try trial.one(inner(to: router, type: 0x0800, packet.bytes))
                    let rewritten =
                        Array(sent.inner.prefix(12)) == ConformanceTests.mac(station) + ConformanceTests.mac(router)
                    return rewritten ? "to the neighbour" : "not rewritten"
                }
            ]),
        Row(
            48, "group policy: D means do not learn",
            [
                Case("G, policy 5", "delivered, learnt", { $0.gbp = true }) { try $0.policy(0x00) },
                Case("D", "delivered, learnt", ours: "delivered, not learnt", { $0.gbp = true }) {
                    try $0.policy(0x40)
                },
            ]),
        Row(
            49, "GPE",
            [
                Case("unknown next protocol", "dropped", ours: "dropped next_protocol", { $0.gpe = true }) { trial in
                    try trial.fate(with: inner()) { $0.reserved = [0, 0, 9] }
                },
                Case("with group policy", "refused", { ($0.gbp, $0.gpe) = (true, true) }) { _ in "accepted" },
            ]),
        Row(
            50, "group: joined while up, left on close, no copy back",
            [
                Case("", "joined, 1 copy, 0 back, left", { $0.group = "229.1.1.1" }) { trial in
                    let joined = try trial.isJoined()
                    let copies = try trial.transmit([inner(to: "ff:ff:ff:ff:ff:ff")]).count
                    let back = try trial.deliver([]).count
                    try trial.subject.close()
                    let left = try eventually(within: 2) {
                        try trial.isJoined()
                    } until: {
                        !$0
                    }
                    return
                        "\(joined ? "joined" : "not joined"), \(copies) copy, \(back) back, \(left ? "still in" : "left")"
                }
            ]),
    ]
}

extension Trial {
    fileprivate func policy(_ flags: UInt8) throws -> String {
        let fate = try fate(with: inner()) { ($0.flags, $0.reserved) = (0x88, [flags, 0, 5]) }
        return "\(fate), \(try entry("02:00:00:00:00:03") == nil ? "not learnt" : "learnt")"
    }

    /// Asks through the port who has an address; the answer comes out of the same port.
    fileprivate func resolve(known: Bool, isIPv6: Bool) throws -> String {
        let (address, station) = (isIPv6 ? "fd16::9" : "10.16.0.9", "02:00:00:00:00:09")
        if known {
            try subject.addNeighbour(address, station)
            try subject.add(Entry(mac: station))
        }
        let copies = try transmit([isIPv6 ? solicitation(address) : request(address)])
        let expected = isIPv6 ? advertisement(address, station) : answer(address, station)
        let answered = try answers().contains { $0.starts(with: expected) }
        return "\(answered ? "answered" : "not answered"), \(copies.count) copies"
    }

    fileprivate func missedResolution() throws -> String {
        let watch = try subject.watch()
        let outcome = try resolve(known: false, isIPv6: false)
        let reported = try watch.reports().contains { $0.contains("10.16.0.9") }
        return "\(outcome), \(reported ? "reported" : "not reported")"
    }

    private func request(_ address: String) -> [UInt8] {
        let question: [UInt8] = [0, 1, 8, 0, 6, 4, 0, 1] + ConformanceTests.mac("02:00:00:00:00:03") + ip("10.16.0.3")
        return inner(to: "ff:ff:ff:ff:ff:ff", type: 0x0806, question + [UInt8](repeating: 0, count: 6) + ip(address))
    }

    private func answer(_ address: String, _ station: String) -> [UInt8] {
        let asker = ConformanceTests.mac("02:00:00:00:00:03")
        return asker + ConformanceTests.mac(station) + [8, 6, 0, 1, 8, 0, 6, 4, 0, 2] + ConformanceTests.mac(station)
            + ip(address) + asker + ip("10.16.0.3")
    }

    private func solicitation(_ address: String) -> [UInt8] {
        let (source, group) = ("fd16::3", "ff02::1:ff00:9")
        let option: [UInt8] = [1, 1] + ConformanceTests.mac("02:00:00:00:00:03")
        var message: [UInt8] = [135, 0, 0, 0, 0, 0, 0, 0] + ip(address) + option
        let sum = checksum(ip(source) + ip(group) + bytes(UInt32(message.count)) + bytes(UInt32(58)) + message)
        message.replaceSubrange(2..<4, with: bytes(sum))
        let packet = IPv6Packet(source: source, destination: group, hopLimit: 255, nextHeader: 58, payload: message)
        return inner(to: "33:33:ff:00:00:09", type: 0x86DD, packet.bytes)
    }

    /// As far as the target address: source and destination addresses, and type 136 with the solicited flag.
    private func advertisement(_ address: String, _ station: String) -> [UInt8] {
        ConformanceTests.mac("02:00:00:00:00:03") + ConformanceTests.mac(station) + bytes(UInt16(0x86DD)) + [0x60]
    }
}
