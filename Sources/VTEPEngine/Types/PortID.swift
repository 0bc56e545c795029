/// A port's number in its engine. Numbers are used again, with another ``generation``, after a port was removed.
@frozen
public struct PortID: Hashable, BitwiseCopyable, Sendable {
    /// The place in the engine's table in the low 16 bits, the generation in the upper 16.
    public let rawValue: UInt32

    @inlinable
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    @inlinable var place: Int { Int(rawValue & 0xFFFF) }
    @inlinable var generation: UInt16 { UInt16(truncatingIfNeeded: rawValue >> 16) }
}
