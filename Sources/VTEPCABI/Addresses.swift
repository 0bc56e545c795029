public import CVTEP
internal import VTEP

extension vtep_address: InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_ADDRESS_HAS_STAMPS) << 1) - 1 }
    var reservedIsZero: Bool { isZero(reserved) }

    init(_ address: InterfaceAddress) {
        self.init()
        link_index = address.linkIndex
        flags = address.flags.rawValue
        if let seconds = address.validLifetime {
            has.set(VTEP_ADDRESS_HAS_VALID_LIFETIME)
            valid_lifetime = seconds
        }
        if let seconds = address.preferredLifetime {
            has.set(VTEP_ADDRESS_HAS_PREFERRED_LIFETIME)
            preferred_lifetime = seconds
        }
        if let number = address.metric {
            has.set(VTEP_ADDRESS_HAS_METRIC)
            metric = number
        }
        if let program = address.origin {
            has.set(VTEP_ADDRESS_HAS_ORIGIN)
            origin = program.rawValue
        }
        if let stamps = address.stamps {
            has.set(VTEP_ADDRESS_HAS_STAMPS)
            created = stamps.created
            updated = stamps.updated
        }
        has.set(VTEP_ADDRESS_HAS_SCOPE)
        scope = address.scope.rawValue
        prefix = vtep_prefix(address.prefix)
        peer = vtep_ip(address.peer)
        broadcast = vtep_ip(address.broadcast)
        store(address.label ?? "", in: &label)
    }
}

extension Arguments {
    func interfaceAddress(_ pointer: UnsafePointer<vtep_address>?) throws(VTEPError) -> InterfaceAddress {
        let input = try unsafe self.input(pointer, "address")
        let has = input.has
        var address = InterfaceAddress(
            try prefix(input.prefix, "prefix"), linkIndex: try linkIndex(input.link_index))
        address.flags = AddressFlags(rawValue: input.flags)
        if has.sets(VTEP_ADDRESS_HAS_VALID_LIFETIME) { address.validLifetime = input.valid_lifetime }
        if has.sets(VTEP_ADDRESS_HAS_PREFERRED_LIFETIME) { address.preferredLifetime = input.preferred_lifetime }
        if has.sets(VTEP_ADDRESS_HAS_METRIC) { address.metric = input.metric }
        if has.sets(VTEP_ADDRESS_HAS_ORIGIN) { address.origin = AddressOrigin(rawValue: input.origin) }
        if has.sets(VTEP_ADDRESS_HAS_SCOPE) { address.scope = RouteScope(rawValue: input.scope) }
        address.peer = try self.address(input.peer, "peer")
        address.broadcast = try self.address(input.broadcast, "broadcast")
        address.label = try text(in: input.label, "label")
        return address
    }
}

@c @implementation
public func vtep_host_addresses(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list addresses", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe ListHandle(arguments.host(host).host.addresses(of: arguments.optionalLinkName(name, "name")))
        }
    }
}

@c @implementation
public func vtep_address_list_count(_ list: OpaquePointer?) -> UInt32 {
    unsafe count(list, of: InterfaceAddress.self)
}

@c @implementation
public func vtep_address_list_get(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_address>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of addresses", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        output.write(vtep_address(try unsafe arguments.element(list, i, as: InterfaceAddress.self)))
    }
}

@c @implementation
public func vtep_address_list_copy(
    _ list: OpaquePointer?, _ first: UInt32, _ count: UInt32, _ out: UnsafeMutablePointer<vtep_address>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of addresses", err) { arguments throws(VTEPError) in
        try unsafe arguments.copy(list, first, count, to: out) { (element: InterfaceAddress) in vtep_address(element) }
    }
}

@c @implementation
public func vtep_address_list_free(_ list: OpaquePointer?) {
    unsafe end(list, ListHandle<InterfaceAddress>.self)
}

@c @implementation
public func vtep_host_address_add(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ prefix: UnsafePointer<vtep_prefix>?,
    _ broadcast: UnsafePointer<vtep_ip>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add address to link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let name = try unsafe arguments.linkName(name, "name")
        arguments.subject = name
        let prefix = try unsafe arguments.prefix(prefix, "prefix")
        var broadcastAddress: IPAddress?
        if let broadcast = unsafe broadcast {
            broadcastAddress = try unsafe arguments.address(broadcast.pointee, "broadcast")
        }
        try handle.host.addAddress(prefix, to: name, broadcast: broadcastAddress)
    }
}

@c @implementation
public func vtep_host_address_delete(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ prefix: UnsafePointer<vtep_prefix>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("delete address of link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let name = try unsafe arguments.linkName(name, "name")
        arguments.subject = name
        try unsafe handle.host.deleteAddress(arguments.prefix(prefix, "prefix"), from: name)
    }
}

@c @implementation
public func vtep_host_address_put(
    _ host: OpaquePointer?, _ address: UnsafePointer<vtep_address>?, _ replace: UInt8,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("write address", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let address = try unsafe arguments.interfaceAddress(address)
        if try arguments.truth(replace, "replace") {
            try handle.host.replaceAddress(address)
        } else {
            try handle.host.addAddress(address)
        }
    }
}

@c @implementation
public func vtep_host_address_flush(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ family: UInt8, _ deleted: UnsafeMutablePointer<UInt32>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("flush addresses of link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let name = try unsafe arguments.linkName(name, "name")
        arguments.subject = name
        let count = try handle.host.flushAddresses(of: name, family: arguments.family(family))
        unsafe deleted?.pointee = UInt32(clamping: count)
    }
}
