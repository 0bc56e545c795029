public import CVTEP
internal import VTEP
internal import VTEPEngine

extension vtep_engine_remote: InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_REMOTE_HAS_SEND_VNI) << 1) - 1 }
    var reservedIsZero: Bool { isZero(reserved) }
}

extension Arguments {
    func remote(_ pointer: UnsafePointer<vtep_engine_remote>?) throws(VTEPError) -> Engine.FDBRemote {
        let input = try unsafe self.input(pointer, "remote")
        guard let address = try address(input.address, "address") else {
            throw invalid("\"remote\" holds no address: its family is 0")
        }
        var remote = Engine.FDBRemote(address)
        if input.has.sets(VTEP_REMOTE_HAS_PORT) { remote.port = try number(input.port, "port") }
        if input.has.sets(VTEP_REMOTE_HAS_SEND_VNI) { remote.sendVNI = try VNI(input.send_vni) }
        return remote
    }
}

@c @implementation
public func vtep_engine_peer_add(
    _ engine: OpaquePointer?, _ peer: UnsafePointer<vtep_ip>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add the peer", err) { arguments throws(VTEPError) in
        try unsafe arguments.engine(engine).engine.addPeer(arguments.address(peer, "peer"))
    }
}

@c @implementation
public func vtep_engine_peer_remove(
    _ engine: OpaquePointer?, _ peer: UnsafePointer<vtep_ip>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("remove the peer", err) { arguments throws(VTEPError) in
        try unsafe arguments.engine(engine).engine.removePeer(arguments.address(peer, "peer"))
    }
}

@c @implementation
public func vtep_engine_default_remote_add(
    _ engine: OpaquePointer?, _ vni: UInt32, _ remote: UnsafePointer<vtep_engine_remote>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add the default remote", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.engine(engine)
        let remote = try unsafe arguments.remote(remote)
        try handle.engine.addDefaultRemote(remote.address, port: remote.port, sendVNI: remote.sendVNI, to: VNI(vni))
    }
}

@c @implementation
public func vtep_engine_default_remote_remove(
    _ engine: OpaquePointer?, _ vni: UInt32, _ remote: UnsafePointer<vtep_engine_remote>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("remove the default remote", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.engine(engine)
        let remote = try unsafe arguments.remote(remote)
        try handle.engine.removeDefaultRemote(
            remote.address, port: remote.port, sendVNI: remote.sendVNI, from: VNI(vni))
    }
}

@c @implementation
public func vtep_engine_path_mtu_set(
    _ engine: OpaquePointer?, _ remote: UnsafePointer<vtep_ip>?, _ mtu: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("set the path MTU", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.engine(engine)
        let remote = try unsafe arguments.address(remote, "remote")
        handle.engine.setPathMTU(try arguments.number(mtu, "mtu"), to: UnderlayAddress(remote))
    }
}
