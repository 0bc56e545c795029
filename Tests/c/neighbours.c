/* Neighbours (ARP and ND entries), compared with `ip neigh` in both directions. */
#include "network.h"

static vtep_neighbour entry(vtep_host *host, const char *address, const char *link_address) {
    vtep_neighbour neighbour = VTEP_NEIGHBOUR_INIT;
    neighbour.link_index = index_of(host, "d0");
    neighbour.address = ip(address);
    neighbour.mac = mac(link_address);
    neighbour.has = VTEP_NEIGHBOUR_HAS_MAC;
    return neighbour;
}

static vtep_neighbour find(vtep_host *host, const char *address, uint32_t expected) {
    vtep_neighbour_list *list = NULL;
    vtep_neighbour neighbour = VTEP_NEIGHBOUR_INIT, found = VTEP_NEIGHBOUR_INIT;
    uint32_t i, matches = 0;
    OK(vtep_host_neighbours(host, "d0", &list, &err));
    for (i = 0; i < vtep_neighbour_list_count(list); i++) {
        OK(vtep_neighbour_list_get(list, i, &neighbour, &err));
        if (!same_ip(neighbour.address, ip(address))) continue;
        found = neighbour;
        matches++;
    }
    EQUAL(matches, expected);
    FAILS(VTEP_E_NOTFOUND, "", vtep_neighbour_list_get(list, vtep_neighbour_list_count(list), &neighbour, &err));
    vtep_neighbour_list_free(list);
    return found;
}

static void one_family(vtep_host *host, const char *address) {
    vtep_neighbour made = entry(host, address, "02:00:00:00:00:09"), read;
    char part[128], command[128];
    OK(vtep_host_neighbour_add(host, &made, &err));
    read = find(host, address, 1);
    EQUAL(read.link_index, made.link_index);
    EQUAL(read.state, VTEP_NEIGHBOUR_PERMANENT); /* what it is without a state of the caller's */
    EQUAL(read.has, VTEP_NEIGHBOUR_HAS_MAC | VTEP_NEIGHBOUR_HAS_STATE);
    CHECK(same_mac(read.mac, made.mac));
    EQUAL(read.flags, 0);
    snprintf(command, sizeof command, "ip -j neigh show %s", address);
    snprintf(part, sizeof part, "\"lladdr\":\"02:00:00:00:00:09\",\"state\":[\"PERMANENT\"]");
    SHOWS(output_of(command), part);
    FAILS(VTEP_E_EXISTS, address, vtep_host_neighbour_add(host, &made, &err));
    made.mac = mac("02:00:00:00:00:0a");
    made.state = VTEP_NEIGHBOUR_NOARP;
    made.has |= VTEP_NEIGHBOUR_HAS_STATE;
    OK(vtep_host_neighbour_replace(host, &made, &err));
    read = find(host, address, 1);
    EQUAL(read.state, VTEP_NEIGHBOUR_NOARP);
    CHECK(same_mac(read.mac, made.mac));
    OK(vtep_host_neighbour_delete(host, &read, &err)); /* what was read can be passed back */
    find(host, address, 0);
    FAILS(VTEP_E_NOTFOUND, address, vtep_host_neighbour_delete(host, &made, &err));
    OK(vtep_host_neighbour_replace(host, &read, &err));
    find(host, address, 1);
    OK(vtep_host_neighbour_delete(host, &read, &err));
}

static void read_of_theirs(vtep_host *host) {
    vtep_neighbour read;
    CHECK(system("ip neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 nud stale router dev d0 && "
                 "ip neigh add 10.0.0.6 nud failed dev d0 2>/dev/null; true") == 0);
    read = find(host, "10.0.0.5", 1);
    EQUAL(read.state, VTEP_NEIGHBOUR_STALE);
    EQUAL(read.flags, VTEP_NEIGHBOUR_FLAG_ROUTER);
    CHECK(system("ping -c 1 -W 1 -q 10.0.0.44 >/dev/null 2>&1; true") == 0); /* nobody answers */
    read = find(host, "10.0.0.44", 1);
    CHECK(read.state == VTEP_NEIGHBOUR_INCOMPLETE || read.state == VTEP_NEIGHBOUR_FAILED);
    CHECK(!(read.has & VTEP_NEIGHBOUR_HAS_MAC));
}

static void refused(vtep_host *host) {
    vtep_neighbour neighbour = entry(host, "10.0.0.9", "02:00:00:00:00:09");
    vtep_neighbour_list *list;
    neighbour.link_index = 0;
    FAILS(VTEP_E_INVAL, "link_index", vtep_host_neighbour_add(host, &neighbour, &err));
    FAILS(VTEP_E_INVAL, "link_index", vtep_host_neighbour_delete(host, &neighbour, &err));
    neighbour.link_index = 7777;
    FAILS(VTEP_E_NOTFOUND, "10.0.0.9", vtep_host_neighbour_add(host, &neighbour, &err));
    neighbour.link_index = index_of(host, "d0");
    neighbour.address.family = 0;
    FAILS(VTEP_E_INVAL, "address", vtep_host_neighbour_add(host, &neighbour, &err));
    neighbour.address.family = 9;
    FAILS(VTEP_E_INVAL, "9", vtep_host_neighbour_add(host, &neighbour, &err));
    neighbour.address.family = 4;
    neighbour.has = 0; /* permanent, but where? */
    FAILS(VTEP_E_INVAL, "10.0.0.9", vtep_host_neighbour_add(host, &neighbour, &err));
    find(host, "10.0.0.9", 0);
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_neighbours(host, "nope", &list, &err));
    CHECK(list == NULL);
    OK(vtep_host_neighbours(host, NULL, &list, &err));
    CHECK(vtep_neighbour_list_count(list) >= 2);
    vtep_neighbour_list_free(list);
}

int main(void) {
    vtep_host *host = open_host();
    make_veth(host, "d0", "d1");
    add_address(host, "d0", "10.0.0.1/24");
    one_family(host, "10.0.0.2");
    one_family(host, "2001:db8::2");
    read_of_theirs(host);
    refused(host);
    vtep_host_close(host);
    return check_result();
}
