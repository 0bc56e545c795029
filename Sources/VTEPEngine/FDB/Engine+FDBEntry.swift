public import VTEPWire

extension Engine {
    /// Where a station is, as the engine has it.
    public struct FDBEntry: Sendable, Equatable {
        public var vni: VNI
        public var address: MACAddress
        public var target: Target
        public var kind: Kind
        /// It does not move, though it was learnt or came from a control plane, and ages.
        public var isSticky = false
        /// A router: see ``VNIPolicy/routeShortCircuit``.
        public var isRouter = false

        public init(
            vni: VNI, address: MACAddress, target: Target, kind: Kind = .permanent, isSticky: Bool = false,
            isRouter: Bool = false
        ) {
            self.vni = vni
            self.address = address
            self.target = target
            self.kind = kind
            self.isSticky = isSticky
            self.isRouter = isRouter
        }

        public enum Target: Sendable, Equatable {
            case port(PortID)
            /// At least one. A frame goes to each of them.
            case remotes([FDBRemote])
        }

        public enum Kind: UInt8, Sendable {
            /// Learnt from traffic, or to be treated so: it ages and moves.
            case learnt = 0
            /// Configured: it neither ages nor moves.
            case permanent = 1
            /// From a control plane, such as EVPN: it neither ages nor moves, and the control plane can tell its own apart.
            case external = 2
        }
    }

    /// A VTEP, as an FDB entry names it.
    public struct FDBRemote: Sendable, Equatable {
        public var address: IPAddress
        /// The UDP port. Nil: the VNI's.
        public var port: UInt16?
        /// The VNI to send with. Nil: the entry's.
        public var sendVNI: VNI?

        public init(_ address: IPAddress, port: UInt16? = nil, sendVNI: VNI? = nil) {
            self.address = address
            self.port = port
            self.sendVNI = sendVNI
        }
    }
}
