public import VTEPWire

/// An IP address on a link (`RTM_NEWADDR`, what `ip addr` shows).
public struct InterfaceAddress: Hashable, Sendable {
    public var linkIndex: UInt32
    /// The address with its prefix length: `10.16.0.2/24` (`IFA_LOCAL`, else `IFA_ADDRESS`).
    public var prefix: IPPrefix
    /// The other end of a point-to-point address, where it differs (`IFA_ADDRESS`).
    public var peer: IPAddress?
    /// `IFA_BROADCAST`.
    public var broadcast: IPAddress?
    /// `ifa_scope`.
    public var scope: RouteScope
    /// `IFA_FLAGS`.
    public var flags: AddressFlags
    /// `IFA_LABEL`; IPv4 only.
    public var label: String?
    /// Seconds; `nil` means forever (`ifa_valid`).
    public var validLifetime: UInt32?
    /// Seconds; `nil` means forever (`ifa_prefered`).
    public var preferredLifetime: UInt32?
}

/// `IFA_F_*`.
public struct AddressFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    public static let secondary = AddressFlags(rawValue: 0x01)
    public static let noDuplicateDetection = AddressFlags(rawValue: 0x02)
    public static let duplicate = AddressFlags(rawValue: 0x08)
    public static let deprecated = AddressFlags(rawValue: 0x20)
    public static let tentative = AddressFlags(rawValue: 0x40)
    public static let permanent = AddressFlags(rawValue: 0x80)
    public static let managedTemporary = AddressFlags(rawValue: 0x100)
    public static let noPrefixRoute = AddressFlags(rawValue: 0x200)
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
