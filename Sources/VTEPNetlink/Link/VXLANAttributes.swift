public import VTEPWire

/// Where a VXLAN device sends what its FDB does not know (RFC 7348 §4.2).
public enum VXLANDestination: Hashable, Sendable, CustomStringConvertible {
    /// One remote VTEP (`ip link … remote`).
    case remote(IPAddress)
    /// A multicast group that every VTEP of the segment joins (`ip link … group`).
    case group(IPAddress)

    /// The address itself.
    public var address: IPAddress {
        switch self {
        case .remote(let address), .group(let address): address
        }
    }

    /// `.group` for a multicast address, otherwise `.remote`: the kernel keeps both in one attribute.
    public init(_ address: IPAddress) {
        self = address.isMulticast ? .group(address) : .remote(address)
    }

    public var description: String {
        switch self {
        case .remote(let address): "remote \(address)"
        case .group(let address): "group \(address)"
        }
    }
}

/// A VXLAN device as it is (`IFLA_VXLAN_*`, what `ip -d link show type vxlan` prints). An attribute that this kernel does
/// not know has the value that older kernels behave by. What the values mean is told at ``VXLANOptions``.
///
/// Missing is multicast routing (`IFLA_VXLAN_MC_ROUTE`): the kernel does not tell.
public struct VXLANAttributes: Hashable, Sendable {
    /// `nil` for an external device, whose VNI comes with each packet.
    public var vni: VNI?
    /// The UDP port it listens on and sends to (`IFLA_VXLAN_PORT`).
    public var destinationPort: UInt16 = 0
    /// `IFLA_VXLAN_GROUP` or `IFLA_VXLAN_GROUP6`.
    public var destination: VXLANDestination?
    /// The source address of the outer header (`IFLA_VXLAN_LOCAL`, `IFLA_VXLAN_LOCAL6`).
    public var local: IPAddress?
    /// The underlay link it is bound to (`IFLA_VXLAN_LINK`).
    public var deviceIndex: UInt32?
    /// The outer TTL or hop limit; 0 means "the kernel chooses" (1 for a group) (`IFLA_VXLAN_TTL`).
    public var timeToLive: UInt8 = 0
    /// The outer TTL copies the inner one (`IFLA_VXLAN_TTL_INHERIT`).
    public var inheritsTimeToLive = false
    /// The outer TOS or traffic class; 1 means "inherit" (`IFLA_VXLAN_TOS`).
    public var typeOfService: UInt8 = 0
    /// `IFLA_VXLAN_DF`.
    public var dontFragment = DontFragment.unset
    /// 20 bits; 0 means none (`IFLA_VXLAN_LABEL`).
    public var flowLabel: UInt32 = 0
    /// `IFLA_VXLAN_LABEL_POLICY`.
    public var flowLabelPolicy = FlowLabelPolicy.fixed
    /// Whether source addresses are learnt into the FDB (`IFLA_VXLAN_LEARNING`).
    public var learning = false
    /// Seconds until a learnt FDB entry goes (`IFLA_VXLAN_AGEING`).
    public var ageing: UInt32 = 0
    /// The most FDB entries it learns; 0 means no limit (`IFLA_VXLAN_LIMIT`).
    public var maximumEntries: UInt32 = 0
    /// The UDP source ports flows are spread over; `nil` where the kernel's own range serves (`IFLA_VXLAN_PORT_RANGE`).
    public var sourcePorts: ClosedRange<UInt16>?
    /// `IFLA_VXLAN_PROXY`.
    public var proxy = false
    /// `IFLA_VXLAN_RSC`.
    public var routeShortCircuit = false
    /// `IFLA_VXLAN_L2MISS`.
    public var l2Miss = false
    /// `IFLA_VXLAN_L3MISS`.
    public var l3Miss = false
    /// Whether UDP checksums are computed over IPv4 (`IFLA_VXLAN_UDP_CSUM`).
    public var udpChecksum = false
    /// Whether zero UDP checksums are sent over IPv6 (`IFLA_VXLAN_UDP_ZERO_CSUM6_TX`, RFC 6935).
    public var udp6ZeroChecksumTransmit = false
    /// Whether zero UDP checksums are accepted over IPv6 (`IFLA_VXLAN_UDP_ZERO_CSUM6_RX`, RFC 6935).
    public var udp6ZeroChecksumReceive = false
    /// `IFLA_VXLAN_REMCSUM_TX`.
    public var remoteChecksumTransmit = false
    /// `IFLA_VXLAN_REMCSUM_RX`.
    public var remoteChecksumReceive = false
    /// `IFLA_VXLAN_REMCSUM_NOPARTIAL`.
    public var remoteChecksumNoPartial = false
    /// `IFLA_VXLAN_GBP`.
    public var groupBasedPolicy = false
    /// `IFLA_VXLAN_GPE`.
    public var genericProtocolExtension = false
    /// `IFLA_VXLAN_LOCALBYPASS`.
    public var localBypass = true
    /// `nil` where the kernel is older than Linux 6.14 (`IFLA_VXLAN_RESERVED_BITS`).
    public var reservedBits: UInt64?
    /// Collect-metadata mode (`IFLA_VXLAN_COLLECT_METADATA`, `ip link … external`).
    public var external = false
    /// It carries only the VNIs of its filter table (`IFLA_VXLAN_VNIFILTER`).
    public var vniFilter = false

    /// ``vni``, ``external`` and ``vniFilter`` in one.
    public var segments: VXLANSegments? {
        if external { return vniFilter ? .filtered : .external }
        return vni.map { .vni($0) }
    }
}
