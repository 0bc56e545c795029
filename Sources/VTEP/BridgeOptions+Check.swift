internal import VTEPNetlink
internal import VTEPWire

extension BridgeOptions {
    /// What the kernel would refuse without a word about it, and what it would silently make something else of.
    func check() throws(BadOption) {
        try checkRange(helloTime, 100...1000, "hello time")
        try checkRange(maximumAge, 600...4000, "maximum age")
        if stp == true, let delay = forwardDelay, !(200...3000).contains(delay) {
            throw BadOption(reason: "with the spanning tree on, the forward delay \(delay) is outside 200...3000")
        }
        if let mask = groupForwardMask { try checkForwardMask(mask) }
        if let address = groupAddress, !address.isGroupOfTheSpanningTree {
            throw BadOption(
                reason: "the group address \(address) is none of 01:80:c2:00:00:0X, X from 0 to f but not 1, 2 or 3")
        }
        if let vlanProtocol, vlanProtocol != .dot1Q, vlanProtocol != .dot1AD {
            throw BadOption(
                reason: "the VLAN protocol is 0x\(String(vlanProtocol.rawValue, radix: 16))",
                remedy: "use 0x8100 (802.1Q) or 0x88a8 (802.1ad)")
        }
        try checkRange(defaultPVID, 0...4094, "default PVID")
        try checkRange(multicastRouter?.rawValue, 0...2, "multicast router")
        try checkRange(igmpVersion, 2...3, "IGMP version")
        try checkRange(mldVersion, 1...2, "MLD version")
        for interval in [multicastQueryInterval, multicastStartupQueryInterval] {
            guard let interval, interval < 100 else { continue }
            throw BadOption(
                reason: "a query interval of \(interval) is not possible: the kernel takes it for 100",
                remedy: "it counts hundredths of a second; use at least 100")
        }
    }

    var hasYoungOnes: Bool {
        maximumLearned != nil || vlanProtocol != nil || defaultPVID != nil || vlanStatistics != nil
            || vlanStatisticsPerPort != nil || mldVersion != nil || callsIPTables != nil || callsIP6Tables != nil
            || callsARPTables != nil
    }

    /// What was asked for and is not there.
    func missing(in bridge: BridgeAttributes) -> [String] {
        let all: [(Bool, String)] = [
            (maximumLearned != nil && bridge.maximumLearned == nil, "the maximum of learnt entries"),
            (vlanProtocol != nil && bridge.vlanProtocol == nil, "the VLAN protocol"),
            (defaultPVID != nil && bridge.defaultPVID == nil, "the default PVID"),
            (vlanStatistics != nil && bridge.vlanStatistics == nil, "VLAN statistics"),
            (vlanStatisticsPerPort != nil && bridge.vlanStatisticsPerPort == nil, "VLAN statistics per port"),
            (mldVersion != nil && bridge.mldVersion == nil, "MLD"),
            (callsIPTables != nil && bridge.callsIPTables == nil, "br_netfilter"),
            (callsIP6Tables != nil && bridge.callsIP6Tables == nil, "br_netfilter"),
            (callsARPTables != nil && bridge.callsARPTables == nil, "br_netfilter"),
        ]
        return all.filter(\.0).map(\.1)
    }
}

extension BridgePortOptions {
    func check() throws(BadOption) {
        try checkRange(state?.rawValue, 0...4, "state")
        try checkRange(priority, 0...63, "priority")
        try checkRange(cost, 1...65535, "cost")
        try checkRange(multicastRouter?.rawValue, 0...3, "multicast router")
        if let mask = groupForwardMask { try checkForwardMask(mask) }
    }

    /// What was asked for and is not there.
    func missing(in port: BridgePortAttributes) -> [String] {
        let lacksNextHop = (backupNextHopID ?? 0) != 0 && port.backupNextHopID == nil
        let all: [(Bool, String)] = [
            (authenticationBypass != nil && port.authenticationBypass == nil, "MAC authentication bypass"),
            (maximumGroups != nil && port.maximumGroups == nil, "the maximum of groups"),
            (trackedHostsLimit != nil && port.trackedHostsLimit == nil, "the limit of tracked hosts"),
            (
                neighbourVLANSuppression != nil && port.neighbourVLANSuppression == nil,
                "neighbour suppression per VLAN"
            ),
            (lacksNextHop, "the backup's nexthop group"),
        ]
        return all.filter(\.0).map(\.1)
    }
}

extension VLANOptions {
    func check(isPort: Bool) throws(BadOption) {
        if !isPort, maximumGroups != nil || neighbourSuppression != nil {
            throw BadOption(reason: "only a port limits groups or suppresses neighbours")
        }
        try checkRange(state?.rawValue, 0...4, "state")
        try checkRange(multicastRouter?.rawValue, 0...(isPort ? 3 : 2), "multicast router")
    }
}

private func checkRange<Number: FixedWidthInteger>(
    _ value: Number?, _ range: ClosedRange<Number>, _ name: String
) throws(BadOption) {
    guard let value, !range.contains(value) else { return }
    throw BadOption(reason: "the \(name) \(value) is outside \(range.lowerBound)...\(range.upperBound)")
}

/// The frames of the spanning tree, pauses and LACP are never forwarded.
private func checkForwardMask(_ mask: UInt16) throws(BadOption) {
    guard mask & 0x7 != 0 else { return }
    throw BadOption(
        reason: "the mask of forwarded groups 0x\(String(mask, radix: 16)) has one of the bits 0, 1 and 2",
        remedy: "the kernel never forwards those")
}

extension MACAddress {
    fileprivate var isGroupOfTheSpanningTree: Bool {
        let octets = octets
        let last = octets.5
        return (octets.0, octets.1, octets.2) == (1, 0x80, 0xC2) && (octets.3, octets.4) == (0, 0) && last < 16
            && !(1...3).contains(last)
    }
}
