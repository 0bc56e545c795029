public import CVTEP
internal import VTEP

extension vtep_address: InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_ADDRESS_HAS_PREFERRED_LIFETIME) << 1) - 1 }
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
        scope = address.scope.rawValue
        prefix = vtep_prefix(address.prefix)
        peer = vtep_ip(address.peer)
        broadcast = vtep_ip(address.broadcast)
        store(address.label ?? "", in: &label)
    }
}

extension Arguments {
    func interfaceAddress(_ pointer: UnsafePointer<vtep_address>?) throws(VTEPError) -> InterfaceAddress {
        var input = try unsafe self.input(pointer, "address")
        var address = InterfaceAddress(
            try prefix(input.prefix, "prefix"), linkIndex: try linkIndex(input.link_index))
        address.peer = try self.address(input.peer, "peer")
        address.broadcast = try self.address(input.broadcast, "broadcast")
        if input.scope != 0 { address.scope = RouteScope(rawValue: input.scope) }
        address.flags = AddressFlags(rawValue: input.flags)
        address.label = try unsafe withUnsafePointer(to: &input.label) { label throws(VTEPError) in
            try unsafe optionalLabel(UnsafeRawPointer(label).assumingMemoryBound(to: CChar.self))
        }
        if input.has.sets(VTEP_ADDRESS_HAS_VALID_LIFETIME) { address.validLifetime = input.valid_lifetime }
        if input.has.sets(VTEP_ADDRESS_HAS_PREFERRED_LIFETIME) {
            address.preferredLifetime = input.preferred_lifetime
        }
        return address
    }

    private func optionalLabel(_ text: UnsafePointer<CChar>) throws(VTEPError) -> String? {
        let label = try unsafe linkName(text, "label")
        return label.isEmpty ? nil : label
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
