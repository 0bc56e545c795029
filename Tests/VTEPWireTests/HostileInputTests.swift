import TestRandom
import Testing
import VTEPWire

/// Nothing may trap on any text or bytes, and whatever is read must be written so that it reads back.
struct HostileInputTests {
    private let alphabet = Array("0123456789abcdefABCDEFgxz:::---...///%+ \n\0\u{7F}é٣👩‍👩‍👧\u{301}")

    @Test func `random texts`() {
        var random = SeededRandom(seed: 13)
        for _ in 0..<20_000 { check(random.text(from: alphabet, upTo: 70)) }
    }

    @Test func `damaged valid texts`() {
        let valid = [
            "02:42:0a:11:00:08", "10.16.0.2/24", "192.168.50.233", "2001:db8::8:800:200c:417a/64", "::ffff:1.2.3.4",
            "16777215", "1:2:3:4:5:6:7:8",
        ]
        var random = SeededRandom(seed: 14)
        for _ in 0..<20_000 {
            var text = valid.randomElement(using: &random) ?? ""
            for _ in 0..<Int.random(in: 1...4, using: &random) { text = random.mutated(text, alphabet: alphabet) }
            check(text)
        }
    }

    @Test func `random bytes of every length`() {
        var random = SeededRandom(seed: 15)
        for length in 0...64 {
            let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let mac = unsafe bytes.withUnsafeBytes { unsafe MACAddress(bytes: $0) }
            let address = unsafe bytes.withUnsafeBytes { unsafe IPAddress(bytes: $0) }
            #expect((mac != nil) == (length == 6))
            #expect((address != nil) == (length == 4 || length == 16))
            check(String(decoding: bytes, as: UTF8.self))
        }
        let nothing = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        #expect(unsafe MACAddress(bytes: nothing) == nil)
        #expect(unsafe IPAddress(bytes: nothing) == nil)
        #expect(unsafe !MACAddress.zero.copyBytes(to: UnsafeMutableRawBufferPointer(start: nil, count: 0)))
    }

    @Test func `errors of random parts`() {
        var random = SeededRandom(seed: 16)
        for _ in 0..<5_000 {
            let error = VTEPError(
                VTEPError.Kind(rawValue: Int32(truncatingIfNeeded: random.next())),
                attempted: random.text(from: alphabet, upTo: 20), subject: random.text(from: alphabet, upTo: 20),
                reason: random.text(from: alphabet, upTo: 20), systemErrno: Int32(truncatingIfNeeded: random.next()),
                kernelMessage: random.text(from: alphabet, upTo: 20), remedy: random.text(from: alphabet, upTo: 20))
            if error.description.contains("\n") || error.description.contains("\0") {
                Issue.record("control characters in the description of \(error)")
                return
            }
        }
    }

    private func check(_ text: String) {
        expectRoundTrip(MACAddress.self, text)
        expectRoundTrip(IPv4Address.self, text)
        expectRoundTrip(IPv6Address.self, text)
        expectRoundTrip(IPAddress.self, text)
        expectRoundTrip(IPPrefix.self, text)
        expectRoundTrip(VNI.self, text)
    }

    private func expectRoundTrip<Value: LosslessStringConvertible & Equatable>(_: Value.Type, _ text: String) {
        guard let value = Value(text) else { return }
        if Value(value.description) != value { Issue.record("\"\(text)\" reads as \(value), which doesn't read back") }
    }
}
