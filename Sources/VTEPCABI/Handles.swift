internal import CVTEP
internal import VTEP

extension Arguments {
    /// Makes an object that C owns through a pointer, until ``end(_:_:)``.
    func make<Object: AnyObject>(
        _ out: UnsafeMutablePointer<OpaquePointer?>?, _ object: () throws(VTEPError) -> Object
    ) throws(VTEPError) {
        guard let out = unsafe out else { throw null("out") }
        unsafe out.pointee = nil  // also after a failure, so that ending it is harmless
        let object = try object()
        unsafe out.pointee = OpaquePointer(Unmanaged.passRetained(object).toOpaque())
    }

    /// The object behind a pointer that ``make(_:_:)`` gave out.
    func handle<Object: AnyObject>(_ pointer: OpaquePointer?, _ name: StaticString) throws(VTEPError) -> Object {
        guard let pointer = unsafe pointer else { throw null(name) }
        return unsafe Unmanaged<Object>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
    }
}

func end<Object: AnyObject>(_ pointer: OpaquePointer?, _ type: Object.Type) {
    guard let pointer = unsafe pointer else { return }
    unsafe Unmanaged<Object>.fromOpaque(UnsafeRawPointer(pointer)).release()
}
