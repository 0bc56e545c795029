public import CVTEP
internal import VTEP

@c @implementation
public func vtep_endpoint_peer_add(
    _ endpoint: OpaquePointer?, _ peer: UnsafePointer<vtep_ip>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add the peer", err) { arguments throws(VTEPError) in
        try unsafe arguments.endpoint(endpoint).addPeer(arguments.address(peer, "peer"))
    }
}

@c @implementation
public func vtep_endpoint_peer_remove(
    _ endpoint: OpaquePointer?, _ peer: UnsafePointer<vtep_ip>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("remove the peer", err) { arguments throws(VTEPError) in
        try unsafe arguments.endpoint(endpoint).removePeer(arguments.address(peer, "peer"))
    }
}

@c @implementation
public func vtep_endpoint_default_remote_add(
    _ endpoint: OpaquePointer?, _ vni: UInt32, _ remote: UnsafePointer<vtep_engine_remote>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add the default remote", err) { arguments throws(VTEPError) in
        try unsafe arguments.endpoint(endpoint).addDefaultRemote(arguments.remote(remote), to: VNI(vni))
    }
}

@c @implementation
public func vtep_endpoint_default_remote_remove(
    _ endpoint: OpaquePointer?, _ vni: UInt32, _ remote: UnsafePointer<vtep_engine_remote>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("remove the default remote", err) { arguments throws(VTEPError) in
        try unsafe arguments.endpoint(endpoint).removeDefaultRemote(arguments.remote(remote), from: VNI(vni))
    }
}

@c @implementation
public func vtep_endpoint_default_remotes_set(
    _ endpoint: OpaquePointer?, _ vni: UInt32, _ remotes: UnsafePointer<vtep_engine_remote>?, _ count: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("set the default remotes", err) { arguments throws(VTEPError) in
        let endpoint = try unsafe arguments.endpoint(endpoint)
        if count > 0, unsafe remotes == nil { throw arguments.null("remotes") }
        // An array of a newer program's larger structs has their size between its elements.
        var known: [Engine.FDBRemote] = []
        var next = unsafe UnsafeRawPointer(remotes)
        for _ in 0..<count {
            guard let element = unsafe next?.assumingMemoryBound(to: vtep_engine_remote.self) else { break }
            known.append(try unsafe arguments.remote(element))
            unsafe next = UnsafeRawPointer(element) + Int(element.pointee.size)
        }
        try endpoint.setDefaultRemotes(known, of: VNI(vni))
    }
}
