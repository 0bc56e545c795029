/// The events that wait to be read: a ring of fixed size that drops what does not fit, at a bounded rate.
struct EventRing: ~Copyable {
    private let ring: Memory<Engine.Event>
    private var head = 0
    private(set) var count = 0
    private var bucket: TokenBucket
    /// What did not fit, and what came too fast.
    private(set) var lost: UInt64 = 0
    private(set) var suppressed: UInt64 = 0

    init(capacity: Int, perSecond: Int) {
        let nothing = Engine.Event(
            kind: .aged, time: 0, vni: 0, address: 0, place: .nowhere, otherPlace: .nowhere,
            internetAddress: .unspecified)
        ring = Memory(capacity, filledWith: nothing)
        let rate = UInt32(clamping: perSecond)
        bucket = TokenBucket(rate: max(rate, 1), burst: rate)
    }

    mutating func post(_ event: Engine.Event) {
        guard count < ring.count else {
            lost &+= 1
            return
        }
        guard bucket.take(event.time) else {
            suppressed &+= 1
            return
        }
        var place = head + count
        if place >= ring.count { place -= ring.count }
        ring[place] = event
        count += 1
    }

    /// Takes the oldest one out.
    mutating func next() -> Engine.Event? {
        guard count > 0 else { return nil }
        let event = ring[head]
        head = head + 1 == ring.count ? 0 : head + 1
        count -= 1
        return event
    }
}
