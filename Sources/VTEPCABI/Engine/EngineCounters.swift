public import CVTEP
internal import VTEP
internal import VTEPEngine

@c @implementation
public func vtep_engine_counter_count() -> UInt32 { UInt32(Counter.count) }

@c @implementation
public func vtep_engine_counter_name(_ i: UInt32) -> UnsafePointer<CChar>? {
    guard let number = UInt8(exactly: i), let counter = Counter(rawValue: number) else { return nil }
    // A static string ends with a NUL, and lives as long as the library.
    return unsafe UnsafeRawPointer(counter.name.utf8Start).assumingMemoryBound(to: CChar.self)
}

@c @implementation
public func vtep_engine_counters(
    _ engine: OpaquePointer?, _ values: UnsafeMutablePointer<UInt64>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read the engine's counters", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.engine(engine)
        guard let values = unsafe values else { throw arguments.null("values") }
        for counter in Counter.allCases where counter.rawValue < capacity {
            unsafe values[Int(counter.rawValue)] = handle.engine.counter(counter)
        }
    }
}

@c @implementation
public func vtep_engine_vni_counters(
    _ engine: OpaquePointer?, _ vni: UInt32, _ values: UnsafeMutablePointer<UInt64>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read the VNI's counters", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.engine(engine)
        guard let values = unsafe values else { throw arguments.null("values") }
        let vni = try VNI(vni)
        for counter in Counter.allCases where counter.rawValue < capacity {
            unsafe values[Int(counter.rawValue)] = try handle.engine.counter(counter, of: vni)
        }
    }
}
