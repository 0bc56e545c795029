public import CVTEP
internal import VTEP

extension vtep_veth_options: @unsafe InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_VETH_OPTIONS_HAS_PEER_MAC) << 1) - 1 }
    var reservedIsZero: Bool { unsafe isZero(reserved) }
}

extension VethConfiguration {
    fileprivate init(_ options: vtep_veth_options, _ arguments: inout Arguments) throws(VTEPError) {
        let name = try unsafe arguments.linkName(options.name, "name")
        arguments.subject = name
        self.init(name: name, peerName: try unsafe arguments.linkName(options.peer_name, "peer_name"))
        peerNamespace = try unsafe Self.peerNamespace(options, arguments)
        master = try unsafe arguments.optionalLinkName(options.master, "master")
        let has = unsafe options.has
        if has.sets(VTEP_VETH_OPTIONS_HAS_MTU) { mtu = unsafe options.mtu }
        if has.sets(VTEP_VETH_OPTIONS_HAS_MAC) { macAddress = unsafe MACAddress(options.mac) }
        if has.sets(VTEP_VETH_OPTIONS_HAS_PEER_MAC) { peerMACAddress = unsafe MACAddress(options.peer_mac) }
        up = try unsafe arguments.truth(options.up, "up")
    }

    private static func peerNamespace(
        _ options: vtep_veth_options, _ arguments: Arguments
    ) throws(VTEPError) -> NetworkNamespace {
        var named: [NetworkNamespace] = []
        if let path = unsafe options.peer_netns_path {
            named.append(.path(try unsafe arguments.path(path, "peer_netns_path")))
        }
        if unsafe options.has.sets(VTEP_VETH_OPTIONS_HAS_PEER_NETNS_FD) {
            named.append(unsafe .descriptor(options.peer_netns_fd))
        }
        if unsafe options.has.sets(VTEP_VETH_OPTIONS_HAS_PEER_NETNS_PID) {
            named.append(unsafe .process(options.peer_netns_pid))
        }
        guard named.count <= 1 else {
            throw arguments.invalid("the peer's network namespace is named in \(named.count) ways", "choose one")
        }
        return named.first ?? .current
    }
}

@c @implementation
public func vtep_host_veth_create(
    _ host: OpaquePointer?, _ options: UnsafePointer<vtep_veth_options>?, _ out: UnsafeMutablePointer<vtep_link>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("create veth pair", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let output = try unsafe arguments.optionalOutput(out)
        let options = try unsafe arguments.input(options, "options")
        let configuration = try unsafe VethConfiguration(options, &arguments)
        guard let output else { return try handle.host.make(configuration) }
        try output.write(vtep_link(handle.host.createVeth(configuration)))
    }
}
