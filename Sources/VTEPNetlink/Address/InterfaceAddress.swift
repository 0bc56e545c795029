public import VTEPWire

/// An IP address on a link (`RTM_NEWADDR`, what `ip addr` shows). One that was read can be written back.
public struct InterfaceAddress: Hashable, Sendable {
    public var linkIndex: UInt32
    /// The address with its prefix length: `10.16.0.2/24` (`IFA_LOCAL`, else `IFA_ADDRESS`). With a ``peer``, the length is
    /// of the peer's network.
    public var prefix: IPPrefix
    /// The other end of a point-to-point address, where it differs (`IFA_ADDRESS`).
    public var peer: IPAddress?
    /// IPv4 only (`IFA_BROADCAST`).
    public var broadcast: IPAddress?
    /// `ifa_scope`; the kernel chooses it for IPv6.
    public var scope: RouteScope
    /// `IFA_FLAGS`. Those of ``AddressFlags/settable`` can be asked for, and the others are read only.
    public var flags: AddressFlags
    /// The link's name, or one that begins with it and a colon; IPv4 only (`IFA_LABEL`).
    public var label: String?
    /// Seconds; `nil` means forever (`ifa_valid`).
    public var validLifetime: UInt32?
    /// Seconds until it is used for nothing new; `nil` means forever (`ifa_prefered`).
    public var preferredLifetime: UInt32?
    /// Of the prefix route that comes with it; `nil`: the kernel's default (`IFA_RT_PRIORITY`).
    public var metric: UInt32?
    /// Who made it (`IFA_PROTO`); `nil`: unknown.
    public var origin: AddressOrigin?
    /// Hundredths of a second since the machine's start, when it was made and last changed; read only, and no part of what
    /// makes two addresses equal (`IFA_CACHEINFO`).
    @NotCompared public var stamps: Stamps?

    public struct Stamps: Hashable, Sendable {
        public var created: UInt32
        public var updated: UInt32
    }

    /// An address as `ip addr add PREFIX dev LINK` adds it.
    public init(_ prefix: IPPrefix, linkIndex: UInt32) {
        self.linkIndex = linkIndex
        self.prefix = prefix
        peer = nil
        broadcast = nil
        // As `ip addr add` chooses.
        scope = prefix.address.isLoopback ? .host : .global
        flags = []
        label = nil
        validLifetime = nil
        preferredLifetime = nil
        metric = nil
        origin = nil
        stamps = nil
    }
}

/// `IFA_F_*`.
public struct AddressFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// IPv4: another address of the same network came before. IPv6: a temporary address.
    public static let secondary = AddressFlags(rawValue: 0x01)
    /// IPv6: it is not asked about whether somebody has it already.
    public static let noDuplicateDetection = AddressFlags(rawValue: 0x02)
    /// IPv6: it may be used while it is being asked about.
    public static let optimistic = AddressFlags(rawValue: 0x04)
    /// Somebody else has it.
    public static let duplicate = AddressFlags(rawValue: 0x08)
    /// IPv6: the home address of a mobile host (RFC 6275).
    public static let home = AddressFlags(rawValue: 0x10)
    /// Its preferred lifetime is over.
    public static let deprecated = AddressFlags(rawValue: 0x20)
    /// It is being asked about.
    public static let tentative = AddressFlags(rawValue: 0x40)
    /// It has no lifetime.
    public static let permanent = AddressFlags(rawValue: 0x80)
    /// IPv6: temporary addresses are made of its prefix (RFC 8981).
    public static let managedTemporary = AddressFlags(rawValue: 0x100)
    /// No prefix route comes with it.
    public static let noPrefixRoute = AddressFlags(rawValue: 0x200)
    /// The link joins the address, a group's, as a receiver.
    public static let autoJoin = AddressFlags(rawValue: 0x400)
    /// IPv6: made of a secret (RFC 7217).
    public static let stablePrivacy = AddressFlags(rawValue: 0x800)

    /// What a request can ask for.
    public static let settable: AddressFlags = [
        .noDuplicateDetection, .optimistic, .home, .managedTemporary, .noPrefixRoute, .autoJoin,
    ]
}

/// Who made an address (`IFAPROT_*`). An open set.
public struct AddressOrigin: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let kernelLoopback = AddressOrigin(rawValue: 1)
    public static let kernelRouterAdvertisement = AddressOrigin(rawValue: 2)
    public static let kernelLinkLocal = AddressOrigin(rawValue: 3)
}

/// `RT_SCOPE_*`: how far an address or a route reaches. An open set.
public struct RouteScope: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let global = RouteScope(rawValue: 0)
    public static let site = RouteScope(rawValue: 200)
    public static let link = RouteScope(rawValue: 253)
    public static let host = RouteScope(rawValue: 254)
    public static let nowhere = RouteScope(rawValue: 255)

    /// The word `ip` prints.
    public var description: String { routeScopeName(rawValue) }
}
