internal import CLibNL
internal import VTEPWire

extension InterfaceAddress {
    /// Reads an `RTM_NEWADDR`; `nil` for any other message, or one without an address.
    init?(_ reply: Reply) {
        guard reply.type == RTM_NEWADDR, let header = reply.header(ifaddrmsg.self),
            let none = try? IPPrefix(address: .v4(IPv4Address(rawValue: 0)), length: 0)
        else { return nil }
        var local: IPAddress?
        var address: IPAddress?
        self.init(none, linkIndex: header.ifa_index)
        scope = RouteScope(rawValue: header.ifa_scope)
        flags = AddressFlags(rawValue: UInt32(header.ifa_flags))
        for attribute in reply.attributes(after: ifaddrmsg.self) {
            switch attribute.type {
            case IFA_LOCAL: local = attribute.payload.ipAddress
            case IFA_ADDRESS: address = attribute.payload.ipAddress
            default: read(attribute)
            }
        }
        guard let own = local ?? address,
            let prefix = try? IPPrefix(address: own, length: Int(header.ifa_prefixlen))
        else { return nil }
        self.prefix = prefix
        peer = address == own ? nil : address
    }

    private mutating func read(_ attribute: Attribute) {
        let payload = attribute.payload
        switch attribute.type {
        case IFA_BROADCAST: broadcast = payload.ipAddress
        case IFA_LABEL: label = payload.string
        case IFA_FLAGS: flags = payload.uint32.map { AddressFlags(rawValue: $0) } ?? flags
        case IFA_RT_PRIORITY: metric = payload.uint32
        case IFA_PROTO: origin = payload.uint8.map { AddressOrigin(rawValue: $0) }
        case IFA_CACHEINFO:
            guard let info = payload.load(ifa_cacheinfo.self) else { return }
            validLifetime = InterfaceAddress.seconds(info.ifa_valid)
            preferredLifetime = InterfaceAddress.seconds(info.ifa_prefered)
            stamps = Stamps(created: info.cstamp, updated: info.tstamp)
        default: break
        }
    }

    /// The kernel writes "forever" as all ones.
    private static func seconds(_ value: UInt32) -> UInt32? { value == .max ? nil : value }
}
