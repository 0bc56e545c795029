internal import CLibNL
internal import Glibc
internal import VTEPWire

/// `LWTUNNEL_ENCAP_*` and what is inside (linux/lwtunnel.h); IPv6's numbers are the same.
private enum Lightweight {
    static let ip: UInt16 = 2
    static let ip6: UInt16 = 4
    static let id = 1
    static let destination = 2
    static let source = 3
    static let timeToLive = 4
    static let typeOfService = 5
    static let flags = 6
    static let options = 8
    static let vxlanOptions = 2
    static let vxlanGroupPolicy = 1
    /// Bits that say which options are there. The kernel finds out by itself.
    static let optionFlags: UInt16 = 0xD800
}

// MARK: - Reading

extension RouteEncapsulation {
    /// - Parameter type: `RTA_ENCAP_TYPE`; `nil` reads nothing.
    init?(type: UInt16?, _ payload: AttributePayload?) {
        guard let type, let payload, type != 0 else { return nil }
        switch type {
        case Lightweight.ip: self = .tunnel(TunnelKey(.v4, payload.nested))
        case Lightweight.ip6: self = .tunnel(TunnelKey(.v6, payload.nested))
        default: self = .other(type: type, attributes: unsafe Array(payload.bytes))
        }
    }
}

extension TunnelKey {
    fileprivate init(_ family: IPAddress.Family, _ attributes: Attributes) {
        self.init(id: 0, destination: nil)
        self.family = family
        for attribute in attributes {
            let payload = attribute.payload
            switch attribute.type {
            case Lightweight.id: id = payload.uint64(at: 0).map { UInt64(bigEndian: $0) } ?? 0
            case Lightweight.destination: destination = payload.specifiedAddress
            case Lightweight.source: source = payload.specifiedAddress
            case Lightweight.timeToLive: timeToLive = payload.uint8 ?? 0
            case Lightweight.typeOfService: typeOfService = payload.uint8 ?? 0
            case Lightweight.flags:
                flags = TunnelFlags(rawValue: (payload.bigEndian16 ?? 0) & ~Lightweight.optionFlags)
            case Lightweight.options: readOptions(payload)
            default: break
            }
        }
    }

    private mutating func readOptions(_ payload: AttributePayload) {
        for option in payload.nested where option.type == Lightweight.vxlanOptions {
            for attribute in option.payload.nested where attribute.type == Lightweight.vxlanGroupPolicy {
                groupPolicy = attribute.payload.uint32
            }
        }
        if groupPolicy == nil { otherOptions = unsafe Array(payload.bytes) }
    }
}

extension AttributePayload {
    /// The kernel writes "none" as zeros.
    fileprivate var specifiedAddress: IPAddress? { ipAddress.flatMap { $0.isUnspecified ? nil : $0 } }
}

// MARK: - Writing

extension Request {
    /// - Parameters: the attributes that hold its type and what is inside: a route's and a nexthop's differ.
    mutating func put(_ encapsulation: RouteEncapsulation, type: Int, contents: Int) {
        switch encapsulation {
        case .tunnel(let key):
            put(type, key.family == .v4 ? Lightweight.ip : Lightweight.ip6)
            nest(contents) { $0.put(key) }
        case .other(let kind, let attributes):
            put(type, kind)
            put(contents | Int(NLA_F_NESTED), bytes: attributes)
        }
    }

    private mutating func put(_ key: TunnelKey) {
        put(Lightweight.id, key.id.bigEndian)
        if let destination = key.destination { put(Lightweight.destination, destination) }
        if let source = key.source { put(Lightweight.source, source) }
        if key.timeToLive != 0 { put(Lightweight.timeToLive, key.timeToLive) }
        if key.typeOfService != 0 { put(Lightweight.typeOfService, key.typeOfService) }
        if !key.flags.isEmpty { put(Lightweight.flags, key.flags.rawValue.bigEndian) }
        if let policy = key.groupPolicy {
            nest(Lightweight.options) { request in
                request.nest(Lightweight.vxlanOptions) { $0.put(Lightweight.vxlanGroupPolicy, policy) }
            }
        } else if !key.otherOptions.isEmpty {
            put(Lightweight.options | Int(NLA_F_NESTED), bytes: key.otherOptions)
        }
    }
}

extension RouteEncapsulation {
    /// Bytes that it takes in a message, at the most.
    var capacity: Int {
        switch self {
        case .tunnel(let key): 160 + key.otherOptions.count
        case .other(_, let attributes): 32 + attributes.count
        }
    }
}
