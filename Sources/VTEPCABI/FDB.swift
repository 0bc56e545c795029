public import CVTEP
internal import VTEP

extension vtep_fdb_entry: InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_FDB_HAS_AGES) << 1) - 1 }
    var reservedIsZero: Bool { isZero(reserved) }

    init(_ entry: FDBEntry) {
        self.init()
        link_index = entry.linkIndex
        if let number = entry.vni {
            has.set(VTEP_FDB_HAS_VNI)
            vni = number.rawValue
        }
        if let number = entry.sourceVNI {
            has.set(VTEP_FDB_HAS_SOURCE_VNI)
            source_vni = number.rawValue
        }
        if let number = entry.port {
            has.set(VTEP_FDB_HAS_PORT)
            port = UInt32(number)
        }
        if let number = entry.vlan {
            has.set(VTEP_FDB_HAS_VLAN)
            vlan = UInt32(number)
        }
        has.set(VTEP_FDB_HAS_STATE)
        state = entry.state.rawValue
        has.set(VTEP_FDB_HAS_FLAGS)
        flags = entry.flags.rawValue
        if let value = entry.activity {
            has.set(VTEP_FDB_HAS_ACTIVITY)
            activity = value.rawValue
        }
        if let number = entry.viaNamespaceID {
            has.set(VTEP_FDB_HAS_VIA_NETNSID)
            via_netnsid = number
        }
        if let ages = entry.ages {
            has.set(VTEP_FDB_HAS_AGES)
            used = ages.used
            updated = ages.updated
        }
        via_index = entry.viaIndex ?? 0
        next_hop_id = entry.nextHopID ?? 0
        master_index = entry.masterIndex ?? 0
        mac = vtep_mac(entry.macAddress)
        destination = vtep_ip(entry.destination)
    }
}

extension Arguments {
    func entry(_ pointer: UnsafePointer<vtep_fdb_entry>?) throws(VTEPError) -> FDBEntry {
        let input = try unsafe self.input(pointer, "entry")
        let has = input.has
        var entry = FDBEntry(
            macAddress: MACAddress(input.mac), destination: try address(input.destination, "destination"),
            linkIndex: try linkIndex(input.link_index))
        if has.sets(VTEP_FDB_HAS_VNI) { entry.vni = try VNI(input.vni) }
        if has.sets(VTEP_FDB_HAS_SOURCE_VNI) { entry.sourceVNI = try VNI(input.source_vni) }
        if has.sets(VTEP_FDB_HAS_PORT) { entry.port = try number(input.port, "port") }
        if has.sets(VTEP_FDB_HAS_VLAN) { entry.vlan = try number(input.vlan, "vlan") }
        if has.sets(VTEP_FDB_HAS_STATE) { entry.state = NeighbourState(rawValue: input.state) }
        if has.sets(VTEP_FDB_HAS_FLAGS) { entry.flags = NeighbourFlags(rawValue: input.flags) }
        if has.sets(VTEP_FDB_HAS_ACTIVITY) { entry.activity = try activity(input.activity) }
        if input.via_index != 0 { entry.viaIndex = input.via_index }
        if input.next_hop_id != 0 { entry.nextHopID = input.next_hop_id }
        return entry
    }

    private func activity(_ value: UInt8) throws(VTEPError) -> FDBActivity {
        let activity = FDBActivity(rawValue: value)
        guard activity.isSubset(of: [.notify, .inactive, .keepAge]) else {
            throw invalid("activity is \(value); VTEP_FDB_ACTIVITY_* are possible")
        }
        return activity
    }
}

@c @implementation
public func vtep_host_fdb(
    _ host: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list FDB entries", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe ListHandle(arguments.host(host).host.fdb(of: arguments.optionalLinkName(name, "name")))
        }
    }
}

@c @implementation
public func vtep_fdb_list_count(_ list: OpaquePointer?) -> UInt32 {
    unsafe count(list, of: FDBEntry.self)
}

@c @implementation
public func vtep_fdb_list_get(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_fdb_entry>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of FDB entries", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        output.write(vtep_fdb_entry(try unsafe arguments.element(list, i, as: FDBEntry.self)))
    }
}

@c @implementation
public func vtep_fdb_list_copy(
    _ list: OpaquePointer?, _ first: UInt32, _ count: UInt32, _ out: UnsafeMutablePointer<vtep_fdb_entry>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of FDB entries", err) { arguments throws(VTEPError) in
        try unsafe arguments.copy(list, first, count, to: out) { (element: FDBEntry) in vtep_fdb_entry(element) }
    }
}

@c @implementation
public func vtep_fdb_list_free(_ list: OpaquePointer?) {
    unsafe end(list, ListHandle<FDBEntry>.self)
}

@c @implementation
public func vtep_host_fdb_get(
    _ host: OpaquePointer?, _ key: UnsafePointer<vtep_fdb_entry>?, _ out: UnsafeMutablePointer<vtep_fdb_entry>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("find FDB entry", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        output.write(vtep_fdb_entry(try unsafe arguments.host(host).host.fdbEntry(like: arguments.entry(key))))
    }
}

@c @implementation
public func vtep_host_fdb_add(
    _ host: OpaquePointer?, _ entry: UnsafePointer<vtep_fdb_entry>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add FDB entry", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.addFDB(arguments.entry(entry))
    }
}

@c @implementation
public func vtep_host_fdb_append(
    _ host: OpaquePointer?, _ entry: UnsafePointer<vtep_fdb_entry>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("append FDB entry", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.appendFDB(arguments.entry(entry))
    }
}

@c @implementation
public func vtep_host_fdb_replace(
    _ host: OpaquePointer?, _ entry: UnsafePointer<vtep_fdb_entry>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("replace FDB entry", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.replaceFDB(arguments.entry(entry))
    }
}

@c @implementation
public func vtep_host_fdb_delete(
    _ host: OpaquePointer?, _ entry: UnsafePointer<vtep_fdb_entry>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("delete FDB entry", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.deleteFDB(arguments.entry(entry))
    }
}
