public import VTEPNetlink
public import VTEPWire

/// A VXLAN device to be made (`ip link add … type vxlan`). `nil` leaves the kernel's default.
///
/// Every member of ``options`` is one of the configuration, too: `configuration.timeToLive = 5`.
@dynamicMemberLookup
public struct VXLANConfiguration: Hashable, Sendable {
    /// 1…15 bytes without `/`, `:`, `%` or white space.
    public var name: String
    /// Its VNI, or that it is an external device.
    public var segments: VXLANSegments
    /// The remote VTEP, or the group of all VTEPs. `nil` for a device whose remotes are FDB entries only.
    public var destination: VXLANDestination?
    /// The source address of outer packets.
    public var local: IPAddress?
    /// The underlay link, by name; needed with a group or a link-local address.
    public var device: String?
    /// All that has a default.
    public var options = VXLANOptions()
    /// `nil`: the kernel makes one up.
    public var macAddress: MACAddress?
    /// Bytes, 68…65535, and at most the underlay's less the outer headers (``overhead``).
    public var mtu: UInt32?
    /// The bridge to be a port of, by name.
    public var master: String?
    /// Set the device up in the same request.
    public var up: Bool = false

    /// The UDP port that IANA assigned to VXLAN (RFC 7348 §8).
    public static let assignedPort: UInt16 = 4789
    /// The UDP port that IANA assigned to VXLAN-GPE.
    public static let assignedPortOfGPE: UInt16 = 4790

    /// A device for one VNI.
    public init(name: String, vni: VNI, destination: VXLANDestination? = nil, device: String? = nil) {
        self.init(name: name, segments: .vni(vni), destination: destination, device: device)
    }

    /// A device for one VNI, or an external one.
    public init(
        name: String, segments: VXLANSegments, destination: VXLANDestination? = nil, device: String? = nil
    ) {
        self.name = name
        self.segments = segments
        self.destination = destination
        self.device = device
    }

    /// A member of ``options``.
    public subscript<Value>(dynamicMember option: WritableKeyPath<VXLANOptions, Value>) -> Value {
        get { options[keyPath: option] }
        set { options[keyPath: option] = newValue }
    }

    /// The VNI of ``segments``; `nil` is an external device.
    public var vni: VNI? {
        get { if case .vni(let vni) = segments { vni } else { nil } }
        set { segments = newValue.map { .vni($0) } ?? .external }
    }

    /// The UDP port it will listen on: IANA's, where none was chosen.
    public var usedPort: UInt16 {
        let assigned = options.genericProtocolExtension == true ? Self.assignedPortOfGPE : Self.assignedPort
        return options.destinationPort ?? assigned
    }

    /// What the outer headers and the inner Ethernet header take of the underlay's MTU: 50 bytes over IPv4, 70 over
    /// IPv6 (RFC 7348 §4.3).
    public var overhead: UInt32 { family == .v6 ? 70 : 50 }

    /// The address family of the outer headers; IPv4 where no address tells.
    public var family: IPAddress.Family { (destination?.address ?? local)?.family ?? .v4 }
}
