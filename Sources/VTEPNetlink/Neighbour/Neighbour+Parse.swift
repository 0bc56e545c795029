internal import CLibNL
internal import Glibc
internal import VTEPWire

extension Neighbour {
    /// Reads an `RTM_NEWNEIGH` of IPv4 or IPv6; `nil` for any other message.
    init?(_ reply: Reply) {
        guard reply.type == RTM_NEWNEIGH, let header = reply.header(ndmsg.self),
            header.ndm_family == AF_INET || header.ndm_family == AF_INET6, header.ndm_ifindex > 0
        else { return nil }
        var address: IPAddress?
        self.init(
            address: .v4(IPv4Address(rawValue: 0)), macAddress: nil, linkIndex: UInt32(header.ndm_ifindex),
            state: NeighbourState(rawValue: header.ndm_state),
            flags: NeighbourFlags(rawValue: UInt32(header.ndm_flags)))
        for attribute in reply.attributes(after: ndmsg.self) {
            switch attribute.type {
            case NDA_DST: address = attribute.payload.ipAddress
            case NDA_LLADDR: macAddress = attribute.payload.macAddress
            case NDA_CACHEINFO: ages = attribute.payload.entryAges
            case NDA_PROBES: probes = attribute.payload.uint32
            case NDA_PROTOCOL: origin = attribute.payload.uint8.map { RouteOrigin(rawValue: $0) }
            case NDA_FLAGS_EXT: flags.formUnion(NeighbourFlags(rawValue: (attribute.payload.uint32 ?? 0) << 16))
            default: break
            }
        }
        guard let address else { return nil }
        self.address = address
    }
}
