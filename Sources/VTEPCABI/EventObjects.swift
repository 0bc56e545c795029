public import CVTEP
internal import VTEP

extension Arguments {
    /// What the last event was about, where it was that; `isBefore` asks for what it was before.
    fileprivate func object<Value>(
        _ handle: MonitorHandle, _ before: UInt8, _ change: (HostEvent) -> TableChange<Value>?
    ) throws(VTEPError) -> (Value, isBefore: Bool) {
        let isBefore = try truth(before, "before")
        guard let event = handle.event, let change = change(event) else {
            throw VTEPError(
                .notFound, attempted: "\(attempted)", reason: "the last event was about another kind of object, or none"
            )
        }
        if !isBefore { return (change.value, false) }
        guard case .changed(from: let value, to: _) = change else {
            throw VTEPError(.notFound, attempted: "\(attempted)", reason: "only what has changed has a \"before\"")
        }
        return (value, true)
    }

    fileprivate func link(_ monitor: OpaquePointer?, _ before: UInt8) throws(VTEPError) -> Link {
        try unsafe object(self.monitor(monitor), before) { if case .link(let change) = $0 { change } else { nil } }.0
    }
}

@c @implementation
public func vtep_monitor_link(
    _ monitor: OpaquePointer?, _ before: UInt8, _ out: UnsafeMutablePointer<vtep_link>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read an event's link", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        output.write(vtep_link(try unsafe arguments.link(monitor, before)))
    }
}

@c @implementation
public func vtep_monitor_link_list(
    _ monitor: OpaquePointer?, _ before: UInt8, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read an event's link", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe ListHandle([arguments.link(monitor, before)])
        }
    }
}

@c @implementation
public func vtep_monitor_address(
    _ monitor: OpaquePointer?, _ before: UInt8, _ out: UnsafeMutablePointer<vtep_address>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read an event's address", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let handle = try unsafe arguments.monitor(monitor)
        let (address, _) = try arguments.object(handle, before) {
            if case .address(let change) = $0 { change } else { nil }
        }
        output.write(vtep_address(address))
    }
}

@c @implementation
public func vtep_monitor_route(
    _ monitor: OpaquePointer?, _ before: UInt8, _ out: UnsafeMutablePointer<vtep_route>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read an event's route", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let handle = try unsafe arguments.monitor(monitor)
        let (route, isBefore) = try arguments.object(handle, before) {
            if case .route(let change) = $0 { change } else { nil }
        }
        unsafe output.write(handle.route(route, isBefore: isBefore))
    }
}

@c @implementation
public func vtep_monitor_neighbour(
    _ monitor: OpaquePointer?, _ before: UInt8, _ out: UnsafeMutablePointer<vtep_neighbour>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read an event's neighbour", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let handle = try unsafe arguments.monitor(monitor)
        let (neighbour, _) = try arguments.object(handle, before) {
            if case .neighbour(let change) = $0 { change } else { nil }
        }
        output.write(vtep_neighbour(neighbour))
    }
}

@c @implementation
public func vtep_monitor_fdb_entry(
    _ monitor: OpaquePointer?, _ before: UInt8, _ out: UnsafeMutablePointer<vtep_fdb_entry>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read an event's FDB entry", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let handle = try unsafe arguments.monitor(monitor)
        let (entry, _) = try arguments.object(handle, before) { if case .fdb(let change) = $0 { change } else { nil } }
        output.write(vtep_fdb_entry(entry))
    }
}

@c @implementation
public func vtep_monitor_nexthop_list(
    _ monitor: OpaquePointer?, _ before: UInt8, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read an event's nexthop", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            let handle = try unsafe arguments.monitor(monitor)
            let (hop, _) = try arguments.object(handle, before) {
                if case .nextHop(let change) = $0 { change } else { nil }
            }
            return unsafe ListHandle(nextHops: [hop])
        }
    }
}

@c @implementation
public func vtep_monitor_rule(
    _ monitor: OpaquePointer?, _ before: UInt8, _ out: UnsafeMutablePointer<vtep_rule>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read an event's rule", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let handle = try unsafe arguments.monitor(monitor)
        let (rule, _) = try arguments.object(handle, before) { if case .rule(let change) = $0 { change } else { nil } }
        output.write(vtep_rule(rule))
    }
}

@c @implementation
public func vtep_monitor_vni(
    _ monitor: OpaquePointer?, _ before: UInt8, _ out: UnsafeMutablePointer<vtep_vni>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read an event's VNI", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let handle = try unsafe arguments.monitor(monitor)
        let (entry, _) = try arguments.object(handle, before) { if case .vni(let change) = $0 { change } else { nil } }
        output.write(vtep_vni(entry))
    }
}

@c @implementation
public func vtep_monitor_vlan(
    _ monitor: OpaquePointer?, _ before: UInt8, _ out: UnsafeMutablePointer<vtep_vlan>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read an event's VLAN", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let handle = try unsafe arguments.monitor(monitor)
        let (vlan, _) = try arguments.object(handle, before) { if case .vlan(let change) = $0 { change } else { nil } }
        output.write(vtep_vlan(vlan))
    }
}

@c @implementation
public func vtep_monitor_vlan_tunnel(
    _ monitor: OpaquePointer?, _ before: UInt8, _ out: UnsafeMutablePointer<vtep_vlan_tunnel>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read an event's VLAN tunnel", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let handle = try unsafe arguments.monitor(monitor)
        let (tunnel, _) = try arguments.object(handle, before) {
            if case .vlanTunnel(let change) = $0 { change } else { nil }
        }
        output.write(vtep_vlan_tunnel(tunnel))
    }
}
