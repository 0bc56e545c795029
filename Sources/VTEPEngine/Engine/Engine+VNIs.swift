public import VTEPWire

extension Engine {
    /// Begins to forward for a VNI: without ports, remotes and FDB entries.
    ///
    /// - Throws: ``VTEPError/Kind/exists`` if it is there already, ``VTEPError/Kind/noSpace`` if there are as many as the
    ///   configuration allows, ``VTEPError/Kind/invalidArgument`` where the policy can't be meant.
    public mutating func addVNI(_ vni: VNI, policy: VNIPolicy = VNIPolicy()) throws(VTEPError) {
        try policy.check(attempted: "add the VNI", vni)
        guard vnis.find(vni.rawValue) < 0 else {
            throw VTEPError(
                .exists, attempted: "add the VNI", subject: "\(vni)", reason: "the engine has it already",
                remedy: "remove it first, or change its policy")
        }
        let place = vnis.add(vni.rawValue, policy)
        guard place >= 0 else {
            throw VTEPError(
                .noSpace, attempted: "add the VNI", subject: "\(vni)",
                reason: "the engine has \(configuration.maximumVNIs) VNIs already", remedy: "raise maximumVNIs")
        }
        compile(place)
    }

    /// Changes how a VNI is handled, from the next frame on. What was learnt stays.
    ///
    /// - Throws: ``VTEPError/Kind/notFound``, or ``VTEPError/Kind/invalidArgument`` where the policy can't be meant.
    public mutating func setPolicy(_ policy: VNIPolicy, of vni: VNI) throws(VTEPError) {
        let place = try find(vni, "change the VNI's policy")
        try policy.check(attempted: "change the VNI's policy", vni)
        vnis.element(place).value.policy = policy
        compile(place)
    }

    /// How a VNI is handled.
    ///
    /// - Throws: ``VTEPError/Kind/notFound``.
    public func policy(of vni: VNI) throws(VTEPError) -> VNIPolicy {
        vnis[try find(vni, "read the VNI's policy")].policy
    }

    /// Ends a VNI with its ports, FDB entries, remotes and counters.
    ///
    /// - Throws: ``VTEPError/Kind/notFound``.
    public mutating func removeVNI(_ vni: VNI) throws(VTEPError) {
        let place = try find(vni, "remove the VNI")
        flush(place) { _ in true }
        flushBindings(place)
        let state = vnis[place]
        for index in 0..<state.portCount { ports.closePort(state.port(index)) }
        for index in 0..<Int(state.defaults.count) { remotes.unpin(state.defaults[index].remote) }
        vnis.remove(place)
    }

    /// The VNIs, in no particular order.
    public var vniNumbers: [VNI] {
        var numbers: [VNI] = []
        for place in 0..<vnis.limit where vnis[place].isUsed {
            if let vni = VNI(exactly: vnis[place].number) { numbers.append(vni) }
        }
        return numbers
    }

    /// Computes what follows from a VNI's policy and ports.
    func compile(_ place: Int) {
        vnis.element(place).value.compiled = CompiledPolicy(vnis[place], ports)
    }

    /// A VNI's place in the tables.
    func find(_ vni: VNI, _ attempted: String) throws(VTEPError) -> Int {
        let place = vnis.find(vni.rawValue)
        guard place >= 0 else {
            throw VTEPError(
                .notFound, attempted: attempted, subject: "\(vni)", reason: "the engine has no such VNI",
                remedy: "add it first")
        }
        return place
    }
}

extension VNIPolicy {
    /// - Throws: ``VTEPError/Kind/invalidArgument``, naming what is out of range.
    func check(attempted: String, _ vni: VNI) throws(VTEPError) {
        var reason = ""
        if destinationPort == 0 { reason = "destinationPort is 0" }
        if ageing > 864_000 { reason = "ageing is above 864000 seconds" }
        if timeToLive == .fixed(0) { reason = "a fixed timeToLive is 0" }
        if moveLimit > 0 && movePeriod == 0 { reason = "movePeriod is 0 while moves are limited" }
        guard reason.isEmpty else {
            throw VTEPError(.invalidArgument, attempted: attempted, subject: "\(vni)", reason: reason)
        }
    }
}
