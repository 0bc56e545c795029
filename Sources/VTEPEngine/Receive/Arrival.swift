/// Where the datagrams in hand came from and what they are of, as it was looked up for the last one: mostly the next is
/// the same.
struct Arrival {
    let time: Stamped
    private(set) var source = UnderlayAddress.unspecified
    private(set) var typeOfService: UInt8 = 0
    /// The source's number. All ones if it is not known.
    private(set) var remote = UInt32.max
    /// Whether the source is configured: a peer, or a remote of an entry or default.
    private(set) var isConfigured = false

    /// The last VXLAN header that was the one its VNI sends itself. No header has these bits.
    private(set) var header = UInt64.max
    /// The VNI that it names: its place in the tables, -1 if none was found yet, and what is needed of it.
    private(set) var vniPlace = -1
    private(set) var vniNumber = UInt32.max
    private(set) var state: Element<VNIState>?
    /// The VNI's only port. -1 unless it has one, and the header and the VNI are usual.
    private(set) var onlyPort = -1
    /// What a frame for that port becomes, without length and slice.
    private(set) var delivery = Delivery(
        port: PortID(rawValue: 0), firstSlice: 0, sliceCount: 1, length: 0, offload: .none, policyID: 0, policyBits: 0,
        vni: 0)
    private(set) var ownAddress = UInt64.max
    private(set) var coalesces = false
    private(set) var learns = false

    /// The superframe that is being put together.
    var coalescer = Coalescer()

    init(now: Milliseconds) {
        time = Stamped(now)
    }

    @inline(__always)
    mutating func turn(to datagram: Datagram, _ remotes: borrowing RemoteTable) {
        typeOfService = datagram.typeOfService
        guard datagram.source != source else { return }
        source = datagram.source
        look(remotes)
    }

    @inline(__always)
    mutating func look(_ remotes: borrowing RemoteTable) {
        remote = remotes.find(source) ?? .max
        isConfigured = remote != .max && remotes.element(remote).value.pins > 0
    }

    /// Turns to the VNI that a header names. If it is not exactly the header that this VNI sends itself,
    /// ``onlyPort`` becomes -1: such a datagram is for the general code.
    @inline(never)
    mutating func turn(toHeader header: UInt64, _ vnis: borrowing VNITable) {
        onlyPort = -1
        self.header = header
        let number = UInt32(truncatingIfNeeded: header) >> 8
        if number != vniNumber {
            vniNumber = number
            vniPlace = vnis.find(number)
            state = vniPlace >= 0 ? vnis.element(vniPlace) : nil
        }
        guard let state else { return }
        let compiled = state.value.compiled
        learns = state.value.policy.learning
        guard compiled.header == header, compiled.isUsual else { return }
        onlyPort = compiled.onlyPort
        delivery.port = compiled.onlyPortID
        delivery.vni = vniNumber
        ownAddress = compiled.ownAddress
        coalesces = compiled.coalesces
    }
}
