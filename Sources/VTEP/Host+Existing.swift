internal import Glibc
internal import VTEPNetlink
internal import VTEPWire

extension Host {
    /// Says which link stands in the way of a new one.
    func explain(_ error: VTEPError, newNames names: String..., vxlan: VXLANConfiguration? = nil) -> VTEPError {
        guard error.kind == .exists, let links = try? connection.links() else { return error }
        var error = error
        if let holder = links.first(where: { names.contains($0.name) }) {
            error.reason = "\"\(holder.name)\" exists already: it is \(holder.summary)"
            error.remedy = "choose another name, or delete that link first"
        } else if let (name, holder) = alternativeName(among: names) {
            error.reason = "\"\(name)\" is an alternative name of \"\(holder.name)\", \(holder.summary)"
            error.remedy = "choose another name"
        } else if let vxlan, let holder = links.first(where: { $0.stands(inTheWayOf: vxlan) }) {
            error.reason = "\(vxlan.segmentText) on port \(vxlan.usedPort) is held by link \"\(holder.name)\""
            error.remedy = "delete \"\(holder.name)\", or choose another VNI or port"
        } else if let vxlan {
            // The device may have moved into another namespace and still hold its VNI here, where its socket is.
            error.remedy = """
                if no VXLAN device here shows \(vxlan.segmentText), one that was moved into another network namespace \
                still holds it: delete it there
                """
        }
        return error
    }
}

extension Host {
    private func alternativeName(among names: [String]) -> (String, Link)? {
        for name in names {
            if let holder = try? connection.link(named: name) { return (name, holder) }
        }
        return nil
    }

    /// Says what is wrong with a master that refused a port.
    func explain(_ error: VTEPError, master name: String?) -> VTEPError {
        guard error.kind == .notSupported, let name else { return error }
        guard let master = try? connection.link(named: name) else { return error }
        var error = error
        error.reason = "\"\(name)\" is \(master.summary), which takes no ports"
        error.remedy = "name a bridge as the master"
        return error
    }
}

extension VTEPError {
    /// A VXLAN device opens its UDP socket when it goes up; something else may have the port.
    func explainingPort(_ port: UInt16) -> VTEPError {
        guard systemErrno == EADDRINUSE else { return self }
        var error = self
        error.reason = "UDP port \(port) is taken by another socket, or by a VXLAN device with other checksum settings"
        error.remedy = "see who has it with \"ss -ulnp sport = :\(port)\", or use another port"
        return error
    }
}

extension Link {
    /// One port can have one device of a VNI for each address family.
    fileprivate func stands(inTheWayOf other: VXLANConfiguration) -> Bool {
        guard case .vxlan(let vxlan) = details else { return false }
        let family = (vxlan.destination?.address ?? vxlan.local)?.family ?? .v4
        return vxlan.vni == other.vni && vxlan.destinationPort == other.usedPort && family == other.family
    }
}

extension VXLANConfiguration {
    fileprivate var segmentText: String { vni.map { "VNI \($0)" } ?? "external mode" }
}
