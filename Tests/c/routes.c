/* Routes of each kind, several next hops among them, compared with `ip route` in both directions. */
#include "network.h"

static uint32_t link_a, link_b;

/* A route that was read, with a copy of its next hops: the list's own end with the list. */
static vtep_next_hop hops_found[4];

static vtep_route find(vtep_host *host, const char *text, uint32_t table) {
    vtep_route_list *list = NULL;
    vtep_route route = VTEP_ROUTE_INIT, found = VTEP_ROUTE_INIT;
    uint32_t i, matches = 0;
    OK(vtep_host_routes(host, prefix(text).address.family, table, &list, &err));
    for (i = 0; i < vtep_route_list_count(list); i++) {
        OK(vtep_route_list_get(list, i, &route, &err));
        if (!same_prefix(route.destination, prefix(text))) continue;
        found = route;
        matches++;
        CHECK((route.next_hop_count == 0) == (route.next_hops == NULL));
        if (route.next_hop_count > 0 && route.next_hop_count <= 4) {
            memcpy(hops_found, route.next_hops, route.next_hop_count * sizeof *hops_found);
            found.next_hops = hops_found;
        }
    }
    EQUAL(matches, 1);
    vtep_route_list_free(list);
    return found;
}

static vtep_route to(const char *text) {
    vtep_route route = VTEP_ROUTE_INIT;
    route.destination = prefix(text);
    return route;
}

static void through_a_gateway(vtep_host *host) {
    vtep_route route = to("10.50.0.0/16"), read, second;
    route.gateway = ip("10.1.0.9");
    route.preferred_source = ip("10.1.0.1");
    route.metric = 77;
    route.origin = VTEP_ORIGIN_STATIC;
    route.has = VTEP_ROUTE_HAS_METRIC | VTEP_ROUTE_HAS_ORIGIN;
    OK(vtep_host_route_add(host, &route, &err));
    read = find(host, "10.50.0.0/16", VTEP_TABLE_MAIN);
    EQUAL(read.has, VTEP_ROUTE_HAS_METRIC | VTEP_ROUTE_HAS_TABLE | VTEP_ROUTE_HAS_SCOPE | VTEP_ROUTE_HAS_TYPE |
                        VTEP_ROUTE_HAS_ORIGIN);
    EQUAL(read.link_index, link_a); /* the kernel found it */
    EQUAL(read.metric, 77);
    EQUAL(read.table, VTEP_TABLE_MAIN);
    EQUAL(read.scope, VTEP_SCOPE_GLOBAL);
    EQUAL(read.type, VTEP_ROUTE_UNICAST);
    EQUAL(read.origin, VTEP_ORIGIN_STATIC);
    CHECK(same_ip(read.gateway, route.gateway) && same_ip(read.preferred_source, route.preferred_source));
    SHOWS(output_of("ip -j route show 10.50.0.0/16"),
          "\"gateway\":\"10.1.0.9\",\"dev\":\"a0\",\"protocol\":\"static\",\"prefsrc\":\"10.1.0.1\",\"metric\":77");
    FAILS(VTEP_E_EXISTS, "10.50.0.0/16", vtep_host_route_add(host, &route, &err));
    route.gateway = ip("10.1.0.8");
    OK(vtep_host_route_replace(host, &route, &err));
    read = find(host, "10.50.0.0/16", VTEP_TABLE_MAIN);
    CHECK(same_ip(read.gateway, route.gateway));
    OK(vtep_host_route_delete(host, &read, &err)); /* what was read can be passed back */
    OK(vtep_host_route_add(host, &read, &err));
    second = find(host, "10.50.0.0/16", VTEP_TABLE_MAIN);
    CHECK(memcmp(&read, &second, sizeof read) == 0);
    route.metric = 78;
    FAILS(VTEP_E_NOTFOUND, "10.50.0.0/16", vtep_host_route_delete(host, &route, &err));
    OK(vtep_host_route_delete(host, &read, &err));
    FAILS(VTEP_E_NOTFOUND, "10.50.0.0/16", vtep_host_route_delete(host, &read, &err));
}

static void over_a_link(vtep_host *host) {
    vtep_route route = to("10.51.0.0/24"), read;
    route.link_index = link_b;
    OK(vtep_host_route_add(host, &route, &err));
    read = find(host, "10.51.0.0/24", VTEP_TABLE_MAIN);
    EQUAL(read.link_index, link_b);
    EQUAL(read.scope, VTEP_SCOPE_LINK);
    EQUAL(read.origin, VTEP_ORIGIN_BOOT);
    EQUAL(read.gateway.family, 0);
    CHECK(!(read.has & VTEP_ROUTE_HAS_METRIC) || read.metric == 0);
    OK(vtep_host_route_delete(host, &route, &err));
    route = to("10.52.0.0/24"); /* a gateway that no prefix covers */
    route.link_index = link_b;
    route.gateway = ip("172.31.0.1");
    CHECK(vtep_host_route_add(host, &route, &err) == VTEP_E_SYSTEM && err.sys_errno == ENETUNREACH);
    route.on_link = 1;
    OK(vtep_host_route_add(host, &route, &err));
    EQUAL(find(host, "10.52.0.0/24", VTEP_TABLE_MAIN).on_link, 1);
    OK(vtep_host_route_delete(host, &route, &err));
}

static void default_and_tables(vtep_host *host) {
    vtep_route route = to("0.0.0.0/0"), read;
    vtep_route_list *list = NULL;
    char flags[VTEP_WORD_TEXT_SIZE];
    route.gateway = ip("10.1.0.9");
    OK(vtep_host_route_add(host, &route, &err));
    read = find(host, "0.0.0.0/0", VTEP_TABLE_MAIN);
    OK(vtep_route_flags_format(&read, flags, sizeof flags, &err));
    TEXT(flags, "UG");
    SHOWS(output_of("ip -j route show default"), "\"gateway\":\"10.1.0.9\"");
    OK(vtep_host_route_delete(host, &read, &err));
    route = to("10.53.0.0/24");
    route.link_index = link_a;
    route.table = 4242; /* more than a byte */
    route.has = VTEP_ROUTE_HAS_TABLE;
    OK(vtep_host_route_add(host, &route, &err));
    EQUAL(find(host, "10.53.0.0/24", 4242).table, 4242);
    EQUAL(find(host, "10.53.0.0/24", VTEP_TABLE_ALL).table, 4242);
    SHOWS(output_of("ip -j route show table 4242"), "\"dst\":\"10.53.0.0/24\"");
    OK(vtep_host_route_delete(host, &route, &err));
    OK(vtep_host_routes(host, 4, 4242, &list, &err));
    EQUAL(vtep_route_list_count(list), 0);
    vtep_route_list_free(list);
    EQUAL(find(host, "10.1.0.1/32", VTEP_TABLE_LOCAL).type, VTEP_ROUTE_LOCAL);
    EQUAL(find(host, "10.1.0.0/24", VTEP_TABLE_MAIN).origin, VTEP_ORIGIN_KERNEL);
}

static void without_a_link(vtep_host *host) {
    static const struct {
        uint8_t type;
        const char *word;
    } kinds[] = { { VTEP_ROUTE_BLACKHOLE, "\"type\":\"blackhole\"" },
                  { VTEP_ROUTE_UNREACHABLE, "\"type\":\"unreachable\"" },
                  { VTEP_ROUTE_PROHIBIT, "\"type\":\"prohibit\"" } };
    size_t i;
    for (i = 0; i < 3; i++) {
        vtep_route route = to("10.54.0.0/24");
        route.type = kinds[i].type;
        route.has = VTEP_ROUTE_HAS_TYPE;
        OK(vtep_host_route_add(host, &route, &err));
        EQUAL(find(host, "10.54.0.0/24", VTEP_TABLE_MAIN).type, kinds[i].type);
        SHOWS(output_of("ip -j route show 10.54.0.0/24"), kinds[i].word);
        OK(vtep_host_route_delete(host, &route, &err));
    }
}

static void several_next_hops(vtep_host *host, const char *destination, const char *const *gateways) {
    vtep_route route = to(destination), read;
    vtep_next_hop hops[2];
    uint32_t i;
    memset(hops, 0, sizeof hops);
    hops[0].gateway = ip(gateways[0]);
    hops[0].weight = 1;
    hops[1].gateway = ip(gateways[1]);
    hops[1].weight = 256;
    hops[1].link_index = link_b;
    route.next_hops = hops;
    route.next_hop_count = 2;
    OK(vtep_host_route_add(host, &route, &err));
    read = find(host, destination, VTEP_TABLE_MAIN);
    EQUAL(read.next_hop_count, 2);
    EQUAL(read.link_index, 0);
    EQUAL(read.gateway.family, 0);
    for (i = 0; i < read.next_hop_count && i < 2; i++) {
        CHECK(same_ip(read.next_hops[i].gateway, hops[i].gateway));
        EQUAL(read.next_hops[i].weight, hops[i].weight);
        EQUAL(read.next_hops[i].link_index, i == 0 ? link_a : link_b);
        EQUAL(read.next_hops[i].reserved, 0);
    }
    OK(vtep_host_route_delete(host, &read, &err));
    OK(vtep_host_route_add(host, &read, &err)); /* and back */
    OK(vtep_host_route_delete(host, &route, &err));

    hops[1].weight = 0;
    FAILS(VTEP_E_INVAL, "weight", vtep_host_route_add(host, &route, &err));
    hops[1].weight = 257;
    FAILS(VTEP_E_INVAL, "weight", vtep_host_route_add(host, &route, &err));
    hops[1].weight = 1;
    route.next_hop_count = 513;
    FAILS(VTEP_E_INVAL, "513", vtep_host_route_add(host, &route, &err)); /* before the 513 are looked at */
    route.next_hop_count = 2;
    route.link_index = link_a;
    FAILS(VTEP_E_INVAL, "next hops", vtep_host_route_add(host, &route, &err));
    route.link_index = 0;
    route.gateway = hops[0].gateway;
    FAILS(VTEP_E_INVAL, "next hops", vtep_host_route_add(host, &route, &err));
}

static void ipv6(vtep_host *host) {
    vtep_route route = to("2001:db8:50::/48"), read;
    route.gateway = ip("2001:db8:1::9");
    OK(vtep_host_route_add(host, &route, &err));
    read = find(host, "2001:db8:50::/48", VTEP_TABLE_MAIN);
    CHECK(same_ip(read.gateway, route.gateway));
    EQUAL(read.metric, 1024);
    CHECK(read.has & VTEP_ROUTE_HAS_METRIC);
    SHOWS(output_of("ip -6 -j route show 2001:db8:50::/48"), "\"gateway\":\"2001:db8:1::9\"");
    FAILS(VTEP_E_EXISTS, "2001:db8:50::/48", vtep_host_route_add(host, &route, &err));
    OK(vtep_host_route_delete(host, &read, &err));
    route = to("10.55.0.0/24"); /* IPv4 by way of an IPv6 gateway (RFC 5549) */
    route.gateway = ip("2001:db8:1::9");
    route.link_index = link_a;
    OK(vtep_host_route_add(host, &route, &err));
    CHECK(same_ip(find(host, "10.55.0.0/24", VTEP_TABLE_MAIN).gateway, route.gateway));
    OK(vtep_host_route_delete(host, &route, &err));
    route = to("2001:db8:51::/48");
    route.gateway = ip("10.1.0.9");
    FAILS(VTEP_E_INVAL, "IPv4", vtep_host_route_add(host, &route, &err));
    route.gateway = ip("2001:db8:1::9");
    route.preferred_source = ip("10.1.0.1");
    FAILS(VTEP_E_INVAL, "family", vtep_host_route_add(host, &route, &err));
}

static void refused(vtep_host *host) {
    vtep_route route = to("10.56.0.0/24");
    vtep_route_list *list;
    FAILS(VTEP_E_INVAL, "5", vtep_host_routes(host, 5, VTEP_TABLE_MAIN, &list, &err));
    CHECK(list == NULL);
    route.link_index = link_a;
    route.has = VTEP_ROUTE_HAS_TABLE; /* 0 is all tables, not one */
    FAILS(VTEP_E_INVAL, "0", vtep_host_route_add(host, &route, &err));
    route.has = 0;
    route.gateway = ip("224.0.0.1");
    FAILS(VTEP_E_INVAL, "224.0.0.1", vtep_host_route_add(host, &route, &err));
    route.gateway = ip("10.77.0.1");
    route.link_index = 0;
    FAILS(VTEP_E_SYSTEM, "10.56.0.0/24", vtep_host_route_add(host, &route, &err));
    EQUAL(err.sys_errno, ENETUNREACH);
    route.gateway.family = 0;
    route.link_index = 7777;
    CHECK(vtep_host_route_add(host, &route, &err) != VTEP_OK && err.sys_errno == ENODEV);
    route.destination.length = 33;
    FAILS(VTEP_E_INVAL, "33", vtep_host_route_add(host, &route, &err));
    OK(vtep_host_link_set_up(host, "b0", 0, &err));
    route = to("10.56.0.0/24");
    route.link_index = link_b;
    FAILS(VTEP_E_SYSTEM, "10.56.0.0/24", vtep_host_route_add(host, &route, &err));
    EQUAL(err.sys_errno, ENETDOWN);
    OK(vtep_host_routes(host, 0, VTEP_TABLE_MAIN, &list, &err)); /* both families */
    FAILS(VTEP_E_NOTFOUND, "", vtep_route_list_get(list, vtep_route_list_count(list), &route, &err));
    vtep_route_list_free(list);
}

int main(void) {
    static const char *const gateways[] = { "10.1.0.9", "10.2.0.9" };
    static const char *const gateways6[] = { "2001:db8:1::9", "2001:db8:2::9" };
    vtep_host *host = open_host();
    make_veth(host, "a0", "a1");
    make_veth(host, "b0", "b1");
    add_address(host, "a0", "10.1.0.1/24");
    add_address(host, "b0", "10.2.0.1/24");
    add_address(host, "a0", "2001:db8:1::1/64");
    add_address(host, "b0", "2001:db8:2::1/64");
    link_a = index_of(host, "a0");
    link_b = index_of(host, "b0");
    through_a_gateway(host);
    over_a_link(host);
    default_and_tables(host);
    without_a_link(host);
    several_next_hops(host, "10.60.0.0/16", gateways);
    several_next_hops(host, "2001:db8:60::/48", gateways6);
    ipv6(host);
    refused(host);
    vtep_host_close(host);
    return check_result();
}
