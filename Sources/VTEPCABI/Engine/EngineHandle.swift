public import CVTEP
internal import VTEP
internal import VTEPEngine

/// What a `vtep_engine *` points to: the one owner of an ``Engine``, which cannot be copied.
final class EngineHandle {
    var engine: Engine

    init(_ configuration: Engine.Configuration) throws(VTEPError) { engine = try Engine(configuration) }
}

extension Arguments {
    func engine(_ pointer: OpaquePointer?) throws(VTEPError) -> EngineHandle {
        try unsafe handle(pointer, "engine")
    }
}

extension vtep_engine_options: InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_ENGINE_HAS_EVENTS_PER_SECOND) << 1) - 1 }
    var reservedIsZero: Bool { true }
}

extension Engine.Configuration {
    init(_ options: vtep_engine_options, _ arguments: Arguments) throws(VTEPError) {
        var random = SystemRandomNumberGenerator()
        let has = options.has
        self.init(seed: has.sets(VTEP_ENGINE_HAS_SEED) ? options.seed : (random.next(), random.next()))
        if has.sets(VTEP_ENGINE_HAS_MAXIMUM_FDB_ENTRIES) { maximumFDBEntries = Int(options.maximum_fdb_entries) }
        if has.sets(VTEP_ENGINE_HAS_MAXIMUM_REMOTES) { maximumRemotes = Int(options.maximum_remotes) }
        if has.sets(VTEP_ENGINE_HAS_MAXIMUM_VNIS) { maximumVNIs = Int(options.maximum_vnis) }
        if has.sets(VTEP_ENGINE_HAS_MAXIMUM_PORTS) { maximumPorts = Int(options.maximum_ports) }
        if has.sets(VTEP_ENGINE_HAS_MAXIMUM_BINDINGS) { maximumBindings = Int(options.maximum_bindings) }
        if has.sets(VTEP_ENGINE_HAS_ENTROPY_SOCKETS) { entropySockets = Int(options.entropy_sockets) }
        if has.sets(VTEP_ENGINE_HAS_SOURCE_PORTS) {
            let lower: UInt16 = try arguments.number(options.source_port_min, "source_port_min")
            let upper: UInt16 = try arguments.number(options.source_port_max, "source_port_max")
            guard lower <= upper else {
                throw arguments.invalid("source_port_min \(lower) is above source_port_max \(upper)")
            }
            sourcePorts = lower...upper
        }
        if has.sets(VTEP_ENGINE_HAS_MAXIMUM_SEGMENTS) { maximumSegments = Int(options.maximum_segments) }
        if has.sets(VTEP_ENGINE_HAS_MAXIMUM_TRANSMISSION) { maximumTransmission = Int(options.maximum_transmission) }
        if has.sets(VTEP_ENGINE_HAS_MAXIMUM_EVENTS) { maximumEvents = Int(options.maximum_events) }
        if has.sets(VTEP_ENGINE_HAS_EVENTS_PER_SECOND) { eventsPerSecond = Int(options.events_per_second) }
    }
}

@c @implementation
public func vtep_engine_new(
    _ options: UnsafePointer<vtep_engine_options>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("make an engine", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            var known = vtep_engine_options()
            if unsafe options != nil { known = try unsafe arguments.input(options, "options") }
            return try EngineHandle(Engine.Configuration(known, arguments))
        }
    }
}

@c @implementation
public func vtep_engine_free(_ engine: OpaquePointer?) {
    unsafe end(engine, EngineHandle.self)
}
