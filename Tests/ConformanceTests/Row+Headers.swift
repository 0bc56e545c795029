extension Row {
    /// The outer headers of what is sent.
    static let headers = [
        Row(
            37, "VXLAN header: 08 00 00 00, VNI, 00",
            [
                Case("", "8 0 0 0 ab cd ef 0", { $0.vni = 0xABCDEF }) { trial in
                    try trial.one(inner()).header.map { String($0, radix: 16) }.joined(separator: " ")
                }
            ]),
        Row(
            38, "source port: stable per flow, spread, in range",
            [
                Case("default", "stable, spread, within 32768...60999", ours: "stable, spread, within 49152...65535") {
                    try $0.sourcePorts(within: $0.subject.isOurs ? 49152...65535 : 32768...60999)
                },
                Case("40000...40015", "stable, spread, within 40000...40015", { $0.sourcePorts = 40000...40015 }) {
                    try $0.sourcePorts(within: 40000...40015)
                },
            ]),
        Row(
            39, "TTL",
            [
                Case("default", "64") { "\(try $0.one(withTTL: 17).ttl)" },
                Case("fixed", "9", { $0.ttl = .fixed(9) }) { "\(try $0.one(withTTL: 17).ttl)" },
                Case("inherited", "17", { $0.ttl = .inherit }) { "\(try $0.one(withTTL: 17).ttl)" },
                Case("group", "1", { $0.group = "229.1.1.1" }) { "\(try $0.one(inner(to: "ff:ff:ff:ff:ff:ff")).ttl)" },
            ]),
        Row(
            40, "TOS inherited",
            [
                Case("0xba", "ba", { $0.tos = .inherit }) { String(try $0.one(withTOS: 0xBA).tos, radix: 16) },
                Case("inner CE", "ECN 2", { $0.tos = .inherit }) { "ECN \(try $0.one(withTOS: 0xBB).tos & 3)" },
                Case("IPv6", "ba", { $0.tos = .inherit }) { trial in
                    let packet = IPv6Packet(trafficClass: 0xBA, nextHeader: 59, payload: [0])
                    return String(try trial.one(inner(type: 0x86DD, packet.bytes)).tos, radix: 16)
                },
            ]),
        Row(
            41, "TOS 0x20 and inner ECT(0), CE",
            [2, 3].map { ecn in
                Case(ecn == 2 ? "ECT(0)" : "CE", "22", { $0.tos = .fixed(0x20) }) {
                    String(try $0.one(withTOS: ecn).tos, radix: 16)
                }
            }),
        Row(
            42, "DF unset, set, inherited",
            [
                Case("unset", "inner DF: false", { $0.dontFragment = .unset }) {
                    "inner DF: \(try $0.df(inner: true))"
                },
                Case("set", "no inner DF: true", { $0.dontFragment = .set }) {
                    "no inner DF: \(try $0.df(inner: false))"
                },
                Case("inherited", "inner DF: true, without: false", { $0.dontFragment = .inherit }) {
                    "inner DF: \(try $0.df(inner: true)), without: \(try $0.df(inner: false))"
                },
                Case("inherited, IPv6", "true", { $0.dontFragment = .inherit }) { trial in
                    "\(try trial.one(inner(type: 0x86DD, IPv6Packet(nextHeader: 59, payload: [0]).bytes)).dontFragment)"
                },
            ]),
        Row(
            45, "inner is no IP, TOS inherited: 0",
            [
                Case("", "0", { $0.tos = .inherit }) { trial in
                    // A parser that takes it for IPv4 would find TOS 0xba.
                    "\(try trial.one(inner(type: 0x88B5, [0x45, 0xBA] + [UInt8](repeating: 0xAB, count: 44))).tos)"
                }
            ]),
    ]
}

extension Trial {
    /// The one packet that a frame becomes.
    func one(_ frame: [UInt8]) throws -> Sent {
        let sent = try transmit([frame])
        guard sent.count == 1 else { throw NotOne(count: sent.count) }
        return sent[0]
    }

    struct NotOne: Error, CustomStringConvertible {
        let count: Int
        var description: String { "\(count) packets instead of one" }
    }

    fileprivate func one(withTTL ttl: UInt8) throws -> Sent {
        try one(inner(type: 0x0800, IPv4Packet(ttl: ttl, proto: 253, payload: [0]).bytes))
    }

    fileprivate func one(withTOS tos: UInt8) throws -> Sent {
        try one(inner(type: 0x0800, IPv4Packet(tos: tos, proto: 253, payload: [0]).bytes))
    }

    fileprivate func df(inner isSet: Bool) throws -> Bool {
        let packet = IPv4Packet(fragment: isSet ? 0x4000 : 0, proto: 253, payload: [0])
        return try one(inner(type: 0x0800, packet.bytes)).dontFragment
    }

    fileprivate func sourcePorts(within range: ClosedRange<UInt16>) throws -> String {
        func frame(_ flow: UInt16) -> [UInt8] {
            let datagram = udp("10.16.0.3", "10.16.0.2", from: 1000 + flow, to: 2000, [1, 2, 3])
            return inner(type: 0x0800, IPv4Packet(payload: datagram).bytes)
        }
        let flows = (0..<64).map { frame(UInt16($0)) }
        let (first, second) = (try transmit(flows).ports, try transmit(flows).ports)
        let stable = first == second && first.count == 64
        let ports = Set(first.values)
        let within = ports.allSatisfy(range.contains)
        return "\(stable ? "stable" : "changing"), \(ports.count > 4 ? "spread" : "\(ports.count) only"),"
            + " \(within ? "within" : "not all within") \(range)"
    }
}

extension [Sent] {
    /// By inner frame.
    fileprivate var ports: [[UInt8]: UInt16] { Dictionary(map { ($0.inner, $0.sourcePort) }) { first, _ in first } }
}
