internal import VTEP

/// The largest MTU of the bridge as it was before the VXLAN device became its port (a bridge without an MTU of its
/// own then follows its smallest port) and of its other ports.
func widestPort(of bridge: Link, except overlay: Link, on host: borrowing Host) throws(VTEPError) -> UInt32 {
    let ports = try host.bridgePorts(of: bridge.name).filter { $0.index != overlay.index }
    return ports.map(\.mtu).reduce(bridge.mtu, max)
}

/// A bridge drops what is too large for a port and tells nobody: small packets pass, large transfers hang.
func mtuNote(bridge: Link, widest: UInt32, overlay: Link) -> String? {
    guard widest > overlay.mtu, case .vxlan(let vxlan) = overlay.details else { return nil }
    let overhead: UInt32 = (vxlan.destination?.address ?? vxlan.local)?.family == .v6 ? 70 : 50
    return """
        note: "\(bridge.name)" takes packets of \(widest) bytes, "\(overlay.name)" carries \(overlay.mtu): larger ones \
        vanish without a word and transfers hang; give the containers an MTU of \(overlay.mtu) (docker network create \
        --opt com.docker.network.driver.mtu=\(overlay.mtu)), or the underlay one of \(widest + overhead)
        """
}
