internal import CLibNL
internal import Glibc
package import VTEPWire

extension Connection {
    package func nextHops(_ filter: NextHopFilter) throws(VTEPError) -> [NextHopObject] {
        var request = try Request(type: NextHopMessage.get, flags: NLM_F_DUMP)
        var header = nhmsg()
        header.nh_family = filter.family?.addressFamily ?? 0
        request.append(header: header)
        if let link = filter.linkIndex { request.put(NextHopAttribute.outputLink, link) }
        if let master = filter.masterIndex { request.put(NextHopAttribute.master, master) }
        if filter.groupsOnly { request.putFlag(NextHopAttribute.groups) }
        if filter.fdbOnly { request.putFlag(NextHopAttribute.fdb) }
        // The kernel takes "fdb" and gives all; what else it may leave to the reader is not worth finding out by version.
        return try dump(request, Purpose("list nexthops")) { NextHopObject($0) }.filter { filter.matches($0) }
    }

    package func nextHop(id: UInt32, statistics: Bool, _ purpose: Purpose) throws(VTEPError) -> NextHopObject? {
        var request = try Request(type: NextHopMessage.get, flags: 0)
        request.append(header: nhmsg())
        request.put(NextHopAttribute.id, id)
        if statistics { request.put(NextHopAttribute.operationFlags, UInt32(1)) }  // NHA_OP_FLAG_DUMP_STATS
        return try get(request, purpose) { NextHopObject($0) }
    }

    /// What the kernel made of it, with the id that it chose.
    package func write(
        _ hop: NextHopObject, _ write: EntryWrite, _ purpose: Purpose
    ) throws(VTEPError) -> NextHopObject? {
        var request = try Request(capacity: hop.requestCapacity)
        request.write(hop, write, echo: true)
        return try get(request, purpose) { NextHopObject($0) }
    }

    package func deleteNextHop(id: UInt32, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request()
        request.deleteNextHop(id: id)
        try change(request, purpose)
    }

    package func nextHopBuckets(groupID: UInt32?) throws(VTEPError) -> [NextHopBucket] {
        var request = try Request(type: NextHopMessage.getBucket, flags: NLM_F_DUMP)
        request.append(header: nhmsg())
        if let groupID { request.put(NextHopAttribute.id, groupID) }
        return try dump(request, Purpose("list buckets of nexthop group")) { NextHopBucket($0) }
    }
}

extension NextHopObject {
    /// Bytes that its request takes at the most.
    var requestCapacity: Int { 512 + group.count * 8 + (encapsulation?.capacity ?? 0) }

    /// Groups have no family of their own.
    fileprivate var headerFamily: UInt8 {
        group.isEmpty ? (family ?? gateway?.family ?? .v4).addressFamily : UInt8(AF_UNSPEC)
    }
}

extension Request {
    mutating func write(_ hop: NextHopObject, _ write: EntryWrite, echo: Bool = false) {
        restart(type: NextHopMessage.new, flags: write.flags | (echo ? NLM_F_ECHO : 0))
        var header = nhmsg()
        header.nh_family = hop.headerFamily
        header.nh_protocol = hop.origin.rawValue
        header.nh_flags = hop.flags.contains(.onLink) ? UInt32(RTNH_F_ONLINK) : 0
        append(header: header)
        if hop.id != 0 { put(NextHopAttribute.id, hop.id) }
        if hop.isFDB { putFlag(NextHopAttribute.fdb) }
        if hop.group.isEmpty { putSingle(hop) } else { putGroup(hop) }
    }

    mutating func deleteNextHop(id: UInt32) {
        restart(type: NextHopMessage.delete, flags: 0)
        append(header: nhmsg())
        put(NextHopAttribute.id, id)
    }

    private mutating func putSingle(_ hop: NextHopObject) {
        if hop.isBlackhole { putFlag(NextHopAttribute.blackhole) }
        if let link = hop.linkIndex { put(NextHopAttribute.outputLink, link) }
        if let gateway = hop.gateway { put(NextHopAttribute.gateway, gateway) }
        if let encapsulation = hop.encapsulation {
            put(
                encapsulation, type: NextHopAttribute.encapsulationType, contents: NextHopAttribute.encapsulation)
        }
    }

    private mutating func putGroup(_ hop: NextHopObject) {
        var members: [UInt8] = []
        for member in hop.group {
            let weight = UInt16(clamping: Int(member.weight) - 1)
            unsafe withUnsafeBytes(of: member.id) { unsafe members.append(contentsOf: $0) }
            members += [UInt8(weight & 0xFF), UInt8(weight >> 8), 0, 0]
        }
        put(NextHopAttribute.group, bytes: members)
        if let enabled = hop.hardwareStatistics { put(NextHopAttribute.hardwareStatistics, UInt32(enabled ? 1 : 0)) }
        guard let resilience = hop.resilience else { return }
        put(NextHopAttribute.groupType, UInt16(1))  // NEXTHOP_GRP_TYPE_RES
        nest(NextHopAttribute.resilientGroup) { request in
            request.put(NextHopAttribute.Resilient.buckets, resilience.buckets)
            if let timer = resilience.idleTimer { request.put(NextHopAttribute.Resilient.idleTimer, timer) }
            if let timer = resilience.unbalancedTimer { request.put(NextHopAttribute.Resilient.unbalancedTimer, timer) }
        }
    }
}
