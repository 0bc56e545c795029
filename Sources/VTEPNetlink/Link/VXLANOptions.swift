public import VTEPWire

/// What a VXLAN device can be told beside its addresses and VNI; all of it can be left out. In a creation `nil` is the
/// kernel's default, in a change it leaves things as they are.
public struct VXLANOptions: Hashable, Sendable {
    /// The UDP port it listens on and sends to, from 1 on. `nil` in a creation: IANA's 4789, and 4790 for
    /// ``genericProtocolExtension``; the kernel alone would choose 8472 (`IFLA_VXLAN_PORT`).
    public var destinationPort: UInt16?
    /// The outer TTL or hop limit; 0 lets the kernel choose (`IFLA_VXLAN_TTL`).
    public var timeToLive: UInt8?
    /// Copy the inner TTL, whatever ``timeToLive`` says (`IFLA_VXLAN_TTL_INHERIT`; kernel's default: no).
    public var inheritsTimeToLive: Bool?
    /// The outer TOS or traffic class; 1 inherits the inner one (`IFLA_VXLAN_TOS`).
    public var typeOfService: UInt8?
    /// Whether the network may fragment outer IPv4 packets (`IFLA_VXLAN_DF`; kernel's default: it may).
    public var dontFragment: DontFragment?
    /// 20 bits, of outer IPv6 headers; 0 for none (`IFLA_VXLAN_LABEL`).
    public var flowLabel: UInt32?
    /// Where the outer flow label comes from, over IPv6 (`IFLA_VXLAN_LABEL_POLICY`; from Linux 6.7 on).
    public var flowLabelPolicy: FlowLabelPolicy?
    /// Learn source addresses into the FDB (`IFLA_VXLAN_LEARNING`; kernel's default: yes).
    public var learning: Bool?
    /// Seconds until a learnt FDB entry goes, 1…2147483 (`IFLA_VXLAN_AGEING`; kernel's default: 300).
    public var ageing: UInt32?
    /// The most FDB entries it learns; 0 for no limit (`IFLA_VXLAN_LIMIT`; kernel's default: none).
    public var maximumEntries: UInt32?
    /// UDP source ports to spread flows over, from 1 on (`IFLA_VXLAN_PORT_RANGE`).
    public var sourcePorts: ClosedRange<UInt16>?
    /// Answer ARP and ND from the device's neighbours (`IFLA_VXLAN_PROXY`; kernel's default: no).
    public var proxy: Bool?
    /// Route short circuit: send what is for a router straight to the destination (`IFLA_VXLAN_RSC`; default: no).
    public var routeShortCircuit: Bool?
    /// Tell listeners of unknown MAC addresses (`IFLA_VXLAN_L2MISS`; kernel's default: no).
    public var l2Miss: Bool?
    /// Tell listeners of unknown neighbours (`IFLA_VXLAN_L3MISS`; kernel's default: no).
    public var l3Miss: Bool?
    /// UDP checksums over IPv4 (`IFLA_VXLAN_UDP_CSUM`; kernel's default: yes).
    public var udpChecksum: Bool?
    /// Send zero UDP checksums over IPv6 (`IFLA_VXLAN_UDP_ZERO_CSUM6_TX`, RFC 6935; kernel's default: no).
    public var udp6ZeroChecksumTransmit: Bool?
    /// Accept zero UDP checksums over IPv6 (`IFLA_VXLAN_UDP_ZERO_CSUM6_RX`, RFC 6935; kernel's default: no).
    public var udp6ZeroChecksumReceive: Bool?
    /// Remote checksum offload, sending (`IFLA_VXLAN_REMCSUM_TX`; kernel's default: no).
    public var remoteChecksumTransmit: Bool?
    /// Remote checksum offload, receiving (`IFLA_VXLAN_REMCSUM_RX`; kernel's default: no).
    public var remoteChecksumReceive: Bool?
    /// Remote checksum offload without partial checksums (`IFLA_VXLAN_REMCSUM_NOPARTIAL`; kernel's default: no).
    public var remoteChecksumNoPartial: Bool?
    /// The Group Policy Option in the VXLAN header (`IFLA_VXLAN_GBP`; kernel's default: no).
    public var groupBasedPolicy: Bool?
    /// VXLAN-GPE, which carries more than Ethernet. External devices only, with ``learning`` off (`IFLA_VXLAN_GPE`).
    public var genericProtocolExtension: Bool?
    /// Hand packets for a VTEP of this host over without the underlay (`IFLA_VXLAN_LOCALBYPASS`; kernel's default: yes;
    /// from Linux 6.5 on).
    public var localBypass: Bool?
    /// Route what goes to a group as a multicast router would. The kernel does not tell whether it is on, and before
    /// Linux 6.17 it ignores this (`IFLA_VXLAN_MC_ROUTE`; kernel's default: no).
    public var multicastRouting: Bool?
    /// The bits of the VXLAN header, as one big-endian number of its eight octets, that have to be 0 in what is received
    /// (`IFLA_VXLAN_RESERVED_BITS`; kernel's default: those that no option uses; from Linux 6.14 on).
    public var reservedBits: UInt64?

    public init() {}
}

/// Which VNIs a VXLAN device carries.
public enum VXLANSegments: Hashable, Sendable {
    /// One (`ip link … id`).
    case vni(VNI)
    /// Those that the metadata of each packet says: from routes, from FDB entries with a source VNI, from bridge ports
    /// with VLAN tunnels, from eBPF or Open vSwitch (`IFLA_VXLAN_COLLECT_METADATA`, `ip link … external`).
    case external
    /// The same, but only those in its VNI filter table (`IFLA_VXLAN_VNIFILTER`, `ip link … external vnifilter`).
    case filtered
}

/// The "don't fragment" bit of outer IPv4 headers (`IFLA_VXLAN_DF`). An open set.
public struct DontFragment: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Never set.
    public static let unset = DontFragment(rawValue: 0)
    /// Always set.
    public static let set = DontFragment(rawValue: 1)
    /// As in the inner header, and set for what is no IPv4.
    public static let inherit = DontFragment(rawValue: 2)
}

/// Where outer IPv6 flow labels come from (`IFLA_VXLAN_LABEL_POLICY`). An open set.
public struct FlowLabelPolicy: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// Always ``VXLANOptions/flowLabel``.
    public static let fixed = FlowLabelPolicy(rawValue: 0)
    /// Copied from inner IPv6 headers; for other packets, ``VXLANOptions/flowLabel``.
    public static let inherit = FlowLabelPolicy(rawValue: 1)
}
