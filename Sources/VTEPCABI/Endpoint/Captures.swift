public import CVTEP
internal import VTEP

@c @implementation
public func vtep_capture_new(
    _ points: UInt32, _ snapLength: UInt32, _ bufferBytes: UInt32, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("make a capture", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            guard let bits = UInt8(exactly: points), (1...3).contains(bits) else {
                throw arguments.invalid("points is \(points); VTEP_CAPTURE_* are possible")
            }
            return FrameCapture(
                CapturePoints(rawValue: bits), snapLength: snapLength == 0 ? 65_500 : Int(snapLength),
                bufferBytes: bufferBytes == 0 ? 4 << 20 : Int(bufferBytes))
        }
    }
}

@c @implementation
public func vtep_capture_drain(
    _ capture: OpaquePointer?, _ fd: Int32, _ count: UnsafeMutablePointer<UInt32>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("write the capture", err) { arguments throws(VTEPError) in
        let capture: FrameCapture = try unsafe arguments.handle(capture, "capture")
        let written = try capture.drain(to: fd)
        unsafe count?.pointee = UInt32(clamping: written)
    }
}

@c @implementation
public func vtep_capture_finish(
    _ capture: OpaquePointer?, _ fd: Int32, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("write the capture", err) { arguments throws(VTEPError) in
        let capture: FrameCapture = try unsafe arguments.handle(capture, "capture")
        try capture.finish(to: fd)
    }
}

@c @implementation
public func vtep_capture_free(_ capture: OpaquePointer?) {
    unsafe end(capture, FrameCapture.self)
}

@c @implementation
public func vtep_endpoint_capture(
    _ endpoint: OpaquePointer?, _ capture: OpaquePointer?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("capture", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.endpoint(endpoint)
        guard let capture = unsafe capture else { return endpoint.setCapture(nil) }
        endpoint.setCapture(try unsafe arguments.handle(capture, "capture"))
    }
}
