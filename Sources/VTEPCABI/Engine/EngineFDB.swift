public import CVTEP
internal import VTEP
internal import VTEPEngine

@c @implementation
public func vtep_engine_fdb_set(
    _ engine: OpaquePointer?, _ entry: UnsafePointer<vtep_engine_fdb_entry>?, _ now: UInt64,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("set the FDB entry", err) { arguments throws(VTEPError) in
        try unsafe arguments.engine(engine).engine.setFDBEntry(arguments.entry(entry), now: now)
    }
}

@c @implementation
public func vtep_engine_fdb_append(
    _ engine: OpaquePointer?, _ entry: UnsafePointer<vtep_engine_fdb_entry>?, _ now: UInt64,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("append to the FDB entry", err) { arguments throws(VTEPError) in
        try unsafe arguments.engine(engine).engine.appendFDBEntry(arguments.entry(entry), now: now)
    }
}

@c @implementation
public func vtep_engine_fdb_remove(
    _ engine: OpaquePointer?, _ vni: UInt32, _ mac: UnsafePointer<vtep_mac>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("remove the FDB entry", err) { arguments throws(VTEPError) in
        try unsafe arguments.engine(engine).engine.removeFDBEntry(arguments.mac(mac, "mac"), of: VNI(vni))
    }
}

@c @implementation
public func vtep_engine_fdb_flush(
    _ engine: OpaquePointer?, _ vni: UInt32, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("flush the FDB", err) { arguments throws(VTEPError) in
        try unsafe arguments.engine(engine).engine.flushLearnt(of: VNI(vni))
    }
}

@c @implementation
public func vtep_engine_fdb_count(_ engine: OpaquePointer?) -> UInt32 {
    guard let engine = unsafe engine else { return 0 }
    return unsafe Unmanaged<EngineHandle>.fromOpaque(UnsafeRawPointer(engine))._withUnsafeGuaranteedRef { handle in
        UInt32(clamping: handle.engine.fdbCount)
    }
}

@c @implementation
public func vtep_engine_fdb(
    _ engine: OpaquePointer?, _ vni: UInt32, _ now: UInt64, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list the FDB entries", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            let handle = try unsafe arguments.engine(engine)
            var elements: [vtep_engine_fdb_entry] = []
            try handle.engine.forEachFDBEntry(of: VNI(vni), now: now) { entry, idle in
                elements += vtep_engine_fdb_entry.elements(entry, idle: idle)
            }
            return ListHandle(elements)
        }
    }
}

@c @implementation
public func vtep_engine_fdb_list_count(_ list: OpaquePointer?) -> UInt32 {
    unsafe count(list, of: vtep_engine_fdb_entry.self)
}

@c @implementation
public func vtep_engine_fdb_list_get(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_engine_fdb_entry>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of FDB entries", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        output.write(try unsafe arguments.element(list, i, as: vtep_engine_fdb_entry.self))
    }
}

@c @implementation
public func vtep_engine_fdb_list_free(_ list: OpaquePointer?) {
    unsafe end(list, ListHandle<vtep_engine_fdb_entry>.self)
}
