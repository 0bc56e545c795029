public import VTEPWire

extension Engine {
    /// Makes a port of a VNI.
    ///
    /// - Throws: ``VTEPError/Kind/notFound`` if there is no such VNI, ``VTEPError/Kind/noSpace`` if there are as many
    ///   ports as the configuration allows, ``VTEPError/Kind/invalidArgument`` where the configuration can't be meant.
    public mutating func addPort(
        to vni: VNI, _ configuration: PortConfiguration = PortConfiguration()
    ) throws(VTEPError) -> PortID {
        let place = try find(vni, "add a port to the VNI")
        try configuration.check(attempted: "add a port to the VNI", subject: "\(vni)")
        for number in 0..<ports.count where !ports[number].isUsed {
            var port = PortState()
            port.isUsed = true
            port.generation = ports[number].generation
            port.vni = place
            port.apply(configuration)
            ports[number] = port
            vnis.element(place).value.addPort(UInt16(number))
            compile(place)
            countDestinations(place)
            return ports.id(number)
        }
        throw VTEPError(
            .noSpace, attempted: "add a port to the VNI", subject: "\(vni)",
            reason: "the engine has \(ports.count) ports already", remedy: "raise maximumPorts")
    }

    /// Changes a port's configuration, from the next frame on.
    ///
    /// - Throws: ``VTEPError/Kind/notFound`` if it is not there any more, ``VTEPError/Kind/invalidArgument``.
    public mutating func configure(_ port: PortID, _ configuration: PortConfiguration) throws(VTEPError) {
        let number = try find(port, "configure the port")
        try configuration.check(attempted: "configure the port", subject: "\(port.rawValue)")
        ports.element(number).value.apply(configuration)
        compile(ports[number].vni)
    }

    /// Removes a port, and the FDB entries that point to it.
    ///
    /// - Throws: ``VTEPError/Kind/notFound`` if it is not there any more.
    public mutating func removePort(_ port: PortID) throws(VTEPError) {
        let number = try find(port, "remove the port")
        let place = ports[number].vni
        flush(place) { $0.has(FDBSlot.isPort) && $0.target == UInt32(number) }
        vnis.element(place).value.removePort(UInt16(number))
        ports.closePort(number)
        compile(place)
    }

    private func find(_ port: PortID, _ attempted: String) throws(VTEPError) -> Int {
        let number = ports.number(port)
        guard number >= 0 else {
            throw VTEPError(
                .notFound, attempted: attempted, subject: "\(port.rawValue)", reason: "the engine has no such port")
        }
        return number
    }

    /// Notes how many destinations a frame of a VNI may have at most.
    mutating func countDestinations(_ place: Int) {
        let state = vnis[place]
        // A flooded frame goes to the ports and to the default remotes.
        mostDestinations = max(mostDestinations, Int(state.defaults.count) + state.portCount)
        mostOverrides = max(mostOverrides, state.defaults.overrides)
    }
}

extension Memory where Value == PortState {
    /// A port's number. -1 if there is no such port any more.
    @inline(__always)
    func number(_ port: PortID) -> Int {
        let number = port.place
        guard number < count, self[number].isUsed, self[number].generation == port.generation else { return -1 }
        return number
    }

    @inline(__always)
    func id(_ number: Int) -> PortID {
        PortID(rawValue: UInt32(self[number].generation) << 16 | UInt32(truncatingIfNeeded: number))
    }

    func closePort(_ number: Int) {
        let generation = self[number].generation
        self[number] = PortState()
        element(number).value.generation = generation &+ 1
    }
}

extension PortConfiguration {
    func check(attempted: String, subject: String) throws(VTEPError) {
        guard offloads.isDisjoint(with: .superframes) || offloads.contains(.checksum) else {
            throw VTEPError(
                .invalidArgument, attempted: attempted, subject: subject,
                reason: "the port takes superframes but no partial checksums", remedy: "add .checksum to offloads")
        }
    }
}
