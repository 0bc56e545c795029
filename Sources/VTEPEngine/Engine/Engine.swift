public import VTEPWire

/// Pure forwarding: frames from ports become VXLAN datagrams for remotes or frames for other ports, and datagrams become
/// frames again. No I/O, no clock, no thread, no allocation per frame.
///
/// A ``PortID`` belongs to one VNI; a VNI may have several ports, between which the engine switches. Remotes are
/// configured or, where ``VNIPolicy/acceptsUnknownRemotes`` says so, learnt.
///
/// One thread at a time. Different engines are independent.
public struct Engine: ~Copyable {
    /// What the engine was made with.
    public let configuration: Configuration

    let hash: KeyedHash
    let limits: GatheringLimits
    // The configuration's, in the types of the arithmetic.
    let sockets: UInt32
    let firstSourcePort: UInt16
    let sourcePortCount: UInt32
    var fdb: FDBTable
    var remotes: RemoteTable
    var lists: DestinationLists
    var vnis: VNITable
    let ports: Memory<PortState>
    var bindings: BindingTable
    /// The slot where the next sweep of the bindings goes on.
    var bindingSweep = 0
    /// Whether the frame in hand may still be answered with an ICMP error.
    var mayAnswer = false
    var events: EventRing
    let moves = MoveLimiter()
    var misses = MissMemory()
    /// What is counted where no VNI is known.
    let strayCounters: Memory<UInt64>
    /// The most destinations that one frame can have: copies to remotes, or ports.
    var mostDestinations = 1
    /// The most destinations with a VNI of their own that one frame can have.
    var mostOverrides = 0
    /// The place in the FDB where the next sweep of ageing goes on.
    var sweep = FDBSweep()

    /// Makes an engine without VNIs.
    ///
    /// - Throws: ``VTEPError/Kind/invalidArgument`` where a limit is out of its range.
    public init(_ configuration: Configuration) throws(VTEPError) {
        try configuration.check()
        self.configuration = configuration
        let hash = KeyedHash(seed: configuration.seed)
        self.hash = hash
        limits = GatheringLimits(
            datagrams: UInt32(configuration.maximumSegments), bytes: UInt32(configuration.maximumTransmission))
        sockets = UInt32(configuration.entropySockets)
        firstSourcePort = configuration.sourcePorts.lowerBound
        sourcePortCount = UInt32(configuration.sourcePorts.count)
        fdb = FDBTable(limit: configuration.maximumFDBEntries, hash: hash)
        remotes = RemoteTable(limit: configuration.maximumRemotes, hash: hash)
        lists = DestinationLists()
        vnis = VNITable(limit: configuration.maximumVNIs)
        ports = Memory(configuration.maximumPorts, filledWith: PortState())
        bindings = BindingTable(limit: configuration.maximumBindings, hash: hash)
        events = EventRing(capacity: configuration.maximumEvents, perSecond: configuration.eventsPerSecond)
        strayCounters = Memory(Counter.count, filledWith: 0)
    }

    @inline(__always)
    func countStray(_ counter: Counter, _ amount: UInt64 = 1) {
        strayCounters[Int(counter.rawValue)] &+= amount
    }
}

extension Engine: @unchecked Sendable {}
