/* Many elements of a list at once: the same as one by one, in every size a program may come with, or nothing at all. */
#include "network.h"

/* `list`, of `count` elements, of the function names with that stem. */
#define EXPECT_COPIES(stem, type, list, count) \
    do { \
        const uint32_t total = (count), wide = sizeof(type) + 64; \
        type one, *several = (type *)calloc(total, sizeof(type)); \
        unsigned char *wider = (unsigned char *)calloc(total, wide); \
        uint32_t at; \
        several->size = sizeof(type); \
        OK(stem##_copy(list, 0, total, several, &err)); \
        memset(wider, 0x5A, (size_t)total * wide); \
        memcpy(wider, &wide, sizeof wide); \
        OK(stem##_copy(list, 0, total, (type *)(void *)wider, &err)); \
        for (at = 0; at < total; at++) { \
            memset(&one, 0, sizeof one); \
            one.size = sizeof one; \
            OK(stem##_get(list, at, &one, &err)); \
            CHECK(memcmp(&one, &several[at], sizeof one) == 0); \
            CHECK(memcmp(wider + (size_t)at * wide, &wide, sizeof wide) == 0); \
            CHECK(memcmp(wider + (size_t)at * wide + 4, (unsigned char *)&one + 4, sizeof one - 4) == 0); \
            EQUAL(wider[(size_t)at * wide + wide - 1], 0); \
        } \
        memset(&one, 0, sizeof one); \
        one.size = sizeof one; \
        OK(stem##_copy(list, total - 1, 1, &one, &err)); \
        CHECK(memcmp(&one, &several[total - 1], sizeof one) == 0); \
        OK(stem##_copy(list, 0, 0, NULL, &err)); \
        OK(stem##_copy(list, total, 0, NULL, &err)); \
        memset(several, 0x5A, sizeof one); \
        several->size = sizeof one; \
        FAILS(VTEP_E_NOTFOUND, "", stem##_copy(list, 0, total + 1, several, &err)); \
        FAILS(VTEP_E_NOTFOUND, "", stem##_copy(list, total, 1, several, &err)); \
        FAILS(VTEP_E_NOTFOUND, "", stem##_copy(list, total + 1, 0, several, &err)); \
        FAILS(VTEP_E_NOTFOUND, "", stem##_copy(list, UINT32_MAX, UINT32_MAX, several, &err)); \
        several->size = sizeof one - 1; \
        FAILS(VTEP_E_INVAL, "size", stem##_copy(list, 0, 1, several, &err)); \
        EQUAL(((unsigned char *)several)[4], 0x5A); \
        FAILS(VTEP_E_INVAL, "\"out\" is NULL", stem##_copy(list, 0, 1, NULL, &err)); \
        FAILS(VTEP_E_INVAL, "\"list\" is NULL", stem##_copy(NULL, 0, 1, several, &err)); \
        free(wider); \
        free(several); \
    } while (0)

static void tables(vtep_host *host) {
    vtep_link_list *links = NULL;
    vtep_address_list *addresses = NULL;
    vtep_route_list *routes = NULL;
    vtep_neighbour_list *neighbours = NULL;
    vtep_fdb_list *fdb = NULL;
    OK(vtep_host_links(host, NULL, &links, &err));
    OK(vtep_host_addresses(host, NULL, &addresses, &err));
    OK(vtep_host_routes(host, 0, VTEP_TABLE_ALL, &routes, &err));
    OK(vtep_host_neighbours(host, NULL, &neighbours, &err));
    OK(vtep_host_fdb(host, NULL, &fdb, &err));
    EXPECT_COPIES(vtep_link_list, vtep_link, links, vtep_link_list_count(links));
    EXPECT_COPIES(vtep_address_list, vtep_address, addresses, vtep_address_list_count(addresses));
    EXPECT_COPIES(vtep_route_list, vtep_route, routes, vtep_route_list_count(routes));
    EXPECT_COPIES(vtep_neighbour_list, vtep_neighbour, neighbours, vtep_neighbour_list_count(neighbours));
    EXPECT_COPIES(vtep_fdb_list, vtep_fdb_entry, fdb, vtep_fdb_list_count(fdb));
    vtep_link_list_free(links);
    vtep_address_list_free(addresses);
    vtep_route_list_free(routes);
    vtep_neighbour_list_free(neighbours);
    vtep_fdb_list_free(fdb);
}

/* An address has no size. */
static void remotes(vtep_host *host) {
    vtep_remote_list *list = NULL;
    vtep_ip one = ip("10.0.0.1"), two = ip("10.0.0.2"), read[3];
    OK(vtep_host_remote_append(host, "vx0", &one, &err));
    OK(vtep_host_remote_append(host, "vx0", &two, &err));
    OK(vtep_host_remotes(host, "vx0", &list, &err));
    EQUAL(vtep_remote_list_count(list), 2);
    memset(read, 0x5A, sizeof read);
    FAILS(VTEP_E_NOTFOUND, "", vtep_remote_list_copy(list, 0, 3, read, &err));
    FAILS(VTEP_E_NOTFOUND, "", vtep_remote_list_copy(list, UINT32_MAX, 1, read, &err));
    EQUAL(read[0].family, 0x5A);
    OK(vtep_remote_list_copy(list, 0, 2, read, &err));
    CHECK(same_ip(read[0], one) && same_ip(read[1], two));
    EQUAL(read[2].family, 0x5A);
    OK(vtep_remote_list_copy(list, 2, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_remote_list_copy(list, 0, 1, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_remote_list_copy(NULL, 0, 1, read, &err));
    vtep_remote_list_free(list);
}

int main(void) {
    vtep_host *host;
    vtep_neighbour neighbour = VTEP_NEIGHBOUR_INIT;
    host = open_host();
    make_vxlan(host, "vx0", 100);
    make_veth(host, "v0", "v1");
    add_address(host, "v0", "10.1.0.1/24");
    add_address(host, "v1", "10.1.0.2/24");
    neighbour.link_index = index_of(host, "v0");
    neighbour.has = VTEP_NEIGHBOUR_HAS_MAC;
    neighbour.mac = mac("02:00:00:00:00:01");
    neighbour.address = ip("10.1.0.7");
    OK(vtep_host_neighbour_add(host, &neighbour, &err));
    remotes(host);
    tables(host);
    vtep_host_close(host);
    return check_result();
}
