internal import CLibNL
internal import Glibc
internal import VTEPWire

extension NextHopObject {
    /// Reads an `RTM_NEWNEXTHOP`; `nil` for any other message, or one without an id.
    init?(_ reply: Reply) {
        guard reply.type == NextHopMessage.new, let header = reply.header(nhmsg.self) else { return nil }
        self.init(id: 0, gateway: nil, linkIndex: nil)
        family = IPAddress.Family(addressFamily: header.nh_family)
        origin = RouteOrigin(rawValue: header.nh_protocol)
        scope = RouteScope(rawValue: header.nh_scope)
        flags = NextHopFlags(rawValue: UInt8(truncatingIfNeeded: header.nh_flags))
        var encapsulationType: UInt16?
        var contents: AttributePayload?
        var packets: AttributePayload?
        for attribute in reply.attributes(after: nhmsg.self) {
            switch attribute.type {
            case NextHopAttribute.encapsulationType: encapsulationType = attribute.payload.uint16
            case NextHopAttribute.encapsulation: contents = attribute.payload
            case NextHopAttribute.groupStatistics: packets = attribute.payload
            default: read(attribute)
            }
        }
        encapsulation = RouteEncapsulation(type: encapsulationType, contents)
        if let packets { readPackets(packets.nested) }
        if id == 0 { return nil }
    }

    private mutating func read(_ attribute: Attribute) {
        let payload = attribute.payload
        switch attribute.type {
        case NextHopAttribute.id: id = payload.uint32 ?? 0
        case NextHopAttribute.gateway: gateway = payload.ipAddress
        case NextHopAttribute.outputLink: linkIndex = payload.uint32
        case NextHopAttribute.blackhole: isBlackhole = true
        case NextHopAttribute.fdb: isFDB = true
        case NextHopAttribute.group: group = NextHopObject.members(payload)
        case NextHopAttribute.resilientGroup: resilience = Resilience(payload.nested)
        case NextHopAttribute.hardwareStatistics: hardwareStatistics = payload.uint32.map { $0 != 0 }
        default: break
        }
    }

    /// An array of `struct nexthop_grp`: id, the weight less one in two halves, and two octets of nothing.
    private static func members(_ payload: AttributePayload) -> [Member] {
        var members: [Member] = []
        var offset = 0
        while let id = payload.load(UInt32.self, at: offset), let low = payload.load(UInt8.self, at: offset + 4),
            let high = payload.load(UInt8.self, at: offset + 5)
        {
            members.append(Member(id: id, weight: UInt32(high) << 8 + UInt32(low) + 1))
            offset += 8
        }
        return members
    }

    private mutating func readPackets(_ attributes: Attributes) {
        for entry in attributes where entry.type == NextHopAttribute.Statistics.entry {
            var id: UInt32?
            var packets: UInt64?
            for attribute in entry.payload.nested {
                switch attribute.type {
                case NextHopAttribute.Statistics.id: id = attribute.payload.uint32
                case NextHopAttribute.Statistics.packets: packets = attribute.payload.unsigned
                default: break
                }
            }
            if let place = group.firstIndex(where: { $0.id == id }) { group[place].packets = packets }
        }
    }
}

extension NextHopObject.Resilience {
    fileprivate init(_ attributes: Attributes) {
        self.init(buckets: 0)
        for attribute in attributes {
            switch attribute.type {
            case NextHopAttribute.Resilient.buckets: buckets = attribute.payload.uint16 ?? 0
            case NextHopAttribute.Resilient.idleTimer: idleTimer = attribute.payload.uint32
            case NextHopAttribute.Resilient.unbalancedTimer: unbalancedTimer = attribute.payload.uint32
            case NextHopAttribute.Resilient.unbalancedTime: unbalancedTime = attribute.payload.unsigned ?? 0
            default: break
            }
        }
    }
}

extension NextHopBucket {
    /// Reads an `RTM_NEWNEXTHOPBUCKET`; `nil` for any other message.
    init?(_ reply: Reply) {
        guard reply.type == NextHopMessage.newBucket, reply.header(nhmsg.self) != nil else { return nil }
        self.init(groupID: 0, index: 0, nextHopID: 0, idleTime: 0)
        for attribute in reply.attributes(after: nhmsg.self) {
            switch attribute.type {
            case NextHopAttribute.id: groupID = attribute.payload.uint32 ?? 0
            case NextHopAttribute.resilientBucket: read(attribute.payload.nested)
            default: break
            }
        }
        if groupID == 0 { return nil }
    }

    private mutating func read(_ attributes: Attributes) {
        for attribute in attributes {
            switch attribute.type {
            case NextHopAttribute.Bucket.index: index = attribute.payload.uint16 ?? 0
            case NextHopAttribute.Bucket.idleTime: idleTime = attribute.payload.unsigned ?? 0
            case NextHopAttribute.Bucket.nextHopID: nextHopID = attribute.payload.uint32 ?? 0
            default: break
            }
        }
    }
}

extension AttributePayload {
    /// A number that the kernel writes in 32 bits where they suffice, and otherwise in 64.
    fileprivate var unsigned: UInt64? { uint64(at: 0) ?? uint32.map { UInt64($0) } }
}
