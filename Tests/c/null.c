/* Each function with NULL for each of its pointers in turn: refused with a text that names the argument, unless the
 * header allows it. Then everything without an error struct, and the end of a handle that never was. */
#include "network.h"

/* An output pointer that must be NULL after a call that failed. */
#define NULLS_HANDLE(words, pointer, call) \
    do { \
        memset(&pointer, 0x5A, sizeof pointer); \
        FAILS(VTEP_E_INVAL, words, call); \
        CHECK(pointer == NULL); \
    } while (0)

static void values(void) {
    vtep_mac mac_value = mac("02:00:00:00:00:01");
    vtep_ip ip_value = ip("10.0.0.1");
    vtep_prefix prefix_value = prefix("10.0.0.1/8");
    vtep_bridge_id id = { 0, { { 0 } } };
    vtep_route route = VTEP_ROUTE_INIT;
    char text[64];
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_mac_parse(NULL, &mac_value, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_mac_parse("02:00:00:00:00:01", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_ip_parse(NULL, &ip_value, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_ip_parse("10.0.0.1", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_prefix_parse(NULL, &prefix_value, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_prefix_parse("10.0.0.1/8", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"mac\" is NULL", vtep_mac_format(NULL, text, sizeof text, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_mac_format(&mac_value, NULL, 64, &err));
    FAILS(VTEP_E_INVAL, "\"ip\" is NULL", vtep_ip_format(NULL, text, sizeof text, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_ip_format(&ip_value, NULL, 64, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_ip_format(&ip_value, NULL, 0, &err));
    FAILS(VTEP_E_INVAL, "\"prefix\" is NULL", vtep_prefix_format(NULL, text, sizeof text, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_prefix_format(&prefix_value, NULL, 64, &err));
    FAILS(VTEP_E_INVAL, "\"prefix\" is NULL", vtep_prefix_network(NULL, &ip_value, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_prefix_network(&prefix_value, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"prefix\" is NULL", vtep_prefix_netmask(NULL, &ip_value, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_prefix_netmask(&prefix_value, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"bridge_id\" is NULL", vtep_bridge_id_format(NULL, text, sizeof text, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_bridge_id_format(&id, NULL, 64, &err));
    FAILS(VTEP_E_INVAL, "\"route\" is NULL", vtep_route_flags_format(NULL, text, sizeof text, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_route_flags_format(&route, NULL, 64, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_operstate_format(6, NULL, 64, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_port_state_format(3, NULL, 64, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_scope_format(0, NULL, 64, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_table_format(254, NULL, 64, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_route_type_format(1, NULL, 64, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_route_origin_format(2, NULL, 64, &err));
    FAILS(VTEP_E_INVAL, "\"text\" is NULL", vtep_neighbour_state_format(0x80, NULL, 64, &err));
}

static void hosts(void) {
    vtep_host *host;
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_open(NULL, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_open_path("/proc/self/ns/net", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_open_pid(1, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_open_fd(0, NULL, &err));
    NULLS_HANDLE("\"path\" is NULL", host, vtep_host_open_path(NULL, &host, &err));
}

static void links(vtep_host *host) {
    vtep_link link = VTEP_LINK_INIT;
    vtep_link_statistics statistics = VTEP_LINK_STATISTICS_INIT;
    vtep_vxlan vxlan = VTEP_VXLAN_INIT;
    vtep_bridge bridge = VTEP_BRIDGE_INIT;
    vtep_bridge_port port = VTEP_BRIDGE_PORT_INIT;
    vtep_mac address = mac("02:00:00:00:00:01");
    vtep_link_list *list;
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_link_get(NULL, "lo", &link, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_link_get(host, NULL, &link, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_link_get_by_index(NULL, 1, &link, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_link_statistics(NULL, "lo", &statistics, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_link_statistics(host, NULL, &statistics, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_vxlan_get(NULL, "vx0", &vxlan, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_vxlan_get(host, NULL, &vxlan, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_bridge_get(NULL, "br0", &bridge, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_bridge_get(host, NULL, &bridge, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_bridge_port_get(NULL, "p0", &port, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_bridge_port_get(host, NULL, &port, &err));
    NULLS_HANDLE("\"host\" is NULL", list, vtep_host_links(NULL, NULL, &list, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_links(host, NULL, NULL, &err));
    OK(vtep_host_links(host, NULL, &list, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_link_list_get(NULL, 0, &link, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_link_list_get(list, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_link_list_statistics(NULL, 0, &statistics, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_link_list_statistics(list, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_link_list_vxlan(NULL, 0, &vxlan, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_link_list_vxlan(list, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_link_list_bridge(NULL, 0, &bridge, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_link_list_bridge(list, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_link_list_bridge_port(NULL, 0, &port, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_link_list_bridge_port(list, 0, NULL, &err));
    vtep_link_list_free(list);
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_link_set_up(NULL, "p0", 1, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_link_set_up(host, NULL, 1, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_link_set_mtu(NULL, "p0", 1400, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_link_set_mtu(host, NULL, 1400, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_link_set_mac(NULL, "p0", &address, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_link_set_mac(host, NULL, &address, &err));
    FAILS(VTEP_E_INVAL, "\"mac\" is NULL", vtep_host_link_set_mac(host, "p0", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_link_rename(NULL, "p0", "p9", &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_link_rename(host, NULL, "p9", &err));
    FAILS(VTEP_E_INVAL, "\"new_name\" is NULL", vtep_host_link_rename(host, "p0", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_link_set_master(NULL, "p0", "br0", &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_link_set_master(host, NULL, "br0", &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_link_move_path(NULL, "p0", "/proc/self/ns/net", &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_link_move_path(host, NULL, "/proc/self/ns/net", &err));
    FAILS(VTEP_E_INVAL, "\"path\" is NULL", vtep_host_link_move_path(host, "p0", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_link_move_fd(NULL, "p0", 0, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_link_move_fd(host, NULL, 0, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_link_move_pid(NULL, "p0", 1, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_link_move_pid(host, NULL, 1, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_link_delete(NULL, "p0", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_link_delete(host, NULL, NULL, &err));
}

static void devices(vtep_host *host) {
    vtep_vxlan_options vxlan = vxlan_named("vx1", 1), nameless_vxlan = vxlan_named(NULL, 1);
    vtep_bridge_options bridge = bridge_named("br1"), nameless_bridge = bridge_named(NULL);
    vtep_veth_options veth = veth_named("v0", "v1"), nameless_veth = veth_named(NULL, "v1");
    vtep_veth_options peerless = veth_named("v0", NULL);
    vtep_bridge_port_options port = VTEP_BRIDGE_PORT_OPTIONS_INIT;
    vtep_bridge_status bridge_status = VTEP_BRIDGE_STATUS_INIT;
    vtep_bridge_port_status port_status = VTEP_BRIDGE_PORT_STATUS_INIT;
    vtep_ip remote = ip("192.0.2.2");
    vtep_remote_list *remotes;
    vtep_link_list *ports;
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_vxlan_create(NULL, &vxlan, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"options\" is NULL", vtep_host_vxlan_create(host, NULL, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_vxlan_create(host, &nameless_vxlan, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_vxlan_change(NULL, &vxlan, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"options\" is NULL", vtep_host_vxlan_change(host, NULL, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_vxlan_change(host, &nameless_vxlan, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_vxlan_delete(NULL, "vx0", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_vxlan_delete(host, NULL, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_remote_append(NULL, "vx0", &remote, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_remote_append(host, NULL, &remote, &err));
    FAILS(VTEP_E_INVAL, "\"remote\" is NULL", vtep_host_remote_append(host, "vx0", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_remote_delete(NULL, "vx0", &remote, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_remote_delete(host, NULL, &remote, &err));
    FAILS(VTEP_E_INVAL, "\"remote\" is NULL", vtep_host_remote_delete(host, "vx0", NULL, &err));
    NULLS_HANDLE("\"host\" is NULL", remotes, vtep_host_remotes(NULL, "vx0", &remotes, &err));
    NULLS_HANDLE("\"name\" is NULL", remotes, vtep_host_remotes(host, NULL, &remotes, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_remotes(host, "vx0", NULL, &err));
    OK(vtep_host_remotes(host, "vx0", &remotes, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_remote_list_get(remotes, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_remote_list_get(NULL, 0, &remote, &err));
    vtep_remote_list_free(remotes);
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_bridge_create(NULL, &bridge, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"options\" is NULL", vtep_host_bridge_create(host, NULL, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_bridge_create(host, &nameless_bridge, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_bridge_change(NULL, &bridge, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"options\" is NULL", vtep_host_bridge_change(host, NULL, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_bridge_change(host, &nameless_bridge, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_bridge_status(NULL, "br0", &bridge_status, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_bridge_status(host, NULL, &bridge_status, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_bridge_status(host, "br0", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_bridge_flush(NULL, "br0", &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_bridge_flush(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_bridge_port_change(NULL, &port, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"options\" is NULL", vtep_host_bridge_port_change(host, NULL, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_bridge_port_change(host, &port, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_bridge_port_status(NULL, "p0", &port_status, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_bridge_port_status(host, NULL, &port_status, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_bridge_port_status(host, "p0", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_bridge_port_flush(NULL, "p0", &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_bridge_port_flush(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_bridge_delete(NULL, "br0", &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_bridge_delete(host, NULL, &err));
    NULLS_HANDLE("\"host\" is NULL", ports, vtep_host_bridge_ports(NULL, "br0", &ports, &err));
    NULLS_HANDLE("\"name\" is NULL", ports, vtep_host_bridge_ports(host, NULL, &ports, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_bridge_ports(host, "br0", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_veth_create(NULL, &veth, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"options\" is NULL", vtep_host_veth_create(host, NULL, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_veth_create(host, &nameless_veth, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"peer_name\" is NULL", vtep_host_veth_create(host, &peerless, NULL, &err));
}

static void tables(vtep_host *host) {
    vtep_prefix value = prefix("10.0.0.1/24");
    vtep_route route = VTEP_ROUTE_INIT;
    vtep_address address = VTEP_ADDRESS_INIT;
    vtep_neighbour neighbour = VTEP_NEIGHBOUR_INIT;
    vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT;
    vtep_address_list *addresses;
    vtep_route_list *routes;
    vtep_neighbour_list *neighbours;
    vtep_fdb_list *fdb;
    NULLS_HANDLE("\"host\" is NULL", addresses, vtep_host_addresses(NULL, "p0", &addresses, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_addresses(host, "p0", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_address_list_get(NULL, 0, &address, &err));
    OK(vtep_host_addresses(host, "p0", &addresses, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_address_list_get(addresses, 0, NULL, &err));
    vtep_address_list_free(addresses);
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_address_add(NULL, "p0", &value, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_address_add(host, NULL, &value, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"prefix\" is NULL", vtep_host_address_add(host, "p0", NULL, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_address_delete(NULL, "p0", &value, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_address_delete(host, NULL, &value, &err));
    FAILS(VTEP_E_INVAL, "\"prefix\" is NULL", vtep_host_address_delete(host, "p0", NULL, &err));
    NULLS_HANDLE("\"host\" is NULL", routes, vtep_host_routes(NULL, 4, VTEP_TABLE_MAIN, &routes, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_routes(host, 4, VTEP_TABLE_MAIN, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_route_list_get(NULL, 0, &route, &err));
    OK(vtep_host_routes(host, 0, VTEP_TABLE_ALL, &routes, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_route_list_get(routes, 0, NULL, &err));
    vtep_route_list_free(routes);
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_route_add(NULL, &route, &err));
    FAILS(VTEP_E_INVAL, "\"route\" is NULL", vtep_host_route_add(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_route_replace(NULL, &route, &err));
    FAILS(VTEP_E_INVAL, "\"route\" is NULL", vtep_host_route_replace(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_route_delete(NULL, &route, &err));
    FAILS(VTEP_E_INVAL, "\"route\" is NULL", vtep_host_route_delete(host, NULL, &err));
    route.destination = prefix("10.9.0.0/24");
    route.next_hop_count = 2;
    FAILS(VTEP_E_INVAL, "next_hops", vtep_host_route_add(host, &route, &err));
    NULLS_HANDLE("\"host\" is NULL", neighbours, vtep_host_neighbours(NULL, "p0", &neighbours, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_neighbours(host, "p0", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_neighbour_list_get(NULL, 0, &neighbour, &err));
    OK(vtep_host_neighbours(host, "p0", &neighbours, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_neighbour_list_get(neighbours, 0, NULL, &err));
    vtep_neighbour_list_free(neighbours);
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_neighbour_add(NULL, &neighbour, &err));
    FAILS(VTEP_E_INVAL, "\"neighbour\" is NULL", vtep_host_neighbour_add(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_neighbour_replace(NULL, &neighbour, &err));
    FAILS(VTEP_E_INVAL, "\"neighbour\" is NULL", vtep_host_neighbour_replace(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_neighbour_delete(NULL, &neighbour, &err));
    FAILS(VTEP_E_INVAL, "\"neighbour\" is NULL", vtep_host_neighbour_delete(host, NULL, &err));
    NULLS_HANDLE("\"host\" is NULL", fdb, vtep_host_fdb(NULL, "vx0", &fdb, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_fdb(host, "vx0", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_fdb_list_get(NULL, 0, &entry, &err));
    OK(vtep_host_fdb(host, "vx0", &fdb, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_fdb_list_get(fdb, 0, NULL, &err));
    vtep_fdb_list_free(fdb);
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_fdb_add(NULL, &entry, &err));
    FAILS(VTEP_E_INVAL, "\"entry\" is NULL", vtep_host_fdb_add(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_fdb_append(NULL, &entry, &err));
    FAILS(VTEP_E_INVAL, "\"entry\" is NULL", vtep_host_fdb_append(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_fdb_replace(NULL, &entry, &err));
    FAILS(VTEP_E_INVAL, "\"entry\" is NULL", vtep_host_fdb_replace(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_fdb_delete(NULL, &entry, &err));
    FAILS(VTEP_E_INVAL, "\"entry\" is NULL", vtep_host_fdb_delete(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_fdb_get(NULL, &entry, &entry, &err));
    FAILS(VTEP_E_INVAL, "\"entry\" is NULL", vtep_host_fdb_get(host, NULL, &entry, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_fdb_get(host, &entry, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_fdb_flush(NULL, "vx0", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_fdb_flush(host, NULL, NULL, &err));
}

static void more_tables(vtep_host *host) {
    vtep_route_lookup lookup = VTEP_ROUTE_LOOKUP_INIT;
    vtep_neighbour neighbour = VTEP_NEIGHBOUR_INIT;
    vtep_address address = VTEP_ADDRESS_INIT;
    vtep_nexthop hop = VTEP_NEXTHOP_INIT;
    vtep_nexthop_bucket bucket = VTEP_NEXTHOP_BUCKET_INIT;
    vtep_rule rule = VTEP_RULE_INIT;
    vtep_route route = VTEP_ROUTE_INIT;
    vtep_route_list *routes;
    vtep_neighbour_list *neighbours;
    vtep_nexthop_list *nexthops;
    vtep_nexthop_bucket_list *buckets;
    vtep_rule_list *rules;
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_address_put(NULL, &address, 0, &err));
    FAILS(VTEP_E_INVAL, "\"address\" is NULL", vtep_host_address_put(host, NULL, 0, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_address_flush(NULL, "p0", 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_address_flush(host, NULL, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_route_append(NULL, &route, &err));
    FAILS(VTEP_E_INVAL, "\"route\" is NULL", vtep_host_route_append(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_route_update(NULL, &route, &err));
    FAILS(VTEP_E_INVAL, "\"route\" is NULL", vtep_host_route_update(host, NULL, &err));
    NULLS_HANDLE("\"host\" is NULL", routes, vtep_host_route_find(NULL, &lookup, &routes, &err));
    NULLS_HANDLE("\"lookup\" is NULL", routes, vtep_host_route_find(host, NULL, &routes, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_route_find(host, &lookup, NULL, &err));
    NULLS_HANDLE("\"host\" is NULL", neighbours, vtep_host_proxy_neighbours(NULL, NULL, &neighbours, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_proxy_neighbours(host, NULL, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_neighbour_get(NULL, &neighbour, &neighbour, &err));
    FAILS(VTEP_E_INVAL, "\"neighbour\" is NULL", vtep_host_neighbour_get(host, NULL, &neighbour, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_neighbour_get(host, &neighbour, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_neighbour_update(NULL, &neighbour, &err));
    FAILS(VTEP_E_INVAL, "\"neighbour\" is NULL", vtep_host_neighbour_update(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_neighbour_flush(NULL, NULL, NULL, NULL, &err));
    NULLS_HANDLE("\"host\" is NULL", nexthops, vtep_host_nexthops(NULL, NULL, &nexthops, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_nexthops(host, NULL, NULL, &err));
    NULLS_HANDLE("\"host\" is NULL", nexthops, vtep_host_nexthop_get(NULL, 1, 0, &nexthops, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_nexthop_get(host, 1, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_nexthop_list_get(NULL, 0, &hop, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_nexthop_list_copy(NULL, 0, 1, &hop, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_nexthop_add(NULL, &hop, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"nexthop\" is NULL", vtep_host_nexthop_add(host, NULL, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_nexthop_replace(NULL, &hop, &err));
    FAILS(VTEP_E_INVAL, "\"nexthop\" is NULL", vtep_host_nexthop_replace(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_nexthop_delete(NULL, 1, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_nexthop_flush(NULL, NULL, NULL, &err));
    hop.member_count = 1;
    FAILS(VTEP_E_INVAL, "members is NULL", vtep_host_nexthop_add(host, &hop, NULL, &err));
    NULLS_HANDLE("\"host\" is NULL", buckets, vtep_host_nexthop_buckets(NULL, 1, &buckets, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_nexthop_buckets(host, 1, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_nexthop_bucket_list_get(NULL, 0, &bucket, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_nexthop_bucket_list_copy(NULL, 0, 1, &bucket, &err));
    NULLS_HANDLE("\"host\" is NULL", rules, vtep_host_rules(NULL, 0, &rules, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_rules(host, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_rule_list_get(NULL, 0, &rule, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_rule_list_copy(NULL, 0, 1, &rule, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_rule_add(NULL, &rule, &err));
    FAILS(VTEP_E_INVAL, "\"rule\" is NULL", vtep_host_rule_add(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_rule_delete(NULL, &rule, &err));
    FAILS(VTEP_E_INVAL, "\"rule\" is NULL", vtep_host_rule_delete(host, NULL, &err));
    vtep_nexthop_list_free(NULL);
    vtep_nexthop_bucket_list_free(NULL);
    vtep_rule_list_free(NULL);
    EQUAL(vtep_nexthop_list_count(NULL), 0);
    EQUAL(vtep_nexthop_bucket_list_count(NULL), 0);
    EQUAL(vtep_rule_list_count(NULL), 0);
}

/* Where the header lets a pointer be NULL, it is of no consequence. */
static void allowed(vtep_host *host) {
    OK(vtep_host_link_get(host, "p0", NULL, &err));
    OK(vtep_host_link_get_by_index(host, 1, NULL, &err));
    OK(vtep_host_link_statistics(host, "p0", NULL, &err));
    OK(vtep_host_vxlan_get(host, "vx0", NULL, &err));
    OK(vtep_host_bridge_get(host, "br0", NULL, &err));
    OK(vtep_host_bridge_port_get(host, "p0", NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "none", vtep_host_link_get(host, "none", NULL, &err));
    FAILS(VTEP_E_FOREIGN, "p0", vtep_host_vxlan_get(host, "p0", NULL, &err));
    vtep_host_close(NULL);
    vtep_link_list_free(NULL);
    vtep_remote_list_free(NULL);
    vtep_address_list_free(NULL);
    vtep_route_list_free(NULL);
    vtep_neighbour_list_free(NULL);
    vtep_fdb_list_free(NULL);
    EQUAL(vtep_link_list_count(NULL), 0);
    EQUAL(vtep_remote_list_count(NULL), 0);
    EQUAL(vtep_address_list_count(NULL), 0);
    EQUAL(vtep_route_list_count(NULL), 0);
    EQUAL(vtep_neighbour_list_count(NULL), 0);
    EQUAL(vtep_fdb_list_count(NULL), 0);
}

/* Nobody has to want the error: failures and successes of each kind without one. */
static void without_an_error(void) {
    vtep_host *host = NULL;
    vtep_link_list *list = NULL;
    vtep_ip out;
    char text[4];
    vtep_bridge_options bridge = bridge_named("br7");
    EQUAL(vtep_ip_parse("10.0.0.1", &out, NULL), VTEP_OK);
    EQUAL(vtep_ip_parse("10.0.0", &out, NULL), VTEP_E_INVAL);
    EQUAL(vtep_ip_format(&out, text, sizeof text, NULL), VTEP_E_NOSPACE);
    EQUAL(vtep_host_open(NULL, NULL), VTEP_E_INVAL);
    EQUAL(vtep_host_open_path("/nowhere", &host, NULL), VTEP_E_NOTFOUND);
    EQUAL(vtep_host_open(&host, NULL), VTEP_OK);
    EQUAL(vtep_host_link_get(host, "none", NULL, NULL), VTEP_E_NOTFOUND);
    EQUAL(vtep_host_links(host, NULL, &list, NULL), VTEP_OK);
    EQUAL(vtep_link_list_get(list, 0, NULL, NULL), VTEP_E_INVAL);
    vtep_link_list_free(list);
    EQUAL(vtep_host_bridge_create(host, &bridge, NULL, NULL), VTEP_OK);
    EQUAL(vtep_host_bridge_create(host, &bridge, NULL, NULL), VTEP_E_EXISTS);
    EQUAL(vtep_host_vxlan_delete(host, "br7", NULL, NULL), VTEP_E_FOREIGN);
    EQUAL(vtep_host_bridge_delete(host, "br7", NULL), VTEP_OK);
    vtep_host_close(host);
}

int main(void) {
    vtep_host *host = open_host();
    vtep_vxlan_options vxlan = vxlan_named("vx0", 1000);
    uint32_t before;
    make_veth(host, "p0", "p1");
    make_bridge(host, "br0");
    vxlan.remote = ip("192.0.2.1");
    OK(vtep_host_vxlan_create(host, &vxlan, NULL, &err));
    OK(vtep_host_link_set_master(host, "p0", "br0", &err));
    before = link_count(host);
    values();
    hosts();
    links(host);
    devices(host);
    tables(host);
    more_tables(host);
    allowed(host);
    without_an_error();
    EQUAL(link_count(host), before);
    vtep_host_close(host);
    return check_result();
}
