public import VTEPWire

/// What a route, a next hop or a nexthop object wraps its packets in (lightweight tunnels; `RTA_ENCAP_TYPE`).
public indirect enum RouteEncapsulation: Hashable, Sendable {
    /// The key under which an external tunnel device, such as VXLAN's, sends them (`LWTUNNEL_ENCAP_IP`, `…_IP6`).
    case tunnel(TunnelKey)
    /// Any other kind (`LWTUNNEL_ENCAP_*`), its attributes as the kernel writes them: what was read can be written back.
    case other(type: UInt16, attributes: [UInt8])
}

/// How an external tunnel device is to send a packet: the VNI, the remote VTEP and the outer header's fields
/// (`LWTUNNEL_IP_*`; `ip route add … encap ip …`).
public struct TunnelKey: Hashable, Sendable {
    /// Of the outer header.
    public var family: IPAddress.Family
    /// For VXLAN the VNI; other tunnels have up to 64 bits (`LWTUNNEL_IP_ID`).
    public var id: UInt64
    /// The remote VTEP (`LWTUNNEL_IP_DST`).
    public var destination: IPAddress?
    /// `nil`: the kernel chooses (`LWTUNNEL_IP_SRC`).
    public var source: IPAddress?
    /// 0: the device's own (`LWTUNNEL_IP_TTL`, `LWTUNNEL_IP6_HOPLIMIT`).
    public var timeToLive: UInt8
    /// TOS or traffic class (`LWTUNNEL_IP_TOS`, `LWTUNNEL_IP6_TC`).
    public var typeOfService: UInt8
    /// `LWTUNNEL_IP_FLAGS`.
    public var flags: TunnelFlags
    /// VXLAN's group policy id and bits (`LWTUNNEL_IP_OPT_VXLAN_GBP`).
    public var groupPolicy: UInt32?
    /// Options of other tunnels, as the kernel writes them (`LWTUNNEL_IP_OPTS`).
    public var otherOptions: [UInt8]

    public init(id: UInt64, destination: IPAddress?, source: IPAddress? = nil) {
        family = (destination ?? source)?.family ?? .v4
        self.id = id
        self.destination = destination
        self.source = source
        timeToLive = 0
        typeOfService = 0
        flags = []
        groupPolicy = nil
        otherOptions = []
    }

    /// A VXLAN segment's remote VTEP.
    public init(vni: VNI, destination: IPAddress, source: IPAddress? = nil) {
        self.init(id: UInt64(vni.rawValue), destination: destination, source: source)
    }
}

/// `IP_TUNNEL_*_BIT`.
public struct TunnelFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// Outer checksums.
    public static let checksum = TunnelFlags(rawValue: 0x0001)
    /// The id counts; VXLAN needs no such flag.
    public static let key = TunnelFlags(rawValue: 0x0004)
    /// Sequence numbers, of tunnels that have them.
    public static let sequence = TunnelFlags(rawValue: 0x0008)
    /// The outer packet is not to be fragmented.
    public static let dontFragment = TunnelFlags(rawValue: 0x0100)
}
