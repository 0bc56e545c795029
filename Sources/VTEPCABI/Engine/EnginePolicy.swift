public import CVTEP
internal import VTEP
internal import VTEPEngine

extension vtep_vni_policy: InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_POLICY_HAS_TOS) << 1) - 1 }
    var reservedIsZero: Bool { isZero(reserved) }
}

extension VNIPolicy {
    init(_ policy: vtep_vni_policy, _ arguments: Arguments) throws(VTEPError) {
        self.init()
        try readNumbers(policy, arguments)
        try readOuter(policy, arguments)
        acceptsUnknownRemotes = try arguments.truth(policy.accepts_unknown_remotes, "accepts_unknown_remotes")
        zeroChecksum = try arguments.truth(policy.zero_checksum, "zero_checksum")
        learnsBindings = try arguments.truth(policy.learns_bindings, "learns_bindings")
        routeShortCircuit = try arguments.truth(policy.route_short_circuit, "route_short_circuit")
        dialect = try arguments.choice(policy.dialect, "dialect")
        reservedBits = try arguments.choice(policy.reserved_bits, "reserved_bits")
        innerVLAN = try arguments.choice(policy.inner_vlan, "inner_vlan")
        unknownUnicast = try arguments.choice(policy.unknown_unicast, "unknown_unicast")
        dontFragment = try arguments.choice(policy.dont_fragment, "dont_fragment")
        oversized = try arguments.choice(policy.oversized, "oversized")
        neighbours = try arguments.choice(policy.neighbours, "neighbours")
    }

    private mutating func readNumbers(_ policy: vtep_vni_policy, _ arguments: Arguments) throws(VTEPError) {
        let has = policy.has
        if has.sets(VTEP_POLICY_HAS_DESTINATION_PORT) {
            destinationPort = try arguments.number(policy.destination_port, "destination_port")
        }
        if has.sets(VTEP_POLICY_HAS_LEARNING) { learning = try arguments.truth(policy.learning, "learning") }
        if has.sets(VTEP_POLICY_HAS_AGEING) { ageing = policy.ageing }
        if has.sets(VTEP_POLICY_HAS_LEARNING_LIMIT) { learningLimit = policy.learning_limit }
        if has.sets(VTEP_POLICY_HAS_LEARNING_LIMIT_PER_REMOTE) {
            learningLimitPerRemote = policy.learning_limit_per_remote
        }
        if has.sets(VTEP_POLICY_HAS_MOVE_LIMIT) { moveLimit = try arguments.number(policy.move_limit, "move_limit") }
        if has.sets(VTEP_POLICY_HAS_MOVE_PERIOD) {
            movePeriod = try arguments.number(policy.move_period, "move_period")
        }
    }

    private mutating func readOuter(_ policy: vtep_vni_policy, _ arguments: Arguments) throws(VTEPError) {
        if policy.has.sets(VTEP_POLICY_HAS_TTL) { timeToLive = .fixed(try arguments.number(policy.ttl, "ttl")) }
        if try arguments.truth(policy.ttl_inherit, "ttl_inherit") {
            guard timeToLive == .routeDefault else { throw arguments.invalid("ttl and ttl_inherit exclude each other") }
            timeToLive = .inherit
        }
        if policy.has.sets(VTEP_POLICY_HAS_TOS) { typeOfService = .fixed(try arguments.number(policy.tos, "tos")) }
        if try arguments.truth(policy.tos_inherit, "tos_inherit") {
            guard !policy.has.sets(VTEP_POLICY_HAS_TOS) else {
                throw arguments.invalid("tos and tos_inherit exclude each other")
            }
            typeOfService = .inherit
        }
    }
}

extension Arguments {
    /// One of a few named numbers.
    func choice<Choice: RawRepresentable>(
        _ value: UInt8, _ name: StaticString
    ) throws(VTEPError) -> Choice where Choice.RawValue == UInt8 {
        guard let choice = Choice(rawValue: value) else { throw invalid("\(name) \(value) is unknown") }
        return choice
    }

    func policy(_ pointer: UnsafePointer<vtep_vni_policy>?) throws(VTEPError) -> VNIPolicy {
        guard unsafe pointer != nil else { return VNIPolicy() }
        return try VNIPolicy(try unsafe input(pointer, "policy"), self)
    }
}

@c @implementation
public func vtep_engine_vni_add(
    _ engine: OpaquePointer?, _ vni: UInt32, _ policy: UnsafePointer<vtep_vni_policy>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add the VNI", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.engine(engine)
        arguments.subject = "\(vni)"
        try handle.engine.addVNI(VNI(vni), policy: try unsafe arguments.policy(policy))
    }
}

@c @implementation
public func vtep_engine_vni_set_policy(
    _ engine: OpaquePointer?, _ vni: UInt32, _ policy: UnsafePointer<vtep_vni_policy>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("change the VNI's policy", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.engine(engine)
        arguments.subject = "\(vni)"
        try handle.engine.setPolicy(try unsafe arguments.policy(policy), of: VNI(vni))
    }
}

@c @implementation
public func vtep_engine_vni_remove(
    _ engine: OpaquePointer?, _ vni: UInt32, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("remove the VNI", err) { arguments throws(VTEPError) in
        try unsafe arguments.engine(engine).engine.removeVNI(VNI(vni))
    }
}
