internal import CLibNL
internal import VTEPWire

/// The attributes of one message or nest, walked in place. A truncated or overlong attribute ends the walk: nothing
/// outside the bounds is ever read.
@safe struct Attributes: Sequence {
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = bytes }

    func makeIterator() -> Iterator { unsafe Iterator(bytes) }

    @safe struct Iterator: IteratorProtocol {
        private let bytes: UnsafeRawBufferPointer
        private var offset = 0

        init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = bytes }

        mutating func next() -> Attribute? {
            let left = unsafe bytes.count - offset
            guard left >= 4 else { return nil }
            let length = Int(unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
            guard length >= 4, length <= left else { return nil }
            let type = unsafe bytes.loadUnaligned(fromByteOffset: offset + 2, as: UInt16.self)
            let payload = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset + 4..<offset + length])
            offset += (length + 3) & ~3
            // The two top bits are flags (NLA_F_NESTED, NLA_F_NET_BYTEORDER).
            return unsafe Attribute(type: Int(type & 0x3FFF), payload: AttributePayload(payload))
        }
    }
}

struct Attribute {
    let type: Int
    let payload: AttributePayload
}

/// The value of an attribute; every reading is bounds-checked and `nil` where it does not fit.
@safe struct AttributePayload {
    let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = bytes }

    func load<Value: BitwiseCopyable>(_ type: Value.Type, at offset: Int = 0) -> Value? {
        guard offset >= 0, unsafe bytes.count - offset >= MemoryLayout<Value>.size else { return nil }
        return unsafe bytes.loadUnaligned(fromByteOffset: offset, as: type)
    }

    var uint8: UInt8? { load(UInt8.self) }
    var uint16: UInt16? { load(UInt16.self) }
    var uint32: UInt32? { load(UInt32.self) }
    var int32: Int32? { load(Int32.self) }
    func uint64(at offset: Int) -> UInt64? { load(UInt64.self, at: offset) }

    /// A flag the kernel sends as one octet.
    var bool: Bool? { uint8.map { $0 != 0 } }
    /// The kernel sends some flags as one octet, and others by an attribute without a value.
    var flag: Bool { bool ?? true }
    /// A number in network byte order.
    var bigEndian16: UInt16? { uint16.map { UInt16(bigEndian: $0) } }
    var bigEndian32: UInt32? { uint32.map { UInt32(bigEndian: $0) } }

    /// Up to the terminating NUL, if there is one. Invalid UTF-8 is repaired, never a failure.
    var string: String {
        let end = unsafe bytes.firstIndex(of: 0) ?? bytes.count
        return unsafe String(decoding: bytes[..<end], as: UTF8.self)
    }

    var macAddress: MACAddress? { unsafe MACAddress(bytes: bytes) }
    var ipAddress: IPAddress? { unsafe IPAddress(bytes: bytes) }
    var nested: Attributes { unsafe Attributes(bytes) }
}
