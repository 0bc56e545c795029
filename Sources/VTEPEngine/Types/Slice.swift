/// A piece of memory to send. An array of them is an array of `struct iovec`, as writev and sendmsg take it.
@frozen @safe
public struct Slice: BitwiseCopyable {
    /// The first byte.
    public var base: UnsafeMutableRawPointer
    /// The length in bytes.
    public var length: Int

    @inlinable @unsafe
    public init(_ base: UnsafeMutableRawPointer, _ length: Int) {
        unsafe self.base = base
        self.length = length
    }
}
