/// A keyed hash of one or two 64-bit numbers, by multiplying and folding. Without the key nobody can choose addresses
/// that meet in one place of a table. One or two multiplications, no memory.
struct KeyedHash: BitwiseCopyable {
    let first: UInt64
    let second: UInt64

    init(seed: (UInt64, UInt64)) {
        // Bits all over, also where the seed is small, as in tests; and never a multiplier of 0, which would map all to
        // one.
        first = (seed.0 ^ 0xA076_1D64_78BD_642F) | 1
        second = (seed.1 ^ 0xE703_7ED1_A0B4_28DB) | 0x8000_0000_0000_0001
    }

    @inline(__always)
    func callAsFunction(_ number: UInt64) -> UInt64 {
        let once = KeyedHash.fold(number ^ first, second)
        return KeyedHash.fold(once ^ second, 0x9E37_79B9_7F4A_7C15)
    }

    @inline(__always)
    func callAsFunction(_ upper: UInt64, _ lower: UInt64) -> UInt64 {
        KeyedHash.fold(upper ^ first, lower ^ second)
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
