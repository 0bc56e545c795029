internal import VTEPDevice
internal import VTEPEngine
public import VTEPWire

extension Endpoint {
    /// Says which station has an IP address, so that ARP and ND requests for it are answered here
    /// (``VNIPolicy/neighbours``). One of the same address is replaced.
    ///
    /// - Parameter isRouter: whether the answer to an ND request says so.
    /// - Throws: ``VTEPError`` of kind `notFound` for the VNI; `noSpace`; `invalidArgument` for an address that no single
    ///   host has.
    public func setBinding(
        _ address: IPAddress, to station: MACAddress, isRouter: Bool = false, in vni: VNI
    ) throws(VTEPError) {
        try pump.withEngine { engine throws(VTEPError) in
            try engine.setBinding(address, to: station, isRouter: isRouter, in: vni)
        }
    }

    /// Takes a binding back, whether it was set or learnt.
    ///
    /// - Throws: kind `notFound`.
    public func removeBinding(_ address: IPAddress, from vni: VNI) throws(VTEPError) {
        try pump.withEngine { engine throws(VTEPError) in try engine.removeBinding(address, from: vni) }
    }

    /// The station that has an IP address, `nil` if that is not known.
    ///
    /// - Throws: kind `notFound` for the VNI.
    public func binding(of address: IPAddress, in vni: VNI) throws(VTEPError) -> MACAddress? {
        try pump.withEngine { engine throws(VTEPError) in try engine.binding(of: address, in: vni) }
    }
}
