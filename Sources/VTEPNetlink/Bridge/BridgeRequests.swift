internal import CLibNL
package import VTEPWire

extension Connection {
    package func create(_ link: NewLink, bridge: BridgeOptions, _ purpose: Purpose) throws(VTEPError) {
        try create(link, .bridge, purpose) { request throws(VTEPError) in request.put(bridge) }
    }

    package func change(_ index: UInt32, bridge: BridgeOptions, _ purpose: Purpose) throws(VTEPError) {
        try change(index, .bridge, purpose) { request throws(VTEPError) in request.put(bridge) }
    }

    /// - Parameter backupPort: an index; 0 for none.
    package func changePort(
        _ index: UInt32, _ options: BridgePortOptions, backupPort: UInt32? = nil, _ purpose: Purpose
    ) throws(VTEPError) {
        try changePort(index, purpose) { request in
            request.put(options)
            request.put(IFLA_BRPORT_BACKUP_PORT, backupPort)
        }
    }

    /// Drops all that a bridge has learnt.
    package func flushBridge(_ index: UInt32, _ purpose: Purpose) throws(VTEPError) {
        try change(index, .bridge, purpose) { request throws(VTEPError) in request.putFlag(IFLA_BR_FDB_FLUSH) }
    }

    package func flushPort(_ index: UInt32, _ purpose: Purpose) throws(VTEPError) {
        try changePort(index, purpose) { request in request.putFlag(IFLA_BRPORT_FLUSH) }
    }

    /// `nil` where the link is no bridge.
    package func bridgeStatus(_ index: UInt32, _ purpose: Purpose) throws(VTEPError) -> BridgeStatus? {
        try get(requestLink(index), purpose) { BridgeStatus($0) }
    }

    /// `nil` where the link is no port.
    package func bridgePortStatus(_ index: UInt32, _ purpose: Purpose) throws(VTEPError) -> BridgePortStatus? {
        try get(requestLink(index), purpose) { BridgePortStatus($0) }
    }

    private func requestLink(_ index: UInt32) throws(VTEPError) -> Request {
        var request = try Request(type: RTM_GETLINK, flags: 0)
        request.append(header: ifinfomsg(index: Int32(truncatingIfNeeded: index)))
        return request
    }

    /// `IFLA_INFO_SLAVE_DATA` takes everything that `IFLA_PROTINFO` of an AF_BRIDGE RTM_SETLINK does, measured one by one.
    private func changePort(
        _ index: UInt32, _ purpose: Purpose, _ data: (inout Request) -> Void
    ) throws(VTEPError) {
        var request = try Request(type: RTM_NEWLINK, flags: 0)
        request.append(header: ifinfomsg(index: Int32(truncatingIfNeeded: index)))
        try request.nest(IFLA_LINKINFO) { request throws(VTEPError) in
            request.put(IFLA_INFO_SLAVE_KIND, "bridge")
            try request.nest(IFLA_INFO_SLAVE_DATA) { request throws(VTEPError) in data(&request) }
        }
        try change(request, purpose)
    }
}

extension Request {
    fileprivate mutating func put(_ bridge: BridgeOptions) {
        put(IFLA_BR_STP_STATE, bridge.stp.map { UInt32($0 ? 1 : 0) })
        put(IFLA_BR_FORWARD_DELAY, bridge.forwardDelay)
        put(IFLA_BR_HELLO_TIME, bridge.helloTime)
        put(IFLA_BR_MAX_AGE, bridge.maximumAge)
        put(IFLA_BR_AGEING_TIME, bridge.ageingTime)
        put(IFLA_BR_PRIORITY, bridge.priority)
        put(IFLA_BR_GROUP_FWD_MASK, bridge.groupForwardMask)
        if let address = bridge.groupAddress { put(IFLA_BR_GROUP_ADDR, address) }
        put(VTEP_IFLA_BR_FDB_MAX_LEARNED, bridge.maximumLearned)
        put(IFLA_BR_NF_CALL_IPTABLES, bridge.callsIPTables)
        put(IFLA_BR_NF_CALL_IP6TABLES, bridge.callsIP6Tables)
        put(IFLA_BR_NF_CALL_ARPTABLES, bridge.callsARPTables)
        put(IFLA_BR_VLAN_PROTOCOL, bridge.vlanProtocol?.rawValue.bigEndian)
        put(IFLA_BR_VLAN_DEFAULT_PVID, bridge.defaultPVID)
        put(IFLA_BR_VLAN_STATS_ENABLED, bridge.vlanStatistics)
        put(IFLA_BR_VLAN_STATS_PER_PORT, bridge.vlanStatisticsPerPort)
        // The kernel takes them in an order of its own, and this one before the options that need it.
        put(IFLA_BR_VLAN_FILTERING, bridge.vlanFiltering)
        putMulticast(bridge)
        putOptions(bridge)
    }

    private mutating func putMulticast(_ bridge: BridgeOptions) {
        put(IFLA_BR_MCAST_SNOOPING, bridge.multicastSnooping)
        put(IFLA_BR_MCAST_ROUTER, bridge.multicastRouter?.rawValue)
        put(IFLA_BR_MCAST_QUERY_USE_IFADDR, bridge.multicastQueryUsesAddress)
        put(IFLA_BR_MCAST_QUERIER, bridge.multicastQuerier)
        put(IFLA_BR_MCAST_HASH_MAX, bridge.multicastHashMaximum)
        put(IFLA_BR_MCAST_LAST_MEMBER_CNT, bridge.multicastLastMemberCount)
        put(IFLA_BR_MCAST_STARTUP_QUERY_CNT, bridge.multicastStartupQueryCount)
        put(IFLA_BR_MCAST_LAST_MEMBER_INTVL, bridge.multicastLastMemberInterval)
        put(IFLA_BR_MCAST_MEMBERSHIP_INTVL, bridge.multicastMembershipInterval)
        put(IFLA_BR_MCAST_QUERIER_INTVL, bridge.multicastQuerierInterval)
        put(IFLA_BR_MCAST_QUERY_INTVL, bridge.multicastQueryInterval)
        put(IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, bridge.multicastQueryResponseInterval)
        put(IFLA_BR_MCAST_STARTUP_QUERY_INTVL, bridge.multicastStartupQueryInterval)
        put(IFLA_BR_MCAST_STATS_ENABLED, bridge.multicastStatistics)
        put(IFLA_BR_MCAST_IGMP_VERSION, bridge.igmpVersion)
        put(IFLA_BR_MCAST_MLD_VERSION, bridge.mldVersion)
    }

    /// `struct br_boolopt_multi`: values, then which of them to set.
    private mutating func putOptions(_ bridge: BridgeOptions) {
        let options: [(UInt32, Bool?)] = [
            (BridgeOption.noLinkLocalLearning, bridge.noLinkLocalLearning),
            (BridgeOption.multicastVLANSnooping, bridge.multicastVLANSnooping),
            (BridgeOption.multipleSpanningTrees, bridge.multipleSpanningTrees),
            (BridgeOption.offloadFailureNotifications, bridge.offloadFailureNotifications),
            (BridgeOption.localEntriesInVLAN0, bridge.localEntriesInVLAN0),
        ]
        var (values, mask) = (UInt32(0), UInt32(0))
        for (bit, value) in options {
            guard let value else { continue }
            mask |= bit
            if value { values |= bit }
        }
        if mask != 0 { put(IFLA_BR_MULTI_BOOLOPT, values, mask) }
    }

    fileprivate mutating func put(_ port: BridgePortOptions) {
        put(IFLA_BRPORT_STATE, port.state?.rawValue)
        put(IFLA_BRPORT_PRIORITY, port.priority)
        put(IFLA_BRPORT_COST, port.cost)
        put(IFLA_BRPORT_MULTICAST_ROUTER, port.multicastRouter?.rawValue)
        put(VTEP_IFLA_BRPORT_MCAST_MAX_GROUPS, port.maximumGroups)
        put(IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT, port.trackedHostsLimit)
        put(IFLA_BRPORT_GROUP_FWD_MASK, port.groupForwardMask)
        put(VTEP_IFLA_BRPORT_BACKUP_NHID, port.backupNextHopID)
        put(IFLA_BRPORT_MODE, port.hairpin)
        put(IFLA_BRPORT_GUARD, port.bpduGuard)
        put(IFLA_BRPORT_PROTECT, port.rootBlock)
        put(IFLA_BRPORT_FAST_LEAVE, port.fastLeave)
        put(IFLA_BRPORT_LEARNING, port.learning)
        put(IFLA_BRPORT_UNICAST_FLOOD, port.unicastFlood)
        put(IFLA_BRPORT_MCAST_FLOOD, port.multicastFlood)
        put(IFLA_BRPORT_BCAST_FLOOD, port.broadcastFlood)
        put(IFLA_BRPORT_PROXYARP, port.proxyARP)
        put(IFLA_BRPORT_PROXYARP_WIFI, port.proxyARPWiFi)
        put(IFLA_BRPORT_NEIGH_SUPPRESS, port.neighbourSuppression)
        put(VTEP_IFLA_BRPORT_NEIGH_VLAN_SUPPRESS, port.neighbourVLANSuppression)
        put(IFLA_BRPORT_ISOLATED, port.isolated)
        put(IFLA_BRPORT_LOCKED, port.locked)
        put(VTEP_IFLA_BRPORT_MAB, port.authenticationBypass)
        put(IFLA_BRPORT_VLAN_TUNNEL, port.vlanTunnel)
        put(IFLA_BRPORT_MCAST_TO_UCAST, port.multicastToUnicast)
    }
}
