public import CVTEP
internal import VTEP

@c @implementation
public func vtep_operstate_format(
    _ operstate: UInt8, _ text: UnsafeMutablePointer<CChar>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe format("write the operational state", text, capacity, err) { _ in
        OperationalState(rawValue: operstate).description
    }
}

@c @implementation
public func vtep_port_state_format(
    _ state: UInt8, _ text: UnsafeMutablePointer<CChar>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe format("write the state of a bridge port", text, capacity, err) { _ in
        BridgePortState(rawValue: state).description
    }
}

@c @implementation
public func vtep_bridge_id_format(
    _ bridgeID: UnsafePointer<vtep_bridge_id>?, _ text: UnsafeMutablePointer<CChar>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe format("write the bridge identifier", text, capacity, err) { arguments throws(VTEPError) in
        guard let bridgeID = unsafe bridgeID else { throw arguments.null("bridge_id") }
        let id = unsafe bridgeID.pointee
        return BridgeID(priority: id.priority, macAddress: MACAddress(id.mac)).description
    }
}

@c @implementation
public func vtep_scope_format(
    _ scope: UInt8, _ text: UnsafeMutablePointer<CChar>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe format("write the scope", text, capacity, err) { _ in RouteScope(rawValue: scope).description }
}

@c @implementation
public func vtep_table_format(
    _ table: UInt32, _ text: UnsafeMutablePointer<CChar>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe format("write the routing table", text, capacity, err) { _ in RouteTable(rawValue: table).description }
}

@c @implementation
public func vtep_route_type_format(
    _ type: UInt8, _ text: UnsafeMutablePointer<CChar>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe format("write the type of a route", text, capacity, err) { _ in RouteType(rawValue: type).description }
}

@c @implementation
public func vtep_route_origin_format(
    _ origin: UInt8, _ text: UnsafeMutablePointer<CChar>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe format("write the origin of a route", text, capacity, err) { _ in
        RouteOrigin(rawValue: origin).description
    }
}

@c @implementation
public func vtep_route_flags_format(
    _ route: UnsafePointer<vtep_route>?, _ text: UnsafeMutablePointer<CChar>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe format("write the flags of a route", text, capacity, err) { arguments throws(VTEPError) in
        try unsafe arguments.route(route).flagLetters
    }
}

@c @implementation
public func vtep_neighbour_state_format(
    _ state: UInt16, _ text: UnsafeMutablePointer<CChar>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe format("write the state of a neighbour", text, capacity, err) { _ in
        NeighbourState(rawValue: state).description
    }
}
