/// Where the datagrams in hand came from, and what was looked up for the last one: mostly the next is the same.
struct Arrival {
    let now: Milliseconds
    private(set) var source = UnderlayAddress.unspecified
    private(set) var typeOfService: UInt8 = 0
    /// The source's number. All ones if it is not known.
    private(set) var remote = UInt32.max
    /// Whether the source is configured: a peer, or a remote of an entry or default.
    private(set) var isConfigured = false
    /// The last VNI's number and place in the tables. No VNI has 32 bits.
    var vniNumber = UInt32.max
    var vniPlace = -1
    /// The superframe that is being put together.
    var coalescer = Coalescer()

    init(now: Milliseconds) {
        self.now = now
    }

    @inline(__always)
    mutating func turn(to datagram: Datagram, _ remotes: borrowing RemoteTable) {
        typeOfService = datagram.typeOfService
        guard datagram.source != source else { return }
        source = datagram.source
        look(remotes)
    }

    mutating func look(_ remotes: borrowing RemoteTable) {
        remote = remotes.find(source) ?? .max
        isConfigured = remote != .max && remotes[remote].pins > 0
    }
}
