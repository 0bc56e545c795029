extension Row {
    /// What comes in from the underlay: UDP, IP, ECN.
    static let underneath = [
        Row(
            19, "IPv4 checksum 0: accept",
            [
                Case("", "delivered") { try $0.fate(with: inner()) { $0.checksum = .zero } }
            ]),
        Row(
            20, "right checksum: accept",
            [
                Case("IPv4", "delivered") { try $0.fate(of: inner()) },
                Case("IPv6", "delivered", { $0.isIPv6 = true }) { try $0.fate(of: inner()) },
            ]),
        Row(
            21, "wrong checksum, not 0: drop",
            [
                Case("IPv4", "dropped") { try $0.fate(with: inner()) { $0.checksum = .wrong } },
                Case("IPv6", "dropped", { $0.isIPv6 = true }) { try $0.fate(with: inner()) { $0.checksum = .wrong } },
            ]),
        Row(
            22, "IPv6 checksum 0",
            [
                Case("default", "dropped", { $0.isIPv6 = true }) { try $0.fate(with: inner()) { $0.checksum = .zero } },
                Case("RFC 6936", "delivered", { ($0.isIPv6, $0.acceptsZeroChecksum6) = (true, true) }) {
                    try $0.fate(with: inner()) { $0.checksum = .zero }
                },
            ]),
        Row(
            23, "source port 0 or 53: accept",
            [0, 53].map { port in
                Case("\(port)", "delivered") { try $0.fate(with: inner()) { $0.sourcePort = port } }
            }),
        Row(
            24, "another destination port: not ours",
            [
                Case("", "dropped") { try $0.fate(with: inner()) { $0.destinationPort = 4790 } }
            ]),
        Row(
            25, "ECN outer CE, inner Not-ECT: drop",
            [
                Case("", "dropped rx_errors rx_frame_errors", ours: "dropped ecn") { try $0.ecn(outer: 3, inner: 0) }
            ]),
        Row(
            26, "ECN outer CE, inner ECT: CE",
            [1, 2].map { inner in
                Case("ECT(\(inner == 2 ? 0 : 1))", "inner 3") { try $0.ecn(outer: 3, inner: inner) }
            }),
        Row(
            27, "ECN outer ECT(1), inner ECT(0): ECT(1)",
            [
                Case("", "inner 1") { try $0.ecn(outer: 1, inner: 2) }
            ]),
        Row(
            28, "ECN otherwise: inner unchanged",
            [
                Case("12 pairs, IPv4 and IPv6", "all unchanged") { trial in
                    var changed: [String] = []
                    for outer in UInt8(0)...3 {
                        for inner in UInt8(0)...3 where !(outer == 3 && inner < 3) && !(outer == 1 && inner == 2) {
                            for isIPv6 in [false, true] {
                                let result = try trial.ecn(outer: outer, inner: inner, isIPv6: isIPv6)
                                if result != "inner \(inner)" { changed.append("\(outer) on \(inner): \(result)") }
                            }
                        }
                    }
                    return changed.isEmpty ? "all unchanged" : changed.joined(separator: "; ")
                }
            ]),
        Row(
            44, "arriving fragments: reassembled",
            [
                Case("", "delivered") { trial in
                    let frame = inner([UInt8](repeating: 0xCD, count: 700))
                    return try trial.deliver(trial.outer.fragments(frame)) == [frame] ? "delivered" : "dropped"
                }
            ]),
    ]
}

extension Trial {
    /// What becomes of the inner ECN field. All else must stay, the header checksum excepted, which must be right.
    func ecn(outer: UInt8, inner marking: UInt8, isIPv6: Bool = false) throws -> String {
        var packet = self.outer
        packet.tos = outer
        let payload = [UInt8](repeating: 0x77, count: 30)
        func frame(_ marking: UInt8) -> [UInt8] {
            isIPv6
                ? inner(type: 0x86DD, IPv6Packet(trafficClass: 0xB8 | marking, nextHeader: 59, payload: payload).bytes)
                : inner(type: 0x0800, IPv4Packet(tos: 0xB8 | marking, proto: 253, payload: payload).bytes)
        }
        let fate = try fate(packet.carrying(frame(marking)), of: frame(marking))
        if fate.hasPrefix("dropped") { return fate }
        if fate == "delivered" { return "inner \(marking)" }
        let came = try deliver([packet.carrying(frame(marking))])
        for result in UInt8(0)...3 where came == [frame(result)] { return "inner \(result)" }
        return "something else altered"
    }
}
