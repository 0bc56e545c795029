/// SplitMix64 with a fixed seed: random inputs that are the same in every run, so that a failure can be repeated.
public struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A text of random characters of an alphabet.
    public mutating func text(from alphabet: [Character], upTo length: Int) -> String {
        String((0..<Int.random(in: 0...length, using: &self)).map { _ in alphabet.randomElement(using: &self) ?? "?" })
    }

    /// The text with one character removed, doubled or replaced.
    public mutating func mutated(_ text: String, alphabet: [Character]) -> String {
        var characters = Array(text)
        guard let index = characters.indices.randomElement(using: &self) else { return text }
        let replacement = alphabet.randomElement(using: &self) ?? "?"
        switch Int.random(in: 0..<3, using: &self) {
        case 0: characters.remove(at: index)
        case 1: characters.insert(replacement, at: index)
        default: characters[index] = replacement
        }
        return String(characters)
    }
}
