internal import CVTEP
internal import VTEP

extension Arguments {
    /// A part that only some links have.
    func part<Part>(_ part: Part?, of link: Link, _ expected: StaticString) throws(VTEPError) -> Part {
        if let part { return part }
        throw VTEPError(
            .foreign, attempted: "\(attempted)", subject: link.name,
            reason: "it is a \(link.kind) link, not \(expected)")
    }

    func vxlan(_ link: Link) throws(VTEPError) -> vtep_vxlan {
        vtep_vxlan(try part(link.vxlan, of: link, "a VXLAN device"))
    }

    func bridge(_ link: Link) throws(VTEPError) -> vtep_bridge {
        vtep_bridge(try part(link.bridge, of: link, "a bridge"))
    }

    func bridgePort(_ link: Link) throws(VTEPError) -> vtep_bridge_port {
        vtep_bridge_port(try part(link.bridgePort, of: link, "a bridge port"))
    }
}
