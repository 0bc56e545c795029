internal import CVTEP
internal import VTEP
internal import VTEPEngine

extension vtep_engine_fdb_entry: InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_ENGINE_FDB_HAS_SEND_VNI) << 1) - 1 }
    var reservedIsZero: Bool { isZero(reserved) }

    /// One element for each remote.
    static func elements(_ entry: Engine.FDBEntry, idle: Milliseconds) -> [vtep_engine_fdb_entry] {
        var element = vtep_engine_fdb_entry()
        element.vni = entry.vni.rawValue
        element.idle = idle
        element.mac = vtep_mac(entry.address)
        element.kind = entry.kind.rawValue
        element.sticky = entry.isSticky ? 1 : 0
        element.router = entry.isRouter ? 1 : 0
        switch entry.target {
        case .port(let port):
            element.has.set(VTEP_ENGINE_FDB_HAS_PORT)
            element.port = port.rawValue
            return [element]
        case .remotes(let remotes):
            return remotes.map { remote in
                var element = element
                element.remote = vtep_ip(remote.address)
                element.has.set(VTEP_ENGINE_FDB_HAS_REMOTE_PORT, where: remote.port != nil)
                element.remote_port = UInt32(remote.port ?? 0)
                element.has.set(VTEP_ENGINE_FDB_HAS_SEND_VNI, where: remote.sendVNI != nil)
                element.send_vni = remote.sendVNI?.rawValue ?? 0
                return element
            }
        }
    }
}

extension Arguments {
    func entry(_ pointer: UnsafePointer<vtep_engine_fdb_entry>?) throws(VTEPError) -> Engine.FDBEntry {
        let input = try unsafe self.input(pointer, "entry")
        var entry = Engine.FDBEntry(
            vni: try VNI(input.vni), address: MACAddress(input.mac), target: try target(input),
            kind: try choice(input.kind, "kind"))
        entry.isSticky = try truth(input.sticky, "sticky")
        entry.isRouter = try truth(input.router, "router")
        return entry
    }

    private func target(_ input: vtep_engine_fdb_entry) throws(VTEPError) -> Engine.FDBEntry.Target {
        let address = try address(input.remote, "remote")
        if input.has.sets(VTEP_ENGINE_FDB_HAS_PORT) {
            guard address == nil else { throw invalid("an entry has a port or a remote, not both") }
            return .port(PortID(rawValue: input.port))
        }
        guard let address else { throw invalid("\"remote\" holds no address: its family is 0") }
        var remote = Engine.FDBRemote(address)
        if input.has.sets(VTEP_ENGINE_FDB_HAS_REMOTE_PORT) {
            remote.port = try number(input.remote_port, "remote_port")
        }
        if input.has.sets(VTEP_ENGINE_FDB_HAS_SEND_VNI) { remote.sendVNI = try VNI(input.send_vni) }
        return .remotes([remote])
    }
}
