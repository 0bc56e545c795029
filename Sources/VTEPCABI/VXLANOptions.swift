internal import CVTEP
internal import VTEP

extension vtep_vxlan_options: @unsafe InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_VXLAN_OPTIONS_HAS_MAC) << 1) - 1 }
    var reservedIsZero: Bool { unsafe isZero(reserved) }
}

extension VXLANConfiguration {
    init(_ options: vtep_vxlan_options, _ arguments: inout Arguments) throws(VTEPError) {
        let name = try unsafe arguments.linkName(options.name, "name")
        arguments.subject = name
        let flags = try unsafe VXLANFlags(options, arguments)
        self.init(name: name, segments: try unsafe flags.newSegments(vni: options.vni, arguments))
        device = try unsafe arguments.optionalLinkName(options.device, "device")
        master = try unsafe arguments.optionalLinkName(options.master, "master")
        destination = try unsafe arguments.destination(options)
        local = try unsafe arguments.address(options.local, "local")
        up = try unsafe arguments.truth(options.up, "up")
        let has = unsafe options.has
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_MTU) { mtu = unsafe options.mtu }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_MAC) { macAddress = unsafe MACAddress(options.mac) }
        self.options = try unsafe VXLANOptions(options, flags, arguments)
    }
}

extension VXLANChange {
    init(_ options: vtep_vxlan_options, _ arguments: inout Arguments) throws(VTEPError) {
        let flags = try unsafe VXLANFlags(options, arguments)
        self.init(options: try unsafe VXLANOptions(options, flags, arguments))
        try unsafe arguments.refuseForeignFields(options)
        segments = try unsafe flags.changedSegments(
            vni: options.has.sets(VTEP_VXLAN_OPTIONS_HAS_VNI) ? options.vni : nil, arguments)
        device = try unsafe arguments.optionalLinkName(options.device, "device")
        if let destination = try unsafe arguments.destination(options) {
            self.destination = destination.address.isUnspecified ? .remove : .set(destination)
        }
        if let local = try unsafe arguments.address(options.local, "local") {
            self.local = local.isUnspecified ? .remove : .set(local)
        }
    }
}

extension Arguments {
    fileprivate func destination(_ options: vtep_vxlan_options) throws(VTEPError) -> VXLANDestination? {
        try unsafe destination(remote: options.remote, group: options.group)
    }

    func destination(remote: vtep_ip, group: vtep_ip) throws(VTEPError) -> VXLANDestination? {
        switch (try address(remote, "remote"), try address(group, "group")) {
        case (nil, nil): return nil
        case (let remote?, nil): return .remote(remote)
        case (nil, let group?): return .group(group)
        case (let remote?, let group?):
            throw invalid(
                "it has both the remote \(remote) and the group \(group)",
                "choose one; add further remotes with vtep_host_remote_append")
        }
    }

    /// What belongs to every kind of link is changed by other calls.
    fileprivate func refuseForeignFields(_ options: vtep_vxlan_options) throws(VTEPError) {
        let has = unsafe options.has
        func refuse(_ field: StaticString, _ function: StaticString) -> VTEPError {
            invalid("\(field) is not part of this change", "call \(function)")
        }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_MTU) { throw refuse("mtu", "vtep_host_link_set_mtu") }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_MAC) { throw refuse("mac", "vtep_host_link_set_mac") }
        if unsafe options.master != nil { throw refuse("master", "vtep_host_link_set_master") }
        if unsafe options.up != 0 { throw refuse("up", "vtep_host_link_set_up") }
    }
}

extension VXLANOptions {
    fileprivate init(
        _ options: vtep_vxlan_options, _ flags: VXLANFlags, _ arguments: Arguments
    ) throws(VTEPError) {
        self.init()
        try unsafe readHeader(options, arguments)
        let has = unsafe options.has
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_AGEING) { ageing = unsafe options.ageing }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_MAXIMUM_ENTRIES) { maximumEntries = unsafe options.maximum_entries }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_RESERVED_BITS) { reservedBits = unsafe options.reserved_bits }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_SOURCE_PORTS) {
            let lower: UInt16 = try unsafe arguments.number(options.source_port_min, "source_port_min")
            let upper: UInt16 = try unsafe arguments.number(options.source_port_max, "source_port_max")
            guard lower <= upper else {
                throw arguments.invalid("source_port_min \(lower) is above source_port_max \(upper)")
            }
            sourcePorts = lower...upper
        }
        flags.store(in: &self)
    }

    /// What goes into outer headers.
    private mutating func readHeader(_ options: vtep_vxlan_options, _ arguments: Arguments) throws(VTEPError) {
        let has = unsafe options.has
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_DESTINATION_PORT) {
            destinationPort = try unsafe arguments.number(options.destination_port, "destination_port")
        }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_TTL) { timeToLive = try unsafe arguments.number(options.ttl, "ttl") }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_TOS) { typeOfService = try unsafe arguments.number(options.tos, "tos") }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_DF) {
            dontFragment = DontFragment(rawValue: try unsafe arguments.number(options.df, "df"))
        }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_FLOW_LABEL) { flowLabel = unsafe options.flow_label }
        if has.sets(VTEP_VXLAN_OPTIONS_HAS_FLOW_LABEL_POLICY) {
            flowLabelPolicy = FlowLabelPolicy(rawValue: unsafe options.flow_label_policy)
        }
    }
}
