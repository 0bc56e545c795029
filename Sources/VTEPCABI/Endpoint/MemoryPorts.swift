public import CVTEP
internal import VTEP

@c @implementation
public func vtep_memory_port_new(
    _ queueBytes: UInt32, _ callback: vtep_frame_callback?, _ context: UnsafeMutableRawPointer?,
    _ out: UnsafeMutablePointer<OpaquePointer?>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("make a memory port", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            let bytes = queueBytes == 0 ? 1 << 20 : Int(queueBytes)
            guard let callback = unsafe callback else { return try InProcessPort(queueBytes: bytes) }
            // The caller answers for its being called on another thread.
            nonisolated(unsafe) let context = unsafe context
            return try unsafe InProcessPort(queueBytes: bytes) { frame in
                unsafe callback(context, frame.baseAddress, UInt32(truncatingIfNeeded: frame.count))
            }
        }
    }
}

@c @implementation
public func vtep_memory_port_free(_ port: OpaquePointer?) {
    unsafe end(port, InProcessPort.self)
}

@c @implementation
public func vtep_memory_port_send(_ port: OpaquePointer?, _ frame: UnsafeRawPointer?, _ length: UInt32) -> vtep_status {
    guard let port = unsafe port, let frame = unsafe frame, length <= InProcessPort.longestFrame else {
        return VTEPError.Kind.invalidArgument.rawValue
    }
    let bytes = unsafe UnsafeRawBufferPointer(start: frame, count: Int(length))
    let isTaken = unsafe Unmanaged<InProcessPort>.fromOpaque(UnsafeRawPointer(port))._withUnsafeGuaranteedRef {
        unsafe $0.send(bytes)
    }
    return isTaken ? 0 : VTEPError.Kind.noSpace.rawValue
}

@c @implementation
public func vtep_memory_port_receive(
    _ port: OpaquePointer?, _ frame: UnsafeMutableRawPointer?, _ capacity: UInt32,
    _ length: UnsafeMutablePointer<UInt32>?
) -> vtep_status {
    unsafe length?.pointee = 0
    guard let port = unsafe port, let frame = unsafe frame, let length = unsafe length else {
        return VTEPError.Kind.invalidArgument.rawValue
    }
    let isThere = unsafe Unmanaged<InProcessPort>.fromOpaque(UnsafeRawPointer(port))._withUnsafeGuaranteedRef {
        unsafe $0.receive { bytes in
            unsafe length.pointee = UInt32(truncatingIfNeeded: bytes.count)
            guard bytes.count <= Int(capacity), let base = bytes.baseAddress else { return }
            unsafe frame.copyMemory(from: base, byteCount: bytes.count)
        }
    }
    guard isThere else { return VTEPError.Kind.notFound.rawValue }
    return unsafe length.pointee <= capacity ? 0 : VTEPError.Kind.noSpace.rawValue
}

@c @implementation
public func vtep_memory_port_fd(_ port: OpaquePointer?) -> Int32 {
    guard let port = unsafe port else { return -1 }
    return unsafe Unmanaged<InProcessPort>.fromOpaque(UnsafeRawPointer(port)).takeUnretainedValue().descriptor
}
