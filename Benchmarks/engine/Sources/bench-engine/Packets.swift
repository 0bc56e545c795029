/// Buffers of frames that both sides work on, and the stations they are of.
final class Packets {
    static let batch = 64
    static let headroom = 128

    let length: Int
    let memory: UnsafeMutableRawPointer
    private let stride: Int
    private var state: UInt64 = 42

    /// UDP in IPv4 in Ethernet, of `length` bytes.
    init(length: Int) {
        self.length = length
        stride = (Packets.headroom + length + 63) & ~63
        memory = .allocate(byteCount: stride * Packets.batch, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: stride * Packets.batch)
        for index in 0..<Packets.batch { fill(index) }
    }

    deinit { memory.deallocate() }

    func frame(_ index: Int) -> UnsafeMutableRawPointer { memory + index * stride + Packets.headroom }

    private func fill(_ index: Int) {
        let frame = self.frame(index).assumingMemoryBound(to: UInt8.self)
        let total = length - 14
        let header: [UInt8] = [
            2, 0, 0, 0, 0, 0, 2, 9, 9, 9, 9, 9, 8, 0,
            0x45, 0, UInt8(total >> 8), UInt8(total & 255), 0, 1, 0x40, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0,
            UInt8(index), UInt8(index), 80, 0, 80, UInt8((total - 20) >> 8), UInt8((total - 20) & 255), 0, 0,
        ]
        for (place, byte) in header.enumerated() { frame[place] = byte }
    }

    /// A random number below `limit`.
    func random(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(truncatingIfNeeded: ((state >> 32) &* UInt64(limit)) >> 32)
    }

    /// The address of a station: locally administered, the number spread.
    static func station(_ number: Int) -> UInt64 {
        0x0200_0000_0000 | (UInt64(number) &* 0x9E37_79B1 & 0xFF_FFFF_FFFF)
    }

    /// Writes an address into a frame: 0 the destination, 6 the source.
    func set(_ address: UInt64, at offset: Int, of index: Int) {
        let place = frame(index) + offset
        for byte in 0..<6 {
            place.storeBytes(
                of: UInt8(truncatingIfNeeded: address >> UInt64(40 - byte * 8)), toByteOffset: byte, as: UInt8.self)
        }
    }
}
