/* A monitor: the snapshot, each kind of event and its object, the descriptor, the callback, a flood that overruns the
 * buffer, and every wrong argument. */
#include "network.h"

#include <poll.h>

static vtep_event event = VTEP_EVENT_INIT;

static vtep_monitor *open_monitor(uint32_t objects, int snapshot, int netns) {
    vtep_monitor_options options = VTEP_MONITOR_OPTIONS_INIT;
    vtep_monitor *monitor = NULL;
    options.objects = objects;
    options.snapshot = (uint8_t)snapshot;
    options.buffer_size = 65536;
    if (netns >= 0) {
        options.has = VTEP_MONITOR_HAS_NETNS_FD;
        options.netns_fd = netns;
    }
    if (!OK(vtep_monitor_open(&options, &monitor, &err))) exit(check_result());
    return monitor;
}

static int readable(const vtep_monitor *monitor, int timeout) {
    struct pollfd wanted = { vtep_monitor_fd(monitor), POLLIN, 0 };
    return poll(&wanted, 1, timeout) == 1;
}

/* Whether the last event is about something that a test made, rather than what the kernel makes by itself, such as IPv6
 * addresses of links that are up, and the routes of an address. */
static int is_ours(vtep_monitor *monitor) {
    vtep_link link = VTEP_LINK_INIT;
    vtep_address address = VTEP_ADDRESS_INIT;
    vtep_route route = VTEP_ROUTE_INIT;
    vtep_neighbour neighbour = VTEP_NEIGHBOUR_INIT;
    switch (event.object) {
    case VTEP_OBJECT_LINK:
        OK(vtep_monitor_link(monitor, 0, &link, &err));
        return strcmp(link.name, "vx9") == 0 || strcmp(link.name, "br7") == 0;
    case VTEP_OBJECT_ADDRESS:
        OK(vtep_monitor_address(monitor, 0, &address, &err));
        return address.prefix.address.family == 4;
    case VTEP_OBJECT_ROUTE:
        OK(vtep_monitor_route(monitor, 0, &route, &err));
        return same_prefix(route.destination, prefix("10.6.0.0/16"));
    case VTEP_OBJECT_NEIGHBOUR:
        OK(vtep_monitor_neighbour(monitor, 0, &neighbour, &err));
        return neighbour.address.family == 4;
    default: return 1;
    }
}

/* The next event about something of ours. */
static void next_of_ours(vtep_monitor *monitor) {
    do OK(vtep_monitor_next_event(monitor, 5000, &event, &err));
    while (event.event != VTEP_EVENT_NONE && !is_ours(monitor));
}

static void drain(vtep_monitor *monitor) {
    do OK(vtep_monitor_next_event(monitor, 100, &event, &err));
    while (event.event != VTEP_EVENT_NONE);
}

#define TOLD(what, which) \
    do { \
        next_of_ours(monitor); \
        EQUAL(event.event, what); \
        EQUAL(event.object, which); \
    } while (0)

static void snapshot(void) {
    vtep_monitor *monitor = open_monitor(VTEP_OBJECT_LINK, 1, -1);
    vtep_link link = VTEP_LINK_INIT;
    CHECK(readable(monitor, 0));
    OK(vtep_monitor_next_event(monitor, 5000, &event, &err));
    EQUAL(event.event, VTEP_EVENT_ADDED);
    OK(vtep_monitor_link(monitor, 0, &link, &err));
    CHECK(link.index != 0);
    FAILS(VTEP_E_NOTFOUND, "before", vtep_monitor_link(monitor, 1, &link, &err));
    do OK(vtep_monitor_next_event(monitor, 5000, &event, &err));
    while (event.event == VTEP_EVENT_ADDED || event.event == VTEP_EVENT_CHANGED);
    EQUAL(event.event, VTEP_EVENT_SYNCHRONISED);
    EQUAL(event.object, 0);
    FAILS(VTEP_E_NOTFOUND, "another kind", vtep_monitor_link(monitor, 0, &link, &err));
    drain(monitor);
    CHECK(!readable(monitor, 0));
    vtep_monitor_close(monitor);
}

static void links(vtep_host *host) {
    vtep_monitor *monitor = open_monitor(VTEP_OBJECT_LINK, 0, -1);
    vtep_link_list *list = NULL;
    vtep_link link = VTEP_LINK_INIT;
    vtep_vxlan vxlan = VTEP_VXLAN_INIT;
    drain(monitor);
    make_vxlan(host, "vx9", 9);
    CHECK(readable(monitor, 5000));
    TOLD(VTEP_EVENT_ADDED, VTEP_OBJECT_LINK);
    OK(vtep_monitor_link_list(monitor, 0, &list, &err));
    OK(vtep_link_list_vxlan(list, 0, &vxlan, &err));
    EQUAL(vxlan.vni, 9);
    vtep_link_list_free(list);
    OK(vtep_host_link_set_mtu(host, "vx9", 1300, &err));
    TOLD(VTEP_EVENT_CHANGED, VTEP_OBJECT_LINK);
    OK(vtep_monitor_link(monitor, 0, &link, &err));
    EQUAL(link.mtu, 1300);
    OK(vtep_monitor_link(monitor, 1, &link, &err));
    CHECK(link.mtu != 1300);
    OK(vtep_host_link_delete(host, "vx9", "vxlan", &err));
    do next_of_ours(monitor);
    while (event.event == VTEP_EVENT_CHANGED);
    EQUAL(event.event, VTEP_EVENT_REMOVED);
    OK(vtep_monitor_link(monitor, 0, &link, &err));
    TEXT(link.name, "vx9");
    vtep_monitor_close(monitor);
}

static void tables(vtep_host *host) {
    vtep_monitor *monitor = open_monitor(
        VTEP_OBJECT_ADDRESS | VTEP_OBJECT_ROUTE | VTEP_OBJECT_NEIGHBOUR | VTEP_OBJECT_FDB, 0, -1);
    vtep_address address = VTEP_ADDRESS_INIT, told_address = VTEP_ADDRESS_INIT;
    vtep_neighbour neighbour = VTEP_NEIGHBOUR_INIT, told_neighbour = VTEP_NEIGHBOUR_INIT;
    vtep_route route = VTEP_ROUTE_INIT, told_route = VTEP_ROUTE_INIT;
    vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT, told_entry = VTEP_FDB_ENTRY_INIT;
    vtep_next_hop hops[2];
    vtep_change changes[5];
    vtep_change blank = VTEP_CHANGE_INIT;
    vtep_failure_list *failures = NULL;
    uint32_t i, index = 0, veth = index_of(host, "d0");

    /* One batch of everything, in which each depends on the one before. */
    address.link_index = neighbour.link_index = veth;
    address.prefix = prefix("10.5.0.1/24");
    neighbour.address = ip("10.5.0.2");
    neighbour.has = VTEP_NEIGHBOUR_HAS_MAC;
    neighbour.mac = entry.mac = mac("02:00:00:00:00:05");
    memset(hops, 0, sizeof hops);
    hops[0].gateway = ip("10.5.0.2");
    hops[1].gateway = ip("10.5.0.3");
    hops[0].link_index = hops[1].link_index = veth;
    hops[0].weight = hops[1].weight = 1;
    route.destination = prefix("10.6.0.0/16");
    route.next_hops = hops;
    route.next_hop_count = 2;
    entry.link_index = index_of(host, "vx0");
    entry.destination = ip("192.0.2.5");
    for (i = 0; i < 5; i++) changes[i] = blank;
    changes[0].object = VTEP_OBJECT_ADDRESS, changes[0].value = &address;
    changes[1].object = VTEP_OBJECT_NEIGHBOUR, changes[1].value = &neighbour;
    changes[2].object = VTEP_OBJECT_ROUTE, changes[2].value = &route;
    changes[3].object = VTEP_OBJECT_FDB, changes[3].value = &entry;
    changes[4] = changes[3]; /* which exists by then */
    FAILS(VTEP_E_EXISTS, "this one at 4", vtep_host_apply(host, changes, 5, &failures, &err));
    EQUAL(vtep_failure_list_count(failures), 1);
    OK(vtep_failure_list_get(failures, 0, &index, NULL, &err));
    EQUAL(index, 4);
    vtep_failure_list_free(failures);

    TOLD(VTEP_EVENT_ADDED, VTEP_OBJECT_ADDRESS);
    OK(vtep_monitor_address(monitor, 0, &told_address, &err));
    CHECK(same_prefix(told_address.prefix, address.prefix));
    TOLD(VTEP_EVENT_ADDED, VTEP_OBJECT_NEIGHBOUR);
    OK(vtep_monitor_neighbour(monitor, 0, &told_neighbour, &err));
    CHECK(same_ip(told_neighbour.address, neighbour.address));
    TOLD(VTEP_EVENT_ADDED, VTEP_OBJECT_ROUTE);
    OK(vtep_monitor_route(monitor, 0, &told_route, &err));
    EQUAL(told_route.next_hop_count, 2);
    CHECK(told_route.next_hops != NULL && same_ip(told_route.next_hops[1].gateway, hops[1].gateway));
    FAILS(VTEP_E_NOTFOUND, "another kind", vtep_monitor_fdb_entry(monitor, 0, &told_entry, &err));
    TOLD(VTEP_EVENT_ADDED, VTEP_OBJECT_FDB);
    entry.destination = ip("192.0.2.6");
    OK(vtep_host_fdb_replace(host, &entry, &err));
    TOLD(VTEP_EVENT_CHANGED, VTEP_OBJECT_FDB);
    OK(vtep_monitor_fdb_entry(monitor, 0, &told_entry, &err));
    CHECK(same_ip(told_entry.destination, entry.destination));
    OK(vtep_monitor_fdb_entry(monitor, 1, &told_entry, &err));
    CHECK(same_ip(told_entry.destination, ip("192.0.2.5")));
    for (i = 0; i < 4; i++) changes[i].change = VTEP_CHANGE_DELETE;
    OK(vtep_host_apply(host, changes + 1, 3, NULL, &err));
    TOLD(VTEP_EVENT_CHANGED, VTEP_OBJECT_NEIGHBOUR); /* it fails first */
    TOLD(VTEP_EVENT_REMOVED, VTEP_OBJECT_NEIGHBOUR);
    TOLD(VTEP_EVENT_REMOVED, VTEP_OBJECT_ROUTE);
    TOLD(VTEP_EVENT_REMOVED, VTEP_OBJECT_FDB);
    OK(vtep_host_apply(host, changes, 1, NULL, &err));
    vtep_monitor_close(monitor);
}

static void of_rules_and_nexthops(vtep_host *host) {
    vtep_monitor *monitor = open_monitor(VTEP_OBJECT_RULE | VTEP_OBJECT_NEXT_HOP, 0, -1);
    vtep_rule rule = VTEP_RULE_INIT, told_rule = VTEP_RULE_INIT;
    vtep_nexthop hop = VTEP_NEXTHOP_INIT, told_hop = VTEP_NEXTHOP_INIT;
    vtep_nexthop_list *list = NULL;
    vtep_change changes[2];
    rule.family = 4;
    rule.table = 7;
    rule.has = VTEP_RULE_HAS_PRIORITY;
    rule.priority = 77;
    hop.id = 7;
    hop.fdb = 1;
    hop.gateway = ip("192.0.2.7");
    changes[0] = change_of(VTEP_CHANGE_ADD, VTEP_OBJECT_RULE, &rule);
    changes[1] = change_of(VTEP_CHANGE_ADD, VTEP_OBJECT_NEXT_HOP, &hop);
    OK(vtep_host_apply(host, &changes[0], 1, NULL, &err));
    TOLD(VTEP_EVENT_ADDED, VTEP_OBJECT_RULE);
    OK(vtep_monitor_rule(monitor, 0, &told_rule, &err));
    EQUAL(told_rule.priority, 77);
    EQUAL(told_rule.table, 7);
    FAILS(VTEP_E_NOTFOUND, "another kind", vtep_monitor_nexthop_list(monitor, 0, &list, &err));
    CHECK(list == NULL);
    OK(vtep_host_apply(host, &changes[1], 1, NULL, &err));
    TOLD(VTEP_EVENT_ADDED, VTEP_OBJECT_NEXT_HOP);
    OK(vtep_monitor_nexthop_list(monitor, 0, &list, &err));
    OK(vtep_nexthop_list_get(list, 0, &told_hop, &err));
    EQUAL(told_hop.id, 7);
    CHECK(told_hop.fdb && same_ip(told_hop.gateway, hop.gateway));
    vtep_nexthop_list_free(list);
    FAILS(VTEP_E_NOTFOUND, "another kind", vtep_monitor_rule(monitor, 0, &told_rule, &err));
    FAILS(VTEP_E_INVAL, "out", vtep_monitor_rule(monitor, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "out", vtep_monitor_nexthop_list(monitor, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "before", vtep_monitor_nexthop_list(monitor, 2, &list, &err));
    changes[0].change = changes[1].change = VTEP_CHANGE_DELETE;
    OK(vtep_host_apply(host, &changes[0], 1, NULL, &err));
    TOLD(VTEP_EVENT_REMOVED, VTEP_OBJECT_RULE);
    OK(vtep_host_apply(host, &changes[1], 1, NULL, &err));
    TOLD(VTEP_EVENT_REMOVED, VTEP_OBJECT_NEXT_HOP);
    vtep_monitor_close(monitor);
}

/* VNIs are told one by one, whatever ranges they are added in; VLANs only where the kernel filters them. */
static void of_vnis_and_vlans(vtep_host *host) {
    vtep_vxlan_options options = vxlan_named("vx1", 0);
    vtep_vni vni = VTEP_VNI_INIT, told = VTEP_VNI_INIT;
    vtep_vlan vlan = VTEP_VLAN_INIT;
    vtep_vlan_tunnel tunnel = VTEP_VLAN_TUNNEL_INIT;
    vtep_monitor *monitor;
    uint32_t number;
    options.flags = options.flags_mask = VTEP_VXLAN_FLAG_EXTERNAL | VTEP_VXLAN_FLAG_VNI_FILTER;
    OK(vtep_host_vxlan_create(host, &options, NULL, &err));
    monitor = open_monitor(VTEP_OBJECT_VNI | VTEP_OBJECT_VLAN | VTEP_OBJECT_VLAN_TUNNEL, 0, -1);
    vni.first = 7;
    vni.last = 9;
    vni.remote = ip("192.0.2.7");
    OK(vtep_host_vni_add(host, "vx1", &vni, &err));
    for (number = 7; number <= 9; number++) {
        TOLD(VTEP_EVENT_ADDED, VTEP_OBJECT_VNI);
        OK(vtep_monitor_vni(monitor, 0, &told, &err));
        EQUAL(told.first, number);
        EQUAL(told.last, number);
        EQUAL(told.link_index, index_of(host, "vx1"));
        CHECK(same_ip(told.remote, vni.remote));
    }
    FAILS(VTEP_E_NOTFOUND, "before", vtep_monitor_vni(monitor, 1, &told, &err));
    FAILS(VTEP_E_INVAL, "before", vtep_monitor_vni(monitor, 2, &told, &err));
    FAILS(VTEP_E_INVAL, "out", vtep_monitor_vni(monitor, 0, NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "another kind", vtep_monitor_vlan(monitor, 0, &vlan, &err));
    FAILS(VTEP_E_NOTFOUND, "another kind", vtep_monitor_vlan_tunnel(monitor, 0, &tunnel, &err));
    FAILS(VTEP_E_INVAL, "out", vtep_monitor_vlan(monitor, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "out", vtep_monitor_vlan_tunnel(monitor, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "monitor", vtep_monitor_vni(NULL, 0, &told, &err));
    FAILS(VTEP_E_INVAL, "monitor", vtep_monitor_vlan(NULL, 0, &vlan, &err));
    FAILS(VTEP_E_INVAL, "monitor", vtep_monitor_vlan_tunnel(NULL, 0, &tunnel, &err));
    OK(vtep_host_vni_delete(host, "vx1", 8, 8, &err));
    TOLD(VTEP_EVENT_REMOVED, VTEP_OBJECT_VNI);
    OK(vtep_monitor_vni(monitor, 0, &told, &err));
    EQUAL(told.first, 8);
    OK(vtep_host_vxlan_delete(host, "vx1", NULL, &err));
    TOLD(VTEP_EVENT_REMOVED, VTEP_OBJECT_VNI);
    TOLD(VTEP_EVENT_REMOVED, VTEP_OBJECT_VNI);
    vtep_monitor_close(monitor);
}

struct tally {
    uint32_t known, told, synchronised, stop_after;
    vtep_status within;
};

static int32_t count_entry(void *context, vtep_monitor *monitor, const vtep_event *told) {
    struct tally *tally = (struct tally *)context;
    vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT;
    vtep_event other = VTEP_EVENT_INIT;
    tally->told++;
    if (told->event == VTEP_EVENT_SYNCHRONISED) tally->synchronised++;
    if (told->event == VTEP_EVENT_ADDED) tally->known++;
    if (told->event == VTEP_EVENT_REMOVED) tally->known--;
    if (told->object == VTEP_OBJECT_FDB) OK(vtep_monitor_fdb_entry(monitor, 0, &entry, &err));
    tally->within = vtep_monitor_next_event(monitor, 0, &other, NULL);
    return tally->told == tally->stop_after ? 7 : 0;
}

static void flood(vtep_host *host) {
    enum { COUNT = 6000 };
    static vtep_fdb_entry entries[COUNT];
    struct tally tally = { 0, 0, 0, 0, VTEP_OK };
    vtep_monitor *monitor;
    uint32_t i, link = index_of(host, "vx0");
    for (i = 0; i < COUNT; i++) {
        vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT;
        vtep_mac address = { { 2, 1, 0, 0, (uint8_t)(i >> 8), (uint8_t)i } };
        entry.link_index = link;
        entry.mac = address;
        entry.destination = ip("192.0.2.9");
        entries[i] = entry;
    }
    monitor = open_monitor(VTEP_OBJECT_FDB, 1, -1);
    OK(vtep_monitor_dispatch(monitor, 200, count_entry, &tally, &err));
    EQUAL(tally.synchronised, 1);
    EQUAL(tally.within, VTEP_E_BUSY);
    tally.known = 0;
    OK(vtep_host_fdb_apply(host, VTEP_CHANGE_ADD, entries, COUNT, NULL, &err));
    tally.stop_after = tally.told + 10;
    FAILS(VTEP_E_CALLBACK, "asked to stop", vtep_monitor_dispatch(monitor, 1000, count_entry, &tally, &err));
    OK(vtep_host_fdb_apply(host, VTEP_CHANGE_DELETE, entries, COUNT / 2, NULL, &err));
    OK(vtep_monitor_dispatch(monitor, 1000, count_entry, &tally, &err));
    EQUAL(tally.known, COUNT / 2);
    CHECK(tally.synchronised >= 2);
    OK(vtep_host_fdb_apply(host, VTEP_CHANGE_DELETE, entries + COUNT / 2, COUNT / 2, NULL, &err));
    vtep_monitor_close(monitor);
}

static void elsewhere(void) {
    int netns = new_namespace();
    vtep_host *host = NULL;
    vtep_monitor *monitor = open_monitor(VTEP_OBJECT_LINK, 0, netns);
    vtep_link link = VTEP_LINK_INIT;
    OK(vtep_host_open_fd(netns, &host, &err));
    make_bridge(host, "br7");
    TOLD(VTEP_EVENT_ADDED, VTEP_OBJECT_LINK);
    OK(vtep_monitor_link(monitor, 0, &link, &err));
    TEXT(link.name, "br7");
    vtep_host_close(host);
    vtep_monitor_close(monitor);
    close(netns);
}

#define REFUSED(words, assignment) \
    do { \
        vtep_monitor_options options = VTEP_MONITOR_OPTIONS_INIT; \
        memset(&monitor, 0x5A, sizeof monitor); \
        assignment; \
        FAILS(VTEP_E_INVAL, words, vtep_monitor_open(&options, &monitor, &err)); \
        CHECK(monitor == NULL); \
    } while (0)

static void refused(void) {
    vtep_monitor *monitor = NULL;
    vtep_change change = VTEP_CHANGE_INIT;
    vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT;
    vtep_host *host = open_host();
    REFUSED("size", options.size = 8);
    REFUSED("bits", options.has = 0x4);
    REFUSED("snapshot", options.snapshot = 2);
    REFUSED("tables", options.objects = 0x80000000u);
    REFUSED("buffer", options.buffer_size = 100);
    REFUSED("reserved", options.reserved[6] = 1);
    REFUSED("2 ways", (options.has = 3, options.netns_fd = 0, options.netns_pid = 1));
    REFUSED("network namespace", options.netns_path = "/tmp");
    FAILS(VTEP_E_INVAL, "out", vtep_monitor_open(NULL, NULL, &err));
    EQUAL(vtep_monitor_fd(NULL), -1);
    vtep_monitor_close(NULL);
    FAILS(VTEP_E_INVAL, "monitor", vtep_monitor_next_event(NULL, 0, &event, &err));
    FAILS(VTEP_E_INVAL, "monitor", vtep_monitor_dispatch(NULL, 0, count_entry, NULL, &err));
    FAILS(VTEP_E_INVAL, "monitor", vtep_monitor_route(NULL, 0, NULL, &err) == VTEP_OK
                                       ? VTEP_OK : vtep_monitor_link_list(NULL, 0, (vtep_link_list **)&monitor, &err));
    monitor = NULL;
    OK(vtep_monitor_open(NULL, &monitor, &err));
    FAILS(VTEP_E_INVAL, "timeout_ms", vtep_monitor_next_event(monitor, -2, &event, &err));
    FAILS(VTEP_E_INVAL, "out", vtep_monitor_next_event(monitor, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "callback", vtep_monitor_dispatch(monitor, 0, NULL, NULL, &err));
    FAILS(VTEP_E_INVAL, "out", vtep_monitor_link(monitor, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "out", vtep_monitor_address(monitor, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "out", vtep_monitor_route(monitor, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "out", vtep_monitor_neighbour(monitor, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "out", vtep_monitor_fdb_entry(monitor, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "before", vtep_monitor_fdb_entry(monitor, 2, &entry, &err));
    vtep_monitor_close(monitor);
    OK(vtep_host_apply(host, NULL, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "host", vtep_host_apply(NULL, &change, 1, NULL, &err));
    FAILS(VTEP_E_INVAL, "changes", vtep_host_apply(host, NULL, 1, NULL, &err));
    FAILS(VTEP_E_INVAL, "value", vtep_host_apply(host, &change, 1, NULL, &err));
    change.value = &entry;
    FAILS(VTEP_E_INVAL, "object", vtep_host_apply(host, &change, 1, NULL, &err));
    change.object = VTEP_OBJECT_FDB;
    FAILS(VTEP_E_INVAL, "link_index", vtep_host_apply(host, &change, 1, NULL, &err));
    change.change = 99;
    FAILS(VTEP_E_INVAL, "99", vtep_host_apply(host, &change, 1, NULL, &err));
    change.change = 0;
    change.reserved = 1;
    FAILS(VTEP_E_INVAL, "reserved", vtep_host_apply(host, &change, 1, NULL, &err));
    vtep_host_close(host);
}

int main(void) {
    vtep_host *host = open_host();
    int descriptors;
    make_vxlan(host, "vx0", 1);
    make_veth(host, "d0", "d1");
    snapshot();
    descriptors = open_descriptors();
    links(host);
    tables(host);
    of_rules_and_nexthops(host);
    of_vnis_and_vlans(host);
    flood(host);
    elsewhere();
    refused();
    EQUAL(open_descriptors(), descriptors);
    vtep_host_close(host);
    return check_result();
}
