public import VTEPNetlink
public import VTEPWire

/// A bridge to be made (`ip link add … type bridge`, `brctl addbr`). `nil` leaves the kernel's default.
///
/// Every member of ``options`` is one of the configuration, too: `configuration.ageingTime = 10_000`.
@dynamicMemberLookup
public struct BridgeConfiguration: Hashable, Sendable {
    /// 1…15 bytes without `/`, `:`, `%` or white space.
    public var name: String
    public var macAddress: MACAddress?
    /// Bytes, 68…65535.
    public var mtu: UInt32?
    /// Set the bridge up in the same request.
    public var up: Bool = false
    /// All else that can be left out.
    public var options = BridgeOptions()

    public init(name: String) { self.name = name }

    /// A member of ``options``.
    public subscript<Value>(dynamicMember option: WritableKeyPath<BridgeOptions, Value>) -> Value {
        get { options[keyPath: option] }
        set { options[keyPath: option] = newValue }
    }
}

/// What to change about a bridge port (``Host/changeBridgePort(_:_:)``, `bridge link set`). `nil` leaves a thing as it is.
///
/// Every member of ``options`` is one of the change, too: `change.isolated = true`.
@dynamicMemberLookup
public struct BridgePortChange: Hashable, Sendable {
    /// The port that takes over while this one is down, by name.
    public var backupPort: Setting<String>?
    public var options = BridgePortOptions()

    public init() {}

    /// A member of ``options``.
    public subscript<Value>(dynamicMember option: WritableKeyPath<BridgePortOptions, Value>) -> Value {
        get { options[keyPath: option] }
        set { options[keyPath: option] = newValue }
    }
}
