extension IPAddress {
    /// The number of octets: 4 or 16.
    public var byteCount: Int {
        switch self {
        case .v4: IPv4Address.byteCount
        case .v6: IPv6Address.byteCount
        }
    }

    /// The number of bits, which is also the longest prefix length: 32 or 128.
    public var bitWidth: Int { byteCount * 8 }

    /// Reads an address in network order; its family follows from the length. Nil unless there are 4 or 16 octets.
    public init?(bytes: UnsafeRawBufferPointer) {
        if let address = unsafe IPv4Address(bytes: bytes) {
            self = .v4(address)
        } else if let address = unsafe IPv6Address(bytes: bytes) {
            self = .v6(address)
        } else {
            return nil
        }
    }

    /// Writes the ``byteCount`` octets, in network order, to the start of the buffer.
    ///
    /// - Returns: False, with nothing written, if the buffer is too short.
    @discardableResult
    public func copyBytes(to buffer: UnsafeMutableRawBufferPointer) -> Bool {
        switch self {
        case .v4(let address): unsafe address.copyBytes(to: buffer)
        case .v6(let address): unsafe address.copyBytes(to: buffer)
        }
    }

    /// Lends the ``byteCount`` octets, in network order, without allocating. They are valid during the call only.
    public func withUnsafeBytes<R, E>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        switch self {
        case .v4(let address): try unsafe address.withUnsafeBytes(body)
        case .v6(let address): try unsafe address.withUnsafeBytes(body)
        }
    }
}
