import TestNetwork
import Testing
import VTEPNetlink

/// Whatever a reply holds, reading it neither traps nor reads beyond it.
@Suite(.inNamespaces, .using("ip"))
struct MalformedReplyTests {
    /// Guards the others: the replies they damage are readable before.
    @Test func realRepliesAreRead() throws {
        let everything = try RawNetlink.realReplies().map { Everything($0) }
        func total(_ count: (Everything) -> Int) -> Int { everything.map(count).reduce(0, +) }
        #expect(total(\.links.count) == 6)
        #expect(total(\.addresses.count) >= 4)
        #expect(total(\.routes.count) >= 8)
        #expect(total(\.neighbours.count) >= 2)
        #expect(total(\.entries.count) >= 4)
        #expect(everything.flatMap(\.verdicts).contains(17))
    }

    @Test func everyPrefixIsRead() throws {
        for datagram in try RawNetlink.realReplies() {
            let whole = Everything(datagram).count
            var before = 0
            // A cut message is no message: what is read only grows with the bytes, up to the whole.
            for length in stride(from: 0, through: datagram.count, by: datagram.count > 4096 ? 3 : 1) {
                let count = Everything(Array(datagram[..<length])).count
                #expect(count >= before && count <= whole)
                before = count
            }
        }
    }

    /// The message claims to be whole, but its attributes end anywhere.
    @Test func everyCutMessageIsRead() throws {
        for datagram in try RawNetlink.realReplies() {
            for message in messages(of: datagram) {
                for length in 16...message.count {
                    _ = Everything(Bytes.u32(UInt32(length)) + message[4..<length])
                }
            }
        }
    }

    @Test func randomDamageIsRead() throws {
        var random = SplitMix64(state: 0x7E47_0001)
        let originals = try RawNetlink.realReplies().flatMap(messages)
        for _ in 0..<30_000 {
            guard var bytes = originals.randomElement(using: &random) else { return }
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                // Lengths and types stand at multiples of four, and small values there do the most harm.
                let anywhere = Int.random(in: 0..<bytes.count, using: &random)
                let place = Bool.random(using: &random) ? anywhere : anywhere & ~3
                bytes[place] =
                    Bool.random(using: &random)
                    ? .random(in: 0...255, using: &random) : .random(in: 0...8, using: &random)
            }
            _ = Everything(bytes)
        }
    }

    @Test func randomBytesAreRead() {
        var random = SplitMix64(state: 0x7E47_0002)
        for type in [2, 3, 16, 20, 24, 28] as [UInt16] {
            for _ in 0..<2000 {
                let payload = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random) & UInt8.random(in: 0...255, using: &random)
                }
                _ = Everything(Bytes.message(type, flags: .random(in: 0...1023, using: &random), payload))
            }
        }
    }

    /// A length of zero, or one smaller than the header it counts, must end the walk instead of standing still.
    @Test(arguments: [0, 1, 3, 15] as [UInt32])
    func shortLengthsEndTheWalk(_ length: UInt32) {
        let message = Bytes.link(1, "lo")
        #expect(Everything(Bytes.u32(length) + message[4...]).count == 0)
        var attribute = message
        attribute[32] = UInt8(length & 3)  // of the name
        #expect(Everything(attribute).links.map(\.name) == [""])
    }

    private func messages(of datagram: [UInt8]) -> [[UInt8]] {
        var messages: [[UInt8]] = []
        var rest = datagram[...]
        while rest.count >= 16 {
            let start = rest.startIndex
            let length = Int(rest[start]) | Int(rest[start + 1]) << 8
            guard length >= 16, length <= rest.count else { break }
            messages.append(Array(rest[start..<start + length]))
            rest = rest.dropFirst((length + 3) & ~3)
        }
        return messages
    }
}

/// The same numbers in every run, so that a failure can be repeated.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
