/// One datagram, read by every parser there is: nothing may trap, hang or read beyond it.
@c(LLVMFuzzerTestOneInput)
public func fuzzNetlinkReply(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    _ = unsafe Everything(UnsafeRawBufferPointer(start: start, count: count))
    return 0
}
