public import VTEPNetlink
public import VTEPWire

/// What to change about a VXLAN device without making it anew (``Host/changeVXLAN(_:_:)``). `nil` leaves a thing as it is.
///
/// Every member of ``options`` is one of the change, too: `change.ageing = 60`.
///
/// The kernel changes these in place: destination and local address, within their address family; the underlay device;
/// TTL and TOS; "don't fragment"; flow label and its policy; learning, ageing, local bypass and multicast routing. Anything
/// else, where it differs from what the device has, is an error that names it.
@dynamicMemberLookup
public struct VXLANChange: Hashable, Sendable {
    /// Cannot change; a value that the device has already is no error.
    public var segments: VXLANSegments?
    public var destination: Setting<VXLANDestination>?
    /// The source address of outer packets.
    public var local: Setting<IPAddress>?
    /// The underlay link, by name. The kernel can replace it, not take it away.
    public var device: String?
    public var options: VXLANOptions

    public init(options: VXLANOptions = VXLANOptions()) { self.options = options }

    /// A member of ``options``.
    public subscript<Value>(dynamicMember option: WritableKeyPath<VXLANOptions, Value>) -> Value {
        get { options[keyPath: option] }
        set { options[keyPath: option] = newValue }
    }
}

/// A new value for something that can also be without one.
public enum Setting<Value> {
    case set(Value)
    case remove

    var value: Value? { if case .set(let value) = self { value } else { nil } }
}

extension Setting: Equatable where Value: Equatable {}
extension Setting: Hashable where Value: Hashable {}
extension Setting: Sendable where Value: Sendable {}
