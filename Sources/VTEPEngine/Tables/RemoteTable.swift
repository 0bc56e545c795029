/// One VTEP, or group, that is known.
struct Remote: BitwiseCopyable {
    let address: UnderlayAddress
    /// The longest frame that fits into the path MTU, or into a datagram at all.
    private(set) var longestFrame = Remote.longestPossible
    /// The TTL where the policy leaves it to the route: 1 for a group, else 0.
    let defaultTimeToLive: UInt8
    /// How many FDB entries were learnt from it.
    var learnt: UInt32 = 0
    /// How often it was configured: as a peer, a default remote, or in an FDB entry. 0: known by learning only.
    var pins: UInt32 = 0
    var flags = Remote.isUsed
    /// The next free place, plus one, while this one is free.
    var nextFree: UInt32 = 0

    init(_ address: UnderlayAddress) {
        self.address = address
        defaultTimeToLive = address.isMulticast ? 1 : 0
    }

    /// The path MTU as the underlay found it: outer IP header and all behind it. 0: unknown.
    mutating func setPathMTU(_ mtu: Int) {
        let headers = (address.isV4 ? 20 : 40) + 8 + 8
        longestFrame = mtu == 0 ? Remote.longestPossible : UInt32(max(min(mtu - headers, 65_499), 0))
    }

    /// What a UDP datagram over IPv4 holds, less the VXLAN header.
    static var longestPossible: UInt32 { 65_507 - 8 }

    static var isUsed: UInt16 { 1 }
    /// It was named as a peer.
    static var isPeer: UInt16 { 2 }
}

/// The remotes by number and by address. A remote keeps its number as long as something refers to it.
struct RemoteTable: ~Copyable {
    private let remotes: Memory<Remote>
    /// Numbers plus one at the addresses' places; 0 is empty. Linear probing, at most half full.
    private let places: Memory<UInt32>
    /// For looking many up in a row.
    let lookup: RemoteLookup
    private var firstFree: UInt32 = 0
    private var used = 0
    private(set) var count = 0

    init(limit: Int, hash: KeyedHash) {
        var free = Remote(.unspecified)
        free.flags = 0
        remotes = Memory(limit, filledWith: free)
        let capacity = powerOfTwo(atLeast: limit * 2)
        places = Memory(capacity, filledWith: 0)
        lookup = RemoteLookup(remotes, places, hash)
    }

    /// How many remotes there can be, and one more than their highest number.
    var limit: Int { remotes.count }

    @inline(__always)
    func element(_ number: UInt32) -> Element<Remote> { remotes.element(Int(number)) }

    /// By number.
    var elements: Elements<Remote> { remotes.elements }

    @inline(__always)
    subscript(number: UInt32) -> Remote { remotes[Int(number)] }

    /// The number of an address. Nil if it is not known.
    func find(_ address: UnderlayAddress) -> UInt32? {
        let number = places[lookup.place(address)]
        return number == 0 ? nil : number - 1
    }

    /// The number of an address, made if it is not known. Nil if there is no room.
    mutating func findOrAdd(_ address: UnderlayAddress) -> UInt32? {
        let place = lookup.place(address)
        if places[place] != 0 { return places[place] - 1 }
        let number: UInt32
        if firstFree != 0 {
            number = firstFree - 1
            firstFree = remotes[Int(number)].nextFree
        } else {
            guard used < limit else { return nil }
            number = UInt32(used)
            used += 1
        }
        remotes[Int(number)] = Remote(address)
        places[place] = number + 1
        count += 1
        return number
    }

    /// Forgets a remote that nothing refers to any more; otherwise does nothing.
    mutating func removeIfUnused(_ number: UInt32) {
        let remote = remotes[Int(number)]
        guard remote.learnt == 0, remote.pins == 0, remote.flags & Remote.isUsed != 0 else { return }
        removePlace(lookup.place(remote.address))
        remotes[Int(number)] = Remote(.unspecified)
        remotes[Int(number)].flags = 0
        remotes[Int(number)].nextFree = firstFree
        firstFree = number + 1
        count -= 1
    }

    private func removePlace(_ place: Int) {
        let gap = OpenAddressing.closeGap(
            at: place, mask: lookup.mask, isEmpty: { places[$0] == 0 },
            home: { lookup.home(remotes[Int(places[$0]) - 1].address) }, move: { places[$1] = places[$0] })
        places[gap] = 0
    }

    /// Configured once more.
    mutating func pin(_ number: UInt32) { remotes[Int(number)].pins &+= 1 }

    /// Takes back ``pin(_:)`` of a remote that will be pinned again before anything else happens.
    mutating func unhold(_ number: UInt32) { remotes.element(Int(number)).value.pins &-= 1 }

    /// Configured once less; forgotten if that was the last reference.
    mutating func unpin(_ number: UInt32) {
        if remotes[Int(number)].pins > 0 { remotes[Int(number)].pins &-= 1 }
        removeIfUnused(number)
    }
}

/// What looking for a remote's number needs, so little that it stays in registers while many are looked up. Valid as long
/// as the table is.
struct RemoteLookup: BitwiseCopyable {
    private let remotes: Elements<Remote>
    private let places: Elements<UInt32>
    let mask: Int
    private let hash: KeyedHash

    /// - Parameter places: As many as a power of two.
    init(_ remotes: borrowing Memory<Remote>, _ places: borrowing Memory<UInt32>, _ hash: KeyedHash) {
        self.remotes = remotes.elements
        self.places = places.elements
        mask = places.count - 1
        self.hash = hash
    }

    @inline(__always)
    func home(_ address: UnderlayAddress) -> Int {
        Int(truncatingIfNeeded: hash(address.upper, address.lower)) & mask
    }

    /// Where an address' number is, or would be.
    @inline(__always)
    func place(_ address: UnderlayAddress) -> Int {
        var place = home(address)
        while places[place] != 0, remotes[Int(places[place]) &- 1].address != address { place = (place &+ 1) & mask }
        return place
    }

    /// The number of an address that is configured. Nil if it is not, or is known by learning only.
    @inline(__always)
    func findConfigured(_ address: UnderlayAddress) -> UInt32? {
        let number = places[place(address)]
        guard number != 0, remotes[Int(number) &- 1].pins > 0 else { return nil }
        return number &- 1
    }
}
