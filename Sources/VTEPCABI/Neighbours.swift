public import CVTEP
internal import VTEP

extension vtep_neighbour: InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_NEIGHBOUR_HAS_AGES) << 1) - 1 }
    var reservedIsZero: Bool { isZero(reserved) }

    init(_ neighbour: Neighbour) {
        self.init()
        link_index = neighbour.linkIndex
        flags = neighbour.flags.rawValue
        has.set(VTEP_NEIGHBOUR_HAS_STATE)
        state = neighbour.state.rawValue
        if let address = neighbour.macAddress {
            has.set(VTEP_NEIGHBOUR_HAS_MAC)
            mac = vtep_mac(address)
        }
        address = vtep_ip(neighbour.address)
        if let program = neighbour.origin {
            has.set(VTEP_NEIGHBOUR_HAS_ORIGIN)
            origin = program.rawValue
        }
        probes = neighbour.probes ?? 0
        guard let ages = neighbour.ages else { return }
        has.set(VTEP_NEIGHBOUR_HAS_AGES)
        confirmed = ages.confirmed
        used = ages.used
        updated = ages.updated
        references = ages.references
    }
}

extension Arguments {
    func neighbour(_ pointer: UnsafePointer<vtep_neighbour>?) throws(VTEPError) -> Neighbour {
        let input = try unsafe self.input(pointer, "neighbour")
        guard let address = try address(input.address, "address") else {
            throw invalid("the neighbour has no address: its family is 0")
        }
        var neighbour = Neighbour(
            address: address,
            macAddress: input.has.sets(VTEP_NEIGHBOUR_HAS_MAC) ? MACAddress(input.mac) : nil,
            linkIndex: try linkIndex(input.link_index),
            state: input.has.sets(VTEP_NEIGHBOUR_HAS_STATE) ? NeighbourState(rawValue: input.state) : .permanent,
            flags: NeighbourFlags(rawValue: input.flags))
        if input.has.sets(VTEP_NEIGHBOUR_HAS_ORIGIN) { neighbour.origin = RouteOrigin(rawValue: input.origin) }
        return neighbour
    }
}

@c @implementation
public func vtep_host_neighbours(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list neighbours", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe ListHandle(arguments.host(host).host.neighbours(of: arguments.optionalLinkName(name, "name")))
        }
    }
}

@c @implementation
public func vtep_host_proxy_neighbours(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list proxy neighbours", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            let handle = try unsafe arguments.host(host)
            return try unsafe ListHandle(handle.host.proxyNeighbours(of: arguments.optionalLinkName(name, "name")))
        }
    }
}

@c @implementation
public func vtep_host_neighbour_get(
    _ host: OpaquePointer?, _ key: UnsafePointer<vtep_neighbour>?, _ out: UnsafeMutablePointer<vtep_neighbour>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("find neighbour", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        output.write(vtep_neighbour(try unsafe arguments.host(host).host.neighbour(like: arguments.neighbour(key))))
    }
}

@c @implementation
public func vtep_neighbour_list_count(_ list: OpaquePointer?) -> UInt32 {
    unsafe count(list, of: Neighbour.self)
}

@c @implementation
public func vtep_neighbour_list_get(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_neighbour>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of neighbours", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        output.write(vtep_neighbour(try unsafe arguments.element(list, i, as: Neighbour.self)))
    }
}

@c @implementation
public func vtep_neighbour_list_copy(
    _ list: OpaquePointer?, _ first: UInt32, _ count: UInt32, _ out: UnsafeMutablePointer<vtep_neighbour>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of neighbours", err) { arguments throws(VTEPError) in
        try unsafe arguments.copy(list, first, count, to: out) { (element: Neighbour) in vtep_neighbour(element) }
    }
}

@c @implementation
public func vtep_neighbour_list_free(_ list: OpaquePointer?) {
    unsafe end(list, ListHandle<Neighbour>.self)
}

@c @implementation
public func vtep_host_neighbour_add(
    _ host: OpaquePointer?, _ neighbour: UnsafePointer<vtep_neighbour>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add neighbour", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.addNeighbour(arguments.neighbour(neighbour))
    }
}

@c @implementation
public func vtep_host_neighbour_replace(
    _ host: OpaquePointer?, _ neighbour: UnsafePointer<vtep_neighbour>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("replace neighbour", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.replaceNeighbour(arguments.neighbour(neighbour))
    }
}

@c @implementation
public func vtep_host_neighbour_update(
    _ host: OpaquePointer?, _ neighbour: UnsafePointer<vtep_neighbour>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("update neighbour", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.updateNeighbour(arguments.neighbour(neighbour))
    }
}

@c @implementation
public func vtep_host_neighbour_delete(
    _ host: OpaquePointer?, _ neighbour: UnsafePointer<vtep_neighbour>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("delete neighbour", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.deleteNeighbour(arguments.neighbour(neighbour))
    }
}
