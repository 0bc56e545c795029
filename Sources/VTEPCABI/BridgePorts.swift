public import CVTEP
internal import VTEP

extension vtep_bridge_port_options: @unsafe InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_BRIDGE_PORT_OPTIONS_HAS_BACKUP_NEXTHOP_ID) << 1) - 1 }
    var reservedIsZero: Bool { true }
}

extension BridgePortChange {
    fileprivate init(_ options: vtep_bridge_port_options, _ arguments: Arguments) throws(VTEPError) {
        self.init()
        self.options = try unsafe BridgePortOptions(options, arguments)
        if let name = try unsafe arguments.optionalLinkName(options.backup_port, "backup_port") {
            backupPort = name.isEmpty ? .remove : .set(name)
        }
    }
}

extension BridgePortOptions {
    fileprivate init(_ options: vtep_bridge_port_options, _ arguments: Arguments) throws(VTEPError) {
        self.init()
        let has = unsafe options.has
        if has.sets(VTEP_BRIDGE_PORT_OPTIONS_HAS_STATE) {
            state = BridgePortState(rawValue: try unsafe arguments.number(options.state, "state"))
        }
        if has.sets(VTEP_BRIDGE_PORT_OPTIONS_HAS_COST) { cost = unsafe options.cost }
        if has.sets(VTEP_BRIDGE_PORT_OPTIONS_HAS_PRIORITY) {
            priority = try unsafe arguments.number(options.priority, "priority")
        }
        if has.sets(VTEP_BRIDGE_PORT_OPTIONS_HAS_MULTICAST_ROUTER) {
            let number: UInt8 = try unsafe arguments.number(options.multicast_router, "multicast_router")
            multicastRouter = MulticastRouter(rawValue: number)
        }
        if has.sets(VTEP_BRIDGE_PORT_OPTIONS_HAS_MAXIMUM_GROUPS) { maximumGroups = unsafe options.maximum_groups }
        if has.sets(VTEP_BRIDGE_PORT_OPTIONS_HAS_TRACKED_HOSTS_LIMIT) {
            trackedHostsLimit = unsafe options.tracked_hosts_limit
        }
        if has.sets(VTEP_BRIDGE_PORT_OPTIONS_HAS_GROUP_FORWARD_MASK) {
            groupForwardMask = try unsafe arguments.number(options.group_forward_mask, "group_forward_mask")
        }
        if has.sets(VTEP_BRIDGE_PORT_OPTIONS_HAS_BACKUP_NEXTHOP_ID) {
            backupNextHopID = unsafe options.backup_nexthop_id
        }
        try unsafe readFlags(options, arguments)
    }

    private mutating func readFlags(_ options: vtep_bridge_port_options, _ arguments: Arguments) throws(VTEPError) {
        let known = (VTEP_BRIDGE_PORT_FLAG_MULTICAST_TO_UNICAST << 1) - 1
        let flags = try unsafe Flags(options.flags, mask: options.flags_mask, known: known, arguments)
        hairpin = flags[VTEP_BRIDGE_PORT_FLAG_HAIRPIN]
        bpduGuard = flags[VTEP_BRIDGE_PORT_FLAG_BPDU_GUARD]
        rootBlock = flags[VTEP_BRIDGE_PORT_FLAG_ROOT_BLOCK]
        fastLeave = flags[VTEP_BRIDGE_PORT_FLAG_FAST_LEAVE]
        learning = flags[VTEP_BRIDGE_PORT_FLAG_LEARNING]
        unicastFlood = flags[VTEP_BRIDGE_PORT_FLAG_UNICAST_FLOOD]
        multicastFlood = flags[VTEP_BRIDGE_PORT_FLAG_MULTICAST_FLOOD]
        broadcastFlood = flags[VTEP_BRIDGE_PORT_FLAG_BROADCAST_FLOOD]
        proxyARP = flags[VTEP_BRIDGE_PORT_FLAG_PROXY_ARP]
        proxyARPWiFi = flags[VTEP_BRIDGE_PORT_FLAG_PROXY_ARP_WIFI]
        neighbourSuppression = flags[VTEP_BRIDGE_PORT_FLAG_NEIGHBOUR_SUPPRESSION]
        neighbourVLANSuppression = flags[VTEP_BRIDGE_PORT_FLAG_NEIGHBOUR_VLAN_SUPPRESSION]
        isolated = flags[VTEP_BRIDGE_PORT_FLAG_ISOLATED]
        locked = flags[VTEP_BRIDGE_PORT_FLAG_LOCKED]
        authenticationBypass = flags[VTEP_BRIDGE_PORT_FLAG_MAB]
        vlanTunnel = flags[VTEP_BRIDGE_PORT_FLAG_VLAN_TUNNEL]
        multicastToUnicast = flags[VTEP_BRIDGE_PORT_FLAG_MULTICAST_TO_UNICAST]
    }
}

@c @implementation
public func vtep_host_bridge_port_change(
    _ host: OpaquePointer?, _ options: UnsafePointer<vtep_bridge_port_options>?,
    _ out: UnsafeMutablePointer<vtep_link>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("change bridge port", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let output = try unsafe arguments.optionalOutput(out)
        let options = try unsafe arguments.input(options, "options")
        let name = try unsafe arguments.linkName(options.name, "name")
        arguments.subject = name
        let link = try handle.host.changeBridgePort(name, unsafe BridgePortChange(options, arguments))
        output?.write(vtep_link(link))
    }
}

@c @implementation
public func vtep_host_bridge_port_status(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<vtep_bridge_port_status>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read the status of bridge port", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        let handle = try unsafe arguments.host(host)
        let status = try unsafe handle.host.bridgePortStatus(of: arguments.linkName(name, "name"))
        output.write(vtep_bridge_port_status(status))
    }
}

@c @implementation
public func vtep_host_bridge_port_flush(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("flush bridge port", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.flushBridgePort(arguments.linkName(name, "name"))
    }
}
