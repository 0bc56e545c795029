internal import Synchronization
public import VTEPEngine
public import VTEPWire

extension Endpoint {
    /// Begins to forward for a VNI: without ports, remotes and FDB entries.
    ///
    /// - Throws: ``VTEPError`` of kind `exists`; `noSpace` where there are as many as the configuration allows;
    ///   `invalidArgument` where the policy can't be meant.
    public func addVNI(_ vni: VNI, policy: VNIPolicy = VNIPolicy()) throws(VTEPError) {
        try configure { registry throws(VTEPError) in
            try pump.withEngine { engine throws(VTEPError) in try engine.addVNI(vni, policy: policy) }
            registry.segments[vni] = Registry.Segment()
        }
    }

    /// Changes how a VNI is handled, from the next frame on. What was learnt stays.
    ///
    /// - Throws: kind `notFound`; `invalidArgument`.
    public func setPolicy(_ policy: VNIPolicy, of vni: VNI) throws(VTEPError) {
        try pump.withEngine { engine throws(VTEPError) in try engine.setPolicy(policy, of: vni) }
    }

    /// How a VNI is handled.
    ///
    /// - Throws: kind `notFound`.
    public func policy(of vni: VNI) throws(VTEPError) -> VNIPolicy {
        try pump.withEngine { engine throws(VTEPError) in try engine.policy(of: vni) }
    }

    /// Ends a VNI: its ports are closed, its groups left; its FDB entries and counters go.
    ///
    /// - Throws: kind `notFound`.
    public func removeVNI(_ vni: VNI) throws(VTEPError) {
        try configure { registry throws(VTEPError) in
            let segment = try registry.segment(vni, attempted: "remove the VNI")
            for port in segment.ports { try pump.remove(port) }
            try pump.withEngine { engine throws(VTEPError) in try engine.removeVNI(vni) }
            registry.segments[vni] = nil
            for remote in segment.remotes { leave(remote.address, &registry) }
        }
    }

    /// The VNIs, in ascending order.
    public var vnis: [VNI] {
        registry.withLock { $0.segments.keys.sorted { $0.rawValue < $1.rawValue } }
    }

    /// Runs `body` while nobody else changes what is configured.
    func configure<Result: Sendable>(
        _ body: (inout Registry) throws(VTEPError) -> Result
    ) throws(VTEPError) -> Result {
        try registry.withLock { registry throws(VTEPError) in try body(&registry) }
    }
}
