/* Links: what is read agrees with `ip`, in both ways of reading it; what is changed is changed. */
#include "network.h"

static void reading(vtep_host *host) {
    vtep_link link = VTEP_LINK_INIT, same = VTEP_LINK_INIT;
    char part[64];
    const char *said;
    CHECK(system("ip link add n0 mtu 1400 address 02:00:00:00:00:99 group 7 txqueuelen 77 type veth peer name n1 && "
                 "ip link set n0 alias 'a link \xc3\xa4' up") == 0);
    OK(vtep_host_link_get(host, "n0", &link, &err));
    OK(vtep_host_link_get_by_index(host, link.index, &same, &err));
    CHECK(memcmp(&link, &same, sizeof link) == 0);
    EQUAL(link.mtu, 1400);
    EQUAL(link.minimum_mtu, 68);
    EQUAL(link.maximum_mtu, 65535);
    EQUAL(link.group, 7);
    EQUAL(link.tx_queue_length, 77);
    EQUAL(link.promiscuity, 0);
    EQUAL(link.master_index, 0);
    EQUAL(link.lower_index, index_of(host, "n1"));
    EQUAL(link.hardware_type, 1);
    EQUAL(link.operstate, VTEP_OPERSTATE_LOWERLAYERDOWN);
    EQUAL(link.reserved, 0);
    CHECK(same_mac(link.mac, mac("02:00:00:00:00:99")));
    CHECK(same_mac(link.broadcast, mac("ff:ff:ff:ff:ff:ff")));
    TEXT(link.name, "n0");
    TEXT(link.kind, "veth");
    TEXT(link.qdisc, "noqueue");
    TEXT(link.alias, "a link \xc3\xa4");
    EQUAL(link.has, VTEP_LINK_HAS_MAC | VTEP_LINK_HAS_BROADCAST);
    EQUAL(link.flags & (VTEP_LINK_UP | VTEP_LINK_BROADCAST | VTEP_LINK_MULTICAST | VTEP_LINK_LOWER_UP),
          VTEP_LINK_UP | VTEP_LINK_BROADCAST | VTEP_LINK_MULTICAST);
    said = output_of("ip -d -j link show dev n0");
    snprintf(part, sizeof part, "\"ifindex\":%u", link.index);
    SHOWS(said, part);
    SHOWS(said, "\"operstate\":\"LOWERLAYERDOWN\"");
    SHOWS(said, "\"max_mtu\":65535");
    OK(vtep_host_link_get(host, "lo", &link, &err));
    EQUAL(link.hardware_type, 772);
    TEXT(link.kind, "");
    CHECK(link.flags & VTEP_LINK_LOOPBACK);
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_link_get(host, "nope", &link, &err));
    CHECK(strstr(err.message, "n0") != NULL && strstr(err.message, "lo") != NULL); /* the names there are */
    FAILS(VTEP_E_NOTFOUND, "7777", vtep_host_link_get_by_index(host, 7777, &link, &err));
    TEXT(link.name, "lo"); /* what failed has written nothing */
}

static void statistics(vtep_host *host) {
    vtep_link_statistics before = VTEP_LINK_STATISTICS_INIT, after = VTEP_LINK_STATISTICS_INIT;
    OK(vtep_host_link_set_up(host, "lo", 1, &err));
    OK(vtep_host_link_statistics(host, "lo", &before, &err));
    CHECK(system("ping -c 3 -i 0.01 -W 1 -q 127.0.0.1 >/dev/null") == 0);
    OK(vtep_host_link_statistics(host, "lo", &after, &err));
    EQUAL(after.tx_packets - before.tx_packets, 6);
    EQUAL(after.rx_bytes - before.rx_bytes, 6 * 84);
    EQUAL(after.rx_errors + after.tx_errors + after.collisions, 0);
    EQUAL(after.has, 0);
}

static void listing(vtep_host *host) {
    vtep_link_list *all = NULL, *some = NULL;
    vtep_link link = VTEP_LINK_INIT, one = VTEP_LINK_INIT;
    vtep_link_statistics counters = VTEP_LINK_STATISTICS_INIT;
    uint32_t i, last = 0, count;
    OK(vtep_host_links(host, NULL, &all, &err));
    count = vtep_link_list_count(all);
    EQUAL(count, 3);
    for (i = 0; i < count; i++) {
        OK(vtep_link_list_get(all, i, &link, &err));
        OK(vtep_host_link_get(host, link.name, &one, &err));
        CHECK(memcmp(&link, &one, sizeof link) == 0);
        CHECK(link.index > last);
        last = link.index;
        OK(vtep_link_list_statistics(all, i, &counters, &err));
    }
    FAILS(VTEP_E_NOTFOUND, "3", vtep_link_list_get(all, count, &link, &err));
    FAILS(VTEP_E_NOTFOUND, "4294967295", vtep_link_list_get(all, UINT32_MAX, &link, &err));
    FAILS(VTEP_E_NOTFOUND, "", vtep_link_list_statistics(all, count, &counters, &err));
    OK(vtep_host_links(host, "veth", &some, &err));
    EQUAL(vtep_link_list_count(some), 2);
    vtep_link_list_free(some);
    OK(vtep_host_links(host, "", &some, &err)); /* loopback is no link of any kind */
    EQUAL(vtep_link_list_count(some), 1);
    vtep_link_list_free(some);
    OK(vtep_host_links(host, "dummy", &some, &err));
    CHECK(some != NULL);
    EQUAL(vtep_link_list_count(some), 0);
    FAILS(VTEP_E_NOTFOUND, "", vtep_link_list_get(some, 0, &link, &err));
    vtep_link_list_free(some);
    CHECK(system("ip link del n0") == 0);
    EQUAL(vtep_link_list_count(all), 3); /* a list never changes */
    vtep_link_list_free(all);
    EQUAL(link_count(host), 1);
}

static void changing(vtep_host *host) {
    vtep_mac address = mac("02:00:00:00:00:aa"), group = mac("03:00:00:00:00:aa"), zero = mac("00:00:00:00:00:00");
    vtep_link link = VTEP_LINK_INIT;
    const char *said;
    make_veth(host, "c0", "c1");
    make_bridge(host, "br0");
    OK(vtep_host_link_set_up(host, "c0", 0, &err));
    OK(vtep_host_link_set_mtu(host, "c0", 1333, &err));
    OK(vtep_host_link_set_mac(host, "c0", &address, &err));
    OK(vtep_host_link_set_master(host, "c0", "br0", &err));
    OK(vtep_host_link_rename(host, "c0", "a-name-of-15-by", &err));
    said = output_of("ip -d -j link show dev a-name-of-15-by");
    SHOWS(said, "\"mtu\":1333");
    SHOWS(said, "\"address\":\"02:00:00:00:00:aa\"");
    SHOWS(said, "\"master\":\"br0\"");
    HIDES(said, "\"UP\"");
    OK(vtep_host_link_rename(host, "a-name-of-15-by", "c0", &err));
    OK(vtep_host_link_set_up(host, "c0", 1, &err));
    OK(vtep_host_link_set_up(host, "c0", 1, &err)); /* again is no failure */
    OK(vtep_host_link_get(host, "c0", &link, &err));
    CHECK(link.flags & VTEP_LINK_UP);
    EQUAL(link.master_index, index_of(host, "br0"));
    CHECK(link.has & VTEP_LINK_HAS_BRIDGE_PORT);
    OK(vtep_host_link_set_master(host, "c0", NULL, &err));
    OK(vtep_host_link_get(host, "c0", &link, &err));
    EQUAL(link.master_index, 0);
    CHECK(!(link.has & VTEP_LINK_HAS_BRIDGE_PORT));

    FAILS(VTEP_E_INVAL, "68...65535", vtep_host_link_set_mtu(host, "c0", 67, &err));
    FAILS(VTEP_E_INVAL, "68...65535", vtep_host_link_set_mtu(host, "c0", 65536, &err));
    FAILS(VTEP_E_INVAL, "68...65535", vtep_host_link_set_mtu(host, "c0", UINT32_MAX, &err));
    FAILS(VTEP_E_INVAL, "group", vtep_host_link_set_mac(host, "c0", &group, &err));
    FAILS(VTEP_E_INVAL, "zero", vtep_host_link_set_mac(host, "c0", &zero, &err));
    FAILS(VTEP_E_EXISTS, "c1", vtep_host_link_rename(host, "c0", "c1", &err));
    FAILS(VTEP_E_INVAL, "/", vtep_host_link_rename(host, "c0", "a/b", &err));
    FAILS(VTEP_E_INVAL, "15", vtep_host_link_rename(host, "c0", "a-name-of-16-byt", &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_link_set_master(host, "c0", "nope", &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_link_set_up(host, "nope", 1, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_link_set_mtu(host, "nope", 1400, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_link_set_mac(host, "nope", &address, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_link_rename(host, "nope", "nope2", &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_link_delete(host, "nope", NULL, &err));
    CHECK(vtep_host_link_set_master(host, "c0", "c1", &err) != VTEP_OK); /* a veth takes no ports */
    OK(vtep_host_link_get(host, "c0", &link, &err));
    EQUAL(link.mtu, 1333);
    CHECK(same_mac(link.mac, address));
}

static void deleting(vtep_host *host) {
    FAILS(VTEP_E_FOREIGN, "c0", vtep_host_link_delete(host, "c0", "vxlan", &err));
    FAILS(VTEP_E_NOTSUPPORTED, "lo", vtep_host_link_delete(host, "lo", NULL, &err));
    OK(vtep_host_link_get(host, "c0", NULL, &err));
    OK(vtep_host_link_delete(host, "c0", "veth", &err));
    FAILS(VTEP_E_NOTFOUND, "c1", vtep_host_link_get(host, "c1", NULL, &err));
    OK(vtep_host_link_delete(host, "br0", NULL, &err));
    EQUAL(link_count(host), 1);
}

/* More links than one datagram of the kernel's answer holds. */
static void many(vtep_host *host) {
    char name[16];
    unsigned i;
    for (i = 0; i < 150; i++) {
        snprintf(name, sizeof name, "many%u", i);
        make_bridge(host, name);
    }
    EQUAL(link_count(host), 151);
    for (i = 0; i < 150; i++) {
        snprintf(name, sizeof name, "many%u", i);
        OK(vtep_host_bridge_delete(host, name, &err));
    }
    EQUAL(link_count(host), 1);
}

int main(void) {
    vtep_host *host = open_host();
    reading(host);
    statistics(host);
    listing(host);
    changing(host);
    deleting(host);
    many(host);
    vtep_host_close(host);
    return check_result();
}
