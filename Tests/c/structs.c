/* Structs that are filled, the error among them: every size a program may come with, older and newer than the library.
 * Those that are read are in inputs.c. */
#include "network.h"

typedef vtep_status (*struct_call)(vtep_host *host, void *pointer);

static const vtep_route_list *routes;
static const vtep_address_list *addresses;
static const vtep_neighbour_list *neighbours;
static const vtep_fdb_list *fdb;
static const vtep_link_list *links;

#define READER(name, type, call) \
    static vtep_status name(vtep_host *host, void *pointer) { \
        type *out = (type *)pointer; \
        (void)host; \
        return call; \
    }
READER(link_get, vtep_link, vtep_host_link_get(host, "p0", out, &err))
READER(link_by_index, vtep_link, vtep_host_link_get_by_index(host, 1, out, &err))
READER(link_statistics, vtep_link_statistics, vtep_host_link_statistics(host, "p0", out, &err))
READER(vxlan_get, vtep_vxlan, vtep_host_vxlan_get(host, "vx0", out, &err))
READER(bridge_get, vtep_bridge, vtep_host_bridge_get(host, "br0", out, &err))
READER(bridge_port_get, vtep_bridge_port, vtep_host_bridge_port_get(host, "p0", out, &err))
READER(bridge_status, vtep_bridge_status, vtep_host_bridge_status(host, "br0", out, &err))
READER(bridge_port_status, vtep_bridge_port_status, vtep_host_bridge_port_status(host, "p0", out, &err))
READER(list_link, vtep_link, vtep_link_list_get(links, 0, out, &err))
READER(list_statistics, vtep_link_statistics, vtep_link_list_statistics(links, 0, out, &err))
READER(list_address, vtep_address, vtep_address_list_get(addresses, 0, out, &err))
READER(list_route, vtep_route, vtep_route_list_get(routes, 0, out, &err))
READER(list_neighbour, vtep_neighbour, vtep_neighbour_list_get(neighbours, 0, out, &err))
static const vtep_nexthop_list *nexthops;
static const vtep_nexthop_bucket_list *buckets;
static const vtep_rule_list *rules;
READER(list_nexthop, vtep_nexthop, vtep_nexthop_list_get(nexthops, 0, out, &err))
READER(list_bucket, vtep_nexthop_bucket, vtep_nexthop_bucket_list_get(buckets, 0, out, &err))
READER(list_rule, vtep_rule, vtep_rule_list_get(rules, 0, out, &err))

static vtep_fdb_entry first_entry;
READER(fdb_get, vtep_fdb_entry, vtep_host_fdb_get(host, &first_entry, out, &err))
READER(list_fdb, vtep_fdb_entry, vtep_fdb_list_get(fdb, 0, out, &err))

/* A heap block of exactly that many bytes, and none of them zero. */
static unsigned char *block_of(uint32_t size, uint32_t claimed) {
    unsigned char *block = (unsigned char *)malloc(size);
    memset(block, 0x5A, size);
    memcpy(block, &claimed, sizeof claimed);
    return block;
}

static int untouched(const unsigned char *block, uint32_t size) {
    uint32_t i;
    for (i = 4; i < size; i++)
        if (block[i] != 0x5A) return 0;
    return 1;
}

/* steady: two calls get the same. */
static void expect_output(vtep_host *host, struct_call call, uint32_t exact, int steady) {
    const uint32_t refused[] = { 0, 4, exact - 1, 4097, 0x5A5A5A5A, UINT32_MAX };
    unsigned char *block, *reference = block_of(exact, exact);
    uint32_t size, i;
    OK(call(host, reference));
    CHECK(!untouched(reference, exact));
    for (i = 0; i < sizeof refused / sizeof *refused; i++) {
        block = block_of(exact, refused[i]);
        FAILS(VTEP_E_INVAL, "size", call(host, block));
        CHECK(untouched(block, exact));
        free(block);
    }
    for (i = 0; i < 3; i++) { /* a program that knows more fields: they come out as zero */
        static const uint32_t more[] = { 1, 64, 4096 };
        size = more[i] == 4096 ? 4096 : exact + more[i];
        block = block_of(size, size);
        OK(call(host, block));
        CHECK(memcmp(block, &size, sizeof size) == 0);
        CHECK(!steady || memcmp(block + 4, reference + 4, exact - 4) == 0);
        while (size > exact && block[size - 1] == 0) size--;
        EQUAL(size, exact);
        free(block);
    }
    free(reference);
}

static void outputs(vtep_host *host) {
    vtep_route_list *route_list = NULL;
    vtep_address_list *address_list = NULL;
    vtep_neighbour_list *neighbour_list = NULL;
    vtep_fdb_list *fdb_list = NULL;
    vtep_link_list *link_list = NULL;
    vtep_nexthop_list *nexthop_list = NULL;
    vtep_nexthop_bucket_list *bucket_list = NULL;
    vtep_rule_list *rule_list = NULL;
    vtep_link link = VTEP_LINK_INIT;
    uint32_t i;
    OK(vtep_host_routes(host, 4, VTEP_TABLE_MAIN, &route_list, &err));
    OK(vtep_host_addresses(host, "p0", &address_list, &err));
    OK(vtep_host_neighbours(host, "p0", &neighbour_list, &err));
    OK(vtep_host_fdb(host, "vx0", &fdb_list, &err));
    OK(vtep_host_links(host, NULL, &link_list, &err));
    routes = route_list, addresses = address_list, neighbours = neighbour_list, fdb = fdb_list, links = link_list;
    expect_output(host, link_get, sizeof(vtep_link), 1);
    expect_output(host, link_by_index, sizeof(vtep_link), 1);
    expect_output(host, link_statistics, sizeof(vtep_link_statistics), 0);
    expect_output(host, vxlan_get, sizeof(vtep_vxlan), 1);
    expect_output(host, bridge_get, sizeof(vtep_bridge), 1);
    expect_output(host, bridge_port_get, sizeof(vtep_bridge_port), 1);
    expect_output(host, bridge_status, sizeof(vtep_bridge_status), 0);
    expect_output(host, bridge_port_status, sizeof(vtep_bridge_port_status), 0);
    expect_output(host, list_link, sizeof(vtep_link), 1);
    expect_output(host, list_statistics, sizeof(vtep_link_statistics), 1);
    expect_output(host, list_address, sizeof(vtep_address), 1);
    expect_output(host, list_route, sizeof(vtep_route), 1);
    expect_output(host, list_neighbour, sizeof(vtep_neighbour), 1);
    expect_output(host, list_fdb, sizeof(vtep_fdb_entry), 1);
    CHECK(system("ip nexthop add id 1 via 10.0.0.9 dev p0 && ip nexthop add id 2 group 1 type resilient buckets 4") == 0);
    OK(vtep_host_nexthops(host, NULL, &nexthop_list, &err));
    OK(vtep_host_nexthop_buckets(host, 0, &bucket_list, &err));
    OK(vtep_host_rules(host, 0, &rule_list, &err));
    nexthops = nexthop_list, buckets = bucket_list, rules = rule_list;
    expect_output(host, list_nexthop, sizeof(vtep_nexthop), 1);
    expect_output(host, list_bucket, sizeof(vtep_nexthop_bucket), 1);
    expect_output(host, list_rule, sizeof(vtep_rule), 1);
    vtep_nexthop_list_free(nexthop_list);
    vtep_nexthop_bucket_list_free(bucket_list);
    vtep_rule_list_free(rule_list);
    first_entry.size = sizeof first_entry;
    OK(vtep_fdb_list_get(fdb, 0, &first_entry, &err));
    expect_output(host, fdb_get, sizeof(vtep_fdb_entry), 0);
    for (i = 0; i < vtep_link_list_count(links); i++) { /* one struct over and over, its size set only once */
        OK(vtep_link_list_get(links, i, &link, &err));
        EQUAL(link.size, sizeof link);
        CHECK(link.name[0] != 0);
    }
    vtep_route_list_free(route_list);
    vtep_address_list_free(address_list);
    vtep_neighbour_list_free(neighbour_list);
    vtep_fdb_list_free(fdb_list);
    vtep_link_list_free(link_list);
}

/* What is made may be described in the same call: a wrong size of `out` is told before anything is made. */
static void output_is_checked_first(vtep_host *host) {
    vtep_bridge_options bridge = bridge_named("never0");
    vtep_vxlan_options vxlan = vxlan_named("never0", 999);
    vtep_veth_options veth = veth_named("never0", "never1");
    vtep_link link = VTEP_LINK_INIT;
    uint32_t before = link_count(host);
    link.size = 12;
    FAILS(VTEP_E_INVAL, "size", vtep_host_bridge_create(host, &bridge, &link, &err));
    FAILS(VTEP_E_INVAL, "size", vtep_host_vxlan_create(host, &vxlan, &link, &err));
    FAILS(VTEP_E_INVAL, "size", vtep_host_veth_create(host, &veth, &link, &err));
    EQUAL(link_count(host), before);
}

/* ---- The error itself ---- */

static void error_sizes(void) {
    static const uint32_t refused[] = { 0, 4, sizeof(vtep_error) - 1, 4097, UINT32_MAX };
    vtep_ip out;
    uint32_t i;
    vtep_error *error;
    for (i = 0; i < sizeof refused / sizeof *refused; i++) {
        unsigned char *block = block_of(sizeof(vtep_error), refused[i]);
        EQUAL(vtep_ip_parse("nonsense", &out, (vtep_error *)(void *)block), VTEP_E_INVAL);
        CHECK(untouched(block, sizeof(vtep_error)));
        EQUAL(vtep_ip_parse("10.0.0.1", &out, (vtep_error *)(void *)block), VTEP_OK);
        CHECK(untouched(block, sizeof(vtep_error)));
        free(block);
    }
    error = (vtep_error *)(void *)block_of(4096, 4096);
    EQUAL(vtep_ip_parse("nonsense", &out, error), VTEP_E_INVAL);
    EQUAL(error->code, VTEP_E_INVAL);
    EQUAL(error->size, 4096);
    EQUAL(error->sys_errno, 0);
    EQUAL(error->attribute_offset, -1);
    CHECK(strstr(error->message, "nonsense") != NULL);
    TEXT(error->kernel_message, "");
    for (i = sizeof(vtep_error); i < 4096 && ((const unsigned char *)error)[i] == 0; i++) continue;
    EQUAL(i, 4096);
    EQUAL(vtep_ip_parse("10.0.0.1", &out, error), VTEP_OK);
    EQUAL(error->code, VTEP_OK);
    TEXT(error->message, "");
    TEXT(error->remedy, "");
    free(error);
}

/* Each ..._INIT macro sets the size and zeroes all else. */
#define INITIAL(type, init) \
    do { \
        type value = init; \
        unsigned char *bytes = (unsigned char *)&value; \
        uint32_t i; \
        EQUAL(value.size, sizeof value); \
        for (i = 4; i < sizeof value && bytes[i] == 0; i++) continue; \
        EQUAL(i, sizeof value); \
    } while (0)

static void initial_values(void) {
    vtep_error error = VTEP_ERROR_INIT;
    EQUAL(error.size, sizeof error);
    EQUAL(error.code, VTEP_OK);
    EQUAL(error.attribute_offset, -1); /* none: the one field that is not zero */
    TEXT(error.message, "");
    INITIAL(vtep_link, VTEP_LINK_INIT);
    INITIAL(vtep_link_statistics, VTEP_LINK_STATISTICS_INIT);
    INITIAL(vtep_vxlan, VTEP_VXLAN_INIT);
    INITIAL(vtep_bridge, VTEP_BRIDGE_INIT);
    INITIAL(vtep_bridge_port, VTEP_BRIDGE_PORT_INIT);
    INITIAL(vtep_bridge_status, VTEP_BRIDGE_STATUS_INIT);
    INITIAL(vtep_bridge_port_status, VTEP_BRIDGE_PORT_STATUS_INIT);
    INITIAL(vtep_bridge_port_options, VTEP_BRIDGE_PORT_OPTIONS_INIT);
    INITIAL(vtep_vxlan_options, VTEP_VXLAN_OPTIONS_INIT);
    INITIAL(vtep_bridge_options, VTEP_BRIDGE_OPTIONS_INIT);
    INITIAL(vtep_veth_options, VTEP_VETH_OPTIONS_INIT);
    INITIAL(vtep_address, VTEP_ADDRESS_INIT);
    INITIAL(vtep_route, VTEP_ROUTE_INIT);
    INITIAL(vtep_neighbour, VTEP_NEIGHBOUR_INIT);
    INITIAL(vtep_fdb_entry, VTEP_FDB_ENTRY_INIT);
}

int main(void) {
    vtep_host *host = open_host();
    vtep_neighbour neighbour = VTEP_NEIGHBOUR_INIT;
    vtep_vxlan_options vxlan = vxlan_named("vx0", 1000);
    make_veth(host, "p0", "p1");
    make_bridge(host, "br0");
    vxlan.remote = ip("192.0.2.1");
    OK(vtep_host_vxlan_create(host, &vxlan, NULL, &err));
    OK(vtep_host_link_set_master(host, "p0", "br0", &err));
    add_address(host, "p0", "10.0.0.1/24");
    neighbour.link_index = index_of(host, "p0");
    neighbour.address = ip("10.0.0.2");
    neighbour.mac = mac("02:00:00:00:00:02");
    neighbour.has = VTEP_NEIGHBOUR_HAS_MAC;
    OK(vtep_host_neighbour_add(host, &neighbour, &err));

    outputs(host);
    output_is_checked_first(host);
    error_sizes();
    initial_values();
    vtep_host_close(host);
    return check_result();
}
