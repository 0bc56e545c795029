public import CVTEP
internal import VTEP
internal import VTEPEngine

/// What a `vtep_batch *` points to.
final class BatchHandle {
    var batch = Batch()
}

extension vtep_batch_view: @unsafe SizedStruct {}

@c @implementation
public func vtep_batch_new(
    _ out: UnsafeMutablePointer<OpaquePointer?>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("make a batch", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in BatchHandle() }
    }
}

@c @implementation
public func vtep_batch_clear(_ batch: OpaquePointer?) {
    guard let batch = unsafe batch else { return }
    unsafe Unmanaged<BatchHandle>.fromOpaque(UnsafeRawPointer(batch))._withUnsafeGuaranteedRef { $0.batch.clear() }
}

@c @implementation
public func vtep_batch_get(
    _ batch: OpaquePointer?, _ out: UnsafeMutablePointer<vtep_batch_view>?
) -> vtep_status {
    guard let batch = unsafe batch, let out = unsafe out, unsafe vtep_batch_view.accepts(size: out.pointee.size) else {
        return VTEPError.Kind.invalidArgument.rawValue
    }
    // The struct has not grown yet: what a newer program knows beyond it is zeroed.
    let known = unsafe MemoryLayout<vtep_batch_view>.size
    let unknown = unsafe Int(out.pointee.size) - known
    unsafe (UnsafeMutableRawPointer(out) + known).initializeMemory(as: UInt8.self, repeating: 0, count: unknown)
    unsafe Unmanaged<BatchHandle>.fromOpaque(UnsafeRawPointer(batch))._withUnsafeGuaranteedRef { handle in
        let deliveries = unsafe handle.batch.deliveries
        let transmissions = unsafe handle.batch.transmissions
        let slices = unsafe handle.batch.slices
        unsafe out.pointee.delivery_count = UInt32(clamping: deliveries.count)
        unsafe out.pointee.transmission_count = UInt32(clamping: transmissions.count)
        unsafe out.pointee.slice_count = UInt32(clamping: slices.count)
        // The layouts are the same: Tests/VTEPEngineTests/LayoutTests.swift, and Tests/c/engine.c.
        unsafe out.pointee.deliveries = UnsafeRawPointer(deliveries.baseAddress)?.assumingMemoryBound(
            to: vtep_delivery.self)
        unsafe out.pointee.transmissions = UnsafeRawPointer(transmissions.baseAddress)?.assumingMemoryBound(
            to: vtep_transmission.self)
        unsafe out.pointee.slices = UnsafeRawPointer(slices.baseAddress)?.assumingMemoryBound(to: vtep_slice.self)
    }
    return 0
}

@c @implementation
public func vtep_batch_free(_ batch: OpaquePointer?) {
    unsafe end(batch, BatchHandle.self)
}
