/// Frames for the tests, put together byte by byte and not by the code under test.
enum Frames {
    static let broadcast: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]

    /// A locally administered address with a number in it.
    static func station(_ number: UInt32) -> [UInt8] {
        [
            0x02, 0, UInt8(truncatingIfNeeded: number >> 24), UInt8(truncatingIfNeeded: number >> 16),
            UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number),
        ]
    }

    static func ethernet(to destination: [UInt8], from source: [UInt8], type: UInt16, _ payload: [UInt8]) -> [UInt8] {
        destination + source + [UInt8(type >> 8), UInt8(type & 0xFF)] + payload
    }

    /// Of a type that nobody knows.
    static func plain(to destination: [UInt8], from source: [UInt8], count: Int = 50) -> [UInt8] {
        ethernet(to: destination, from: source, type: 0x88B5, [UInt8](repeating: 0x5A, count: count))
    }

    /// The datagram of RFC 7348 §5: flags, VNI, frame.
    static func vxlan(
        _ frame: [UInt8], vni: UInt32 = 0xFFFFFF, flags: UInt32 = 0x0800_0000, last: UInt8 = 0
    ) -> [UInt8] {
        let word = vni << 8 | UInt32(last)
        return [flags, word].flatMap { number in
            (0..<4).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        } + frame
    }
}
