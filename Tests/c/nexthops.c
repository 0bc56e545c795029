/* Nexthop objects, their groups, and what names them, compared with `ip nexthop` in both directions. */
#include "network.h"

static uint32_t link_a;

static vtep_nexthop gateway(uint32_t id, const char *address) {
    vtep_nexthop hop = VTEP_NEXTHOP_INIT;
    hop.id = id;
    hop.gateway = ip(address);
    hop.link_index = link_a;
    return hop;
}

/* One that is read, with copies of what its pointers lead to: the list's own end with the list. */
static vtep_nexthop_member members_found[4];
static vtep_encapsulation encapsulation_found;

static vtep_nexthop find(vtep_host *host, uint32_t id) {
    vtep_nexthop_list *list = NULL;
    vtep_nexthop hop = VTEP_NEXTHOP_INIT, other = VTEP_NEXTHOP_INIT;
    OK(vtep_host_nexthop_get(host, id, 0, &list, &err));
    EQUAL(vtep_nexthop_list_count(list), 1);
    OK(vtep_nexthop_list_get(list, 0, &hop, &err));
    OK(vtep_nexthop_list_copy(list, 0, 1, &other, &err));
    CHECK(memcmp(&hop, &other, sizeof hop) == 0);
    FAILS(VTEP_E_NOTFOUND, "", vtep_nexthop_list_get(list, 1, &other, &err));
    EQUAL(hop.id, id);
    CHECK((hop.member_count == 0) == (hop.members == NULL));
    if (hop.members && hop.member_count <= 4) {
        memcpy(members_found, hop.members, hop.member_count * sizeof *members_found);
        hop.members = members_found;
    }
    if (hop.encapsulation) {
        encapsulation_found = *hop.encapsulation;
        hop.encapsulation = &encapsulation_found;
    }
    vtep_nexthop_list_free(list);
    return hop;
}

static void single(vtep_host *host) {
    vtep_nexthop made = gateway(7, "10.1.0.9"), read, again;
    vtep_encapsulation tunnel = VTEP_ENCAPSULATION_INIT;
    uint32_t id = 0;
    tunnel.type = VTEP_ENCAPSULATION_IP;
    tunnel.id = 120;
    tunnel.destination = ip("10.1.0.29");
    tunnel.has = VTEP_ENCAPSULATION_HAS_GROUP_POLICY;
    tunnel.group_policy = 9;
    made.encapsulation = &tunnel;
    made.origin = VTEP_ORIGIN_STATIC;
    OK(vtep_host_nexthop_add(host, &made, &id, &err));
    EQUAL(id, 7);
    read = find(host, 7);
    EQUAL(read.family, 4);
    EQUAL(read.link_index, link_a);
    EQUAL(read.origin, VTEP_ORIGIN_STATIC);
    EQUAL(read.scope, VTEP_SCOPE_LINK);
    CHECK(same_ip(read.gateway, made.gateway));
    if (CHECK(read.encapsulation != NULL)) {
        EQUAL(read.encapsulation->id, 120);
        EQUAL(read.encapsulation->group_policy, 9);
        CHECK(same_ip(read.encapsulation->destination, tunnel.destination));
    }
    SHOWS(output_of("ip -j -d nexthop show id 7"), "\"gateway\":\"10.1.0.9\",\"dev\":\"a0\"");
    FAILS(VTEP_E_EXISTS, "its id is taken", vtep_host_nexthop_add(host, &made, NULL, &err));
    OK(vtep_host_nexthop_delete(host, 7, &err));
    FAILS(VTEP_E_NOTFOUND, "7", vtep_host_nexthop_delete(host, 7, &err));
    OK(vtep_host_nexthop_add(host, &read, NULL, &err)); /* what was read, back */
    again = find(host, 7);
    again.encapsulation = read.encapsulation;
    CHECK(memcmp(&again, &read, sizeof read) == 0);
    made.encapsulation = NULL;
    OK(vtep_host_nexthop_replace(host, &made, &err));
    CHECK(find(host, 7).encapsulation == NULL);
    made.id = 0;
    OK(vtep_host_nexthop_add(host, &made, &id, &err)); /* the kernel chooses */
    CHECK(id != 0 && id != 7);
    find(host, id);
    OK(vtep_host_nexthop_delete(host, id, &err));
    OK(vtep_host_nexthop_delete(host, 7, &err));
}

static void groups(vtep_host *host) {
    vtep_nexthop one = gateway(1, "10.1.0.9"), two = gateway(2, "10.1.0.8"), group = VTEP_NEXTHOP_INIT, read;
    vtep_nexthop_member members[2] = { { 0, 1, 7 }, { 0, 2, 1 } };
    vtep_nexthop_bucket_list *buckets = NULL;
    vtep_nexthop_bucket bucket = VTEP_NEXTHOP_BUCKET_INIT, copies[4] = { VTEP_NEXTHOP_BUCKET_INIT };
    vtep_route route = VTEP_ROUTE_INIT;
    vtep_route_list *routes = NULL;
    uint32_t i;
    OK(vtep_host_nexthop_add(host, &one, NULL, &err));
    OK(vtep_host_nexthop_add(host, &two, NULL, &err));
    group.id = 3;
    group.members = members;
    group.member_count = 2;
    group.buckets = 4;
    group.has = VTEP_NEXTHOP_HAS_IDLE_TIMER;
    group.idle_timer = 6000;
    if (vtep_host_nexthop_add(host, &group, NULL, &err) == VTEP_OK) { /* since Linux 5.13 */
        read = find(host, 3);
        EQUAL(read.member_count, 2);
        EQUAL(members_found[0].weight, 7);
        EQUAL(members_found[1].id, 2);
        EQUAL(read.buckets, 4);
        EQUAL(read.idle_timer, 6000);
        EQUAL(read.has, VTEP_NEXTHOP_HAS_IDLE_TIMER | VTEP_NEXTHOP_HAS_UNBALANCED_TIMER);
        SHOWS(output_of("ip -d nexthop show id 3"), "group 1,7/2 type resilient buckets 4 idle_timer 60");
        OK(vtep_host_nexthop_buckets(host, 3, &buckets, &err));
        EQUAL(vtep_nexthop_bucket_list_count(buckets), 4);
        for (i = 0; i < 4; i++) {
            OK(vtep_nexthop_bucket_list_get(buckets, i, &bucket, &err));
            EQUAL(bucket.group_id, 3);
            EQUAL(bucket.index, i);
            CHECK(bucket.nexthop_id == 1 || bucket.nexthop_id == 2);
        }
        copies[0].size = sizeof *copies;
        OK(vtep_nexthop_bucket_list_copy(buckets, 0, 4, copies, &err));
        EQUAL(copies[3].index, 3);
        FAILS(VTEP_E_NOTFOUND, "", vtep_nexthop_bucket_list_get(buckets, 4, &bucket, &err));
        vtep_nexthop_bucket_list_free(buckets);
        OK(vtep_host_nexthop_delete(host, 3, &err));
    }
    group.buckets = 0;
    group.has = 0;
    OK(vtep_host_nexthop_add(host, &group, NULL, &err));
    route.destination = prefix("10.50.0.0/16");
    route.next_hop_id = 3;
    OK(vtep_host_route_add(host, &route, &err));
    SHOWS(output_of("ip route show 10.50.0.0/16"), "nhid 3");
    OK(vtep_host_routes(host, 4, VTEP_TABLE_MAIN, &routes, &err));
    for (i = 0; i < vtep_route_list_count(routes); i++) {
        OK(vtep_route_list_get(routes, i, &route, &err));
        if (route.next_hop_id != 3) continue;
        OK(vtep_host_route_delete(host, &route, &err)); /* what was read, its next hops and all */
        OK(vtep_host_route_add(host, &route, &err));
    }
    vtep_route_list_free(routes);
    SHOWS(output_of("ip route show 10.50.0.0/16"), "nhid 3");
    members[0].id = 9;
    group.id = 4;
    FAILS(VTEP_E_INVAL, "there is no nexthop 9", vtep_host_nexthop_add(host, &group, NULL, &err));
    members[0].id = 2;
    FAILS(VTEP_E_INVAL, "raise its weight", vtep_host_nexthop_add(host, &group, NULL, &err));
    members[0].id = 1;
    members[0].weight = 0;
    FAILS(VTEP_E_INVAL, "1...65536", vtep_host_nexthop_add(host, &group, NULL, &err));
}

static void listed_and_flushed(vtep_host *host) {
    vtep_nexthop_list *list = NULL;
    vtep_nexthop_filter filter = VTEP_NEXTHOP_FILTER_INIT;
    vtep_nexthop hops[3] = { VTEP_NEXTHOP_INIT };
    uint32_t deleted = 9;
    OK(vtep_host_nexthops(host, NULL, &list, &err));
    EQUAL(vtep_nexthop_list_count(list), 3);
    hops[0].size = sizeof *hops;
    OK(vtep_nexthop_list_copy(list, 0, 3, hops, &err));
    EQUAL(hops[2].id, 3);
    EQUAL(hops[2].members[0].weight, 7);
    vtep_nexthop_list_free(list);
    filter.groups_only = 1;
    OK(vtep_host_nexthops(host, &filter, &list, &err));
    EQUAL(vtep_nexthop_list_count(list), 1);
    vtep_nexthop_list_free(list);
    filter.groups_only = 0;
    filter.fdb_only = 1;
    OK(vtep_host_nexthop_flush(host, &filter, &deleted, &err));
    EQUAL(deleted, 0);
    OK(vtep_host_nexthop_flush(host, NULL, &deleted, &err));
    EQUAL(deleted, 3);
    TEXT(output_of("ip nexthop"), "");
}

/* A VXLAN device's entry whose remote is one of a group of VTEPs. */
static void of_the_fdb(vtep_host *host) {
    vtep_nexthop remotes[3] = { VTEP_NEXTHOP_INIT, VTEP_NEXTHOP_INIT, VTEP_NEXTHOP_INIT };
    vtep_nexthop_member members[2] = { { 0, 1, 1 }, { 0, 2, 3 } };
    vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT, read = VTEP_FDB_ENTRY_INIT;
    vtep_failure_list *failures = NULL;
    vtep_change changes[3];
    uint32_t i;
    remotes[0].id = 1;
    remotes[1].id = 2;
    remotes[2].id = 10;
    remotes[0].gateway = ip("10.1.0.29");
    remotes[1].gateway = ip("10.1.0.30");
    remotes[0].fdb = remotes[1].fdb = remotes[2].fdb = 1;
    remotes[2].members = members;
    remotes[2].member_count = 2;
    for (i = 0; i < 3; i++) changes[i] = change_of(VTEP_CHANGE_ADD, VTEP_OBJECT_NEXT_HOP, &remotes[i]);
    OK(vtep_host_apply(host, changes, 3, &failures, &err));
    CHECK(failures == NULL);
    make_vxlan(host, "vx0", 5);
    entry.link_index = index_of(host, "vx0");
    entry.mac = mac("02:00:00:00:00:05");
    entry.next_hop_id = 10;
    OK(vtep_host_fdb_add(host, &entry, &err));
    OK(vtep_host_fdb_get(host, &entry, &read, &err));
    EQUAL(read.next_hop_id, 10);
    EQUAL(read.destination.family, 0);
    SHOWS(output_of("bridge -j fdb show dev vx0"), "\"nhid\":10");
    entry.next_hop_id = 1; /* no group */
    entry.mac = mac("02:00:00:00:00:06");
    FAILS(VTEP_E_INVAL, "make nexthop 1 a group", vtep_host_fdb_add(host, &entry, &err));
    changes[2].change = VTEP_CHANGE_DELETE;
    OK(vtep_host_apply(host, &changes[2], 1, &failures, &err));
    FAILS(VTEP_E_NOTFOUND, "02:00:00:00:00:05", vtep_host_fdb_get(host, &read, &read, &err)); /* it went along */
    remotes[0].link_index = link_a;
    FAILS(VTEP_E_INVAL, "the remote VTEP", vtep_host_nexthop_replace(host, &remotes[0], &err));
}

int main(void) {
    vtep_host *host = open_host();
    make_veth(host, "a0", "a1");
    add_address(host, "a0", "10.1.0.1/24");
    link_a = index_of(host, "a0");
    single(host);
    groups(host);
    listed_and_flushed(host);
    of_the_fdb(host);
    vtep_host_close(host);
    return check_result();
}
