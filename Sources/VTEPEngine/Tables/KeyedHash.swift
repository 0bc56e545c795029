/// A keyed hash of 64-bit numbers: two rounds of multiplying and folding. Without the key nobody can choose addresses
/// that meet in one place of a table. Two multiplications, no memory.
struct KeyedHash {
    let first: UInt64
    let second: UInt64

    init(seed: (UInt64, UInt64)) {
        first = seed.0
        // Odd, and with bits set in both halves whatever the seed is: a multiplier of 0 would map all to one.
        second = seed.1 | 0x8000_0001_0000_0001
    }

    @inline(__always)
    func callAsFunction(_ number: UInt64) -> UInt64 {
        let once = KeyedHash.fold(number ^ first, second)
        return KeyedHash.fold(once ^ second, 0x9E37_79B9_7F4A_7C15)
    }

    @inline(__always)
    func callAsFunction(_ upper: UInt64, _ lower: UInt64) -> UInt64 {
        self(lower ^ KeyedHash.fold(upper ^ second, first | 1))
    }

    /// Of the addresses and ports of a flow.
    @inline(__always)
    func flow(_ left: UInt64, _ right: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: (KeyedHash.fold(left ^ first, right ^ second) &* 0x9E37_79B9_7F4A_7C15) >> 32)
    }

    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
