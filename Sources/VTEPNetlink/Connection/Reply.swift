internal import CLibNL

/// One netlink message inside the receive buffer; valid only while it is being visited.
@safe struct Reply {
    let type: UInt16
    let flags: UInt16
    let sequence: UInt32
    let payload: UnsafeRawBufferPointer

    /// The fixed header after `nlmsghdr`, or `nil` in a message too short for it.
    func header<Header: BitwiseCopyable>(_ type: Header.Type) -> Header? {
        unsafe AttributePayload(payload).load(type)
    }

    /// The attributes after a fixed header of that size.
    func attributes<Header>(after type: Header.Type) -> Attributes {
        attributes(from: (MemoryLayout<Header>.size + 3) & ~3)
    }

    func attributes(from offset: Int) -> Attributes {
        let start = unsafe Swift.min(offset, payload.count)
        return unsafe Attributes(UnsafeRawBufferPointer(rebasing: payload[start...]))
    }
}

/// The messages of one datagram, walked in place and bounds-checked like ``Attributes``.
@safe struct Replies: Sequence {
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = bytes }

    func makeIterator() -> Iterator { unsafe Iterator(bytes) }

    @safe struct Iterator: IteratorProtocol {
        private let bytes: UnsafeRawBufferPointer
        private var offset = 0

        init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = bytes }

        mutating func next() -> Reply? {
            let headerSize = MemoryLayout<nlmsghdr>.size
            let left = unsafe bytes.count - offset
            guard left >= headerSize else { return nil }
            let header = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: nlmsghdr.self)
            let length = Int(header.nlmsg_len)
            guard length >= headerSize, length <= left else { return nil }
            let payload = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset + headerSize..<offset + length])
            offset += (length + 3) & ~3
            return unsafe Reply(
                type: header.nlmsg_type, flags: header.nlmsg_flags, sequence: header.nlmsg_seq, payload: payload)
        }
    }
}
