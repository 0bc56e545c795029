/// A packet's bytes, or a part of them, in somebody else's memory: the only way in which this library reads and writes
/// what came from outside.
///
/// No access traps and none leaves the view: a read beyond the end gives 0 and a write there does nothing. Code does not
/// rely on that: it compares ``count`` once and then reads at fixed offsets, and the optimiser removes the checks it
/// has made superfluous. In a debug build an access beyond the end stops the program, so that tests and fuzzing find
/// the comparison that is missing.
///
/// Numbers are in network order (big-endian) in the packet, and in host order here.
@frozen @safe
public struct PacketBytes {
    @usableFromInline let base: UnsafeMutableRawPointer
    /// How many bytes there are, never negative.
    public let count: Int

    /// - Parameter base: The first byte. The caller vouches for `count` bytes from there, for as long as the view is
    ///   used; a negative count is taken as 0.
    @inlinable @unsafe
    public init(_ base: UnsafeMutableRawPointer, count: Int) {
        unsafe self.base = base
        self.count = Swift.max(count, 0)
    }

    /// Whether `width` bytes can be read at `offset`.
    @inlinable @inline(__always)
    public func holds(_ width: Int, at offset: Int) -> Bool {
        count >= width && UInt(bitPattern: offset) <= UInt(bitPattern: count &- width)
    }

    /// The bytes from `offset` on; none if it lies outside.
    @inlinable @inline(__always)
    public func dropping(_ offset: Int) -> PacketBytes {
        let offset = Swift.min(Swift.max(offset, 0), count)
        return unsafe PacketBytes(base + offset, count: count &- offset)
    }

    /// The first `length` bytes, or fewer where there are fewer.
    @inlinable @inline(__always)
    public func prefix(_ length: Int) -> PacketBytes {
        unsafe PacketBytes(base, count: Swift.min(length, count))
    }

    /// The first byte's address, for handing the bytes on. Valid as long as the memory is.
    @inlinable @unsafe
    public var address: UnsafeMutableRawPointer { unsafe base }
}

extension PacketBytes {
    @inlinable @inline(__always)
    func read<Number: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: Number.Type) -> Number {
        guard holds(MemoryLayout<Number>.size, at: offset) else {
            assertionFailure("read beyond the packet's end")
            return 0
        }
        return unsafe Number(bigEndian: base.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }

    @inlinable @inline(__always)
    func write<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number, at offset: Int) {
        guard holds(MemoryLayout<Number>.size, at: offset) else {
            assertionFailure("written beyond the packet's end")
            return
        }
        unsafe base.storeBytes(of: number.bigEndian, toByteOffset: offset, as: Number.self)
    }

    /// The byte at `offset`; 0 beyond the end.
    @inlinable @inline(__always)
    public func u8(_ offset: Int) -> UInt8 { read(offset, as: UInt8.self) }
    /// The 16-bit number at `offset`; 0 beyond the end.
    @inlinable @inline(__always)
    public func u16(_ offset: Int) -> UInt16 { read(offset, as: UInt16.self) }
    /// The 32-bit number at `offset`; 0 beyond the end.
    @inlinable @inline(__always)
    public func u32(_ offset: Int) -> UInt32 { read(offset, as: UInt32.self) }
    /// The 64-bit number at `offset`; 0 beyond the end.
    @inlinable @inline(__always)
    public func u64(_ offset: Int) -> UInt64 { read(offset, as: UInt64.self) }
    /// The 48-bit number at `offset`, such as a MAC address; 0 beyond the end.
    @inlinable @inline(__always)
    public func u48(_ offset: Int) -> UInt64 { UInt64(u32(offset)) << 16 | UInt64(u16(offset &+ 4)) }

    /// Writes a byte; does nothing beyond the end.
    @inlinable @inline(__always)
    public func set(u8 number: UInt8, at offset: Int) { write(number, at: offset) }
    /// Writes a 16-bit number; does nothing beyond the end.
    @inlinable @inline(__always)
    public func set(u16 number: UInt16, at offset: Int) { write(number, at: offset) }
    /// Writes a 32-bit number; does nothing beyond the end.
    @inlinable @inline(__always)
    public func set(u32 number: UInt32, at offset: Int) { write(number, at: offset) }
    /// Writes a 64-bit number; does nothing beyond the end.
    @inlinable @inline(__always)
    public func set(u64 number: UInt64, at offset: Int) { write(number, at: offset) }
    /// Writes the low 48 bits of a number, such as a MAC address; does nothing beyond the end.
    @inlinable @inline(__always)
    public func set(u48 number: UInt64, at offset: Int) {
        write(UInt32(truncatingIfNeeded: number >> 16), at: offset)
        write(UInt16(truncatingIfNeeded: number), at: offset &+ 4)
    }

    /// Copies as many of `source`'s bytes here as both have. The two may overlap.
    @inlinable @inline(__always)
    public func copy(_ source: PacketBytes) {
        unsafe base.copyMemory(from: source.base, byteCount: Swift.min(count, source.count))
    }
}
