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

/// A VXLAN device as it is (`IFLA_VXLAN_*`, what `ip -d link show type vxlan` prints).
public struct VXLANAttributes: Hashable, Sendable {
    /// `nil` for an external (collect-metadata) device, whose VNI comes with each packet.
    public var vni: VNI?
    /// The UDP port it listens on and sends to (`IFLA_VXLAN_PORT`).
    public var destinationPort: UInt16
    /// `IFLA_VXLAN_GROUP` or `IFLA_VXLAN_GROUP6`.
    public var destination: VXLANDestination?
    /// The source address of the outer header (`IFLA_VXLAN_LOCAL`, `IFLA_VXLAN_LOCAL6`).
    public var local: IPAddress?
    /// The underlay link it is bound to (`IFLA_VXLAN_LINK`).
    public var deviceIndex: UInt32?
    /// The outer TTL or hop limit; 0 means "the kernel chooses" (1 for a group) (`IFLA_VXLAN_TTL`).
    public var timeToLive: UInt8
    /// The outer TTL copies the inner one (`IFLA_VXLAN_TTL_INHERIT`).
    public var inheritsTimeToLive: Bool
    /// The outer TOS or traffic class; 1 means "inherit" (`IFLA_VXLAN_TOS`).
    public var typeOfService: UInt8
    /// Whether source addresses are learnt into the FDB (`IFLA_VXLAN_LEARNING`).
    public var learning: Bool
    /// Seconds until a learnt FDB entry goes (`IFLA_VXLAN_AGEING`).
    public var ageing: UInt32
    /// The most FDB entries it learns; 0 means no limit (`IFLA_VXLAN_LIMIT`).
    public var maximumEntries: UInt32
    /// The UDP source ports flows are spread over; `nil` where the kernel's own range serves (`IFLA_VXLAN_PORT_RANGE`).
    public var sourcePorts: ClosedRange<UInt16>?
    /// Whether UDP checksums are computed over IPv4 (`IFLA_VXLAN_UDP_CSUM`).
    public var udpChecksum: Bool
    /// Whether zero UDP checksums are sent over IPv6 (`IFLA_VXLAN_UDP_ZERO_CSUM6_TX`, RFC 6935).
    public var udp6ZeroChecksumTransmit: Bool
    /// Whether zero UDP checksums are accepted over IPv6 (`IFLA_VXLAN_UDP_ZERO_CSUM6_RX`, RFC 6935).
    public var udp6ZeroChecksumReceive: Bool
    /// Collect-metadata mode (`IFLA_VXLAN_COLLECT_METADATA`, `ip link … external`).
    public var external: Bool
}
