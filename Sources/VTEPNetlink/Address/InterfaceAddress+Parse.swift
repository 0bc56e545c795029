internal import CLibNL
internal import VTEPWire

extension InterfaceAddress {
    /// Reads an `RTM_NEWADDR`; `nil` for any other message, or one without an address.
    init?(_ reply: Reply) {
        guard reply.type == RTM_NEWADDR, let header = reply.header(ifaddrmsg.self) else { return nil }
        var local: IPAddress?
        var address: IPAddress?
        var broadcast: IPAddress?
        var label: String?
        var flags = UInt32(header.ifa_flags)
        var lifetimes: ifa_cacheinfo?
        for attribute in reply.attributes(after: ifaddrmsg.self) {
            switch attribute.type {
            case IFA_LOCAL: local = attribute.payload.ipAddress
            case IFA_ADDRESS: address = attribute.payload.ipAddress
            case IFA_BROADCAST: broadcast = attribute.payload.ipAddress
            case IFA_LABEL: label = attribute.payload.string
            case IFA_FLAGS: flags = attribute.payload.uint32 ?? flags
            case IFA_CACHEINFO: lifetimes = attribute.payload.load(ifa_cacheinfo.self)
            default: break
            }
        }
        guard let own = local ?? address,
            let prefix = try? IPPrefix(address: own, length: Int(header.ifa_prefixlen))
        else { return nil }
        self.prefix = prefix
        linkIndex = header.ifa_index
        peer = address == own ? nil : address
        self.broadcast = broadcast
        scope = RouteScope(rawValue: header.ifa_scope)
        self.flags = AddressFlags(rawValue: flags)
        self.label = label
        validLifetime = InterfaceAddress.seconds(lifetimes?.ifa_valid)
        preferredLifetime = InterfaceAddress.seconds(lifetimes?.ifa_prefered)
    }

    /// The kernel writes "forever" as all ones.
    private static func seconds(_ value: UInt32?) -> UInt32? { value == .max ? nil : value }
}
