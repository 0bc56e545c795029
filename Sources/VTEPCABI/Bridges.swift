public import CVTEP
internal import VTEP

extension vtep_bridge_options: @unsafe InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_BRIDGE_OPTIONS_HAS_MAC) << 1) - 1 }
    var reservedIsZero: Bool { unsafe isZero(reserved) }
}

extension BridgeConfiguration {
    fileprivate init(_ options: vtep_bridge_options, _ arguments: inout Arguments) throws(VTEPError) {
        let name = try unsafe arguments.linkName(options.name, "name")
        arguments.subject = name
        self.init(name: name)
        let has = unsafe options.has
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_FORWARD_DELAY) { forwardDelay = unsafe options.forward_delay }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_AGEING_TIME) { ageingTime = unsafe options.ageing_time }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_PRIORITY) {
            priority = try unsafe arguments.number(options.priority, "priority")
        }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_MTU) { mtu = unsafe options.mtu }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_STP) { stp = try unsafe arguments.truth(options.stp, "stp") }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_SNOOPING) {
            multicastSnooping = try unsafe arguments.truth(options.multicast_snooping, "multicast_snooping")
        }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_MAC) { macAddress = unsafe MACAddress(options.mac) }
        up = try unsafe arguments.truth(options.up, "up")
    }
}

@c @implementation
public func vtep_host_bridge_create(
    _ host: OpaquePointer?, _ options: UnsafePointer<vtep_bridge_options>?, _ out: UnsafeMutablePointer<vtep_link>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("create bridge", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let output = try unsafe arguments.optionalOutput(out)
        let options = try unsafe arguments.input(options, "options")
        let configuration = try unsafe BridgeConfiguration(options, &arguments)
        guard let output else { return try handle.host.make(configuration) }
        try output.write(vtep_link(handle.host.createBridge(configuration)))
    }
}

@c @implementation
public func vtep_host_bridge_delete(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("delete bridge", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.deleteBridge(arguments.linkName(name, "name"))
    }
}

@c @implementation
public func vtep_host_bridge_ports(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list ports of bridge", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe ListHandle(arguments.host(host).host.bridgePorts(of: arguments.linkName(name, "name")))
        }
    }
}
