import TestNetwork

/// One VTEP under test with both its sides in hand: what comes out of one when packets go in at the other. Behind them
/// goes a marked frame that always passes, and once that has come out whatever has not come is taken for dropped.
final class Trial {
    let subject: any Subject
    let settings: Settings
    private let underlay: Underlay
    private let port: Frames
    private var wire: Frames { underlay.wire }
    private var mark: UInt32 = 0

    init(_ settings: Settings, _ subject: any Subject, on underlay: Underlay) throws {
        (self.settings, self.subject) = (settings, subject)
        self.underlay = underlay
        port = try underlay.host.frames(on: subject.link)
        if !settings.gpe { try subject.add(Entry(mac: Trial.markMAC, remote: outer.source)) }
        try wire.discard()
    }

    /// What the peer of this VTEP sends it, if nothing is wrong.
    var outer: Outer {
        var outer = Outer(vni: settings.vni)
        if settings.isIPv6 { outer.source = Underlay.peer6 }
        if settings.gpe { (outer.flags, outer.reserved) = (0x0C, [0, 0, 3]) }  // next protocol: Ethernet
        return outer
    }

    private static let markMAC = "02:5e:5e:5e:5e:5e"

    private func nextMark() -> [UInt8] {
        mark += 1
        return ethernet("02:5e:00:00:00:01", Trial.markMAC, 0x88B6, bytes(mark) + [UInt8](repeating: 0x5E, count: 42))
    }

    /// The frames that come out of the port when these packets come in from the underlay.
    func deliver(_ packets: [[UInt8]]) throws -> [[UInt8]] {
        let last = nextMark()
        try port.discard()
        for packet in packets { try wire.send(packet) }
        try wire.send(outer.carrying(last))
        return try collect(from: port) {
            $0.outgoing || $0.bytes.isEmpty ? nil : $0.bytes
        } isMark: {
            $0 == last
        }
    }

    /// The packets on the underlay when the host sends these frames into the port.
    func transmit(_ frames: [[UInt8]]) throws -> [Sent] {
        try wire.discard()
        return try transmitAndKeep(frames)
    }

    /// The same, and what had been put there before.
    func transmitAndKeep(_ frames: [[UInt8]]) throws -> [Sent] {
        var last = nextMark()
        last.replaceSubrange(0..<12, with: ConformanceTests.mac(Trial.markMAC) + ConformanceTests.mac(Trial.markMAC))
        for frame in frames { try port.send(frame) }
        try port.send(last)
        let own = ConformanceTests.mac(subject.mac)
        return try collect(from: wire) { frame in
            // What the host itself has to say, such as router solicitations, is not of the test.
            guard !frame.outgoing, let sent = Sent(frame.bytes) else { return nil }
            return !sent.isFragment && sent.datagram.count >= 28 && Array(sent.inner[6..<12]) == own ? nil : sent
        } isMark: {
            !$0.isFragment && $0.datagram.count >= 16 && $0.inner == last
        }
    }

    /// What came out of the port beside.
    func answers() throws -> [[UInt8]] {
        var frames: [[UInt8]] = []
        while let frame = try port.next(within: 15) {
            if !frame.outgoing { frames.append(frame.bytes) }
        }
        return frames
    }

    /// Whether the host listens to the group of this trial on its underlay.
    func isJoined() throws -> Bool {
        try underlay.host.run("ip maddress show dev u0").contains(settings.group ?? "no group")
    }

    private func collect<Item>(
        from frames: Frames, _ take: (Frames.Frame) -> Item?, isMark: (Item) -> Bool
    ) throws -> [Item] {
        var items: [Item] = []
        var marked = false
        // After the mark a little longer: a VTEP that sends in batches may send it before what went in earlier.
        while let frame = try frames.next(within: marked ? 15 : 2000) {
            guard let item = take(frame) else { continue }
            if isMark(item) { marked = true } else { items.append(item) }
        }
        guard marked else { throw Failure("the marked frame did not come out, \(items.count) others did") }
        return items
    }

    /// The FDB's line about a station.
    func entry(_ mac: String) throws -> String? {
        try subject.entries().first { $0.hasPrefix(mac) }
    }
}

/// The usual frame inside: one station of the overlay speaks to another.
func inner(
    to destination: String = "02:00:00:00:00:02", from source: String = "02:00:00:00:00:03", type: UInt16 = 0x88B5,
    _ payload: [UInt8] = [UInt8](repeating: 0xAB, count: 46)
) -> [UInt8] {
    ethernet(destination, source, type, payload)
}

extension Trial {
    /// `delivered`, `altered`, or `dropped` with the counters that rose.
    func fate(_ packet: [UInt8], of frame: [UInt8]) throws -> String {
        let before = try subject.drops()
        let came = try deliver([packet])
        if came == [frame] { return "delivered" }
        if !came.isEmpty { return came.count == 1 ? "altered" : "delivered \(came.count) times" }
        let risen = try subject.drops().filter { $0.value > before[$0.key] ?? 0 }.keys.sorted()
        return (["dropped"] + risen).joined(separator: " ")
    }

    /// The fate of an inner frame that is carried correctly.
    func fate(of frame: [UInt8]) throws -> String { try fate(outer.carrying(frame), of: frame) }
}
