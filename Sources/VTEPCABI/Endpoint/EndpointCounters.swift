public import CVTEP
internal import VTEP

@c @implementation
public func vtep_endpoint_counters(
    _ endpoint: OpaquePointer?, _ values: UnsafeMutablePointer<UInt64>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read the endpoint's counters", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.endpoint(endpoint)
        try unsafe arguments.write(endpoint.statistics, to: values, capacity)
    }
}

@c @implementation
public func vtep_endpoint_vni_counters(
    _ endpoint: OpaquePointer?, _ vni: UInt32, _ values: UnsafeMutablePointer<UInt64>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read the VNI's counters", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.endpoint(endpoint)
        try unsafe arguments.write(endpoint.statistics(of: VNI(vni)), to: values, capacity)
    }
}

extension Arguments {
    fileprivate func write(
        _ statistics: EndpointStatistics, to values: UnsafeMutablePointer<UInt64>?, _ capacity: UInt32
    ) throws(VTEPError) {
        guard let values = unsafe values else { throw null("values") }
        for counter in Counter.allCases where counter.rawValue < capacity {
            unsafe values[Int(counter.rawValue)] = statistics[counter]
        }
    }
}

@c @implementation
public func vtep_endpoint_event_next(
    _ endpoint: OpaquePointer?, _ out: UnsafeMutablePointer<vtep_engine_event>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read an event", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.endpoint(endpoint)
        let output = try unsafe arguments.output(out)
        guard let event = endpoint.nextEvent() else {
            throw VTEPError(.notFound, attempted: "read an event", reason: "none waits")
        }
        output.write(vtep_engine_event(event))
    }
}

extension vtep_underlay_statistics: SizedStruct {
    fileprivate init(_ statistics: UnderlayStatistics) {
        self.init()
        messages_sent = statistics.messagesSent
        messages_received = statistics.messagesReceived
        congested = statistics.congested
        oversized = statistics.oversized
        refused = statistics.refused
        other_family = statistics.otherFamily
        truncated = statistics.truncated
        overrun = statistics.overrun
        segmentation_failures = statistics.segmentationFailures
    }
}

@c @implementation
public func vtep_endpoint_underlay_statistics(
    _ endpoint: OpaquePointer?, _ family: UInt8, _ out: UnsafeMutablePointer<vtep_underlay_statistics>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read the underlay's counters", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.endpoint(endpoint)
        let output = try unsafe arguments.output(out)
        guard family == 4 || family == 6 else { throw arguments.invalid("family is \(family); 4 and 6 are possible") }
        guard let statistics = endpoint.underlayStatistics(family == 4 ? .v4 : .v6) else {
            throw VTEPError(
                .notFound, attempted: "read the underlay's counters", reason: "the endpoint has no IPv\(family)")
        }
        output.write(vtep_underlay_statistics(statistics))
    }
}
