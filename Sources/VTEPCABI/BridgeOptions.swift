internal import CVTEP
internal import VTEP

extension vtep_bridge_options: @unsafe InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_BRIDGE_OPTIONS_HAS_MAC) << 1) - 1 }
    var reservedIsZero: Bool { unsafe isZero(reserved) }
}

extension BridgeConfiguration {
    init(_ options: vtep_bridge_options, _ arguments: inout Arguments) throws(VTEPError) {
        let name = try unsafe arguments.linkName(options.name, "name")
        arguments.subject = name
        self.init(name: name)
        let has = unsafe options.has
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_MTU) { mtu = unsafe options.mtu }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_MAC) { macAddress = unsafe MACAddress(options.mac) }
        up = try unsafe arguments.truth(options.up, "up")
        self.options = try unsafe BridgeOptions(options, arguments)
    }
}

extension BridgeOptions {
    /// - Throws: also for what belongs to every kind of link.
    init(change options: vtep_bridge_options, _ arguments: Arguments) throws(VTEPError) {
        try unsafe self.init(options, arguments)
        let has = unsafe options.has
        func refuse(_ field: StaticString, _ function: StaticString) -> VTEPError {
            arguments.invalid("\(field) is not part of this change", "call \(function)")
        }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_MTU) { throw refuse("mtu", "vtep_host_link_set_mtu") }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_MAC) { throw refuse("mac", "vtep_host_link_set_mac") }
        if unsafe options.up != 0 { throw refuse("up", "vtep_host_link_set_up") }
    }

    fileprivate init(_ options: vtep_bridge_options, _ arguments: Arguments) throws(VTEPError) {
        self.init()
        try unsafe readNumbers(options, arguments)
        unsafe readMulticast(options)
        try unsafe readFlags(options, arguments)
    }

    private mutating func readNumbers(_ options: vtep_bridge_options, _ arguments: Arguments) throws(VTEPError) {
        let has = unsafe options.has
        func number<Value: FixedWidthInteger & UnsignedInteger>(
            _ bit: Int, _ value: UInt32, _ name: StaticString
        ) throws(VTEPError) -> Value? {
            has.sets(bit) ? try arguments.number(value, name) : nil
        }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_FORWARD_DELAY) { forwardDelay = unsafe options.forward_delay }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_HELLO_TIME) { helloTime = unsafe options.hello_time }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_MAXIMUM_AGE) { maximumAge = unsafe options.maximum_age }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_AGEING_TIME) { ageingTime = unsafe options.ageing_time }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_MAXIMUM_LEARNED) { maximumLearned = unsafe options.maximum_learned }
        if has.sets(VTEP_BRIDGE_OPTIONS_HAS_GROUP_ADDRESS) { groupAddress = unsafe MACAddress(options.group_address) }
        priority = try unsafe number(VTEP_BRIDGE_OPTIONS_HAS_PRIORITY, options.priority, "priority")
        groupForwardMask = try unsafe number(
            VTEP_BRIDGE_OPTIONS_HAS_GROUP_FORWARD_MASK, options.group_forward_mask, "group_forward_mask")
        vlanProtocol = try unsafe number(
            VTEP_BRIDGE_OPTIONS_HAS_VLAN_PROTOCOL, options.vlan_protocol, "vlan_protocol"
        ).map { VLANProtocol(rawValue: $0) }
        defaultPVID = try unsafe number(VTEP_BRIDGE_OPTIONS_HAS_DEFAULT_PVID, options.default_pvid, "default_pvid")
        igmpVersion = try unsafe number(VTEP_BRIDGE_OPTIONS_HAS_IGMP_VERSION, options.igmp_version, "igmp_version")
        mldVersion = try unsafe number(VTEP_BRIDGE_OPTIONS_HAS_MLD_VERSION, options.mld_version, "mld_version")
        multicastRouter = try unsafe number(
            VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_ROUTER, options.multicast_router, "multicast_router"
        ).map { MulticastRouter(rawValue: $0) }
    }

    private mutating func readMulticast(_ options: vtep_bridge_options) {
        let has = unsafe options.has
        func value<Value>(_ bit: Int, _ value: Value) -> Value? { has.sets(bit) ? value : nil }
        multicastHashMaximum = unsafe value(
            VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_HASH_MAXIMUM, options.multicast_hash_maximum)
        multicastLastMemberCount = unsafe value(
            VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_LAST_MEMBER_COUNT, options.multicast_last_member_count)
        multicastStartupQueryCount = unsafe value(
            VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_STARTUP_QUERY_COUNT, options.multicast_startup_query_count)
        multicastLastMemberInterval = unsafe value(
            VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_LAST_MEMBER_INTERVAL, options.multicast_last_member_interval)
        multicastMembershipInterval = unsafe value(
            VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_MEMBERSHIP_INTERVAL, options.multicast_membership_interval)
        multicastQuerierInterval = unsafe value(
            VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_QUERIER_INTERVAL, options.multicast_querier_interval)
        multicastQueryInterval = unsafe value(
            VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_QUERY_INTERVAL, options.multicast_query_interval)
        multicastQueryResponseInterval = unsafe value(
            VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_QUERY_RESPONSE_INTERVAL, options.multicast_query_response_interval)
        multicastStartupQueryInterval = unsafe value(
            VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_STARTUP_QUERY_INTERVAL, options.multicast_startup_query_interval)
    }

    private mutating func readFlags(_ options: vtep_bridge_options, _ arguments: Arguments) throws(VTEPError) {
        let known = (VTEP_BRIDGE_FLAG_CALLS_ARPTABLES << 1) - 1
        let flags = try unsafe Flags(options.flags, mask: options.flags_mask, known: known, arguments)
        stp = flags[VTEP_BRIDGE_FLAG_STP]
        noLinkLocalLearning = flags[VTEP_BRIDGE_FLAG_NO_LINK_LOCAL_LEARNING]
        vlanFiltering = flags[VTEP_BRIDGE_FLAG_VLAN_FILTERING]
        vlanStatistics = flags[VTEP_BRIDGE_FLAG_VLAN_STATISTICS]
        vlanStatisticsPerPort = flags[VTEP_BRIDGE_FLAG_VLAN_STATISTICS_PER_PORT]
        multicastVLANSnooping = flags[VTEP_BRIDGE_FLAG_MULTICAST_VLAN_SNOOPING]
        multipleSpanningTrees = flags[VTEP_BRIDGE_FLAG_MULTIPLE_SPANNING_TREES]
        localEntriesInVLAN0 = flags[VTEP_BRIDGE_FLAG_LOCAL_ENTRIES_IN_VLAN_0]
        multicastSnooping = flags[VTEP_BRIDGE_FLAG_MULTICAST_SNOOPING]
        multicastQueryUsesAddress = flags[VTEP_BRIDGE_FLAG_MULTICAST_QUERY_USES_ADDRESS]
        multicastQuerier = flags[VTEP_BRIDGE_FLAG_MULTICAST_QUERIER]
        multicastStatistics = flags[VTEP_BRIDGE_FLAG_MULTICAST_STATISTICS]
        offloadFailureNotifications = flags[VTEP_BRIDGE_FLAG_OFFLOAD_FAILURE_NOTIFICATIONS]
        callsIPTables = flags[VTEP_BRIDGE_FLAG_CALLS_IPTABLES]
        callsIP6Tables = flags[VTEP_BRIDGE_FLAG_CALLS_IP6TABLES]
        callsARPTables = flags[VTEP_BRIDGE_FLAG_CALLS_ARPTABLES]
    }
}
