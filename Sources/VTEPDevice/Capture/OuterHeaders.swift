internal import CVTEPLinux
internal import Glibc
internal import VTEPEngine
internal import VTEPWire

/// The IP and UDP headers of a datagram, for a capture: the kernel writes the real ones where we do not see them.
struct OuterHeaders {
    var source: UnderlayAddress
    var destination: UnderlayAddress
    var sourcePort: UInt16
    var destinationPort: UInt16
    var typeOfService: UInt8 = 0
    var timeToLive: UInt8 = 64
    var dontFragment = false
    var zeroChecksum = false

    /// Room for the longer ones.
    static let longest = 48

    /// Writes the headers of a datagram of these slices.
    ///
    /// - Returns: how many bytes they have.
    func write(
        to bytes: UnsafeMutableRawPointer, _ payload: UnsafeBufferPointer<Slice>, length: Int
    ) -> Int {
        let isV4 = destination.isV4
        let size = isV4 ? 28 : 48
        let udpLength = UInt16(clamping: length + 8)
        unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        func put(_ value: some FixedWidthInteger, at offset: Int) {
            unsafe bytes.storeBytes(of: value.bigEndian, toByteOffset: offset, as: type(of: value))
        }
        if isV4 {
            put(UInt8(0x45), at: 0)
            put(typeOfService, at: 1)
            put(UInt16(clamping: length + 28), at: 2)
            put(UInt16(dontFragment ? 0x4000 : 0), at: 6)
            put(timeToLive, at: 8)
            put(UInt8(17), at: 9)
            put(source.isV4 ? source.v4 : 0, at: 12)
            put(destination.v4, at: 16)
            let sum = unsafe Sum(UnsafeRawBufferPointer(start: bytes, count: 20))
            put(~sum.folded, at: 10)
        } else {
            put(UInt32(6) << 28 | UInt32(typeOfService) << 20, at: 0)
            put(udpLength, at: 4)
            put(UInt8(17), at: 6)
            put(timeToLive, at: 7)
            unsafe bytes.storeBytes(of: source, toByteOffset: 8, as: UnderlayAddress.self)
            unsafe bytes.storeBytes(of: destination, toByteOffset: 24, as: UnderlayAddress.self)
        }
        let udp = size - 8
        put(sourcePort, at: udp)
        put(destinationPort, at: udp + 2)
        put(udpLength, at: udp + 4)
        if zeroChecksum { return size }
        // The pseudo header: the addresses, the protocol and the length, which the UDP header has once more.
        var sum = unsafe Sum(UnsafeRawBufferPointer(start: bytes + (isV4 ? 12 : 8), count: isV4 ? 8 : 32))
        sum.add(17)
        sum.add(udpLength)
        unsafe sum.add(UnsafeRawBufferPointer(start: bytes + udp, count: 8))
        for index in 0..<payload.count {
            let slice = unsafe payload[index]
            unsafe sum.add(UnsafeRawBufferPointer(start: slice.base, count: slice.length))
        }
        let checksum = ~sum.folded
        put(checksum == 0 ? 0xFFFF : checksum, at: udp + 6)
        return size
    }

    /// The Internet checksum's sum over pieces of any length (RFC 1071).
    private struct Sum {
        private var value: UInt64 = 0
        private var isOdd = false

        init(_ bytes: UnsafeRawBufferPointer) { unsafe add(bytes) }

        mutating func add(_ number: UInt16) { value += UInt64(number) }

        mutating func add(_ bytes: UnsafeRawBufferPointer) {
            for index in 0..<bytes.count {
                let byte = unsafe UInt64(bytes[index])
                value += isOdd ? byte : byte << 8
                isOdd.toggle()
            }
        }

        var folded: UInt16 {
            var sum = value
            while sum >> 16 != 0 { sum = sum & 0xFFFF + sum >> 16 }
            return UInt16(truncatingIfNeeded: sum)
        }
    }
}
