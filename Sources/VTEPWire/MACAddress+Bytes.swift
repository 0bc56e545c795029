extension MACAddress {
    /// The number of octets, 6.
    public static var byteCount: Int { 6 }

    /// Reads six octets in the order they are sent. Nil unless there are exactly six.
    public init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == MACAddress.byteCount else { return nil }
        let upper = unsafe UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))
        let lower = unsafe UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt16.self))
        self.init(uncheckedRawValue: UInt64(upper) << 16 | UInt64(lower))
    }

    /// Writes the six octets, in the order they are sent, to the start of the buffer.
    ///
    /// - Returns: False, with nothing written, if the buffer is shorter than six bytes.
    @discardableResult
    public func copyBytes(to buffer: UnsafeMutableRawBufferPointer) -> Bool {
        guard buffer.count >= MACAddress.byteCount else { return false }
        let upper = UInt32(truncatingIfNeeded: rawValue >> 16).bigEndian
        let lower = UInt16(truncatingIfNeeded: rawValue).bigEndian
        unsafe buffer.storeBytes(of: upper, as: UInt32.self)
        unsafe buffer.storeBytes(of: lower, toByteOffset: 4, as: UInt16.self)
        return true
    }

    /// Lends the six octets, in the order they are sent, without allocating. They are valid during the call only.
    public func withUnsafeBytes<R, E>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        let leftAligned = (rawValue << 16).bigEndian
        return try unsafe Swift.withUnsafeBytes(of: leftAligned) { (bytes) throws(E) -> R in
            try unsafe body(UnsafeRawBufferPointer(rebasing: bytes[..<MACAddress.byteCount]))
        }
    }
}
