/// A fuzzer's input, eaten from the front: decisions and contents. At its end everything is 0.
public struct InputBytes {
    private let bytes: [UInt8]
    private var place = 0

    public init(_ start: UnsafePointer<UInt8>?, _ count: Int) {
        bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    }

    public var isEmpty: Bool { place >= bytes.count }

    public mutating func u8() -> UInt8 {
        guard place < bytes.count else { return 0 }
        defer { place += 1 }
        return bytes[place]
    }

    public mutating func u16() -> UInt16 { UInt16(u8()) << 8 | UInt16(u8()) }
    public mutating func u32() -> UInt32 { UInt32(u16()) << 16 | UInt32(u16()) }

    /// A number below `limit`.
    public mutating func below(_ limit: Int) -> Int { Int(u16()) % limit }

    /// As many of the next bytes as there are, `count` at most.
    public mutating func take(_ count: Int) -> [UInt8] {
        let end = min(place + max(count, 0), bytes.count)
        defer { place = end }
        return Array(bytes[place..<end])
    }
}

/// Reads every byte, so that a sanitizer sees one that is out of bounds.
public func touch(_ start: UnsafeRawPointer, _ count: Int) {
    var sum: UInt8 = 0
    for offset in 0..<count { sum &+= unsafe start.load(fromByteOffset: offset, as: UInt8.self) }
    // The optimiser cannot know that this never is.
    if sum == 1, count == Int.max { print(sum) }
}
