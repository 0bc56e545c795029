internal import VTEPWire

/// What follows from a VNI's number, policy and ports, computed when these change and not for each frame.
struct CompiledPolicy: BitwiseCopyable {
    /// The VXLAN header of frames without group policy, as one number.
    private(set) var header: UInt64 = 0
    /// The outer TOS is the inner one under the mask, or these bits.
    private(set) var serviceMask: UInt8 = 0
    private(set) var serviceBits: UInt8 = 0
    /// The outer TTL is the inner one under the mask, or these bits. 0: the remote's default.
    private(set) var hopMask: UInt8 = 0
    private(set) var hopBits: UInt8 = 0
    /// The transmission's flags, and whether the inner DF flag is among them.
    private(set) var flags: UInt8 = 0
    private(set) var inheritsDontFragment = false
    private(set) var destinationPort: UInt16 = 0
    /// Whether frames from a port are to be learnt from: there is more than one place where a station can be.
    private(set) var learnsFromPorts = false
    /// Whether most frames need nothing but the outer headers: no group policy, no proxy, no shortcut.
    private(set) var isUsual = false

    /// The VNI's only port, -1 if it has several or none, and what is needed of it.
    private(set) var onlyPort = -1
    private(set) var onlyPortID = PortID(rawValue: 0)
    private(set) var ownAddress = UInt64.max
    private(set) var coalesces = false

    init() {}

    init(_ state: VNIState, _ ports: borrowing Memory<PortState>) {
        let policy = state.policy
        let vni = state.number
        var header = VXLANHeader(vni: vni)
        if policy.dialect == .protocolExtension {
            header.first |= ProtocolExtensionBits.present | ProtocolExtensionBits.ethernet
        }
        self.header = UInt64(header.first) << 32 | UInt64(header.second)
        switch policy.typeOfService {
        case .fixed(let bits): serviceBits = bits & 0xFC
        case .inherit: serviceMask = 0xFC
        }
        switch policy.timeToLive {
        case .routeDefault: break
        case .fixed(let number): hopBits = number
        case .inherit: hopMask = 0xFF
        }
        flags = policy.zeroChecksum ? Transmission.zeroChecksum : 0
        if policy.dontFragment == .set { flags |= Transmission.dontFragment }
        inheritsDontFragment = policy.dontFragment == .inherit
        destinationPort = policy.destinationPort
        learnsFromPorts = policy.learning && state.portCount > 1
        isUsual =
            policy.dialect != .groupPolicy && policy.neighbours == .flood && !policy.learnsBindings
            && !policy.routeShortCircuit
        guard state.portCount == 1 else { return }
        onlyPort = state.port(0)
        onlyPortID = ports.id(onlyPort)
        ownAddress = ports[onlyPort].ownAddress
        coalesces = ports[onlyPort].coalesces
    }
}
