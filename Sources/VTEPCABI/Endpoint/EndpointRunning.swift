public import CVTEP
internal import VTEP

@c @implementation
public func vtep_endpoint_run(
    _ endpoint: OpaquePointer?, _ worker: UInt32, _ stopDescriptor: Int32, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("run the endpoint", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.runnable(endpoint, worker)
        endpoint.run(worker: Int(worker), until: stopDescriptor < 0 ? nil : stopDescriptor)
    }
}

@c @implementation
public func vtep_endpoint_fd(_ endpoint: OpaquePointer?, _ worker: UInt32) -> Int32 {
    guard let endpoint = unsafe endpoint else { return -1 }
    let object = unsafe Unmanaged<Endpoint>.fromOpaque(UnsafeRawPointer(endpoint)).takeUnretainedValue()
    return object.descriptor(of: Int(worker)) ?? -1
}

@c @implementation
public func vtep_endpoint_step(
    _ endpoint: OpaquePointer?, _ worker: UInt32, _ timeout: UInt32, _ running: UnsafeMutablePointer<UInt8>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("step the endpoint", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.runnable(endpoint, worker)
        let isRunning = endpoint.step(worker: Int(worker), timeout: Int(timeout))
        unsafe running?.pointee = isRunning ? 1 : 0
    }
}

extension Arguments {
    fileprivate func runnable(_ pointer: OpaquePointer?, _ worker: UInt32) throws(VTEPError) -> Endpoint {
        let endpoint = try unsafe self.endpoint(pointer)
        guard endpoint.descriptor(of: Int(worker)) != nil else { throw invalid("there is no worker \(worker)") }
        return endpoint
    }
}

@c @implementation
public func vtep_endpoint_start(_ endpoint: OpaquePointer?, _ err: UnsafeMutablePointer<vtep_error>?) -> vtep_status {
    unsafe attempt("start the endpoint", err) { arguments throws(VTEPError) in
        try unsafe arguments.endpoint(endpoint).start()
    }
}

@c @implementation
public func vtep_endpoint_stop(_ endpoint: OpaquePointer?) {
    guard let endpoint = unsafe endpoint else { return }
    unsafe Unmanaged<Endpoint>.fromOpaque(UnsafeRawPointer(endpoint)).takeUnretainedValue().stop()
}
