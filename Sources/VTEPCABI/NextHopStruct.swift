internal import CVTEP
internal import VTEP

extension vtep_nexthop: @unsafe InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_NEXTHOP_HAS_UNBALANCED_TIMER) << 1) - 1 }
    var reservedIsZero: Bool { unsafe isZero(reserved) }

    init(_ hop: NextHopObject, _ memory: ListMemory) {
        unsafe self.init()
        unsafe id = hop.id
        unsafe link_index = hop.linkIndex ?? 0
        unsafe member_count = UInt32(clamping: hop.group.count)
        unsafe members = memory.store(hop.group.map { vtep_nexthop_member($0) })
        unsafe encapsulation = memory.store(hop.encapsulation)
        if let resilience = hop.resilience { unsafe fill(resilience) }
        unsafe family = hop.family?.rawValue ?? 0
        unsafe blackhole = hop.isBlackhole ? 1 : 0
        unsafe fdb = hop.isFDB ? 1 : 0
        unsafe origin = hop.origin.rawValue
        unsafe scope = hop.scope.rawValue
        unsafe flags = hop.flags.rawValue
        unsafe hardware_statistics = hop.hardwareStatistics == true ? 1 : 0
        unsafe gateway = vtep_ip(hop.gateway)
    }

    private mutating func fill(_ resilience: NextHopObject.Resilience) {
        unsafe buckets = UInt32(resilience.buckets)
        unsafe unbalanced_time = resilience.unbalancedTime
        if let timer = resilience.idleTimer {
            unsafe has.set(VTEP_NEXTHOP_HAS_IDLE_TIMER)
            unsafe idle_timer = timer
        }
        if let timer = resilience.unbalancedTimer {
            unsafe has.set(VTEP_NEXTHOP_HAS_UNBALANCED_TIMER)
            unsafe unbalanced_timer = timer
        }
    }
}

extension vtep_nexthop_member {
    init(_ member: NextHopObject.Member) {
        self.init(packets: member.packets ?? 0, id: member.id, weight: member.weight)
    }
}

extension Arguments {
    /// The kernel has no limit of its own that is as low; it bounds what is read of the caller's array.
    private static var mostMembers: UInt32 { 4096 }

    func nextHop(_ pointer: UnsafePointer<vtep_nexthop>?) throws(VTEPError) -> NextHopObject {
        let input = try unsafe self.input(pointer, "nexthop")
        var hop = NextHopObject(
            id: unsafe input.id, gateway: try unsafe address(input.gateway, "gateway"),
            linkIndex: unsafe input.link_index == 0 ? nil : input.link_index)
        hop.group = try unsafe members(input.members, input.member_count)
        hop.family = try unsafe family(input.family)
        hop.isBlackhole = try unsafe truth(input.blackhole, "blackhole")
        hop.isFDB = try unsafe truth(input.fdb, "fdb")
        hop.origin = unsafe RouteOrigin(rawValue: input.origin)
        hop.flags = unsafe NextHopFlags(rawValue: input.flags)
        hop.encapsulation = try unsafe encapsulation(input.encapsulation)
        if try unsafe truth(input.hardware_statistics, "hardware_statistics") { hop.hardwareStatistics = true }
        if unsafe input.buckets != 0 { hop.resilience = try unsafe resilience(input) }
        return hop
    }

    private func resilience(_ input: vtep_nexthop) throws(VTEPError) -> NextHopObject.Resilience {
        var resilience = NextHopObject.Resilience(buckets: try unsafe number(input.buckets, "buckets"))
        if unsafe input.has.sets(VTEP_NEXTHOP_HAS_IDLE_TIMER) { resilience.idleTimer = unsafe input.idle_timer }
        if unsafe input.has.sets(VTEP_NEXTHOP_HAS_UNBALANCED_TIMER) {
            resilience.unbalancedTimer = unsafe input.unbalanced_timer
        }
        return resilience
    }

    private func members(
        _ array: UnsafePointer<vtep_nexthop_member>?, _ count: UInt32
    ) throws(VTEPError) -> [NextHopObject.Member] {
        if count == 0 { return [] }
        guard let array = unsafe array else { throw invalid("members is NULL and member_count is \(count)") }
        guard count <= Arguments.mostMembers else {
            throw invalid("member_count is \(count); at most \(Arguments.mostMembers) are possible")
        }
        return unsafe UnsafeBufferPointer(start: array, count: Int(count)).map {
            NextHopObject.Member(id: $0.id, weight: $0.weight)
        }
    }
}

extension ListHandle where Element == vtep_nexthop {
    convenience init(nextHops: [NextHopObject]) {
        let memory = ListMemory()
        unsafe self.init(nextHops.map { unsafe vtep_nexthop($0, memory) }, memory)
    }
}
