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

/* What few routes have: it is shown by `ip`, read, and survives being passed back. */
static void details(vtep_host *host) {
    vtep_route route = to("10.57.0.0/16"), read = VTEP_ROUTE_INIT, again = VTEP_ROUTE_INIT;
    vtep_route_metrics metrics = VTEP_ROUTE_METRICS_INIT;
    vtep_encapsulation tunnel = VTEP_ENCAPSULATION_INIT;
    vtep_route_list *first = NULL, *second = NULL;
    vtep_route_lookup lookup = VTEP_ROUTE_LOOKUP_INIT;
    const char *said;
    metrics.has = 1 << VTEP_METRIC_MTU | 1 << VTEP_METRIC_INITCWND;
    metrics.locked = 1 << VTEP_METRIC_MTU;
    metrics.values[VTEP_METRIC_MTU] = 1400;
    metrics.values[VTEP_METRIC_INITCWND] = 20;
    strcpy(metrics.congestion_control, "cubic");
    tunnel.type = VTEP_ENCAPSULATION_IP;
    tunnel.id = 120;
    tunnel.destination = ip("10.1.0.29");
    tunnel.ttl = 64;
    tunnel.flags = VTEP_TUNNEL_CHECKSUM;
    route.gateway = ip("10.1.0.9");
    route.metrics = &metrics;
    route.encapsulation = &tunnel;
    route.tos = 0x10;
    route.realms = 2 << 16 | 1;
    OK(vtep_host_route_add(host, &route, &err));
    said = output_of("ip -d route show 10.57.0.0/16");
    SHOWS(said, "tos 0x10");
    SHOWS(said, "encap ip id 120 src 0.0.0.0 dst 10.1.0.29 ttl 64 tos 0 csum");
    SHOWS(said, "mtu lock 1400");
    SHOWS(said, "initcwnd 20");
    SHOWS(said, "congctl cubic");
    SHOWS(said, "realms 2/1");
    lookup.destination = ip("10.57.0.9");
    lookup.tos = 0x10;
    lookup.match_table = 1;
    OK(vtep_host_route_find(host, &lookup, &first, &err));
    EQUAL(vtep_route_list_count(first), 1);
    OK(vtep_route_list_get(first, 0, &read, &err));
    EQUAL(read.tos, 0x10);
    EQUAL(read.realms, 2 << 16 | 1);
    if (CHECK(read.metrics && read.encapsulation)) {
        EQUAL(read.metrics->has, metrics.has);
        EQUAL(read.metrics->locked, metrics.locked);
        EQUAL(read.metrics->values[VTEP_METRIC_MTU], 1400);
        TEXT(read.metrics->congestion_control, "cubic");
        EQUAL(read.encapsulation->type, VTEP_ENCAPSULATION_IP);
        EQUAL(read.encapsulation->id, 120);
        EQUAL(read.encapsulation->ttl, 64);
        EQUAL(read.encapsulation->flags, VTEP_TUNNEL_CHECKSUM);
    }
    OK(vtep_host_route_delete(host, &read, &err));
    OK(vtep_host_route_add(host, &read, &err));
    OK(vtep_host_route_find(host, &lookup, &second, &err));
    OK(vtep_route_list_get(second, 0, &again, &err));
    CHECK(memcmp(again.metrics, read.metrics, sizeof metrics) == 0);
    CHECK(memcmp(again.encapsulation, read.encapsulation, sizeof tunnel) == 0);
    again.metrics = read.metrics;
    again.encapsulation = read.encapsulation;
    CHECK(memcmp(&again, &read, sizeof read) == 0);
    OK(vtep_host_route_delete(host, &again, &err));
    vtep_route_list_free(first);
    vtep_route_list_free(second);
    tunnel.destination = ip("2001:db8::1");
    FAILS(VTEP_E_INVAL, "another family", vtep_host_route_add(host, &route, &err));
    tunnel.type = 0;
    FAILS(VTEP_E_INVAL, "type", vtep_host_route_add(host, &route, &err));
    tunnel.type = VTEP_ENCAPSULATION_BPF;
    tunnel.attributes_length = 4;
    FAILS(VTEP_E_INVAL, "attributes is NULL", vtep_host_route_add(host, &route, &err));
    tunnel.attributes_length = 4097;
    tunnel.attributes = (const uint8_t *)&tunnel;
    FAILS(VTEP_E_INVAL, "4097", vtep_host_route_add(host, &route, &err));
    route.encapsulation = NULL;
    metrics.has = 1;
    FAILS(VTEP_E_INVAL, "bits", vtep_host_route_add(host, &route, &err));
    metrics.has = 0;
    metrics.locked = 1;
    FAILS(VTEP_E_INVAL, "locks", vtep_host_route_add(host, &route, &err));
    metrics.locked = 0;
    memset(metrics.congestion_control, 'x', sizeof metrics.congestion_control);
    FAILS(VTEP_E_INVAL, "NUL", vtep_host_route_add(host, &route, &err));
}

static void details6(vtep_host *host) {
    vtep_route route = to("2001:db8:57::/48"), read;
    route.gateway = ip("2001:db8:1::9");
    route.source_prefix = prefix("2001:db8:1::/64");
    route.has = VTEP_ROUTE_HAS_PREFERENCE | VTEP_ROUTE_HAS_EXPIRES;
    route.preference = VTEP_PREFERENCE_HIGH;
    route.expires = 600;
    OK(vtep_host_route_add(host, &route, &err));
    read = find(host, "2001:db8:57::/48", VTEP_TABLE_MAIN);
    CHECK(same_prefix(read.source_prefix, route.source_prefix));
    EQUAL(read.preference, VTEP_PREFERENCE_HIGH);
    CHECK(read.expires > 590 && read.expires <= 600);
    OK(vtep_host_route_delete(host, &read, &err));
    route.destination = prefix("10.57.0.0/16");
    route.gateway.family = 0;
    route.link_index = link_a;
    route.source_prefix = prefix("10.0.0.0/8");
    FAILS(VTEP_E_INVAL, "a rule can", vtep_host_route_add(host, &route, &err));
}

/* The other ways to write one, and the way that a packet takes. */
static void written_and_found(vtep_host *host) {
    vtep_route route = to("10.58.0.0/16"), read = VTEP_ROUTE_INIT;
    vtep_route_lookup lookup = VTEP_ROUTE_LOOKUP_INIT;
    vtep_route_list *list = NULL;
    route.gateway = ip("10.1.0.9");
    FAILS(VTEP_E_NOTFOUND, "10.58.0.0/16", vtep_host_route_update(host, &route, &err));
    OK(vtep_host_route_add(host, &route, &err));
    route.gateway = ip("10.1.0.8");
    OK(vtep_host_route_update(host, &route, &err));
    CHECK(same_ip(find(host, "10.58.0.0/16", VTEP_TABLE_MAIN).gateway, route.gateway));
    lookup.destination = ip("10.58.0.7");
    lookup.has = VTEP_ROUTE_LOOKUP_HAS_MARK | VTEP_ROUTE_LOOKUP_HAS_USER | VTEP_ROUTE_LOOKUP_HAS_PROTOCOL |
                 VTEP_ROUTE_LOOKUP_HAS_SOURCE_PORT | VTEP_ROUTE_LOOKUP_HAS_DESTINATION_PORT;
    lookup.protocol = 17;
    lookup.source_port = 4789;
    lookup.destination_port = 65535;
    OK(vtep_host_route_find(host, &lookup, &list, &err));
    OK(vtep_route_list_get(list, 0, &read, &err));
    CHECK(same_prefix(read.destination, prefix("10.58.0.7/32")));
    CHECK(same_ip(read.gateway, route.gateway) && same_ip(read.preferred_source, ip("10.1.0.1")));
    EQUAL(read.link_index, link_a);
    vtep_route_list_free(list);
    lookup.destination_port = 65536;
    FAILS(VTEP_E_INVAL, "65536", vtep_host_route_find(host, &lookup, &list, &err));
    CHECK(list == NULL);
    lookup.has = 0;
    lookup.destination = ip("203.0.113.1");
    FAILS(VTEP_E_SYSTEM, "203.0.113.1", vtep_host_route_find(host, &lookup, &list, &err));
    EQUAL(err.sys_errno, ENETUNREACH);
    lookup.source = ip("2001:db8::1");
    FAILS(VTEP_E_INVAL, "family", vtep_host_route_find(host, &lookup, &list, &err));
    lookup.destination.family = 0;
    FAILS(VTEP_E_INVAL, "destination", vtep_host_route_find(host, &lookup, &list, &err));
    route.gateway = ip("10.2.0.9");
    OK(vtep_host_route_append(host, &route, &err));
    SHOWS(output_of("ip route show 10.58.0.0/16"), "via 10.2.0.9 dev b0");
    CHECK(system("ip route flush 10.58.0.0/16") == 0);
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
    details(host);
    details6(host);
    written_and_found(host);
    refused(host);
    vtep_host_close(host);
    return check_result();
}
