/* Structs that are read: every size a program may come with, older and newer than the library, every bit that only a
 * newer library would know, and every number that is no truth value. */
#include "network.h"

typedef vtep_status (*struct_call)(vtep_host *host, void *pointer);

#define WRITER(name, type, call) \
    static vtep_status name(vtep_host *host, void *pointer) { \
        const type *in = (const type *)pointer; \
        return call; \
    }
WRITER(vxlan_create, vtep_vxlan_options, vtep_host_vxlan_create(host, in, NULL, &err))
WRITER(vxlan_change, vtep_vxlan_options, vtep_host_vxlan_change(host, in, NULL, &err))
WRITER(bridge_create, vtep_bridge_options, vtep_host_bridge_create(host, in, NULL, &err))
WRITER(bridge_change, vtep_bridge_options, vtep_host_bridge_change(host, in, NULL, &err))
WRITER(bridge_port_change, vtep_bridge_port_options, vtep_host_bridge_port_change(host, in, NULL, &err))
WRITER(veth_create, vtep_veth_options, vtep_host_veth_create(host, in, NULL, &err))
WRITER(route_add, vtep_route, vtep_host_route_add(host, in, &err))
WRITER(route_replace, vtep_route, vtep_host_route_replace(host, in, &err))
WRITER(route_delete, vtep_route, vtep_host_route_delete(host, in, &err))
WRITER(neighbour_add, vtep_neighbour, vtep_host_neighbour_add(host, in, &err))
WRITER(neighbour_replace, vtep_neighbour, vtep_host_neighbour_replace(host, in, &err))
WRITER(neighbour_delete, vtep_neighbour, vtep_host_neighbour_delete(host, in, &err))
WRITER(route_append, vtep_route, vtep_host_route_append(host, in, &err))
WRITER(route_update, vtep_route, vtep_host_route_update(host, in, &err))
WRITER(neighbour_update, vtep_neighbour, vtep_host_neighbour_update(host, in, &err))
WRITER(neighbour_flush, vtep_neighbour_filter, vtep_host_neighbour_flush(host, "p0", in, NULL, &err))
WRITER(address_put, vtep_address, vtep_host_address_put(host, in, 0, &err))
WRITER(nexthop_add, vtep_nexthop, vtep_host_nexthop_add(host, in, NULL, &err))
WRITER(nexthop_replace, vtep_nexthop, vtep_host_nexthop_replace(host, in, &err))
WRITER(nexthop_flush, vtep_nexthop_filter, vtep_host_nexthop_flush(host, in, NULL, &err))
WRITER(rule_add, vtep_rule, vtep_host_rule_add(host, in, &err))
WRITER(rule_delete, vtep_rule, vtep_host_rule_delete(host, in, &err))

static vtep_status route_find(vtep_host *host, void *pointer) {
    vtep_route_list *list = NULL;
    vtep_status status = vtep_host_route_find(host, (const vtep_route_lookup *)pointer, &list, &err);
    vtep_route_list_free(list);
    return status;
}

/* Structs that another one points to. */
static vtep_status route_with_metrics(vtep_host *host, void *pointer) {
    vtep_route route = VTEP_ROUTE_INIT;
    route.destination = prefix("10.9.9.0/24");
    route.link_index = index_of(host, "p0");
    route.metrics = (const vtep_route_metrics *)pointer;
    return vtep_host_route_add(host, &route, &err);
}

static vtep_status route_encapsulated(vtep_host *host, void *pointer) {
    vtep_route route = VTEP_ROUTE_INIT;
    route.destination = prefix("10.9.8.0/24");
    route.link_index = index_of(host, "p0");
    route.encapsulation = (const vtep_encapsulation *)pointer;
    return vtep_host_route_add(host, &route, &err);
}

WRITER(fdb_add, vtep_fdb_entry, vtep_host_fdb_add(host, in, &err))
WRITER(fdb_append, vtep_fdb_entry, vtep_host_fdb_append(host, in, &err))
WRITER(fdb_replace, vtep_fdb_entry, vtep_host_fdb_replace(host, in, &err))
WRITER(fdb_delete, vtep_fdb_entry, vtep_host_fdb_delete(host, in, &err))
WRITER(fdb_flush, vtep_fdb_filter, vtep_host_fdb_flush(host, "vx0", in, &err))

/* `good` is accepted as it is. Refused: each wrong size, each unknown bit, anything past the part that is known. */
static void expect_input(vtep_host *host, struct_call call, const void *good, uint32_t exact, uint32_t known_bits) {
    const uint32_t refused[] = { 0, 4, exact - 1, 4097, UINT32_MAX };
    unsigned char *block = (unsigned char *)malloc(4096);
    uint32_t i, bits, size;
    for (i = 0; i < sizeof refused / sizeof *refused; i++) {
        memcpy(block, good, exact);
        memcpy(block, &refused[i], 4);
        FAILS(VTEP_E_INVAL, "size", call(host, block));
    }
    for (i = 0; i < 32; i++) {
        if (known_bits >> i & 1) continue;
        memcpy(block, good, exact);
        memcpy(&bits, block + 4, 4);
        bits |= UINT32_C(1) << i;
        memcpy(block + 4, &bits, 4);
        FAILS(VTEP_E_INVAL, "bits", call(host, block));
    }
    for (i = 0; i < 3; i++) { /* newer by one byte, by some, by all there may be: its last byte is not zero */
        static const uint32_t more[] = { 1, 8, 4096 };
        size = more[i] == 4096 ? 4096 : exact + more[i];
        memset(block, 0, 4096);
        memcpy(block, good, exact);
        memcpy(block, &size, 4);
        block[size - 1] = 1;
        FAILS(VTEP_E_INVAL, "past", call(host, block));
    }
    free(block);
    for (i = 0; i < 2; i++) { /* and accepted: newer with nothing in it, and exact; nothing beyond is read */
        size = i == 0 ? 4096 : exact;
        block = (unsigned char *)calloc(1, size);
        memcpy(block, good, exact);
        memcpy(block, &size, 4);
        if (i == 0) {
            OK(call(host, block));
        } else {
            vtep_status status = call(host, block); /* exists by now, or is gone */
            CHECK(status == VTEP_OK || status == VTEP_E_EXISTS || status == VTEP_E_NOTFOUND);
        }
        free(block);
    }
}

static void link_options(vtep_host *host) {
    vtep_vxlan_options vxlan = vxlan_named("vx1", 1001);
    vtep_bridge_options bridge = bridge_named("br1");
    vtep_bridge_port_options port = VTEP_BRIDGE_PORT_OPTIONS_INIT;
    vtep_veth_options veth = veth_named("v0", "v1");
    expect_input(host, vxlan_create, &vxlan, sizeof vxlan, 0x1FFF);
    expect_input(host, vxlan_change, &vxlan, sizeof vxlan, 0x1FFF);
    expect_input(host, bridge_create, &bridge, sizeof bridge, 0xFFFFFF);
    bridge.up = 0;
    expect_input(host, bridge_change, &bridge, sizeof bridge, 0xFFFFFF);
    OK(vtep_host_link_set_master(host, "p0", "br1", &err));
    port.name = "p0";
    expect_input(host, bridge_port_change, &port, sizeof port, 0xFF);
    OK(vtep_host_link_set_master(host, "p0", NULL, &err));
    expect_input(host, veth_create, &veth, sizeof veth, 0x1F);
}

static void table_entries(vtep_host *host) {
    vtep_route route = VTEP_ROUTE_INIT;
    vtep_neighbour neighbour = VTEP_NEIGHBOUR_INIT;
    vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT;
    vtep_fdb_filter filter = VTEP_FDB_FILTER_INIT;
    route.destination = prefix("10.9.0.0/24");
    route.link_index = neighbour.link_index = index_of(host, "p0");
    expect_input(host, route_add, &route, sizeof route, 0x7F);
    expect_input(host, route_replace, &route, sizeof route, 0x7F);
    expect_input(host, route_update, &route, sizeof route, 0x7F);
    expect_input(host, route_delete, &route, sizeof route, 0x7F);
    expect_input(host, route_append, &route, sizeof route, 0x7F);
    neighbour.address = ip("10.0.0.77");
    neighbour.mac = mac("02:00:00:00:00:77");
    neighbour.has = VTEP_NEIGHBOUR_HAS_MAC;
    expect_input(host, neighbour_add, &neighbour, sizeof neighbour, 0xF);
    expect_input(host, neighbour_replace, &neighbour, sizeof neighbour, 0xF);
    expect_input(host, neighbour_update, &neighbour, sizeof neighbour, 0xF);
    expect_input(host, neighbour_delete, &neighbour, sizeof neighbour, 0xF);
    entry.link_index = index_of(host, "vx0");
    entry.mac = mac("02:00:00:00:00:78");
    entry.destination = ip("192.0.2.78");
    expect_input(host, fdb_add, &entry, sizeof entry, 0x1FF);
    expect_input(host, fdb_replace, &entry, sizeof entry, 0x1FF);
    expect_input(host, fdb_delete, &entry, sizeof entry, 0x1FF);
    entry.mac = mac("00:00:00:00:00:00");
    expect_input(host, fdb_append, &entry, sizeof entry, 0x1FF);
    filter.state = filter.state_mask = VTEP_NEIGHBOUR_NOARP;
    expect_input(host, fdb_flush, &filter, sizeof filter, 0xF);
}

static void newer_tables(vtep_host *host) {
    vtep_route_metrics metrics = VTEP_ROUTE_METRICS_INIT;
    vtep_encapsulation tunnel = VTEP_ENCAPSULATION_INIT;
    vtep_route_lookup lookup = VTEP_ROUTE_LOOKUP_INIT;
    vtep_neighbour_filter neighbours = VTEP_NEIGHBOUR_FILTER_INIT;
    vtep_nexthop_filter nexthops = VTEP_NEXTHOP_FILTER_INIT;
    vtep_address address = VTEP_ADDRESS_INIT;
    vtep_nexthop hop = VTEP_NEXTHOP_INIT;
    vtep_rule rule = VTEP_RULE_INIT;
    expect_input(host, route_with_metrics, &metrics, sizeof metrics, 0x2FFFC);
    tunnel.type = VTEP_ENCAPSULATION_IP;
    tunnel.destination = ip("10.0.0.29");
    expect_input(host, route_encapsulated, &tunnel, sizeof tunnel, 0x1);
    lookup.destination = ip("10.9.9.9");
    expect_input(host, route_find, &lookup, sizeof lookup, 0x3F);
    expect_input(host, neighbour_flush, &neighbours, sizeof neighbours, 0x3);
    address.link_index = index_of(host, "p0");
    address.prefix = prefix("10.77.0.1/24");
    expect_input(host, address_put, &address, sizeof address, 0x3F);
    hop.id = 7;
    hop.blackhole = 1;
    FAILS(VTEP_E_SYSTEM, "set lo up", vtep_host_nexthop_add(host, &hop, NULL, &err)); /* where it hides its packets */
    OK(vtep_host_link_set_up(host, "lo", 1, &err));
    expect_input(host, nexthop_add, &hop, sizeof hop, 0x3);
    expect_input(host, nexthop_replace, &hop, sizeof hop, 0x3);
    expect_input(host, nexthop_flush, &nexthops, sizeof nexthops, 0);
    rule.family = 4;
    rule.table = 7;
    rule.priority = 100;
    rule.has = VTEP_RULE_HAS_PRIORITY;
    expect_input(host, rule_add, &rule, sizeof rule, 0x7FFFF);
    expect_input(host, rule_delete, &rule, sizeof rule, 0x7FFFF);
    hop.reserved[7] = 1;
    FAILS(VTEP_E_INVAL, "reserved", vtep_host_nexthop_add(host, &hop, NULL, &err));
    hop.reserved[7] = 0;
    hop.fdb = 2;
    FAILS(VTEP_E_INVAL, "fdb", vtep_host_nexthop_add(host, &hop, NULL, &err));
    rule.reserved[2] = 1;
    FAILS(VTEP_E_INVAL, "reserved", vtep_host_rule_add(host, &rule, &err));
    address.reserved[1] = 1;
    FAILS(VTEP_E_INVAL, "reserved", vtep_host_address_put(host, &address, 0, &err));
    lookup.reserved[2] = 1;
    FAILS(VTEP_E_INVAL, "reserved", route_find(host, &lookup));
    lookup.reserved[2] = 0;
    lookup.match_table = 2;
    FAILS(VTEP_E_INVAL, "match_table", route_find(host, &lookup));
    neighbours.reserved[0] = 1;
    FAILS(VTEP_E_INVAL, "reserved", neighbour_flush(host, &neighbours));
    nexthops.reserved = 1;
    FAILS(VTEP_E_INVAL, "reserved", nexthop_flush(host, &nexthops));
}

/* Each byte of a reserved field, and each truth value that is none. */
#define REFUSES(words, field, type, named, call) \
    do { \
        type options = named; \
        uint32_t before = link_count(host), byte; \
        for (byte = 0; byte < sizeof options.field; byte++) { \
            memset(&options.field, 0, sizeof options.field); \
            ((uint8_t *)&options.field)[byte] = 2; \
            options.has = truths; \
            FAILS(VTEP_E_INVAL, words, call(host, &options, NULL, &err)); \
        } \
        EQUAL(link_count(host), before); \
    } while (0)

static void reserved_fields_and_truths(vtep_host *host) {
    uint32_t truths = 0;
    vtep_route route = VTEP_ROUTE_INIT;
    vtep_neighbour neighbour = VTEP_NEIGHBOUR_INIT;
    vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT;
    vtep_fdb_filter filter = VTEP_FDB_FILTER_INIT;
    vtep_next_hop hop;
    REFUSES("reserved", reserved, vtep_vxlan_options, vxlan_named("vx2", 1002), vtep_host_vxlan_create);
    REFUSES("reserved", reserved, vtep_bridge_options, bridge_named("br2"), vtep_host_bridge_create);
    REFUSES("reserved", reserved, vtep_veth_options, veth_named("v2", "v3"), vtep_host_veth_create);
    REFUSES("up", up, vtep_vxlan_options, vxlan_named("vx2", 1002), vtep_host_vxlan_create);
    REFUSES("up", up, vtep_bridge_options, bridge_named("br2"), vtep_host_bridge_create);
    REFUSES("up", up, vtep_veth_options, veth_named("v2", "v3"), vtep_host_veth_create);
    FAILS(VTEP_E_INVAL, "2", vtep_host_link_set_up(host, "p0", 2, &err));

    route.destination = prefix("10.9.1.0/24");
    route.link_index = neighbour.link_index = entry.link_index = index_of(host, "p0");
    route.reserved[6] = 1;
    FAILS(VTEP_E_INVAL, "reserved", vtep_host_route_add(host, &route, &err));
    route.reserved[6] = 0;
    route.on_link = 2;
    FAILS(VTEP_E_INVAL, "on_link", vtep_host_route_add(host, &route, &err));
    route.on_link = 0;
    memset(&hop, 0, sizeof hop);
    hop.link_index = route.link_index;
    hop.weight = 1;
    hop.reserved2[2] = 1;
    route.link_index = 0;
    route.next_hop_count = 1;
    route.next_hops = &hop;
    FAILS(VTEP_E_INVAL, "reserved", vtep_host_route_add(host, &route, &err));
    hop.reserved2[2] = 0;
    hop.reserved = 1;
    FAILS(VTEP_E_INVAL, "reserved", vtep_host_route_add(host, &route, &err));
    neighbour.address = ip("10.0.0.78");
    neighbour.has = VTEP_NEIGHBOUR_HAS_MAC;
    neighbour.mac = mac("02:00:00:00:00:01");
    neighbour.reserved[1] = 1;
    FAILS(VTEP_E_INVAL, "reserved", vtep_host_neighbour_add(host, &neighbour, &err));
    entry.mac = neighbour.mac;
    entry.reserved[1] = 1;
    FAILS(VTEP_E_INVAL, "reserved", vtep_host_fdb_add(host, &entry, &err));
    entry.reserved[1] = 0;
    entry.has = VTEP_FDB_HAS_ACTIVITY;
    entry.activity = 4;
    FAILS(VTEP_E_INVAL, "activity", vtep_host_fdb_add(host, &entry, &err));
    filter.master = 2;
    FAILS(VTEP_E_INVAL, "master", vtep_host_fdb_flush(host, "vx0", &filter, &err));
    filter.master = 0;
    filter.reserved[0] = 1;
    FAILS(VTEP_E_INVAL, "reserved", vtep_host_fdb_flush(host, "vx0", &filter, &err));
}

/* Fields whose bit is not set mean nothing, whatever is in them. */
static void unset_fields_are_ignored(vtep_host *host) {
    vtep_vxlan_options options = vxlan_named("vx3", 1003);
    options.destination_port = options.ttl = options.tos = options.ageing = options.mtu = UINT32_MAX;
    options.source_port_min = options.source_port_max = UINT32_MAX;
    options.df = options.flow_label = options.flow_label_policy = options.maximum_entries = UINT32_MAX;
    options.reserved_bits = UINT64_MAX;
    memset(&options.mac, 0xFF, sizeof options.mac);
    OK(vtep_host_vxlan_create(host, &options, NULL, &err));
}

int main(void) {
    vtep_host *host = open_host();
    vtep_vxlan_options vxlan = vxlan_named("vx0", 1000);
    make_veth(host, "p0", "p1");
    vxlan.remote = ip("192.0.2.1");
    OK(vtep_host_vxlan_create(host, &vxlan, NULL, &err));
    link_options(host);
    table_entries(host);
    newer_tables(host);
    reserved_fields_and_truths(host);
    unset_fields_are_ignored(host);
    vtep_host_close(host);
    return check_result();
}
