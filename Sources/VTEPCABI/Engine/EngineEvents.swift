public import CVTEP
internal import VTEP
internal import VTEPEngine

extension vtep_engine_event: SizedStruct {
    init(_ event: Engine.Event) {
        self.init()
        time = event.time
        kind = UInt32(event.kind.rawValue)
        vni = event.vni
        mac = vtep_mac(MACAddress(rawValue: event.address) ?? .zero)
        switch event.place {
        case .nowhere: break
        case .port(let number):
            has.set(VTEP_ENGINE_EVENT_HAS_PORT)
            port = number.rawValue
        case .remote(let address): remote = vtep_ip(address.address)
        }
        switch event.otherPlace {
        case .nowhere: break
        case .port(let number):
            has.set(VTEP_ENGINE_EVENT_HAS_OTHER_PORT)
            other_port = number.rawValue
        case .remote(let address): other_remote = vtep_ip(address.address)
        }
        if event.kind == .neighbourMiss { address = vtep_ip(event.internetAddress.address) }
    }
}

@c @implementation
public func vtep_engine_event_next(
    _ engine: OpaquePointer?, _ out: UnsafeMutablePointer<vtep_engine_event>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read an event", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.engine(engine)
        let output = try unsafe arguments.output(out)
        guard let event = handle.engine.nextEvent() else {
            throw VTEPError(.notFound, attempted: "read an event", reason: "none waits")
        }
        output.write(vtep_engine_event(event))
    }
}
