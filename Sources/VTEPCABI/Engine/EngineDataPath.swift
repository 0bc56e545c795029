public import CVTEP
internal import VTEP
internal import VTEPEngine

@c @implementation
public func vtep_engine_encapsulate(
    _ engine: OpaquePointer?, _ frames: UnsafeMutablePointer<vtep_frame>?, _ count: UInt32, _ port: UInt32,
    _ now: UInt64, _ batch: OpaquePointer?, _ taken: UnsafeMutablePointer<UInt32>?
) -> vtep_status {
    unsafe taken?.pointee = 0
    guard let engine = unsafe engine, let batch = unsafe batch, unsafe frames != nil || count == 0 else {
        return VTEPError.Kind.invalidArgument.rawValue
    }
    for index in 0..<Int(count) where unsafe frames?[index].data == nil && frames?[index].length != 0 {
        return VTEPError.Kind.invalidArgument.rawValue
    }
    // vtep_frame and Frame have one layout: Tests/VTEPEngineTests/LayoutTests.swift.
    let start = unsafe UnsafeMutableRawPointer(frames)?.assumingMemoryBound(to: Frame.self)
    let all = unsafe UnsafeMutableBufferPointer(start: start, count: Int(count))
    let done = unsafe Unmanaged<EngineHandle>.fromOpaque(UnsafeRawPointer(engine))._withUnsafeGuaranteedRef { engine in
        unsafe Unmanaged<BatchHandle>.fromOpaque(UnsafeRawPointer(batch))._withUnsafeGuaranteedRef { batch in
            unsafe engine.engine.encapsulate(all, from: PortID(rawValue: port), now: now, into: &batch.batch)
        }
    }
    unsafe taken?.pointee = UInt32(truncatingIfNeeded: done)
    return 0
}

@c @implementation
public func vtep_engine_decapsulate(
    _ engine: OpaquePointer?, _ datagrams: UnsafeMutablePointer<vtep_datagram>?, _ count: UInt32, _ now: UInt64,
    _ batch: OpaquePointer?, _ taken: UnsafeMutablePointer<UInt32>?
) -> vtep_status {
    unsafe taken?.pointee = 0
    guard let engine = unsafe engine, let batch = unsafe batch, unsafe datagrams != nil || count == 0 else {
        return VTEPError.Kind.invalidArgument.rawValue
    }
    for index in 0..<Int(count) where unsafe datagrams?[index].data == nil && datagrams?[index].length != 0 {
        return VTEPError.Kind.invalidArgument.rawValue
    }
    let start = unsafe UnsafeMutableRawPointer(datagrams)?.assumingMemoryBound(to: Datagram.self)
    let all = unsafe UnsafeMutableBufferPointer(start: start, count: Int(count))
    let done = unsafe Unmanaged<EngineHandle>.fromOpaque(UnsafeRawPointer(engine))._withUnsafeGuaranteedRef { engine in
        unsafe Unmanaged<BatchHandle>.fromOpaque(UnsafeRawPointer(batch))._withUnsafeGuaranteedRef { batch in
            unsafe engine.engine.decapsulate(all, now: now, into: &batch.batch)
        }
    }
    unsafe taken?.pointee = UInt32(truncatingIfNeeded: done)
    return 0
}

@c @implementation
public func vtep_engine_advance(_ engine: OpaquePointer?, _ now: UInt64) {
    guard let engine = unsafe engine else { return }
    unsafe Unmanaged<EngineHandle>.fromOpaque(UnsafeRawPointer(engine))._withUnsafeGuaranteedRef { handle in
        handle.engine.advance(to: now)
    }
}
