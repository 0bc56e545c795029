/// An IPv4 or an IPv6 address.
///
/// An IPv4-mapped IPv6 address stays an IPv6 address: it doesn't equal the IPv4 address it carries.
public enum IPAddress: Hashable, Sendable {
    case v4(IPv4Address)
    case v6(IPv6Address)

    /// The version of the Internet protocol; the raw value is its number.
    public enum Family: UInt8, Hashable, Sendable, CustomStringConvertible {
        case v4 = 4
        case v6 = 6

        /// `IPv4` or `IPv6`.
        public var description: String {
            switch self {
            case .v4: "IPv4"
            case .v6: "IPv6"
            }
        }
    }

    /// Which of the two it is.
    public var family: Family {
        switch self {
        case .v4: .v4
        case .v6: .v6
        }
    }

    /// Whether it addresses a group: 224.0.0.0/4 or ff00::/8.
    public var isMulticast: Bool {
        switch self {
        case .v4(let address): address.isMulticast
        case .v6(let address): address.isMulticast
        }
    }

    /// Whether it is `0.0.0.0` or `::`.
    public var isUnspecified: Bool {
        switch self {
        case .v4(let address): address.isUnspecified
        case .v6(let address): address.isUnspecified
        }
    }

    /// Whether it stays on this host: 127.0.0.0/8 or ::1.
    public var isLoopback: Bool {
        switch self {
        case .v4(let address): address.isLoopback
        case .v6(let address): address.isLoopback
        }
    }

    /// Whether it is valid on one link only: 169.254.0.0/16 or fe80::/10.
    public var isLinkLocal: Bool {
        switch self {
        case .v4(let address): address.isLinkLocal
        case .v6(let address): address.isLinkLocal
        }
    }
}

extension IPAddress: Comparable {
    /// Orders IPv4 before IPv6, and within a family by octets.
    public static func < (left: IPAddress, right: IPAddress) -> Bool {
        switch (left, right) {
        case (.v4(let left), .v4(let right)): left < right
        case (.v6(let left), .v6(let right)): left < right
        case (.v4, .v6): true
        case (.v6, .v4): false
        }
    }
}
