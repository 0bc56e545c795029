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
    EQUAL(read.has, VTEP_NEIGHBOUR_HAS_MAC | VTEP_NEIGHBOUR_HAS_STATE | VTEP_NEIGHBOUR_HAS_AGES);
    CHECK(read.updated < 6000 && read.probes == 0);
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

static void one_by_its_key(vtep_host *host) {
    vtep_neighbour made = entry(host, "10.0.0.3", "02:00:00:00:00:03"), read = VTEP_NEIGHBOUR_INIT;
    made.has |= VTEP_NEIGHBOUR_HAS_ORIGIN;
    made.origin = VTEP_ORIGIN_BGP;
    FAILS(VTEP_E_NOTFOUND, "10.0.0.3", vtep_host_neighbour_get(host, &made, &read, &err));
    FAILS(VTEP_E_NOTFOUND, "10.0.0.3", vtep_host_neighbour_update(host, &made, &err));
    OK(vtep_host_neighbour_add(host, &made, &err));
    made.mac = mac("02:00:00:00:00:04");
    OK(vtep_host_neighbour_update(host, &made, &err));
    OK(vtep_host_neighbour_get(host, &made, &read, &err));
    CHECK(same_mac(read.mac, made.mac));
    EQUAL(read.origin, VTEP_ORIGIN_BGP);
    SHOWS(output_of("ip -d neigh show 10.0.0.3"), "proto bgp");
}

static void proxies_and_flush(vtep_host *host) {
    vtep_neighbour proxy = VTEP_NEIGHBOUR_INIT, read = VTEP_NEIGHBOUR_INIT, stale;
    vtep_neighbour_filter filter = VTEP_NEIGHBOUR_FILTER_INIT;
    vtep_neighbour_list *list = NULL;
    uint32_t deleted = 9;
    proxy.link_index = index_of(host, "d0");
    proxy.address = ip("10.0.0.200");
    proxy.flags = VTEP_NEIGHBOUR_FLAG_PROXY;
    OK(vtep_host_neighbour_add(host, &proxy, &err));
    find(host, "10.0.0.200", 0); /* kept apart */
    OK(vtep_host_proxy_neighbours(host, "d0", &list, &err));
    EQUAL(vtep_neighbour_list_count(list), 1);
    OK(vtep_neighbour_list_get(list, 0, &read, &err));
    CHECK(same_ip(read.address, proxy.address));
    EQUAL(read.flags, VTEP_NEIGHBOUR_FLAG_PROXY);
    vtep_neighbour_list_free(list);
    OK(vtep_host_neighbour_get(host, &proxy, &read, &err));
    SHOWS(output_of("ip neigh show proxy"), "10.0.0.200 dev d0");
    filter.proxies = 1;
    OK(vtep_host_neighbour_flush(host, "d0", &filter, &deleted, &err));
    EQUAL(deleted, 1);
    FAILS(VTEP_E_NOTFOUND, "10.0.0.200", vtep_host_neighbour_get(host, &proxy, &read, &err));
    stale = entry(host, "10.0.0.50", "02:00:00:00:00:50");
    stale.has |= VTEP_NEIGHBOUR_HAS_STATE;
    stale.state = VTEP_NEIGHBOUR_STALE;
    OK(vtep_host_neighbour_replace(host, &stale, &err));
    filter.proxies = 0;
    filter.prefix = prefix("10.0.0.48/28");
    OK(vtep_host_neighbour_flush(host, NULL, &filter, &deleted, &err));
    EQUAL(deleted, 1);
    find(host, "10.0.0.50", 0);
    find(host, "10.0.0.3", 1); /* permanent */
    filter.prefix.address.family = 0;
    filter.has = VTEP_NEIGHBOUR_FILTER_HAS_STATES | VTEP_NEIGHBOUR_FILTER_HAS_ORIGIN;
    filter.states = VTEP_NEIGHBOUR_PERMANENT;
    filter.origin = VTEP_ORIGIN_BGP;
    filter.family = 4;
    OK(vtep_host_neighbour_flush(host, "d0", &filter, NULL, &err));
    find(host, "10.0.0.3", 0);
    OK(vtep_host_neighbour_flush(host, NULL, NULL, NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_neighbour_flush(host, "nope", NULL, NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_proxy_neighbours(host, "nope", &list, &err));
    filter.family = 9;
    FAILS(VTEP_E_INVAL, "9", vtep_host_neighbour_flush(host, "d0", &filter, NULL, &err));
    filter.family = 4;
    filter.proxies = 2;
    FAILS(VTEP_E_INVAL, "proxies", vtep_host_neighbour_flush(host, "d0", &filter, NULL, &err));
    proxy.flags = VTEP_NEIGHBOUR_FLAG_MANAGED;
    FAILS(VTEP_E_INVAL, "managed", vtep_host_neighbour_add(host, &proxy, &err));
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
    one_by_its_key(host);
    proxies_and_flush(host);
    vtep_host_close(host);
    return check_result();
}
