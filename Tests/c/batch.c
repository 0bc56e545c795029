/* Many changes in one call: all of them, some of them, none of them; what failed is told in order, and the rest has
 * happened. */
#include "network.h"

enum { COUNT = 1500 };

static vtep_fdb_entry entries[COUNT];
static vtep_neighbour neighbours[COUNT];
static vtep_route routes[COUNT];

static void prepare(vtep_host *host) {
    uint32_t i, vxlan = index_of(host, "vx0"), veth = index_of(host, "d0");
    for (i = 0; i < COUNT; i++) {
        vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT;
        vtep_neighbour neighbour = VTEP_NEIGHBOUR_INIT;
        vtep_route route = VTEP_ROUTE_INIT;
        vtep_mac address = { { 2, 0, 0, 0, (uint8_t)(i >> 8), (uint8_t)i } };
        vtep_ip remote = { 4, { 10, 77, (uint8_t)(i >> 8), (uint8_t)i, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } };
        entry.link_index = vxlan;
        neighbour.link_index = route.link_index = veth;
        entry.mac = neighbour.mac = address;
        entry.destination = neighbour.address = route.destination.address = remote;
        neighbour.has = VTEP_NEIGHBOUR_HAS_MAC;
        route.destination.length = 32;
        entries[i] = entry;
        neighbours[i] = neighbour;
        routes[i] = route;
    }
}

/* How many of ours the kernel has, by table. */
static uint32_t fdb_count(vtep_host *host) {
    vtep_fdb_list *list = NULL;
    uint32_t count;
    OK(vtep_host_fdb(host, "vx0", &list, &err));
    count = vtep_fdb_list_count(list);
    vtep_fdb_list_free(list);
    return count;
}

static uint32_t neighbour_count(vtep_host *host) {
    vtep_neighbour_list *list = NULL;
    vtep_neighbour neighbour = VTEP_NEIGHBOUR_INIT;
    uint32_t i, count = 0;
    OK(vtep_host_neighbours(host, "d0", &list, &err));
    for (i = 0; i < vtep_neighbour_list_count(list); i++) {
        if (vtep_neighbour_list_get(list, i, &neighbour, NULL) != VTEP_OK) break;
        count += neighbour.address.family == 4 && neighbour.address.bytes[1] == 77;
    }
    vtep_neighbour_list_free(list);
    return count;
}

static uint32_t route_count(vtep_host *host) {
    vtep_route_list *list = NULL;
    uint32_t count;
    OK(vtep_host_routes(host, 4, VTEP_TABLE_MAIN, &list, &err));
    count = vtep_route_list_count(list);
    vtep_route_list_free(list);
    return count;
}

/* That the failures are every `step`th change, each with that status. */
static void expect_failures(vtep_failure_list *list, uint32_t step, vtep_status status) {
    vtep_error failure = VTEP_ERROR_INIT;
    uint32_t i, index = 0, wrong = 0;
    EQUAL(vtep_failure_list_count(list), COUNT / step);
    for (i = 0; i < vtep_failure_list_count(list); i++) {
        if (vtep_failure_list_get(list, i, &index, &failure, NULL) != VTEP_OK) wrong++;
        wrong += index != i * step || failure.code != status || failure.message[0] == 0;
    }
    EQUAL(wrong, 0);
    OK(vtep_failure_list_get(list, 0, NULL, NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "", vtep_failure_list_get(list, COUNT / step, &index, &failure, &err));
    vtep_failure_list_free(list);
}

/* The same story for each table: add all, again, every third away and all again, replace, delete, again. */
#define STORY(apply, elements, count, base) \
    do { \
        vtep_failure_list *failures; \
        uint32_t i; \
        memset(&failures, 0x5A, sizeof failures); \
        OK(apply(host, VTEP_CHANGE_ADD, elements, COUNT, &failures, &err)); \
        CHECK(failures == NULL); \
        EQUAL(count(host), base + COUNT); \
        FAILS(VTEP_E_EXISTS, "1500", apply(host, VTEP_CHANGE_ADD, elements, COUNT, &failures, &err)); \
        expect_failures(failures, 1, VTEP_E_EXISTS); \
        FAILS(VTEP_E_EXISTS, "", apply(host, VTEP_CHANGE_ADD, elements, COUNT, NULL, &err)); /* nobody asks */ \
        OK(apply(host, VTEP_CHANGE_REPLACE, elements, COUNT, &failures, &err)); \
        EQUAL(count(host), base + COUNT); \
        for (i = 0; i < COUNT; i += 3) OK(apply(host, VTEP_CHANGE_DELETE, &elements[i], 1, &failures, &err)); \
        EQUAL(count(host), base + COUNT - COUNT / 3); \
        FAILS(VTEP_E_NOTFOUND, "500", apply(host, VTEP_CHANGE_DELETE, elements, COUNT, &failures, &err)); \
        expect_failures(failures, 3, VTEP_E_NOTFOUND); \
        EQUAL(count(host), base); /* the others have happened */ \
    } while (0)

/* What is wrong with the call, not with an element: nothing happens, and there is no list. */
#define REFUSED(words, call) \
    do { \
        memset(&failures, 0x5A, sizeof failures); \
        FAILS(VTEP_E_INVAL, words, call); \
        CHECK(failures == NULL); \
    } while (0)

static void refused(vtep_host *host) {
    vtep_failure_list *failures = NULL;
    vtep_error failure = VTEP_ERROR_INIT;
    uint32_t base = fdb_count(host), index;
    OK(vtep_host_fdb_apply(host, VTEP_CHANGE_ADD, entries, 0, &failures, &err)); /* nothing to do */
    OK(vtep_host_fdb_apply(host, VTEP_CHANGE_ADD, NULL, 0, NULL, &err));
    REFUSED("host", vtep_host_fdb_apply(NULL, VTEP_CHANGE_ADD, entries, 2, &failures, &err));
    REFUSED("host", vtep_host_neighbour_apply(NULL, VTEP_CHANGE_ADD, neighbours, 2, &failures, &err));
    REFUSED("host", vtep_host_route_apply(NULL, VTEP_CHANGE_ADD, routes, 2, &failures, &err));
    REFUSED("NULL", vtep_host_fdb_apply(host, VTEP_CHANGE_ADD, NULL, 2, &failures, &err));
    REFUSED("NULL", vtep_host_neighbour_apply(host, VTEP_CHANGE_ADD, NULL, 2, &failures, &err));
    REFUSED("NULL", vtep_host_route_apply(host, VTEP_CHANGE_ADD, NULL, 2, &failures, &err));
    REFUSED("6", vtep_host_fdb_apply(host, 6, entries, 2, &failures, &err));
    REFUSED("4294967295", vtep_host_neighbour_apply(host, UINT32_MAX, neighbours, 2, &failures, &err));
    REFUSED("6", vtep_host_route_apply(host, 6, routes, 2, &failures, &err));
    entries[0].size = 4;
    REFUSED("size", vtep_host_fdb_apply(host, VTEP_CHANGE_ADD, entries, 2, &failures, &err));
    entries[0].size = sizeof entries[0];
    FAILS(VTEP_E_INVAL, "NULL", vtep_failure_list_get(NULL, 0, &index, &failure, &err));
    EQUAL(vtep_failure_list_count(NULL), 0);
    vtep_failure_list_free(NULL);
    EQUAL(fdb_count(host), base);
}

/* A program built for a newer library: its elements lie further apart. */
static void wider_elements(vtep_host *host) {
    uint32_t wide = sizeof(vtep_fdb_entry) + 8, base = fdb_count(host), i;
    unsigned char *block = (unsigned char *)calloc(5, wide);
    vtep_failure_list *failures = NULL;
    for (i = 0; i < 5; i++) {
        memcpy(block + i * wide, &entries[i], sizeof entries[i]);
        memcpy(block + i * wide, &wide, sizeof wide);
    }
    OK(vtep_host_fdb_apply(host, VTEP_CHANGE_ADD, (vtep_fdb_entry *)(void *)block, 5, &failures, &err));
    EQUAL(fdb_count(host), base + 5);
    OK(vtep_host_fdb_apply(host, VTEP_CHANGE_DELETE, entries, 5, &failures, &err));
    EQUAL(fdb_count(host), base);
    free(block);
}

int main(void) {
    vtep_host *host = open_host();
    make_vxlan(host, "vx0", 1);
    make_veth(host, "d0", "d1");
    add_address(host, "d0", "10.1.0.1/24");
    prepare(host);
    STORY(vtep_host_fdb_apply, entries, fdb_count, 0);
    STORY(vtep_host_neighbour_apply, neighbours, neighbour_count, 0);
    STORY(vtep_host_route_apply, routes, route_count, 1);
    refused(host);
    wider_elements(host);
    vtep_host_close(host);
    return check_result();
}
