public import VTEPDevice
public import VTEPWire

/// What an endpoint's port is made of: where frames of a VNI enter and leave.
public enum EndpointPort: Sendable {
    /// A TAP device: this host's own way into the overlay.
    case tap(TAPConfiguration)
    /// Queues of one TAP device that somebody opened, with `IFF_NO_PI`. They are the port's from then on, also where
    /// adding it fails.
    case adoptedTAP([Int32], offloads: PortOffloads = .all)
    /// A Unix stream socket in QEMU's framing (`-netdev stream`): each frame behind its length in four bytes.
    case stream(UnixSocketOptions)
    /// A connected stream socket. It is the port's from then on, also where adding it fails.
    case adoptedStream(Int32)
    /// A Unix datagram socket in QEMU's framing (`-netdev dgram`), bound to `path` and sending to `peer`, which need not
    /// exist yet. Each is at most 107 bytes, and in the abstract namespace where it begins with `@`.
    case datagram(path: String, peer: String)
    /// A connected datagram or seqpacket socket. It is the port's from then on, also where adding it fails.
    case adoptedDatagram(Int32)
    /// A packet socket on an interface that there is already, which keeps its own use.
    case packet(PacketPortOptions)
    /// This very program.
    case inProcess(InProcessPort)
}

/// A TAP device, and how its interface is set up. What is `nil` stays as it is.
public struct TAPConfiguration: Sendable {
    /// At most 15 bytes. Empty: the kernel picks one, such as `tap0`. An existing persistent TAP is used.
    public var name: String
    /// How many queues it has, 1...256. Each may have a worker of its own; the kernel spreads flows over them.
    public var queues = 1
    /// What it may hand over and take unfinished: superframes make it fast.
    public var offloads: PortOffloads = .all
    public var macAddress: MACAddress?
    /// The bridge to be a port of, by name.
    public var master: String?
    /// Bytes. `nil`: the smallest of the underlays' links less the headers, where that link is known by its name or its
    /// address; else 1450, or 1430 with an IPv6 underlay.
    public var mtu: UInt32?
    public var addresses: [IPPrefix]
    /// Set the interface up.
    public var up = true

    public init(name: String = "", addresses: [IPPrefix] = []) {
        self.name = name
        self.addresses = addresses
    }
}

/// How an endpoint treats one of its ports.
public struct EndpointPortOptions: Sendable {
    /// The address behind the port that packets from the underlay must not claim to come from. `nil`: the interface's,
    /// as it is when the port is added, where the port has one.
    public var ownAddress: MACAddress?
    /// How many broadcasts, multicasts and frames to unknown stations per second the port may send in the long run. 0: no
    /// limit.
    public var floodLimit: UInt32 = 0
    /// How many such frames it may send at once. 0: as many as in one second.
    public var floodBurst: UInt32 = 0
    /// Whether superframes from the underlay are made without verifying the checksums of what they are made of. It hides
    /// corruption, and is for underlays that verify themselves.
    public var trustsUnderlay = false

    public init() {}
}
