internal import CLibNL
internal import Glibc
internal import VTEPWire

extension Route {
    /// Reads an `RTM_NEWROUTE` of IPv4 or IPv6; `nil` for any other message.
    init?(_ reply: Reply) {
        guard reply.type == RTM_NEWROUTE, let header = reply.header(rtmsg.self),
            let any = Route.anyAddress(family: Int32(header.rtm_family)),
            let unspecified = try? IPPrefix(address: any, length: Int(header.rtm_dst_len))
        else { return nil }
        self.init(to: unspecified)
        table = RouteTable(rawValue: UInt32(header.rtm_table))
        origin = RouteOrigin(rawValue: header.rtm_protocol)
        scope = RouteScope(rawValue: header.rtm_scope)
        type = RouteType(rawValue: header.rtm_type)
        typeOfService = header.rtm_tos
        flags = NextHopFlags(rawValue: UInt8(truncatingIfNeeded: header.rtm_flags))
        var encapsulated = EncapsulationParts()
        for attribute in reply.attributes(after: rtmsg.self) where !encapsulated.read(attribute) {
            read(attribute, header)
        }
        encapsulation = encapsulated.value
    }

    private static func anyAddress(family: Int32) -> IPAddress? {
        switch family {
        case AF_INET: .v4(IPv4Address(rawValue: 0))
        case AF_INET6: .v6(IPv6Address(rawValue: 0))
        default: nil
        }
    }

    private mutating func read(_ attribute: Attribute, _ header: rtmsg) {
        let payload = attribute.payload
        switch attribute.type {
        case RouteAttribute.destination: destination = payload.prefix(length: header.rtm_dst_len) ?? destination
        case RouteAttribute.source: sourcePrefix = payload.prefix(length: header.rtm_src_len)
        case RouteAttribute.gateway: gateway = payload.ipAddress
        case RouteAttribute.via: gateway = payload.viaAddress
        case RouteAttribute.outputLink: linkIndex = payload.uint32
        case RouteAttribute.priority: metric = payload.uint32
        case RouteAttribute.table: table = RouteTable(rawValue: payload.uint32 ?? table.rawValue)
        case RouteAttribute.preferredSource: preferredSource = payload.ipAddress
        case RouteAttribute.multipath: nextHops = unsafe NextHop.list(payload.bytes)
        case RouteAttribute.metrics: metrics = RouteMetrics(payload.nested)
        case RouteAttribute.flow: realms = payload.uint32
        case RouteAttribute.preference: preference = payload.uint8.map { RoutePreference(rawValue: $0) }
        case RouteAttribute.nextHopID: nextHopID = payload.uint32
        case RouteAttribute.cacheInfo: expires = payload.load(rta_cacheinfo.self)?.secondsLeft
        default: break
        }
    }
}

extension rta_cacheinfo {
    /// The kernel counts hundredths, and writes "never" as 0.
    fileprivate var secondsLeft: UInt32? { rta_expires > 0 ? UInt32(rta_expires + 99) / 100 : nil }
}

/// Type and contents of an encapsulation come apart, in either order.
struct EncapsulationParts {
    private var type: UInt16?
    private var contents: AttributePayload?

    /// Whether the attribute was one of the two.
    mutating func read(_ attribute: Attribute) -> Bool {
        switch attribute.type {
        case RouteAttribute.encapsulationType: type = attribute.payload.uint16
        case RouteAttribute.encapsulation: contents = attribute.payload
        default: return false
        }
        return true
    }

    var value: RouteEncapsulation? { RouteEncapsulation(type: type, contents) }
}

extension NextHop {
    /// A run of `struct rtnexthop`, each followed by its own attributes.
    fileprivate static func list(_ bytes: UnsafeRawBufferPointer) -> [NextHop] {
        var hops: [NextHop] = []
        var offset = 0
        let headerSize = MemoryLayout<rtnexthop>.size
        while bytes.count - offset >= headerSize {
            let header = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: rtnexthop.self)
            let length = Int(header.rtnh_len)
            guard length >= headerSize, length <= bytes.count - offset else { break }
            let tail = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset + headerSize..<offset + length])
            hops.append(unsafe NextHop(header, Attributes(tail)))
            offset += (length + 3) & ~3
        }
        return hops
    }

    private init(_ header: rtnexthop, _ attributes: Attributes) {
        self.init(
            linkIndex: header.rtnh_ifindex > 0 ? UInt32(header.rtnh_ifindex) : nil,
            weight: UInt16(header.rtnh_hops) + 1)
        flags = NextHopFlags(rawValue: header.rtnh_flags)
        var encapsulated = EncapsulationParts()
        for attribute in attributes where !encapsulated.read(attribute) {
            switch attribute.type {
            case RouteAttribute.gateway: gateway = attribute.payload.ipAddress
            case RouteAttribute.via: gateway = attribute.payload.viaAddress
            case RouteAttribute.flow: realms = attribute.payload.uint32
            default: break
            }
        }
        encapsulation = encapsulated.value
    }
}

extension AttributePayload {
    /// `struct rtvia`: an IPv4 route's gateway of the other family.
    fileprivate var viaAddress: IPAddress? {
        guard unsafe bytes.count > 2 else { return nil }
        return unsafe IPAddress(bytes: UnsafeRawBufferPointer(rebasing: bytes[2...]))
    }

    func prefix(length: UInt8) -> IPPrefix? {
        ipAddress.flatMap { try? IPPrefix(address: $0, length: Int(length)) }
    }
}
