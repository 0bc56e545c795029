internal import CLibNL
internal import Glibc
package import VTEPWire

extension Connection {
    /// The VNI filter table of one device or of all, each in the order of its VNIs.
    package func vniFilter(
        _ index: UInt32?, statistics: Bool, _ purpose: Purpose
    ) throws(VTEPError) -> [VNIFilterEntry] {
        var request = try Request()
        request.listVNIs(of: index, statistics: statistics)
        let messages: [[VNIFilterEntry]]
        do {
            messages = try dump(request, purpose) { VNIFilterEntry.entries(of: $0) }
        } catch {
            if index == nil, error.saysThereIsNoSuchTable { return [] }
            throw error
        }
        return messages.flatMap { $0.filter { index == nil || $0.linkIndex == index } }
    }

    package func addVNIs(_ entry: VNIFilterEntry, _ purpose: Purpose) throws(VTEPError) {
        try changeVNIs(RTM_NEWTUNNEL, [entry], entry.linkIndex, purpose)
    }

    /// In order, and no further than the first that fails.
    package func deleteVNIs(_ entries: [VNIFilterEntry], from index: UInt32, _ purpose: Purpose) throws(VTEPError) {
        var rest = entries[...]
        while !rest.isEmpty {
            try changeVNIs(RTM_DELTUNNEL, rest.prefix(Connection.vniEntriesPerRequest), index, purpose)
            rest = rest.dropFirst(Connection.vniEntriesPerRequest)
        }
    }

    /// As many as fit into a request's memory, with room to spare.
    private static let vniEntriesPerRequest = 128

    private func changeVNIs(
        _ type: Int, _ entries: some Sequence<VNIFilterEntry>, _ index: UInt32, _ purpose: Purpose
    ) throws(VTEPError) {
        var request = try Request(type: type, flags: 0)
        request.append(header: tunnel_msg(index: index, flags: 0))
        for entry in entries { try request.put(entry) }
        try change(request, purpose)
    }
}

extension VTEPError {
    /// A kernel that was built without a table, or whose module is not loaded, knows no message about it.
    var saysThereIsNoSuchTable: Bool { systemErrno == EOPNOTSUPP }
}

extension Request {
    /// - Parameter index: `nil`: of all devices.
    mutating func listVNIs(of index: UInt32?, statistics: Bool) {
        restart(type: RTM_GETTUNNEL, flags: NLM_F_DUMP)
        append(header: tunnel_msg(index: index ?? 0, flags: statistics ? TUNNEL_MSG_FLAG_STATS : 0))
    }

    fileprivate mutating func put(_ entry: VNIFilterEntry) throws(VTEPError) {
        try nest(VXLAN_VNIFILTER_ENTRY) { request throws(VTEPError) in
            request.put(VXLAN_VNIFILTER_ENTRY_START, entry.vnis.lowerBound.rawValue)
            if entry.vnis.upperBound > entry.vnis.lowerBound {
                request.put(VXLAN_VNIFILTER_ENTRY_END, entry.vnis.upperBound.rawValue)
            }
            if let address = entry.destination?.address {
                let attribute =
                    address.family == .v4 ? VXLAN_VNIFILTER_ENTRY_GROUP : VXLAN_VNIFILTER_ENTRY_GROUP6
                request.put(attribute, address)
            }
        }
    }
}

extension VNIFilterEntry {
    /// What an RTM_NEWTUNNEL tells; `nil` for any other message.
    static func entries(of reply: Reply) -> [VNIFilterEntry]? {
        guard reply.type == RTM_NEWTUNNEL, let header = reply.header(tunnel_msg.self), header.ifindex > 0 else {
            return nil
        }
        return reply.attributes(after: tunnel_msg.self).compactMap { VNIFilterEntry($0, linkIndex: header.ifindex) }
    }

    /// `nil` for any other attribute, and for a range that is none.
    private init?(_ attribute: Attribute, linkIndex: UInt32) {
        guard attribute.type == VXLAN_VNIFILTER_ENTRY else { return nil }
        var (first, last) = (VNI?.none, VNI?.none)
        var destination: VXLANDestination?
        var statistics: VNIStatistics?
        for attribute in attribute.payload.nested {
            let payload = attribute.payload
            switch attribute.type {
            case VXLAN_VNIFILTER_ENTRY_START: first = payload.uint32.flatMap { VNI(exactly: $0) }
            case VXLAN_VNIFILTER_ENTRY_END: last = payload.uint32.flatMap { VNI(exactly: $0) }
            case VXLAN_VNIFILTER_ENTRY_GROUP, VXLAN_VNIFILTER_ENTRY_GROUP6:
                destination = payload.ipAddress.map { VXLANDestination($0) }
            case VXLAN_VNIFILTER_ENTRY_STATS: statistics = VNIStatistics(payload.nested)
            default: break
            }
        }
        guard let first, last ?? first >= first else { return nil }
        self.init(linkIndex: linkIndex, vnis: first...(last ?? first), destination: destination)
        self.statistics = statistics
    }

    /// Each VNI on its own.
    func forEach(_ visit: (VNIFilterEntry) -> Void) {
        for number in vnis.lowerBound.rawValue...vnis.upperBound.rawValue {
            guard let vni = VNI(exactly: number) else { return }
            visit(VNIFilterEntry(linkIndex: linkIndex, vnis: vni...vni, destination: destination))
        }
    }
}

extension VNIStatistics {
    fileprivate init(_ attributes: Attributes) {
        self.init()
        for attribute in attributes {
            let count = attribute.payload.uint64(at: 0) ?? 0
            switch attribute.type {
            case VNIFILTER_ENTRY_STATS_RX_BYTES: receivedBytes = count
            case VNIFILTER_ENTRY_STATS_RX_PKTS: receivedPackets = count
            case VNIFILTER_ENTRY_STATS_RX_DROPS: receiveDropped = count
            case VNIFILTER_ENTRY_STATS_RX_ERRORS: receiveErrors = count
            case VNIFILTER_ENTRY_STATS_TX_BYTES: transmittedBytes = count
            case VNIFILTER_ENTRY_STATS_TX_PKTS: transmittedPackets = count
            case VNIFILTER_ENTRY_STATS_TX_DROPS: transmitDropped = count
            case VNIFILTER_ENTRY_STATS_TX_ERRORS: transmitErrors = count
            default: break
            }
        }
    }
}

extension tunnel_msg {
    fileprivate init(index: UInt32, flags: Int32) {
        self.init()
        family = UInt8(PF_BRIDGE)
        self.flags = UInt8(flags)
        ifindex = index
    }
}
