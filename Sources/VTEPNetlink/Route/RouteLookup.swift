internal import CLibNL
internal import Glibc
public import VTEPWire

/// A packet, as the routing tables and rules see it (`ip route get`). What is not set does not matter.
public struct RouteLookup: Hashable, Sendable {
    public var destination: IPAddress
    /// `RTA_SRC`.
    public var source: IPAddress?
    /// The link it came in by: it is forwarded then, rather than sent by this host (`RTA_IIF`).
    public var inputLinkIndex: UInt32?
    /// The link it is bound to (`RTA_OIF`).
    public var outputLinkIndex: UInt32?
    /// `rtm_tos`.
    public var typeOfService: UInt8
    /// `RTA_MARK`.
    public var mark: UInt32?
    /// The user id of who sends it (`RTA_UID`).
    public var user: UInt32?
    /// `IPPROTO_*`: TCP, UDP and ICMP are possible (`RTA_IP_PROTO`).
    public var ipProtocol: UInt8?
    public var sourcePort: UInt16?
    public var destinationPort: UInt16?
    /// IPv6 (`RTA_FLOWLABEL`, since Linux 6.14).
    public var flowLabel: UInt32?
    /// Asks for the route of the table that matches, rather than for what becomes of this packet (`RTM_F_FIB_MATCH`).
    public var matchesTable: Bool

    public init(_ destination: IPAddress) {
        self.destination = destination
        source = nil
        inputLinkIndex = nil
        outputLinkIndex = nil
        typeOfService = 0
        mark = nil
        user = nil
        ipProtocol = nil
        sourcePort = nil
        destinationPort = nil
        flowLabel = nil
        matchesTable = false
    }
}

extension Connection {
    package func route(_ lookup: RouteLookup, _ purpose: Purpose) throws(VTEPError) -> Route? {
        var request = try Request()
        request.ask(lookup)
        return try get(request, purpose) { Route($0) }
    }
}

extension Request {
    mutating func ask(_ lookup: RouteLookup) {
        restart(type: RTM_GETROUTE, flags: 0)
        var header = rtmsg()
        header.rtm_family = lookup.destination.family.addressFamily
        header.rtm_dst_len = UInt8(lookup.destination.bitWidth)
        header.rtm_src_len = UInt8(lookup.source?.bitWidth ?? 0)
        header.rtm_tos = lookup.typeOfService
        // For IPv6 the kernel always tells the table, and refuses to be asked.
        if lookup.destination.family == .v4 { header.rtm_flags |= UInt32(RTM_F_LOOKUP_TABLE) }
        if lookup.matchesTable { header.rtm_flags |= UInt32(RTM_F_FIB_MATCH) }
        append(header: header)
        put(RouteAttribute.destination, lookup.destination)
        if let source = lookup.source { put(RouteAttribute.source, source) }
        if let link = lookup.inputLinkIndex { put(RouteAttribute.inputLink, link) }
        if let link = lookup.outputLinkIndex { put(RouteAttribute.outputLink, link) }
        if let mark = lookup.mark { put(RouteAttribute.mark, mark) }
        if let user = lookup.user { put(RouteAttribute.user, user) }
        if let number = lookup.ipProtocol { put(RouteAttribute.ipProtocol, number) }
        if let port = lookup.sourcePort { put(RouteAttribute.sourcePort, port.bigEndian) }
        if let port = lookup.destinationPort { put(RouteAttribute.destinationPort, port.bigEndian) }
        if let label = lookup.flowLabel { put(RouteAttribute.flowLabel, label.bigEndian) }
    }
}
