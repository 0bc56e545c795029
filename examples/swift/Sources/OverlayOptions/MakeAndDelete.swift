public import VTEP

extension OverlayOptions {
    /// Makes the VXLAN device and does `rest` with it. If that fails, the device goes again: who is told of an error
    /// finds nothing half done.
    public func make<Result>(
        _ configuration: VXLANConfiguration, on host: borrowing Host,
        rest: (borrowing Host, Link) throws(VTEPError) -> Result
    ) throws(VTEPError) -> Result {
        let link = try host.createVXLAN(configuration)
        do {
            return try rest(host, link)
        } catch {
            try? host.deleteVXLAN(link.name, vni: configuration.vni)
            throw error
        }
    }

    /// Deletes what ``make(_:on:rest:)`` made; its addresses, routes and place in a bridge go with it.
    public func deleteOverlay() throws {
        let host = try openHost()
        try host.deleteVXLAN(name, vni: try usedVNI())
        print("deleted \(name)")
    }
}
