internal import VTEPWire

/// The datagrams of one call, and how far they have been taken.
@safe
struct IncomingDatagrams {
    private let base: UnsafeMutablePointer<Datagram>
    private let count: Int
    /// How many were taken wholly.
    private(set) var taken = 0
    /// Of the next one, if it is a run of UDP_GRO, how many bytes were taken already.
    private var offset = 0

    init?(_ datagrams: UnsafeMutableBufferPointer<Datagram>) {
        guard let base = datagrams.baseAddress else { return nil }
        unsafe self.base = base
        count = datagrams.count
    }

    /// Whether all were taken.
    var isEmpty: Bool { taken == count }

    /// The next one, whole. There must be one.
    var next: Datagram {
        assert(!isEmpty)
        return unsafe base[taken]
    }

    /// The bytes of the next one that were not taken yet: all of them, or of a run of UDP_GRO one datagram's.
    @inline(__always)
    func bytes(of next: Datagram) -> PacketBytes {
        let whole = unsafe PacketBytes(next.base, count: Int(next.length))
        return next.segmentSize == 0 ? whole : whole.dropping(offset).prefix(Int(next.segmentSize))
    }

    /// Notes that ``bytes(of:)`` were taken.
    @inline(__always)
    mutating func advance(over next: Datagram) {
        if next.segmentSize != 0 {
            offset &+= Int(next.segmentSize)
            if offset < Int(next.length) { return }
            offset = 0
        }
        taken &+= 1
    }

    /// Leaves the next one as what is left of it.
    func cutTaken() {
        guard offset > 0 else { return }
        unsafe base[taken].base += offset
        unsafe base[taken].length &-= UInt32(truncatingIfNeeded: offset)
    }
}

/// What the first pass over datagrams looks into.
struct Lookups: BitwiseCopyable {
    let fdb: FDBLookup
    let remotes: RemoteLookup
}

/// What it found: how many usual datagrams, and their lengths' sum.
struct SortedOut {
    var count = 0
    var bytes: UInt64 = 0
}

extension IncomingDatagrams {
    /// Takes usual datagrams from the next one on until one is not usual, `most` at the most, and notes what is needed of
    /// them.
    @inline(never)
    mutating func sortOut(
        _ most: Int, _ expected: UsualArrival, _ lookups: Lookups, _ usual: UnsafeMutablePointer<UsualDatagram>
    ) -> SortedOut {
        var sorted = SortedOut()
        var index = taken
        while index < count, sorted.count < most {
            let next = unsafe base + index
            // Only CE and ECT(1) ever change anything inside.
            guard unsafe next.pointee.typeOfService & 1 == 0,
                let remote = unsafe lookups.remotes.findConfigured(next.pointee.source)
            else { break }
            if unsafe next.pointee.segmentSize == 0 {
                let length = unsafe next.pointee.length
                let bytes = unsafe PacketBytes(next.pointee.base, count: Int(length))
                guard let datagram = UsualDatagram(bytes, from: remote, expected, lookups.fdb) else { break }
                unsafe (usual + sorted.count).initialize(to: datagram)
                sorted.count &+= 1
                sorted.bytes &+= UInt64(length)
            } else {
                unsafe sorted = sortOutRun(index, from: remote, most, expected, lookups, usual, sorted)
                // One of it is not usual, or they are enough.
                guard offset > 0, offset >= Int(unsafe next.pointee.length) else { break }
                offset = 0
            }
            index &+= 1
        }
        taken = index
        return sorted
    }

    /// The same for a run of UDP_GRO, beside what was sorted out already. ``offset`` is behind what was taken of it.
    @inline(never)
    private mutating func sortOutRun(
        _ index: Int, from remote: UInt32, _ most: Int, _ expected: UsualArrival, _ lookups: Lookups,
        _ usual: UnsafeMutablePointer<UsualDatagram>, _ before: SortedOut
    ) -> SortedOut {
        var sorted = before
        let run = unsafe base[index]
        let whole = unsafe PacketBytes(run.base, count: Int(run.length))
        repeat {
            let bytes = whole.dropping(offset).prefix(Int(run.segmentSize))
            guard let datagram = UsualDatagram(bytes, from: remote, expected, lookups.fdb) else { break }
            unsafe (usual + sorted.count).initialize(to: datagram)
            sorted.count &+= 1
            sorted.bytes &+= UInt64(bytes.count)
            offset &+= Int(run.segmentSize)
        } while offset < whole.count && sorted.count < most
        return sorted
    }
}
