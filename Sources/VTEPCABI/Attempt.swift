internal import CVTEP
internal import VTEP

/// Runs what a function of the C interface does, turns its error into a status and fills the caller's `vtep_error`.
/// Nothing else in this module catches an error.
func attempt(
    _ attempted: StaticString, _ err: UnsafeMutablePointer<vtep_error>?,
    _ body: (inout Arguments) throws(VTEPError) -> Void
) -> vtep_status {
    var arguments = Arguments(attempted: attempted)
    do throws(VTEPError) {
        try body(&arguments)
        unsafe clear(err)
        return 0
    } catch {
        unsafe report(error, err)
        return error.kind.rawValue
    }
}

/// Success costs a few stores, not a kilobyte of zeros.
private func clear(_ err: UnsafeMutablePointer<vtep_error>?) {
    guard let err = unsafe usable(err) else { return }
    unsafe err.pointee.code = 0
    unsafe err.pointee.sys_errno = 0
    unsafe err.pointee.attribute_offset = -1
    unsafe err.pointee.message.0 = 0
    unsafe err.pointee.kernel_message.0 = 0
    unsafe err.pointee.remedy.0 = 0
}

func report(_ error: VTEPError, _ err: UnsafeMutablePointer<vtep_error>?) {
    guard let err = unsafe usable(err) else { return }
    unsafe err.pointee.code = error.kind.rawValue
    unsafe err.pointee.sys_errno = error.systemErrno ?? 0
    unsafe err.pointee.attribute_offset = error.attributeOffset.flatMap { Int32(exactly: $0) } ?? -1
    unsafe store(error.description, in: &err.pointee.message)
    unsafe store(error.kernelMessage ?? "", in: &err.pointee.kernel_message)
    unsafe store(error.remedy, in: &err.pointee.remedy)
}

/// An error struct of a wrong size is most likely one that was never initialised: writing to it could do harm. What only
/// a newer program knows of it is zeroed, as in every struct that is filled.
private func usable(_ err: UnsafeMutablePointer<vtep_error>?) -> UnsafeMutablePointer<vtep_error>? {
    guard let err = unsafe err, unsafe vtep_error.accepts(size: err.pointee.size) else { return nil }
    let known = MemoryLayout<vtep_error>.size
    let unknown = unsafe Int(err.pointee.size) - known
    if unknown > 0 {
        unsafe (UnsafeMutableRawPointer(err) + known).initializeMemory(as: UInt8.self, repeating: 0, count: unknown)
    }
    return unsafe err
}
