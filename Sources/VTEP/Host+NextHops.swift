internal import Glibc
public import VTEPNetlink
public import VTEPWire

extension Host {
    /// The nexthop objects, or those that a filter matches (`ip nexthop`).
    public func nextHops(_ filter: NextHopFilter = NextHopFilter()) throws(VTEPError) -> [NextHopObject] {
        try connection.nextHops(filter)
    }

    /// The nexthop object of an id (`ip nexthop get`).
    ///
    /// - Parameter statistics: also how many packets each member of a group was chosen for (since Linux 6.10).
    /// - Throws: kind `notFound`.
    public func nextHop(id: UInt32, statistics: Bool = false) throws(VTEPError) -> NextHopObject {
        let purpose = Purpose("find nexthop", "\(id)")
        if let hop = try connection.nextHop(id: id, statistics: statistics, purpose) { return hop }
        throw VTEPError(.notFound, attempted: "\(purpose.attempted)", subject: purpose.subject)
    }

    /// Adds a nexthop object (`ip nexthop add`).
    ///
    /// - Returns: what the kernel made of it, with the id that it chose where ``NextHopObject/id`` is 0.
    /// - Throws: kind `exists` where the id is taken; `invalidArgument`; `notSupported` where this kernel has no resilient
    ///   groups.
    @discardableResult
    public func addNextHop(_ hop: NextHopObject) throws(VTEPError) -> NextHopObject {
        try write(hop, .add, Purpose("add nexthop", "\(hop.id)"))
    }

    /// Adds a nexthop object, or puts it in place of the one with that id (`ip nexthop replace`): routes, FDB entries and
    /// groups that name it follow at once. A group stays a group, and of its kind.
    @discardableResult
    public func replaceNextHop(_ hop: NextHopObject) throws(VTEPError) -> NextHopObject {
        try write(hop, .replace, Purpose("replace nexthop", "\(hop.id)"))
    }

    /// Deletes a nexthop object (`ip nexthop del`), and with it the routes and FDB entries that name it. Groups lose it as
    /// a member, and go with their last one.
    ///
    /// - Throws: kind `notFound`.
    public func deleteNextHop(id: UInt32) throws(VTEPError) {
        try connection.deleteNextHop(id: id, Purpose("delete nexthop", "\(id)"))
    }

    /// Deletes the nexthop objects that a filter matches (`ip nexthop flush`). The kernel has no such request: they are
    /// listed and deleted in a batch.
    ///
    /// - Returns: how many were deleted, not counting groups that went with their last member.
    @discardableResult
    public func flushNextHops(_ filter: NextHopFilter = NextHopFilter()) throws(VTEPError) -> Int {
        // Groups first: a member that goes would change them.
        let found = try connection.nextHops(filter)
        let ids = (found.filter { !$0.group.isEmpty } + found.filter(\.group.isEmpty)).map(\.id)
        let failures = try connection.apply(count: ids.count) { .deleteNextHop(id: ids[$0]) }
        if let failure = failures.first(where: { $0.error.kind != .notFound }) { throw failure.error }
        return ids.count - failures.count
    }

    /// The buckets of a resilient group, or of all (`ip nexthop bucket`).
    ///
    /// - Throws: kind `notFound` where there is no such group.
    public func nextHopBuckets(of groupID: UInt32? = nil) throws(VTEPError) -> [NextHopBucket] {
        try connection.nextHopBuckets(groupID: groupID)
    }
}

extension Host {
    private func write(
        _ hop: NextHopObject, _ write: EntryWrite, _ purpose: Purpose
    ) throws(VTEPError) -> NextHopObject {
        try check(hop)
        do {
            if let made = try connection.write(hop, write, purpose) { return made }
        } catch {
            throw explain(error, hop)
        }
        throw VTEPError(
            .protocolViolation, attempted: "\(purpose.attempted)", subject: purpose.subject,
            reason: "the kernel does not say what it made")
    }

    func check(_ hop: NextHopObject) throws(VTEPError) {
        func invalid(_ reason: String, _ remedy: String = "") -> VTEPError {
            VTEPError(
                .invalidArgument, attempted: "write nexthop", subject: "\(hop.id)", reason: reason, remedy: remedy)
        }
        if !hop.group.isEmpty {
            if hop.gateway != nil || hop.linkIndex != nil || hop.isBlackhole || hop.encapsulation != nil {
                throw invalid("it is a group, and leads somewhere itself", "make the way a member of the group")
            }
            if let member = hop.group.first(where: { !(1...65536).contains($0.weight) }) {
                throw invalid("the weight \(member.weight) of member \(member.id) is outside 1...65536")
            }
            if hop.group.count > 4096 { throw invalid("it has \(hop.group.count) members; 4096 are possible") }
            if Set(hop.group.map(\.id)).count < hop.group.count {
                throw invalid("a member is in it twice", "raise its weight instead")
            }
            if hop.resilience?.buckets == 0 { throw invalid("a resilient group has at least one bucket") }
            return
        }
        if hop.resilience != nil { throw invalid("only a group can be resilient") }
        if hop.isFDB, hop.gateway == nil || hop.linkIndex != nil || hop.isBlackhole || hop.encapsulation != nil {
            throw invalid("an FDB nexthop has a gateway, which is the remote VTEP, and nothing else")
        }
        if let gateway = hop.gateway, gateway.isMulticast || gateway.isUnspecified {
            throw invalid("\(gateway) is no gateway")
        }
        if hop.gateway == nil, hop.linkIndex == nil, !hop.isBlackhole {
            throw invalid("nothing says where it leads", "name a gateway, a link or both, or make it a blackhole")
        }
        if hop.gateway != nil, hop.linkIndex == nil, !hop.isFDB, !hop.isBlackhole {
            throw invalid("a nexthop object's gateway needs its link named, unlike a route's")
        }
    }

    private func explain(_ error: VTEPError, _ hop: NextHopObject) -> VTEPError {
        var error = error
        if error.kind == .exists {
            error.reason = "its id is taken"
            error.remedy = "replace it, or let the kernel choose one with the id 0"
        } else if error.systemErrno == ENETDOWN {
            error.remedy = hop.isBlackhole ? "set lo up first: a blackhole is there" : "set the link up first"
        } else if error.kind == .invalidArgument || error.kind == .notFound, !hop.group.isEmpty,
            let known = try? connection.nextHops(NextHopFilter())
        {
            let members = Dictionary(known.map { ($0.id, $0) }) { first, _ in first }
            if let missing = hop.group.first(where: { members[$0.id] == nil }) {
                error.reason = "there is no nexthop \(missing.id)"
                error.remedy = "add the members before their group"
            } else if let other = hop.group.first(where: { members[$0.id]?.isFDB != hop.isFDB }) {
                error.reason = "nexthop \(other.id) is \(hop.isFDB ? "none" : "one") for FDB entries"
                error.remedy = "a group is for FDB entries just as all of its members are"
            } else if let group = hop.group.first(where: { members[$0.id]?.group.isEmpty == false }) {
                error.reason = "its member \(group.id) is a group itself"
            }
        }
        return error
    }
}
