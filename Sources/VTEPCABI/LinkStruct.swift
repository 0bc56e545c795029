internal import CVTEP
internal import VTEP

extension vtep_link: SizedStruct {
    init(_ link: Link) {
        self.init()
        index = link.index
        flags = link.flags.rawValue
        mtu = link.mtu
        minimum_mtu = link.minimumMTU
        maximum_mtu = link.maximumMTU
        group = link.group
        promiscuity = link.promiscuity
        tx_queue_length = link.transmitQueueLength
        master_index = link.masterIndex ?? 0
        lower_index = link.lowerIndex ?? 0
        lower_netnsid = link.lowerNamespaceID ?? 0
        hardware_type = link.hardwareType
        operstate = link.operationalState.rawValue
        mac = vtep_mac(link.macAddress ?? .zero)
        broadcast = vtep_mac(link.broadcastAddress ?? .zero)
        store(link.name, in: &name)
        store(link.kind.rawValue, in: &kind)
        store(link.queueingDiscipline, in: &qdisc)
        store(link.alias ?? "", in: &alias)
        setBits(link)
    }

    private mutating func setBits(_ link: Link) {
        has.set(VTEP_LINK_HAS_MAC, where: link.macAddress != nil)
        has.set(VTEP_LINK_HAS_BROADCAST, where: link.broadcastAddress != nil)
        has.set(VTEP_LINK_HAS_LOWER_NETNSID, where: link.lowerNamespaceID != nil)
        has.set(VTEP_LINK_HAS_VXLAN, where: link.vxlan != nil)
        has.set(VTEP_LINK_HAS_BRIDGE, where: link.bridge != nil)
        has.set(VTEP_LINK_HAS_BRIDGE_PORT, where: link.bridgePort != nil)
    }
}

extension vtep_link_statistics: SizedStruct {
    init(_ statistics: LinkStatistics) {
        self.init()
        rx_packets = statistics.receivedPackets
        tx_packets = statistics.transmittedPackets
        rx_bytes = statistics.receivedBytes
        tx_bytes = statistics.transmittedBytes
        rx_errors = statistics.receiveErrors
        tx_errors = statistics.transmitErrors
        rx_dropped = statistics.receiveDropped
        tx_dropped = statistics.transmitDropped
        multicast = statistics.multicast
        collisions = statistics.collisions
    }
}

extension Link {
    var vxlan: VXLANAttributes? {
        if case .vxlan(let vxlan) = details { return vxlan }
        return nil
    }

    var bridge: BridgeAttributes? {
        if case .bridge(let bridge) = details { return bridge }
        return nil
    }
}
