internal import CLibNL
internal import Glibc
internal import VTEPWire

extension FDBEntry {
    /// Reads an `RTM_NEWNEIGH` of `AF_BRIDGE`; `nil` for any other message, or one whose key is no MAC address.
    init?(_ reply: Reply) {
        guard reply.type == RTM_NEWNEIGH, let header = reply.header(ndmsg.self),
            header.ndm_family == AF_BRIDGE, header.ndm_ifindex > 0
        else { return nil }
        self.init(
            macAddress: .zero, linkIndex: UInt32(header.ndm_ifindex),
            state: NeighbourState(rawValue: header.ndm_state),
            flags: NeighbourFlags(rawValue: UInt32(header.ndm_flags)))
        var keyed = false
        for attribute in reply.attributes(after: ndmsg.self) { keyed = read(attribute) || keyed }
        if !keyed { return nil }
    }

    /// Whether the attribute was the entry's MAC address.
    private mutating func read(_ attribute: Attribute) -> Bool {
        let payload = attribute.payload
        switch attribute.type {
        case NDA_LLADDR:
            guard let address = payload.macAddress else { return false }
            macAddress = address
            return true
        case NDA_DST: destination = payload.ipAddress
        case NDA_CACHEINFO: ages = payload.entryAges
        case NDA_VNI: vni = payload.uint32.flatMap { VNI(exactly: $0) }
        case NDA_SRC_VNI: sourceVNI = payload.uint32.flatMap { VNI(exactly: $0) }
        case NDA_PORT: port = payload.bigEndian16
        case NDA_IFINDEX: viaIndex = payload.uint32
        case NDA_LINK_NETNSID: viaNamespaceID = payload.int32
        case NDA_NH_ID: nextHopID = payload.uint32
        case NDA_VLAN: vlan = payload.uint16
        case NDA_MASTER: masterIndex = payload.uint32
        case NDA_FLAGS_EXT: flags.formUnion(NeighbourFlags(rawValue: (payload.uint32 ?? 0) << 16))
        case NDA_FDB_EXT_ATTRS: activity = FDBActivity(payload.nested)
        default: break
        }
        return false
    }
}

extension FDBActivity {
    fileprivate init(_ attributes: Attributes) {
        self = []
        for attribute in attributes where attribute.type == NFEA_ACTIVITY_NOTIFY {
            formUnion(FDBActivity(rawValue: attribute.payload.uint8 ?? 0))
        }
    }
}
