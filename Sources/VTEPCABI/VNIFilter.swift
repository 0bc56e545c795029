public import CVTEP
internal import VTEP

extension vtep_vni: InputStruct {
    static var knownBits: UInt32 { 0 }
    var reservedIsZero: Bool { isZero(reserved) }

    init(_ entry: VNIFilterEntry) {
        self.init()
        link_index = entry.linkIndex
        first = entry.vnis.lowerBound.rawValue
        last = entry.vnis.upperBound.rawValue
        switch entry.destination {
        case .remote(let address): remote = vtep_ip(address)
        case .group(let address): group = vtep_ip(address)
        case nil: break
        }
        guard let statistics = entry.statistics else { return }
        has.set(VTEP_VNI_HAS_STATISTICS)
        rx_bytes = statistics.receivedBytes
        rx_packets = statistics.receivedPackets
        rx_dropped = statistics.receiveDropped
        rx_errors = statistics.receiveErrors
        tx_bytes = statistics.transmittedBytes
        tx_packets = statistics.transmittedPackets
        tx_dropped = statistics.transmitDropped
        tx_errors = statistics.transmitErrors
    }
}

extension Arguments {
    fileprivate func vnis(_ first: UInt32, _ last: UInt32) throws(VTEPError) -> ClosedRange<VNI> {
        let (lower, upper) = (try VNI(first), try VNI(last))
        guard lower <= upper else { throw invalid("the first VNI \(lower) is above the last, \(upper)") }
        return lower...upper
    }
}

@c @implementation
public func vtep_host_vnis(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ statistics: UInt8,
    _ out: UnsafeMutablePointer<OpaquePointer?>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list VNIs", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            let statistics = try arguments.truth(statistics, "statistics")
            let name = try unsafe arguments.optionalLinkName(name, "name")
            return try unsafe ListHandle(arguments.host(host).host.vniFilter(of: name, statistics: statistics))
        }
    }
}

@c @implementation
public func vtep_vni_list_count(_ list: OpaquePointer?) -> UInt32 {
    unsafe count(list, of: VNIFilterEntry.self)
}

@c @implementation
public func vtep_vni_list_get(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_vni>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of VNIs", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        output.write(vtep_vni(try unsafe arguments.element(list, i, as: VNIFilterEntry.self)))
    }
}

@c @implementation
public func vtep_vni_list_copy(
    _ list: OpaquePointer?, _ first: UInt32, _ count: UInt32, _ out: UnsafeMutablePointer<vtep_vni>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of VNIs", err) { arguments throws(VTEPError) in
        try unsafe arguments.copy(list, first, count, to: out) { (element: VNIFilterEntry) in vtep_vni(element) }
    }
}

@c @implementation
public func vtep_vni_list_free(_ list: OpaquePointer?) {
    unsafe end(list, ListHandle<VNIFilterEntry>.self)
}

@c @implementation
public func vtep_host_vni_add(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ vnis: UnsafePointer<vtep_vni>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add VNIs to VXLAN link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let name = try unsafe arguments.linkName(name, "name")
        arguments.subject = name
        let entry = try unsafe arguments.input(vnis, "vnis")
        let destination = try arguments.destination(remote: entry.remote, group: entry.group)
        try handle.host.addVNIs(arguments.vnis(entry.first, entry.last), destination: destination, to: name)
    }
}

@c @implementation
public func vtep_host_vni_delete(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ first: UInt32, _ last: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("delete VNIs of VXLAN link", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.host(host)
        let name = try unsafe arguments.linkName(name, "name")
        arguments.subject = name
        try handle.host.deleteVNIs(arguments.vnis(first, last), from: name)
    }
}
