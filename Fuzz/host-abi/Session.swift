import CVTEP
import TestRandom

/// What one input asks of the host.
@safe struct Session: ~Copyable {
    var input: InputBytes
    private let host: OpaquePointer?
    let memory = Memory()
    private var error = vtep_error()

    init(_ host: OpaquePointer?, _ input: InputBytes) {
        unsafe self.host = host
        self.input = input
        error.size = UInt32(MemoryLayout<vtep_error>.size)
    }

    mutating func step() {
        switch input.u8() % 10 {
        case 0: makeLink()
        case 1: changeLink()
        case 2: readLink()
        case 3: fdb()
        case 4: routes()
        case 5: nextHops()
        case 6: neighbours()
        case 7: addressesAndRules()
        case 8: vlansAndVNIs()
        default: batch()
        }
    }

    private mutating func makeLink() {
        switch input.u8() % 5 {
        case 0:
            var options = unsafe vxlan()
            _ = unsafe vtep_host_vxlan_create(host, &options, nil, &error)
        case 1:
            var options = unsafe bridge()
            _ = unsafe vtep_host_bridge_create(host, &options, nil, &error)
        case 2:
            var options = unsafe sparse(vtep_veth_options(), &input)
            unsafe options.name = name()
            unsafe options.peer_name = name()
            unsafe options.peer_netns_path = nil
            unsafe options.master = name()
            _ = unsafe vtep_host_veth_create(host, &options, nil, &error)
        case 3: _ = unsafe vtep_host_link_delete(host, name(), name(), &error)
        default:
            var vni = UInt32(input.u8())
            _ = unsafe vtep_host_vxlan_delete(host, name(), &vni, &error)
        }
    }

    private mutating func changeLink() {
        var mac = sparse(vtep_mac(), &input)
        switch input.u8() % 10 {
        case 0:
            var options = unsafe vxlan()
            _ = unsafe vtep_host_vxlan_change(host, &options, nil, &error)
        case 1:
            var options = unsafe bridge()
            _ = unsafe vtep_host_bridge_change(host, &options, nil, &error)
        case 2:
            var options = unsafe sparse(vtep_bridge_port_options(), &input)
            unsafe options.name = name()
            unsafe options.backup_port = name()
            _ = unsafe vtep_host_bridge_port_change(host, &options, nil, &error)
        case 3: _ = unsafe vtep_host_link_set_up(host, name(), input.u8() & 3, &error)
        case 4: _ = unsafe vtep_host_link_set_mtu(host, name(), input.u32(), &error)
        case 5: _ = unsafe vtep_host_link_set_mac(host, name(), &mac, &error)
        case 6: _ = unsafe vtep_host_link_rename(host, name(), name(), &error)
        case 7: _ = unsafe vtep_host_link_set_master(host, name(), name(), &error)
        case 8: _ = unsafe vtep_host_bridge_flush(host, name(), &error)
        default:
            var remote = address()
            _ = unsafe vtep_host_remote_append(host, name(), &remote, &error)
            _ = unsafe vtep_host_remote_delete(host, name(), &remote, &error)
        }
    }

    private mutating func readLink() {
        let name = unsafe name()
        var list: OpaquePointer?
        switch input.u8() % 8 {
        case 0:
            var link = sparse(vtep_link(), &input)
            _ = unsafe vtep_host_link_get(host, name, &link, &error)
        case 1:
            var statistics = sparse(vtep_link_statistics(), &input)
            _ = unsafe vtep_host_link_statistics(host, name, &statistics, &error)
        case 2:
            var vxlan = sparse(vtep_vxlan(), &input)
            _ = unsafe vtep_host_vxlan_get(host, name, &vxlan, &error)
        case 3:
            var bridge = sparse(vtep_bridge(), &input)
            _ = unsafe vtep_host_bridge_get(host, name, &bridge, &error)
            var status = sparse(vtep_bridge_status(), &input)
            _ = unsafe vtep_host_bridge_status(host, name, &status, &error)
        case 4:
            var port = sparse(vtep_bridge_port(), &input)
            _ = unsafe vtep_host_bridge_port_get(host, name, &port, &error)
            var status = sparse(vtep_bridge_port_status(), &input)
            _ = unsafe vtep_host_bridge_port_status(host, name, &status, &error)
        case 5:
            _ = unsafe vtep_host_links(host, name, &list, &error)
            var links = [vtep_link](repeating: sparse(vtep_link(), &input), count: 4)
            _ = unsafe vtep_link_list_copy(list, UInt32(input.u8() & 7), UInt32(input.u8() & 3), &links, &error)
            unsafe vtep_link_list_free(list)
        case 6:
            _ = unsafe vtep_host_bridge_ports(host, name, &list, &error)
            unsafe vtep_link_list_free(list)
        default:
            _ = unsafe vtep_host_remotes(host, name, &list, &error)
            unsafe vtep_remote_list_free(list)
        }
    }

    private mutating func fdb() {
        var entry = fdbEntry()
        switch input.u8() % 6 {
        case 0: _ = unsafe vtep_host_fdb_add(host, &entry, &error)
        case 1: _ = unsafe vtep_host_fdb_append(host, &entry, &error)
        case 2: _ = unsafe vtep_host_fdb_replace(host, &entry, &error)
        case 3: _ = unsafe vtep_host_fdb_delete(host, &entry, &error)
        case 4:
            var filter = sparse(vtep_fdb_filter(), &input)
            _ = unsafe vtep_host_fdb_flush(host, name(), &filter, &error)
        default:
            var found = sparse(vtep_fdb_entry(), &input)
            var list: OpaquePointer?
            _ = unsafe vtep_host_fdb_get(host, &entry, &found, &error)
            _ = unsafe vtep_host_fdb(host, name(), &list, &error)
            unsafe vtep_fdb_list_free(list)
        }
    }

    private mutating func routes() {
        var route = unsafe self.route()
        switch input.u8() % 6 {
        case 0: _ = unsafe vtep_host_route_add(host, &route, &error)
        case 1: _ = unsafe vtep_host_route_append(host, &route, &error)
        case 2: _ = unsafe vtep_host_route_replace(host, &route, &error)
        case 3: _ = unsafe vtep_host_route_update(host, &route, &error)
        case 4: _ = unsafe vtep_host_route_delete(host, &route, &error)
        default:
            var lookup = sparse(vtep_route_lookup(), &input)
            var list: OpaquePointer?
            _ = unsafe vtep_host_route_find(host, &lookup, &list, &error)
            unsafe vtep_route_list_free(list)
            _ = unsafe vtep_host_routes(host, input.u8() % 8, UInt32(input.u8()), &list, &error)
            var routes = unsafe [vtep_route](repeating: sparse(vtep_route(), &input), count: 3)
            _ = unsafe vtep_route_list_copy(list, UInt32(input.u8() & 3), UInt32(input.u8() & 3), &routes, &error)
            unsafe vtep_route_list_free(list)
        }
    }

    private mutating func nextHops() {
        var hop = unsafe nextHop()
        var number: UInt32 = 0
        var filter = sparse(vtep_nexthop_filter(), &input)
        var list: OpaquePointer?
        switch input.u8() % 5 {
        case 0: _ = unsafe vtep_host_nexthop_add(host, &hop, &number, &error)
        case 1: _ = unsafe vtep_host_nexthop_replace(host, &hop, &error)
        case 2: _ = unsafe vtep_host_nexthop_delete(host, UInt32(input.u8()), &error)
        case 3: _ = unsafe vtep_host_nexthop_flush(host, &filter, &number, &error)
        default:
            _ = unsafe vtep_host_nexthops(host, &filter, &list, &error)
            unsafe vtep_nexthop_list_free(list)
            _ = unsafe vtep_host_nexthop_buckets(host, UInt32(input.u8()), &list, &error)
            unsafe vtep_nexthop_bucket_list_free(list)
        }
    }

    private mutating func neighbours() {
        var neighbour = sparse(vtep_neighbour(), &input)
        var list: OpaquePointer?
        switch input.u8() % 6 {
        case 0: _ = unsafe vtep_host_neighbour_add(host, &neighbour, &error)
        case 1: _ = unsafe vtep_host_neighbour_replace(host, &neighbour, &error)
        case 2: _ = unsafe vtep_host_neighbour_update(host, &neighbour, &error)
        case 3: _ = unsafe vtep_host_neighbour_delete(host, &neighbour, &error)
        case 4:
            var filter = sparse(vtep_neighbour_filter(), &input)
            _ = unsafe vtep_host_neighbour_flush(host, name(), &filter, nil, &error)
        default:
            var found = sparse(vtep_neighbour(), &input)
            _ = unsafe vtep_host_neighbour_get(host, &neighbour, &found, &error)
            _ = unsafe vtep_host_neighbours(host, name(), &list, &error)
            unsafe vtep_neighbour_list_free(list)
        }
    }

    private mutating func addressesAndRules() {
        var address = sparse(vtep_address(), &input)
        var rule = sparse(vtep_rule(), &input)
        var list: OpaquePointer?
        switch input.u8() % 5 {
        case 0: _ = unsafe vtep_host_address_put(host, &address, input.u8() & 1, &error)
        case 1: _ = unsafe vtep_host_address_flush(host, name(), input.u8(), nil, &error)
        case 2: _ = unsafe vtep_host_rule_add(host, &rule, &error)
        case 3: _ = unsafe vtep_host_rule_delete(host, &rule, &error)
        default:
            _ = unsafe vtep_host_addresses(host, name(), &list, &error)
            unsafe vtep_address_list_free(list)
            _ = unsafe vtep_host_rules(host, input.u8() % 8, &list, &error)
            unsafe vtep_rule_list_free(list)
        }
    }

    private mutating func vlansAndVNIs() {
        var vlans = sparse(vtep_vlan(), &input)
        var tunnels = sparse(vtep_vlan_tunnel(), &input)
        var vnis = sparse(vtep_vni(), &input)
        var list: OpaquePointer?
        switch input.u8() % 7 {
        case 0: _ = unsafe vtep_host_vlan_add(host, &vlans, &error)
        case 1: _ = unsafe vtep_host_vlan_delete(host, &vlans, &error)
        case 2: _ = unsafe vtep_host_vlan_tunnel_add(host, &tunnels, &error)
        case 3: _ = unsafe vtep_host_vlan_tunnel_delete(host, &tunnels, &error)
        case 4: _ = unsafe vtep_host_vni_add(host, name(), &vnis, &error)
        case 5: _ = unsafe vtep_host_vlan_set(host, &vlans, &error)
        default:
            _ = unsafe vtep_host_vni_delete(host, name(), input.u32(), input.u32(), &error)
            _ = unsafe vtep_host_vnis(host, name(), input.u8() & 3, &list, &error)
            unsafe vtep_vni_list_free(list)
            _ = unsafe vtep_host_vlans(host, name(), input.u8() & 3, &list, &error)
            unsafe vtep_vlan_list_free(list)
        }
    }

    private mutating func batch() {
        let change = UInt32(input.u8() & 7)
        var failures: OpaquePointer?
        switch input.u8() % 3 {
        case 0:
            let entries = (0..<3).map { _ in fdbEntry() }
            _ = unsafe vtep_host_fdb_apply(host, change, entries, 3, &failures, &error)
        case 1:
            let routes = unsafe (0..<3).map { _ in unsafe self.route() }
            _ = unsafe vtep_host_route_apply(host, change, routes, 3, &failures, &error)
        default:
            let neighbours = (0..<3).map { _ in sparse(vtep_neighbour(), &input) }
            _ = unsafe vtep_host_neighbour_apply(host, change, neighbours, 3, &failures, &error)
        }
        var place: UInt32 = 0
        _ = unsafe vtep_failure_list_get(failures, UInt32(input.u8() & 3), &place, nil, &error)
        unsafe vtep_failure_list_free(failures)
    }
}
