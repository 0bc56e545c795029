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
        readNextHopFlags(header.rtm_flags)
        for attribute in reply.attributes(after: rtmsg.self) { read(attribute, prefixLength: Int(header.rtm_dst_len)) }
    }

    private static func anyAddress(family: Int32) -> IPAddress? {
        switch family {
        case AF_INET: .v4(IPv4Address(rawValue: 0))
        case AF_INET6: .v6(IPv6Address(rawValue: 0))
        default: nil
        }
    }

    private mutating func readNextHopFlags(_ flags: UInt32) {
        onLink = flags & UInt32(RTNH_F_ONLINK) != 0
        linkDown = flags & UInt32(RTNH_F_LINKDOWN) != 0
    }

    private mutating func read(_ attribute: Attribute, prefixLength: Int) {
        let payload = attribute.payload
        switch attribute.type {
        case RouteAttribute.destination:
            if let address = payload.ipAddress, let prefix = try? IPPrefix(address: address, length: prefixLength) {
                destination = prefix
            }
        case RouteAttribute.gateway: gateway = payload.ipAddress
        case RouteAttribute.via: gateway = payload.viaAddress
        case RouteAttribute.outputLink: linkIndex = payload.uint32
        case RouteAttribute.priority: metric = payload.uint32
        case RouteAttribute.table: table = RouteTable(rawValue: payload.uint32 ?? table.rawValue)
        case RouteAttribute.preferredSource: preferredSource = payload.ipAddress
        case RouteAttribute.multipath:
            let (hops, flags) = unsafe NextHop.list(payload.bytes)
            nextHops = hops
            if flags & UInt8(RTNH_F_ONLINK) != 0 { onLink = true }
        default: break
        }
    }
}

extension NextHop {
    /// A run of `struct rtnexthop`, each followed by its own attributes; and the flags that any of them has.
    fileprivate static func list(_ bytes: UnsafeRawBufferPointer) -> ([NextHop], flags: UInt8) {
        var hops: [NextHop] = []
        var flags: UInt8 = 0
        var offset = 0
        let headerSize = MemoryLayout<rtnexthop>.size
        while bytes.count - offset >= headerSize {
            let header = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: rtnexthop.self)
            let length = Int(header.rtnh_len)
            guard length >= headerSize, length <= bytes.count - offset else { break }
            var hop = NextHop(
                linkIndex: header.rtnh_ifindex > 0 ? UInt32(header.rtnh_ifindex) : nil,
                weight: UInt16(header.rtnh_hops) + 1)
            let tail = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset + headerSize..<offset + length])
            for attribute in unsafe Attributes(tail) {
                switch attribute.type {
                case RouteAttribute.gateway: hop.gateway = attribute.payload.ipAddress
                case RouteAttribute.via: hop.gateway = attribute.payload.viaAddress
                default: break
                }
            }
            hops.append(hop)
            flags |= header.rtnh_flags
            offset += (length + 3) & ~3
        }
        return (hops, flags)
    }
}

extension AttributePayload {
    /// `struct rtvia`: an IPv4 route's gateway of the other family.
    fileprivate var viaAddress: IPAddress? {
        guard unsafe bytes.count > 2 else { return nil }
        return unsafe IPAddress(bytes: UnsafeRawBufferPointer(rebasing: bytes[2...]))
    }
}
