/// The sum of RFC 1071, in progress: 16-bit words, added with end-around carry.
///
/// The sum is kept over words as they lie in memory, which RFC 1071 §2 (B) allows, and turned to host order at the end.
@frozen
public struct InternetChecksum: Sendable {
    // Words of 32 bits, in memory order. 2³² of them fit before this could overflow.
    @usableFromInline var sum: UInt64

    @inlinable @inline(__always)
    public init() {
        sum = 0
    }

    /// Adds bytes, which begin at an even place of what is summed. An odd last byte is followed by a zero.
    @inlinable
    public mutating func add(_ bytes: PacketBytes) {
        sum &+= bytes.sumOfWords
    }

    /// Adds a 16-bit number.
    @inlinable @inline(__always)
    public mutating func add(_ number: UInt16) {
        sum &+= UInt64(number.bigEndian)
    }

    /// Adds a 32-bit number.
    @inlinable @inline(__always)
    public mutating func add(_ number: UInt32) {
        sum &+= UInt64(number.bigEndian)
    }

    /// The sum so far, folded to 16 bits and not yet complemented, in host order.
    @inlinable @inline(__always)
    public var folded: UInt16 {
        var sum = (self.sum & 0xFFFF_FFFF) &+ (self.sum >> 32)
        sum = (sum & 0xFFFF) &+ (sum >> 16)
        sum = (sum & 0xFFFF) &+ (sum >> 16)
        sum = (sum & 0xFFFF) &+ (sum >> 16)
        return UInt16(bigEndian: UInt16(truncatingIfNeeded: sum))
    }

    /// The checksum: the complement of the sum. 0 over bytes that contain a right checksum.
    @inlinable @inline(__always)
    public var value: UInt16 { ~folded }

    /// The checksum as UDP sends it: 0xFFFF for 0, which would mean that there is none (RFC 768).
    @inlinable @inline(__always)
    public var udpValue: UInt16 {
        let value = self.value
        return value == 0 ? 0xFFFF : value
    }

    /// What a checksum becomes when a 16-bit word under it changes (RFC 1624, equation 3).
    @inlinable @inline(__always)
    public static func updated(_ checksum: UInt16, from old: UInt16, to new: UInt16) -> UInt16 {
        var sum = UInt32(~checksum) &+ UInt32(~old) &+ UInt32(new)
        sum = (sum & 0xFFFF) &+ (sum >> 16)
        sum = (sum & 0xFFFF) &+ (sum >> 16)
        return ~UInt16(truncatingIfNeeded: sum)
    }
}

extension PacketBytes {
    /// The 32-bit words in memory order, added up in 64 bits.
    @inlinable
    var sumOfWords: UInt64 {
        // Four independent lanes of 32-bit words, which the compiler turns into vector additions.
        var sum: UInt64 = 0
        var offset = 0
        let wide = count & ~31
        if wide > 0 {
            var lanes = SIMD8<UInt64>.zero
            while offset < wide {
                let words = unsafe base.loadUnaligned(fromByteOffset: offset, as: SIMD8<UInt32>.self)
                lanes &+= SIMD8<UInt64>(truncatingIfNeeded: words)
                offset &+= 32
            }
            sum = lanes.wrappedSum()
        }
        while count &- offset >= 4 {
            sum &+= UInt64(unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            offset &+= 4
        }
        if count &- offset >= 2 {
            sum &+= UInt64(unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
            offset &+= 2
        }
        if offset < count {
            // The odd byte is the first of its word; in memory order that is the low half on a little-endian machine.
            sum &+= UInt64((UInt16(u8(offset)) << 8).bigEndian)
        }
        return sum
    }
}
