/// How one VNI is handled. The defaults are the kernel's VXLAN device's, except that peers are an allow-list.
public struct VNIPolicy: BitwiseCopyable, Sendable {
    /// The UDP port of remotes that name no other.
    public var destinationPort: UInt16 = 4789
    /// What the VXLAN header may hold besides the VNI.
    public var dialect: Dialect = .plain
    /// Whether reserved bits that are not 0 are ignored, as RFC 7348 §5 wants, or refused, as the kernel does.
    public var reservedBits: ReservedBits = .refuse
    /// Whether frames with a VLAN tag pass. RFC 7348 §6.1 says that they should not unless configured; the kernel lets
    /// them pass.
    public var innerVLAN: InnerVLAN = .pass

    /// Whether addresses are learnt from what arrives: from the underlay and, where the VNI has several ports, from
    /// these.
    public var learning = true
    /// After how many seconds without a frame a learnt entry goes. 0: never. At most 864,000, ten days.
    public var ageing: UInt32 = 300
    /// How many entries of this VNI may be learnt. Nil: as many as the engine has room for.
    public var learningLimit: UInt32?
    /// How many entries of this VNI may be learnt from one remote. Nil: no limit.
    public var learningLimitPerRemote: UInt32?
    /// How often in ``movePeriod`` one address may move from one remote or port to another before it goes back to where it
    /// was when the period began, and stays there for the rest of it. 0: no limit.
    public var moveLimit: UInt8 = 5
    /// The period that ``moveLimit`` counts in, in seconds.
    public var movePeriod: UInt8 = 10
    /// Whether datagrams from addresses pass that are not configured: no peer, no remote of an FDB entry or default.
    public var acceptsUnknownRemotes = false

    /// What becomes of a unicast frame whose destination is not known.
    public var unknownUnicast: UnknownUnicast = .flood
    /// The outer TTL or hop limit. A group always gets 1 instead of the route's default.
    public var timeToLive: TimeToLive = .routeDefault
    /// The outer TOS or traffic class. Its ECN bits always follow RFC 6040.
    public var typeOfService: TypeOfService = .fixed(0)
    /// The outer DF flag.
    public var dontFragment: DontFragment = .clear
    /// Whether outer UDP checksums are 0, as RFC 7348 §5 says they should. It prevents UDP_SEGMENT here and UDP_GRO at
    /// the receiver, which is why the default is not to.
    public var zeroChecksum = false
    /// What becomes of a frame that is longer than the underlay takes.
    public var oversized: Oversized = .answer

    /// ARP and ND.
    public var neighbours: NeighbourHandling = .flood
    /// Whether bindings are learnt from ARP and ND packets. They go when FDB entries would; static ones stay.
    public var learnsBindings = false
    /// Whether IP frames for a router's entry go straight to the neighbour's address where it is known (`rsc` of the
    /// kernel's device).
    public var routeShortCircuit = false

    public init() {}

    /// What the VXLAN header may hold besides the VNI. Group policy and protocol extension exclude each other.
    public enum Dialect: UInt8, BitwiseCopyable, Sendable {
        /// RFC 7348.
        case plain
        /// Group based policy (draft-smith-vxlan-group-policy).
        case groupPolicy
        /// Generic protocol extension (draft-ietf-nvo3-vxlan-gpe); Ethernet only.
        case protocolExtension
    }

    public enum ReservedBits: UInt8, BitwiseCopyable, Sendable {
        case refuse
        case ignore
    }

    public enum InnerVLAN: UInt8, BitwiseCopyable, Sendable {
        case pass
        case drop
    }

    public enum UnknownUnicast: UInt8, BitwiseCopyable, Sendable {
        /// It goes to the default remotes and the other ports.
        case flood
        case drop
    }

    public enum TimeToLive: Equatable, BitwiseCopyable, Sendable {
        case routeDefault
        /// 1...255.
        case fixed(UInt8)
        /// The inner packet's; the route's default where that is not IP.
        case inherit
    }

    public enum TypeOfService: Equatable, BitwiseCopyable, Sendable {
        case fixed(UInt8)
        /// The inner packet's; 0 where that is not IP.
        case inherit
    }

    public enum DontFragment: UInt8, BitwiseCopyable, Sendable {
        case clear
        case set
        /// The inner packet's: an IPv6 packet counts as having it set.
        case inherit
    }

    public enum Oversized: UInt8, BitwiseCopyable, Sendable {
        /// The sender is told with ICMP (fragmentation needed, packet too big), where that is possible; dropped anyhow.
        case answer
        case drop
        /// Sent all the same: the underlay may fragment it.
        case send
    }

    public enum NeighbourHandling: UInt8, BitwiseCopyable, Sendable {
        /// Requests are flooded like other broadcasts.
        case flood
        /// A request whose answer is known is answered here; others are flooded.
        case suppress
        /// A request whose answer is known is answered here; no other passes, and it is reported, as with the kernel's
        /// `proxy`.
        case proxy
    }
}
