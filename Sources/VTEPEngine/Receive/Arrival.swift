internal import VTEPWire

/// Where the datagram in hand came from, and of which VNI it is; mostly the next is of the same.
struct Arrival {
    let time: Stamped

    // Of a datagram that is not usual.
    private(set) var source = UnderlayAddress.unspecified
    private(set) var typeOfService: UInt8 = 0
    /// The source's number. All ones if it is not known.
    private(set) var remote = UInt32.max
    /// Whether the source is configured: a peer, or a remote of an entry or default.
    private(set) var isConfigured = false

    /// The last VXLAN header. No header has these bits.
    private(set) var header = UInt64.max
    /// The VNI that it names: its place in the tables, -1 if there is none.
    private(set) var vniPlace = -1
    private(set) var vniNumber = UInt32.max
    private(set) var state: Element<VNIState>?
    /// Whether that VNI has usual datagrams, of which this was one; and what they are.
    private(set) var isUsual = false
    private(set) var usual = UsualArrival()

    /// The superframe that is being put together.
    var coalescer = Coalescer()

    init(now: Milliseconds) {
        time = Stamped(now)
    }

    mutating func turn(to datagram: Datagram, _ remotes: borrowing RemoteTable) {
        typeOfService = datagram.typeOfService
        source = datagram.source
        // Looked up each time: the datagram before may have given it its number, or taken it.
        remote = remotes.find(source) ?? .max
        isConfigured = remote != .max && remotes.element(remote).value.pins > 0
    }

    /// Turns to the VNI that a header names. It is ``isUsual`` only if it is exactly the header that this VNI sends
    /// itself: any other is for the general code.
    @inline(never)
    mutating func turn(toHeader header: UInt64, _ vnis: borrowing VNITable) {
        isUsual = false
        self.header = header
        let number = UInt32(truncatingIfNeeded: header) >> 8
        if number != vniNumber {
            vniNumber = number
            vniPlace = vnis.find(number)
            state = vniPlace >= 0 ? vnis.element(vniPlace) : nil
        }
        guard let state else { return }
        let compiled = state.value.compiled
        guard compiled.header == header, compiled.isUsual, compiled.onlyPort >= 0 else { return }
        isUsual = true
        usual.header = header
        usual.key = FDBSlot.key(vni: vniPlace, address: 0)
        usual.ownAddress = compiled.ownAddress
        usual.port = compiled.onlyPort
        usual.delivery.port = compiled.onlyPortID
        usual.delivery.vni = number
        usual.coalesces = compiled.coalesces
        usual.learns = state.value.policy.learning
    }
}
