public import VTEPNetlink
public import VTEPWire

/// A VXLAN device to be made (`ip link add … type vxlan`). `nil` leaves the kernel's default.
public struct VXLANConfiguration: Hashable, Sendable {
    /// 1…15 bytes without `/`, `:`, `%` or white space.
    public var name: String
    public var vni: VNI
    /// 1…65535. 4789 is IANA's; the kernel alone would choose 8472.
    public var destinationPort: UInt16 = VXLANConfiguration.assignedPort
    /// The remote VTEP, or the group of all VTEPs. `nil` for a device whose remotes are FDB entries only.
    public var destination: VXLANDestination?
    /// The source address of outer packets.
    public var local: IPAddress?
    /// The underlay link, by name; needed with a group or a link-local remote.
    public var device: String?
    /// The outer TTL or hop limit; 0 lets the kernel choose.
    public var timeToLive: UInt8?
    /// The outer TOS or traffic class; 1 inherits the inner one.
    public var typeOfService: UInt8?
    /// Learn source addresses into the FDB (kernel's default: yes).
    public var learning: Bool?
    /// Seconds until a learnt FDB entry goes, from 1 on (kernel's default: 300).
    public var ageing: UInt32?
    /// UDP source ports to spread flows over, from 1 on.
    public var sourcePorts: ClosedRange<UInt16>?
    /// UDP checksums over IPv4 (kernel's default: yes).
    public var udpChecksum: Bool?
    /// Send zero UDP checksums over IPv6 (RFC 6935; kernel's default: no).
    public var udp6ZeroChecksumTransmit: Bool?
    /// Accept zero UDP checksums over IPv6 (RFC 6935; kernel's default: no).
    public var udp6ZeroChecksumReceive: Bool?
    /// `nil`: the kernel makes one up.
    public var macAddress: MACAddress?
    /// Bytes, 68…65535, and at most the underlay's less the outer headers (``overhead``).
    public var mtu: UInt32?
    /// The bridge to be a port of, by name.
    public var master: String?
    /// Set the device up in the same request.
    public var up: Bool = false

    /// The UDP port that IANA assigned to VXLAN (RFC 7348 §8).
    public static let assignedPort: UInt16 = 4789

    public init(name: String, vni: VNI, destination: VXLANDestination? = nil, device: String? = nil) {
        self.name = name
        self.vni = vni
        self.destination = destination
        self.device = device
    }

    /// What the outer headers and the inner Ethernet header take of the underlay's MTU: 50 bytes over IPv4, 70 over
    /// IPv6 (RFC 7348 §4.3).
    public var overhead: UInt32 { family == .v6 ? 70 : 50 }

    /// The address family of the outer headers; IPv4 where no address tells.
    public var family: IPAddress.Family { (destination?.address ?? local)?.family ?? .v4 }
}
