extension Row {
    /// What comes in from the underlay: the VXLAN header and the frame inside.
    static let receiving = [
        Row(
            1, "valid, I=1: deliver, learn",
            [
                Case("", "delivered, learnt 192.168.50.29") { trial in
                    let fate = try trial.fate(of: inner())
                    return
                        "\(fate), learnt \(try trial.entry("02:00:00:00:00:03")?.split(separator: " ").last ?? "nothing")"
                }
            ]),
        Row(
            2, "I=0: drop",
            [
                Case("", "dropped", ours: "dropped no_vni_flag") { try $0.fate(with: inner()) { $0.flags = 0 } }
            ]),
        Row(
            3, "other flag bits",
            reservedCases(
                [0x09, 0x0C, 0x28, 0x88].map { flags in
                    ("\(String(flags, radix: 16))", { $0.flags = flags })
                })),
        Row(
            4, "reserved 24 bits not 0",
            reservedCases([
                ("1st", { $0.reserved = [1, 0, 0] }), ("3rd", { $0.reserved = [0, 0, 0x80] }),
            ])),
        Row(5, "byte after the VNI not 0", reservedCases([("", { $0.lastByte = 1 })])),
        Row(
            6, "unknown VNI: drop, never learn",
            [
                Case("", "dropped, learnt nothing", ours: "dropped unknown_vni, learnt nothing") { trial in
                    let fate = try trial.fate(with: inner()) { $0.vni = 121 }
                    return "\(fate), learnt \(try trial.entry("02:00:00:00:00:03") ?? "nothing")"
                }
            ]),
        Row(
            7, "UDP payload of 0, 1, 7 bytes: drop",
            [0, 1, 7].map { length in
                Case("\(length)", "dropped", ours: "dropped datagram_length") { trial in
                    try trial.fate(trial.outer.payload([UInt8](repeating: 8, count: length)), of: [])
                }
            }),
        Row(
            8, "exactly 8 bytes: drop",
            [
                Case("", "dropped", ours: "dropped frame_length") { try $0.fate(of: []) }
            ]),
        Row(
            9, "inner of 1, 13 bytes: drop",
            [1, 13].map { length in
                Case("\(length)", "dropped", ours: "dropped frame_length") { trial in
                    try trial.fate(of: Array(inner().prefix(length)))
                }
            }),
        Row(
            10, "inner of 14 bytes, unknown EtherType: deliver",
            [
                Case("", "delivered") { try $0.fate(of: Array(inner().prefix(14))) }
            ]),
        Row(
            11, "inner IPv4 header absent or cut short: drop",
            [
                Case("absent", "dropped rx_errors rx_length_errors", ours: "dropped inner_header") { trial in
                    try trial.fate(of: inner(type: 0x0800, []))
                },
                Case("cut", "dropped rx_errors rx_length_errors", ours: "dropped inner_header") { trial in
                    try trial.fate(of: inner(type: 0x0800, Array(IPv4Packet(payload: []).bytes.prefix(19))))
                },
                Case("IPv6 cut", "dropped rx_errors rx_length_errors", ours: "dropped inner_header") { trial in
                    try trial.fate(of: inner(type: 0x86DD, Array(IPv6Packet(payload: []).bytes.prefix(39))))
                },
            ]),
        Row(
            12, "inner 802.3 length and LLC: deliver",
            [
                Case("", "delivered") { try $0.fate(of: inner(type: 46)) }
            ]),
        Row(
            13, "smac multicast, broadcast, zero; learning on: drop",
            badSources.map { source in
                Case(source, "dropped", ours: "dropped invalid_source") { trial in
                    try trial.fate(of: inner(from: source))
                }
            }),
        Row(
            14, "the same, learning off",
            badSources.map { source in
                Case(source, "delivered", ours: "dropped invalid_source", { $0.learning = false }) { trial in
                    try trial.fate(of: inner(from: source))
                }
            }),
        Row(
            15, "smac is the port's own: drop",
            [
                Case("", "dropped", ours: "dropped own_address") { trial in
                    try trial.fate(of: inner(from: trial.subject.mac))
                }
            ]),
        Row(
            16, "dmac broadcast, multicast, zero, = smac: deliver",
            [
                "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:05", "00:00:00:00:00:00", "02:00:00:00:00:03",
            ].map { destination in
                Case(destination, "delivered") { try $0.fate(of: inner(to: destination)) }
            }),
        Row(
            17, "inner VLAN tag",
            [
                Case("passes", "delivered") { try $0.fate(of: tagged(0x8100)) },
                Case("RFC", "discarded", ours: "dropped inner_vlan", { $0.discardsVLAN = true }) {
                    try $0.fate(of: tagged(0x8100))
                }.only(kernel: false),
            ]),
        Row(
            18, "inner QinQ: deliver",
            [
                Case("", "delivered") { try $0.fate(of: tagged(0x88A8)) }
            ]),
    ]

    private static let badSources = ["01:00:5e:00:00:05", "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00"]

    private static func tagged(_ type: UInt16) -> [UInt8] {
        inner(
            type: type,
            bytes(UInt16(5)) + bytes(UInt16(type == 0x88A8 ? 0x8100 : 0x88B5))
                + bytes(UInt16(7)) + bytes(UInt16(0x88B5)) + [UInt8](repeating: 0xAB, count: 46))
    }

    /// Strictly, as the kernel has it by default; and ignored, as the RFC has it.
    private static func reservedCases(
        _ changes: [(name: String, change: @Sendable (inout Outer) -> Void)]
    ) -> [Case] {
        changes.flatMap { name, change in
            [
                Case("\(name) strict", "dropped rx_errors rx_frame_errors", ours: "dropped reserved_bits") {
                    try $0.fate(with: inner(), change)
                },
                Case("\(name) RFC", "delivered", { $0.ignoresReservedBits = true }) {
                    try $0.fate(with: inner(), change)
                },
            ].map { $0.unless(KernelLack.reservedBits) }
        }
    }
}

extension Trial {
    /// The fate of an inner frame in an outer packet with something wrong.
    func fate(with frame: [UInt8], _ change: (inout Outer) -> Void) throws -> String {
        var packet = outer
        change(&packet)
        return try fate(packet.carrying(frame), of: frame)
    }
}
