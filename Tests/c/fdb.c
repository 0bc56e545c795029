/* Forwarding databases of VXLAN devices and of bridge ports, compared with `bridge fdb` in both directions. */
#include "network.h"

static vtep_fdb_entry entry(vtep_host *host, const char *name, const char *address, const char *destination) {
    vtep_fdb_entry fdb = VTEP_FDB_ENTRY_INIT;
    fdb.link_index = index_of(host, name);
    fdb.mac = mac(address);
    if (destination) fdb.destination = ip(destination);
    return fdb;
}

/* The last of the link's entries for that address, of which there are `expected`. */
static vtep_fdb_entry find(vtep_host *host, const char *name, const char *address, uint32_t expected) {
    vtep_fdb_list *list = NULL;
    vtep_fdb_entry fdb = VTEP_FDB_ENTRY_INIT, found = VTEP_FDB_ENTRY_INIT;
    uint32_t i, matches = 0;
    OK(vtep_host_fdb(host, name, &list, &err));
    for (i = 0; i < vtep_fdb_list_count(list); i++) {
        OK(vtep_fdb_list_get(list, i, &fdb, &err));
        if (!same_mac(fdb.mac, mac(address))) continue;
        found = fdb;
        matches++;
    }
    EQUAL(matches, expected);
    FAILS(VTEP_E_NOTFOUND, "", vtep_fdb_list_get(list, vtep_fdb_list_count(list), &fdb, &err));
    vtep_fdb_list_free(list);
    return found;
}

static void unicast(vtep_host *host) {
    vtep_fdb_entry made = entry(host, "vx0", "02:00:00:00:00:01", "10.0.0.1"), read;
    const char *said;
    made.has = VTEP_FDB_HAS_VNI | VTEP_FDB_HAS_PORT;
    made.vni = 16777215;
    made.port = 65535;
    made.via_index = index_of(host, "under0");
    OK(vtep_host_fdb_add(host, &made, &err));
    read = find(host, "vx0", "02:00:00:00:00:01", 1);
    EQUAL(read.has, VTEP_FDB_HAS_VNI | VTEP_FDB_HAS_PORT | VTEP_FDB_HAS_STATE | VTEP_FDB_HAS_FLAGS |
                        VTEP_FDB_HAS_AGES);
    CHECK(read.used < 6000 && read.updated < 6000);
    EQUAL(read.vni, 16777215);
    EQUAL(read.port, 65535);
    EQUAL(read.via_index, made.via_index);
    EQUAL(read.state, VTEP_NEIGHBOUR_PERMANENT);
    EQUAL(read.flags, VTEP_NEIGHBOUR_FLAG_SELF);
    EQUAL(read.master_index, 0);
    EQUAL(read.link_index, made.link_index);
    CHECK(same_ip(read.destination, made.destination));
    said = output_of("bridge -j fdb show dev vx0");
    SHOWS(said, "\"mac\":\"02:00:00:00:00:01\"");
    SHOWS(said, "\"dst\":\"10.0.0.1\"");
    SHOWS(said, "\"vni\":16777215");
    SHOWS(said, "\"port\":65535");
    SHOWS(said, "\"viaIf\":\"under0\"");
    FAILS(VTEP_E_EXISTS, "02:00:00:00:00:01", vtep_host_fdb_add(host, &made, &err));
    FAILS(VTEP_E_EXISTS, "02:00:00:00:00:01", vtep_host_fdb_append(host, &made, &err)); /* one remote only */
    OK(vtep_host_fdb_delete(host, &read, &err));                                        /* what was read, back */
    find(host, "vx0", "02:00:00:00:00:01", 0);
    FAILS(VTEP_E_NOTFOUND, "02:00:00:00:00:01", vtep_host_fdb_delete(host, &read, &err));
    OK(vtep_host_fdb_add(host, &read, &err));
    made = entry(host, "vx0", "02:00:00:00:00:01", "10.0.0.2");
    OK(vtep_host_fdb_replace(host, &made, &err));
    read = find(host, "vx0", "02:00:00:00:00:01", 1);
    CHECK(same_ip(read.destination, ip("10.0.0.2")));
    EQUAL(read.has, VTEP_FDB_HAS_STATE | VTEP_FDB_HAS_FLAGS | VTEP_FDB_HAS_AGES); /* VNI and port are the device's own again */
    made = entry(host, "vx0", "02:00:00:00:00:01", NULL);
    OK(vtep_host_fdb_delete(host, &made, &err));
}

static void several_remotes(vtep_host *host) {
    static const char *const addresses[] = { "00:00:00:00:00:00", "01:00:5e:01:02:03" };
    size_t i;
    for (i = 0; i < 2; i++) {
        vtep_fdb_entry first = entry(host, "vx0", addresses[i], "10.0.0.1");
        vtep_fdb_entry second = entry(host, "vx0", addresses[i], "10.0.0.2");
        OK(vtep_host_fdb_append(host, &first, &err));
        OK(vtep_host_fdb_append(host, &second, &err));
        find(host, "vx0", addresses[i], 2);
        OK(vtep_host_fdb_delete(host, &second, &err));
        CHECK(same_ip(find(host, "vx0", addresses[i], 1).destination, first.destination));
        OK(vtep_host_fdb_delete(host, &first, &err));
        find(host, "vx0", addresses[i], 0);
    }
}

static void ipv6_destination(vtep_host *host) {
    vtep_fdb_entry made = entry(host, "vx6", "02:00:00:00:00:06", "2001:db8::6"), read;
    OK(vtep_host_fdb_add(host, &made, &err));
    read = find(host, "vx6", "02:00:00:00:00:06", 1);
    CHECK(same_ip(read.destination, made.destination));
    SHOWS(output_of("bridge -j fdb show dev vx6"), "\"dst\":\"2001:db8::6\"");
}

/* A device that takes the VNI from each packet looks entries up under a source VNI. */
static void source_vni(vtep_host *host) {
    vtep_fdb_entry made, read;
    CHECK(system("ip link add vxe type vxlan external dstport 4790") == 0);
    made = entry(host, "vxe", "02:00:00:00:00:07", "10.0.0.7");
    made.has = VTEP_FDB_HAS_SOURCE_VNI;
    made.source_vni = 1234;
    OK(vtep_host_fdb_add(host, &made, &err));
    read = find(host, "vxe", "02:00:00:00:00:07", 1);
    EQUAL(read.source_vni, 1234);
    CHECK(read.has & VTEP_FDB_HAS_SOURCE_VNI);
    SHOWS(output_of("bridge -j fdb show dev vxe"), "\"src_vni\":1234");
    OK(vtep_host_fdb_delete(host, &read, &err));
}

/* One entry asked for by its key, and all of one remote deleted in one request. */
static void found_and_flushed(vtep_host *host) {
    vtep_fdb_entry made = entry(host, "vxe", "02:00:00:00:00:07", "10.0.0.7"), read = VTEP_FDB_ENTRY_INIT;
    vtep_fdb_filter filter = VTEP_FDB_FILTER_INIT;
    uint32_t vni;
    made.has = VTEP_FDB_HAS_SOURCE_VNI | VTEP_FDB_HAS_VNI;
    for (vni = 1; vni <= 20; vni++) {
        made.source_vni = made.vni = vni;
        made.destination = ip(vni > 5 ? "10.0.0.8" : "10.0.0.7");
        OK(vtep_host_fdb_add(host, &made, &err));
    }
    OK(vtep_host_fdb_get(host, &made, &read, &err));
    EQUAL(read.source_vni, 20);
    CHECK(same_ip(read.destination, made.destination));
    made.source_vni = 21;
    FAILS(VTEP_E_NOTFOUND, "02:00:00:00:00:07", vtep_host_fdb_get(host, &made, &read, &err));
    filter.destination = ip("10.0.0.8");
    if (vtep_host_fdb_flush(host, "vxe", &filter, &err) == VTEP_E_NOTSUPPORTED) { /* before Linux 6.7 */
        SHOWS(err.message, "6.7");
        return;
    }
    CHECK(err.code == VTEP_OK);
    EQUAL(find(host, "vxe", "02:00:00:00:00:07", 5).source_vni > 0, 1);
    filter.destination.family = 0;
    filter.has = VTEP_FDB_FILTER_HAS_SOURCE_VNI;
    filter.source_vni = 3;
    OK(vtep_host_fdb_flush(host, "vxe", &filter, &err));
    find(host, "vxe", "02:00:00:00:00:07", 4);
    filter.has = VTEP_FDB_FILTER_HAS_VLAN; /* of bridges only */
    filter.vlan = 5;
    FAILS(VTEP_E_INVAL, "nexthop, state and flags", vtep_host_fdb_flush(host, "vxe", &filter, &err));
    filter.vlan = 4095;
    FAILS(VTEP_E_INVAL, "4095", vtep_host_fdb_flush(host, "vxe", &filter, &err));
    filter.has = 0;
    filter.state = VTEP_NEIGHBOUR_PERMANENT;
    FAILS(VTEP_E_INVAL, "mask", vtep_host_fdb_flush(host, "vxe", &filter, &err));
    OK(vtep_host_fdb_flush(host, "vxe", NULL, &err));
    find(host, "vxe", "02:00:00:00:00:07", 0);
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_fdb_flush(host, "nope", NULL, &err));
    FAILS(VTEP_E_NOTSUPPORTED, "one by one", vtep_host_fdb_flush(host, "under0", NULL, &err));
}

static void of_a_bridge(vtep_host *host) {
    vtep_fdb_entry made = entry(host, "p0", "02:00:00:00:00:08", NULL), read;
    made.has = VTEP_FDB_HAS_FLAGS | VTEP_FDB_HAS_STATE;
    made.flags = VTEP_NEIGHBOUR_FLAG_MASTER;
    made.state = VTEP_NEIGHBOUR_NOARP;
    OK(vtep_host_fdb_add(host, &made, &err));
    read = find(host, "p0", "02:00:00:00:00:08", 1);
    EQUAL(read.master_index, index_of(host, "br0"));
    EQUAL(read.state, VTEP_NEIGHBOUR_NOARP);
    CHECK(!(read.flags & VTEP_NEIGHBOUR_FLAG_SELF));
    EQUAL(read.destination.family, 0);
    SHOWS(output_of("bridge -j fdb show dev p0"), "\"mac\":\"02:00:00:00:00:08\"");
    FAILS(VTEP_E_EXISTS, "02:00:00:00:00:08", vtep_host_fdb_add(host, &made, &err));
    read.has |= VTEP_FDB_HAS_ACTIVITY;
    read.activity = VTEP_FDB_ACTIVITY_NOTIFY;
    OK(vtep_host_fdb_replace(host, &read, &err));
    read.activity = 0;
    OK(vtep_host_fdb_get(host, &made, &read, &err));
    EQUAL(read.activity, VTEP_FDB_ACTIVITY_NOTIFY);
    OK(vtep_host_fdb_delete(host, &read, &err)); /* what was read, back */
    find(host, "p0", "02:00:00:00:00:08", 0);
    FAILS(VTEP_E_NOTFOUND, "02:00:00:00:00:08", vtep_host_fdb_delete(host, &made, &err));
    if (system("ip link set br0 type bridge vlan_filtering 1 2>/dev/null") != 0) return; /* not every kernel can */
    CHECK(system("bridge vlan add vid 100 dev p0 && "
                 "bridge fdb add 02:00:00:00:00:08 dev p0 master static vlan 100") == 0);
    read = find(host, "p0", "02:00:00:00:00:08", 1);
    CHECK(read.has & VTEP_FDB_HAS_VLAN);
    EQUAL(read.vlan, 100);
    OK(vtep_host_fdb_delete(host, &read, &err));
}

static void refused(vtep_host *host) {
    vtep_fdb_entry bad = entry(host, "vx0", "02:00:00:00:00:0a", "10.0.0.1");
    vtep_fdb_list *list;
    bad.has = VTEP_FDB_HAS_VNI;
    bad.vni = 16777216;
    FAILS(VTEP_E_INVAL, "16777216", vtep_host_fdb_add(host, &bad, &err));
    bad.has = VTEP_FDB_HAS_SOURCE_VNI;
    bad.source_vni = UINT32_MAX;
    FAILS(VTEP_E_INVAL, "4294967295", vtep_host_fdb_add(host, &bad, &err));
    bad.has = VTEP_FDB_HAS_PORT;
    bad.port = 0;
    FAILS(VTEP_E_INVAL, "port", vtep_host_fdb_add(host, &bad, &err));
    bad.port = 65536;
    FAILS(VTEP_E_INVAL, "65536", vtep_host_fdb_add(host, &bad, &err));
    bad.has = VTEP_FDB_HAS_VLAN;
    bad.vlan = 4095;
    FAILS(VTEP_E_INVAL, "4095", vtep_host_fdb_add(host, &bad, &err));
    bad.vlan = 0;
    FAILS(VTEP_E_INVAL, "VLAN", vtep_host_fdb_add(host, &bad, &err));
    bad.has = 0;
    bad.link_index = 0;
    FAILS(VTEP_E_INVAL, "link_index", vtep_host_fdb_add(host, &bad, &err));
    bad.link_index = 7777;
    FAILS(VTEP_E_NOTFOUND, "02:00:00:00:00:0a", vtep_host_fdb_add(host, &bad, &err));
    bad = entry(host, "vx0", "02:00:00:00:00:0a", "2001:db8::1"); /* the device is of the other family */
    CHECK(vtep_host_fdb_add(host, &bad, &err) != VTEP_OK && err.message[0] != 0);
    bad.has = 0;
    bad.destination = ip("10.0.0.1");
    bad.next_hop_id = 10;
    FAILS(VTEP_E_INVAL, "nexthop group 10", vtep_host_fdb_add(host, &bad, &err));
    bad.destination.family = 0;
    FAILS(VTEP_E_INVAL, "make nexthop 10 a group of FDB nexthops", vtep_host_fdb_add(host, &bad, &err));
    bad.next_hop_id = 0;
    bad.destination.family = 7;
    FAILS(VTEP_E_INVAL, "7", vtep_host_fdb_add(host, &bad, &err));
    bad = entry(host, "lo", "02:00:00:00:00:0a", NULL); /* no Ethernet device */
    FAILS(VTEP_E_INVAL, "02:00:00:00:00:0a", vtep_host_fdb_add(host, &bad, &err));
    bad = entry(host, "under0", "02:00:00:00:00:0a", NULL); /* no bridge port */
    bad.flags = VTEP_NEIGHBOUR_FLAG_MASTER;
    bad.has = VTEP_FDB_HAS_FLAGS;
    FAILS(VTEP_E_NOTSUPPORTED, "02:00:00:00:00:0a", vtep_host_fdb_add(host, &bad, &err));
    find(host, "vx0", "02:00:00:00:00:0a", 0);
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_fdb(host, "nope", &list, &err));
    CHECK(list == NULL);
    OK(vtep_host_fdb(host, NULL, &list, &err));
    CHECK(vtep_fdb_list_count(list) > 3);
    vtep_fdb_list_free(list);
}

int main(void) {
    vtep_host *host = open_host();
    vtep_vxlan_options six = vxlan_named("vx6", 6);
    make_veth(host, "under0", "under1");
    make_veth(host, "p0", "p1");
    make_bridge(host, "br0");
    OK(vtep_host_link_set_master(host, "p0", "br0", &err));
    make_vxlan(host, "vx0", 4);
    six.local = ip("2001:db8::1");
    OK(vtep_host_vxlan_create(host, &six, NULL, &err));
    unicast(host);
    several_remotes(host);
    ipv6_destination(host);
    source_vni(host);
    found_and_flushed(host);
    of_a_bridge(host);
    refused(host);
    vtep_host_close(host);
    return check_result();
}
