import Glibc
import TestRandom
import Testing
import VTEPWire

/// Our texts against those of `inet_pton` and `inet_ntop`, on random addresses and on texts one mistake away from
/// an address.
struct SystemTextAgreementTests {
    @Test func `100,000 IPv4 addresses`() {
        var random = SeededRandom(seed: 4)
        for _ in 0..<100_000 {
            let address = IPv4Address(rawValue: UInt32(truncatingIfNeeded: random.next()))
            let bytes = unsafe address.withUnsafeBytes { unsafe Array($0) }
            guard address.description == systemText(AF_INET, bytes), IPv4Address(address.description) == address
            else {
                Issue.record("\(bytes): \(address) here, \(systemText(AF_INET, bytes)) there")
                return
            }
        }
    }

    @Test func `100,000 IPv6 addresses`() {
        var random = SeededRandom(seed: 6)
        for _ in 0..<100_000 {
            let address = randomIPv6(&random)
            let bytes = unsafe address.withUnsafeBytes { unsafe Array($0) }
            let theirs = systemText(AF_INET6, bytes)
            // glibc also writes the deprecated IPv4-compatible addresses (::/96) with dots; RFC 5952 §5 doesn't.
            let isCompatible = address.rawValue >> 32 == 0 && theirs.contains(".")
            guard isCompatible || address.description == theirs else {
                Issue.record("\(bytes): \(address) here, \(theirs) there")
                return
            }
            guard IPv6Address(address.description) == address, IPv6Address(theirs) == address else {
                Issue.record("\(address) or \(theirs) doesn't read back")
                return
            }
        }
    }

    @Test func `40,000 damaged IPv6 texts are read or refused alike`() {
        var random = SeededRandom(seed: 66)
        let alphabet = Array("0123456789abcdefABCDEFg:::...%/ ")
        var accepted = 0
        for _ in 0..<40_000 {
            var text = randomIPv6(&random).description
            if Bool.random(using: &random) { text = random.text(from: alphabet, upTo: 20) }
            for _ in 0..<Int.random(in: 1...3, using: &random) { text = random.mutated(text, alphabet: alphabet) }
            let ours = IPv6Address(text).map { unsafe $0.withUnsafeBytes { unsafe Array($0) } }
            guard ours == systemBytes(AF_INET6, text, count: 16) else {
                Issue.record("\"\(text)\": \(String(describing: ours)) here")
                return
            }
            if ours != nil { accepted += 1 }
        }
        #expect((2_000...38_000).contains(accepted), "the mixture tests one side only")
    }

    @Test func `40,000 damaged IPv4 texts are read or refused alike`() {
        var random = SeededRandom(seed: 44)
        let alphabet = Array("0123456789...x- ")
        var accepted = 0
        for _ in 0..<40_000 {
            let address = IPv4Address(rawValue: UInt32(truncatingIfNeeded: random.next()))
            var text = address.description
            for _ in 0..<Int.random(in: 1...3, using: &random) { text = random.mutated(text, alphabet: alphabet) }
            let ours = IPv4Address(text).map { unsafe $0.withUnsafeBytes { unsafe Array($0) } }
            guard ours == systemBytes(AF_INET, text, count: 4) else {
                Issue.record("\"\(text)\": \(String(describing: ours)) here")
                return
            }
            if ours != nil { accepted += 1 }
        }
        #expect((2_000...38_000).contains(accepted), "the mixture tests one side only")
    }

    /// Half of the groups are zero, and the top is often ::ffff or nothing: the cases where texts differ.
    private func randomIPv6(_ random: inout SeededRandom) -> IPv6Address {
        var value: UInt128 = 0
        let zeros = random.next()
        for group in 0..<8 {
            let isZero = (zeros >> UInt64(group)) & 1 == 0
            let bits = random.next() >> UInt64.random(in: 48...63, using: &random)
            value = value << 16 | UInt128(isZero ? 0 : bits)
        }
        switch zeros >> 60 {
        case 0: return IPv6Address(rawValue: value & 0xFFFF_FFFF | 0xFFFF_0000_0000)
        case 1: return IPv6Address(rawValue: value & 0xFFFF_FFFF_FFFF)
        default: return IPv6Address(rawValue: value)
        }
    }

    private func systemText(_ family: Int32, _ bytes: [UInt8]) -> String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard unsafe inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "inet_ntop failed" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func systemBytes(_ family: Int32, _ text: String, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return unsafe inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }
}
