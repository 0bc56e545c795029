/* VXLAN devices: every option set, then read back through the library and through `ip`; IPv4 and IPv6 underlay. */
#include "network.h"

static const uint32_t all_options =
    VTEP_VXLAN_OPTIONS_HAS_DESTINATION_PORT | VTEP_VXLAN_OPTIONS_HAS_TTL | VTEP_VXLAN_OPTIONS_HAS_TOS |
    VTEP_VXLAN_OPTIONS_HAS_DF | VTEP_VXLAN_OPTIONS_HAS_AGEING | VTEP_VXLAN_OPTIONS_HAS_MAXIMUM_ENTRIES |
    VTEP_VXLAN_OPTIONS_HAS_SOURCE_PORTS | VTEP_VXLAN_OPTIONS_HAS_MTU | VTEP_VXLAN_OPTIONS_HAS_RESERVED_BITS |
    VTEP_VXLAN_OPTIONS_HAS_MAC;

/* Every flag that goes together with the others, and none of them as the kernel has it. */
static const uint32_t flags_on =
    VTEP_VXLAN_FLAG_PROXY | VTEP_VXLAN_FLAG_RSC | VTEP_VXLAN_FLAG_L2MISS | VTEP_VXLAN_FLAG_L3MISS |
    VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_TX | VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_RX | VTEP_VXLAN_FLAG_REMCSUM_TX |
    VTEP_VXLAN_FLAG_REMCSUM_RX | VTEP_VXLAN_FLAG_REMCSUM_NOPARTIAL | VTEP_VXLAN_FLAG_GBP | VTEP_VXLAN_FLAG_TTL_INHERIT;
static const uint32_t flags_off =
    VTEP_VXLAN_FLAG_LEARNING | VTEP_VXLAN_FLAG_UDP_CHECKSUM | VTEP_VXLAN_FLAG_LOCAL_BYPASS;

/* Every option, none of them at the kernel's default. */
static vtep_vxlan_options everything(const char *name, uint32_t vni) {
    vtep_vxlan_options options = vxlan_named(name, vni);
    options.has = all_options;
    options.device = "under0";
    options.master = "br0";
    options.destination_port = 65535;
    options.ttl = 255;
    options.tos = 16;
    options.ageing = 2147483;
    options.source_port_min = 40000;
    options.source_port_max = 50000;
    options.mtu = 1234;
    options.df = VTEP_VXLAN_DF_INHERIT;
    options.maximum_entries = UINT32_MAX;
    options.reserved_bits = UINT64_C(0x7700000000000000);
    options.flags = flags_on;
    options.flags_mask = flags_on | flags_off;
    options.up = 1;
    options.mac = mac("02:00:00:00:12:34");
    return options;
}

static void expect_everything(vtep_host *host, const char *name, uint32_t vni) {
    vtep_link link = VTEP_LINK_INIT;
    vtep_vxlan vxlan = VTEP_VXLAN_INIT;
    OK(vtep_host_link_get(host, name, &link, &err));
    EQUAL(link.mtu, 1234);
    EQUAL(link.master_index, index_of(host, "br0"));
    CHECK(same_mac(link.mac, mac("02:00:00:00:12:34")));
    CHECK(link.flags & VTEP_LINK_UP);
    CHECK(link.has & VTEP_LINK_HAS_VXLAN);
    TEXT(link.kind, "vxlan");
    OK(vtep_host_vxlan_get(host, name, &vxlan, &err));
    EQUAL(vxlan.has, VTEP_VXLAN_HAS_VNI | VTEP_VXLAN_HAS_SOURCE_PORTS | VTEP_VXLAN_HAS_RESERVED_BITS);
    EQUAL(vxlan.vni, vni);
    EQUAL(vxlan.destination_port, 65535);
    EQUAL(vxlan.device_index, index_of(host, "under0"));
    EQUAL(vxlan.ttl, 255);
    EQUAL(vxlan.tos, 16);
    EQUAL(vxlan.df, VTEP_VXLAN_DF_INHERIT);
    EQUAL(vxlan.ageing, 2147483);
    EQUAL(vxlan.maximum_entries, UINT32_MAX);
    EQUAL(vxlan.source_port_min, 40000);
    EQUAL(vxlan.source_port_max, 50000);
    CHECK(vxlan.reserved_bits == UINT64_C(0x7700000000000000));
    EQUAL(vxlan.flags, flags_on);
}

static void every_option_v4(vtep_host *host) {
    vtep_vxlan_options options = everything("vx4", 16777215);
    vtep_link made = VTEP_LINK_INIT, read = VTEP_LINK_INIT;
    vtep_vxlan vxlan = VTEP_VXLAN_INIT;
    const char *said;
    uint32_t vni = 16777215;
    options.remote = ip("192.168.50.29");
    options.local = ip("192.168.50.233");
    OK(vtep_host_vxlan_create(host, &options, &made, &err));
    OK(vtep_host_link_get(host, "vx4", &read, &err));
    EQUAL(made.index, read.index);
    TEXT(made.name, "vx4");
    expect_everything(host, "vx4", 16777215);
    OK(vtep_host_vxlan_get(host, "vx4", &vxlan, &err));
    CHECK(same_ip(vxlan.remote, options.remote) && same_ip(vxlan.local, options.local));
    EQUAL(vxlan.group.family, 0);
    said = output_of("ip -d -j link show dev vx4");
    SHOWS(said, "\"id\":16777215");
    SHOWS(said, "\"remote\":\"192.168.50.29\"");
    SHOWS(said, "\"local\":\"192.168.50.233\"");
    SHOWS(said, "\"link\":\"under0\"");
    SHOWS(said, "\"port\":65535");
    SHOWS(said, "\"port_range\":{\"low\":40000,\"high\":50000}");
    SHOWS(said, "\"df\":\"inherit\"");
    SHOWS(said, "\"limit\":4294967295");
    SHOWS(said, "\"proxy\":true");
    SHOWS(said, "\"rsc\":true");
    SHOWS(said, "\"l2miss\":true");
    SHOWS(said, "\"l3miss\":true");
    SHOWS(said, "\"remcsum_tx\":true");
    SHOWS(said, "\"remcsum_rx\":true");
    SHOWS(said, "\"gbp\":true");
    SHOWS(output_of("ip -d link show dev vx4"), "ttl inherit"); /* which the JSON does not tell */
    said = output_of("ip -d -j link show dev vx4");
    SHOWS(said, "\"tos\":\"0x10\"");
    SHOWS(said, "\"ageing\":2147483");
    SHOWS(said, "\"learning\":false");
    SHOWS(said, "\"udp_csum\":false");
    SHOWS(said, "\"udp_zero_csum6_tx\":true");
    SHOWS(said, "\"udp_zero_csum6_rx\":true");
    SHOWS(said, "\"mtu\":1234");
    SHOWS(said, "\"address\":\"02:00:00:00:12:34\"");
    SHOWS(said, "\"master\":\"br0\"");
    SHOWS(said, "\"UP\"");
    OK(vtep_host_vxlan_delete(host, "vx4", &vni, &err));
}

static void every_option_v6(vtep_host *host) {
    vtep_vxlan_options options = everything("vx6", 1);
    vtep_vxlan vxlan = VTEP_VXLAN_INIT;
    const char *said;
    options.remote = ip("2001:db8::29");
    options.local = ip("2001:db8::233");
    options.has |= VTEP_VXLAN_OPTIONS_HAS_FLOW_LABEL | VTEP_VXLAN_OPTIONS_HAS_FLOW_LABEL_POLICY;
    options.flow_label = 0xFFFFF;
    options.flow_label_policy = VTEP_VXLAN_FLOW_LABEL_INHERIT;
    OK(vtep_host_vxlan_create(host, &options, NULL, &err));
    expect_everything(host, "vx6", 1);
    OK(vtep_host_vxlan_get(host, "vx6", &vxlan, &err));
    CHECK(same_ip(vxlan.remote, options.remote) && same_ip(vxlan.local, options.local));
    EQUAL(vxlan.flow_label, 0xFFFFF);
    EQUAL(vxlan.flow_label_policy, VTEP_VXLAN_FLOW_LABEL_INHERIT);
    said = output_of("ip -d -j link show dev vx6");
    SHOWS(said, "\"label\":\"0xfffff\"");
    SHOWS(said, "\"remote6\":\"2001:db8::29\"");
    SHOWS(said, "\"local6\":\"2001:db8::233\"");
    OK(vtep_host_vxlan_delete(host, "vx6", NULL, &err));
}

static void groups(vtep_host *host) {
    static const char *const cases[][2] = { { "239.1.1.1", "\"group\":\"239.1.1.1\"" },
                                            { "ff05::100", "\"group6\":\"ff05::100\"" } };
    size_t i;
    for (i = 0; i < 2; i++) {
        vtep_vxlan_options options = vxlan_named("vxg", 120);
        vtep_vxlan vxlan = VTEP_VXLAN_INIT;
        options.device = "under0";
        options.group = ip(cases[i][0]);
        options.up = 1;
        OK(vtep_host_vxlan_create(host, &options, NULL, &err));
        OK(vtep_host_vxlan_get(host, "vxg", &vxlan, &err));
        CHECK(same_ip(vxlan.group, options.group));
        EQUAL(vxlan.remote.family, 0);
        SHOWS(output_of("ip -d -j link show dev vxg"), cases[i][1]);
        SHOWS(output_of("ip maddr show dev under0"), cases[i][0]); /* up, it has joined */
        OK(vtep_host_vxlan_delete(host, "vxg", NULL, &err));
    }
}

/* Only what is required: the kernel's own defaults, but IANA's port. And VNI 0 is a VNI. */
static void defaults(vtep_host *host) {
    vtep_link link = VTEP_LINK_INIT;
    vtep_vxlan vxlan = VTEP_VXLAN_INIT;
    uint32_t vni = 0, other = 1, too_large = 16777216;
    make_vxlan(host, "vx0", 0);
    OK(vtep_host_link_get(host, "vx0", &link, &err));
    OK(vtep_host_vxlan_get(host, "vx0", &vxlan, &err));
    CHECK(!(link.flags & VTEP_LINK_UP));
    EQUAL(link.mtu, 1500);
    EQUAL(vxlan.has & VTEP_VXLAN_HAS_VNI, VTEP_VXLAN_HAS_VNI);
    EQUAL(vxlan.vni, 0);
    EQUAL(vxlan.destination_port, 4789);
    EQUAL(vxlan.device_index, 0);
    EQUAL(vxlan.ttl, 0);
    EQUAL(vxlan.tos, 0);
    EQUAL(vxlan.ageing, 300);
    EQUAL(vxlan.flags, flags_off); /* what the kernel does where it is told nothing */
    EQUAL(vxlan.df + vxlan.flow_label + vxlan.flow_label_policy + vxlan.maximum_entries, 0);
    EQUAL(vxlan.remote.family + vxlan.group.family + vxlan.local.family, 0);
    SHOWS(output_of("ip -d -j link show dev vx0"), "\"port\":4789");
    FAILS(VTEP_E_FOREIGN, "VNI", vtep_host_vxlan_delete(host, "vx0", &other, &err));
    FAILS(VTEP_E_INVAL, "16777216", vtep_host_vxlan_delete(host, "vx0", &too_large, &err));
    OK(vtep_host_link_get(host, "vx0", NULL, &err));
    OK(vtep_host_vxlan_delete(host, "vx0", &vni, &err));
    FAILS(VTEP_E_NOTFOUND, "vx0", vtep_host_vxlan_delete(host, "vx0", &vni, &err));
}

/* What is set to its smallest value is set, not left to the kernel. */
static void smallest(vtep_host *host) {
    vtep_vxlan_options options = vxlan_named("vx0", 5);
    vtep_vxlan vxlan = VTEP_VXLAN_INIT;
    vtep_link link = VTEP_LINK_INIT;
    options.has = VTEP_VXLAN_OPTIONS_HAS_DESTINATION_PORT | VTEP_VXLAN_OPTIONS_HAS_AGEING |
                  VTEP_VXLAN_OPTIONS_HAS_SOURCE_PORTS | VTEP_VXLAN_OPTIONS_HAS_MTU | VTEP_VXLAN_OPTIONS_HAS_TOS |
                  VTEP_VXLAN_OPTIONS_HAS_TTL;
    options.destination_port = options.source_port_min = options.source_port_max = options.tos = options.ageing = 1;
    options.mtu = 68;
    OK(vtep_host_vxlan_create(host, &options, NULL, &err));
    OK(vtep_host_vxlan_get(host, "vx0", &vxlan, &err));
    OK(vtep_host_link_get(host, "vx0", &link, &err));
    EQUAL(vxlan.destination_port, 1);
    EQUAL(vxlan.ageing, 1);
    EQUAL(vxlan.source_port_min, 1);
    EQUAL(vxlan.source_port_max, 1);
    EQUAL(vxlan.tos, 1);
    EQUAL(link.mtu, 68);
    OK(vtep_host_vxlan_delete(host, "vx0", NULL, &err));
}

/* The kernel takes an ageing of 0 for its own default of 300 s and says nothing: the library must not. */
static void ageing_is_not_lost(vtep_host *host) {
    vtep_vxlan_options options = vxlan_named("vx0", 5);
    options.has = VTEP_VXLAN_OPTIONS_HAS_AGEING;
    FAILS(VTEP_E_INVAL, "ageing", vtep_host_vxlan_create(host, &options, NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "vx0", vtep_host_link_get(host, "vx0", NULL, &err));
}

/* Made by `ip`, read by us. */
static void read_of_theirs(vtep_host *host) {
    vtep_vxlan vxlan = VTEP_VXLAN_INIT, listed = VTEP_VXLAN_INIT;
    vtep_bridge bridge = VTEP_BRIDGE_INIT;
    vtep_link_list *list = NULL;
    CHECK(system("ip link add vx9 type vxlan id 77 dstport 8472 ttl inherit maxaddress 99 nolearning "
                 "remote 10.9.9.9 && ip link add vxe type vxlan external dstport 8473") == 0);
    OK(vtep_host_vxlan_get(host, "vx9", &vxlan, &err));
    EQUAL(vxlan.vni, 77);
    EQUAL(vxlan.destination_port, 8472);
    EQUAL(vxlan.flags & VTEP_VXLAN_FLAG_TTL_INHERIT, VTEP_VXLAN_FLAG_TTL_INHERIT);
    EQUAL(vxlan.maximum_entries, 99);
    EQUAL(vxlan.flags & VTEP_VXLAN_FLAG_LEARNING, 0);
    CHECK(same_ip(vxlan.remote, ip("10.9.9.9")));
    OK(vtep_host_links(host, "vxlan", &list, &err));
    EQUAL(vtep_link_list_count(list), 2);
    OK(vtep_link_list_vxlan(list, 0, &listed, &err));
    CHECK(memcmp(&vxlan, &listed, sizeof vxlan) == 0);
    OK(vtep_link_list_vxlan(list, 1, &listed, &err));
    CHECK(listed.flags & VTEP_VXLAN_FLAG_EXTERNAL);
    CHECK(!(listed.flags & VTEP_VXLAN_FLAG_VNI_FILTER));
    CHECK(!(listed.has & VTEP_VXLAN_HAS_VNI));
    FAILS(VTEP_E_FOREIGN, "vx9", vtep_link_list_bridge(list, 0, &bridge, &err));
    FAILS(VTEP_E_NOTFOUND, "", vtep_link_list_vxlan(list, 2, &listed, &err));
    vtep_link_list_free(list);
    CHECK(system("ip link del vx9 && ip link del vxe") == 0);
}

static void external(vtep_host *host) {
    vtep_vxlan_options options = vxlan_named("vxe", 0);
    vtep_vxlan vxlan = VTEP_VXLAN_INIT;
    options.flags = options.flags_mask = VTEP_VXLAN_FLAG_EXTERNAL | VTEP_VXLAN_FLAG_VNI_FILTER;
    OK(vtep_host_vxlan_create(host, &options, NULL, &err));
    OK(vtep_host_vxlan_get(host, "vxe", &vxlan, &err));
    EQUAL(vxlan.has & VTEP_VXLAN_HAS_VNI, 0);
    EQUAL(vxlan.flags, flags_off | options.flags);
    SHOWS(output_of("ip -d -j link show dev vxe"), "\"vnifilter\":true");
    OK(vtep_host_vxlan_delete(host, "vxe", NULL, &err));
    options.flags = options.flags_mask = VTEP_VXLAN_FLAG_EXTERNAL | VTEP_VXLAN_FLAG_GPE;
    FAILS(VTEP_E_INVAL, "learning", vtep_host_vxlan_create(host, &options, NULL, &err));
    options.flags_mask |= VTEP_VXLAN_FLAG_LEARNING;
    OK(vtep_host_vxlan_create(host, &options, NULL, &err));
    OK(vtep_host_vxlan_get(host, "vxe", &vxlan, &err));
    EQUAL(vxlan.destination_port, 4790); /* IANA's for VXLAN-GPE */
    CHECK(vxlan.flags & VTEP_VXLAN_FLAG_GPE);
    OK(vtep_host_vxlan_delete(host, "vxe", NULL, &err));
    options.vni = 5;
    FAILS(VTEP_E_INVAL, "external", vtep_host_vxlan_create(host, &options, NULL, &err));
    options.vni = 0;
    options.flags = options.flags_mask = VTEP_VXLAN_FLAG_VNI_FILTER;
    FAILS(VTEP_E_INVAL, "external", vtep_host_vxlan_create(host, &options, NULL, &err));
    options.flags = options.flags_mask = VTEP_VXLAN_FLAG_GPE;
    FAILS(VTEP_E_INVAL, "external", vtep_host_vxlan_create(host, &options, NULL, &err));
    options.flags_mask = 0; /* set in flags alone: forgotten */
    FAILS(VTEP_E_INVAL, "flags_mask", vtep_host_vxlan_create(host, &options, NULL, &err));
    options.flags = options.flags_mask = VTEP_VXLAN_FLAG_MULTICAST_ROUTING << 1;
    FAILS(VTEP_E_INVAL, "newer", vtep_host_vxlan_create(host, &options, NULL, &err));
}

static void changes(vtep_host *host) {
    vtep_vxlan_options options = vxlan_named("vxc", 7), change = VTEP_VXLAN_OPTIONS_INIT;
    vtep_link link = VTEP_LINK_INIT;
    vtep_vxlan vxlan = VTEP_VXLAN_INIT;
    vtep_remote_list *list = NULL;
    vtep_ip one;
    options.remote = ip("192.168.50.29");
    OK(vtep_host_vxlan_create(host, &options, NULL, &err));
    change.name = "vxc";
    OK(vtep_host_vxlan_change(host, &change, NULL, &err)); /* nothing */
    change.has = VTEP_VXLAN_OPTIONS_HAS_VNI | VTEP_VXLAN_OPTIONS_HAS_DESTINATION_PORT | VTEP_VXLAN_OPTIONS_HAS_TTL |
                 VTEP_VXLAN_OPTIONS_HAS_TOS | VTEP_VXLAN_OPTIONS_HAS_DF | VTEP_VXLAN_OPTIONS_HAS_AGEING;
    change.vni = 7; /* what it has already may be named */
    change.destination_port = 4789;
    change.ttl = 9;
    change.tos = 1;
    change.df = VTEP_VXLAN_DF_SET;
    change.ageing = 77;
    change.flags_mask = VTEP_VXLAN_FLAG_LEARNING | VTEP_VXLAN_FLAG_LOCAL_BYPASS | VTEP_VXLAN_FLAG_PROXY;
    change.remote = ip("192.168.50.30");
    change.local = ip("192.168.50.233");
    change.device = "under0";
    OK(vtep_host_vxlan_change(host, &change, &link, &err));
    TEXT(link.name, "vxc");
    OK(vtep_host_vxlan_get(host, "vxc", &vxlan, &err));
    EQUAL(vxlan.ttl, 9);
    EQUAL(vxlan.tos, 1);
    EQUAL(vxlan.df, VTEP_VXLAN_DF_SET);
    EQUAL(vxlan.ageing, 77);
    EQUAL(vxlan.flags, VTEP_VXLAN_FLAG_UDP_CHECKSUM);
    EQUAL(vxlan.device_index, index_of(host, "under0"));
    CHECK(same_ip(vxlan.remote, change.remote) && same_ip(vxlan.local, change.local));
    OK(vtep_host_remotes(host, "vxc", &list, &err));
    EQUAL(vtep_remote_list_count(list), 1);
    OK(vtep_remote_list_get(list, 0, &one, &err));
    CHECK(same_ip(one, change.remote));
    vtep_remote_list_free(list);

    change.remote = change.local = ip("0.0.0.0"); /* taken away */
    change.has = change.flags_mask = 0;
    change.device = NULL;
    OK(vtep_host_vxlan_change(host, &change, NULL, &err));
    OK(vtep_host_vxlan_get(host, "vxc", &vxlan, &err));
    EQUAL(vxlan.remote.family + vxlan.local.family, 0);

    memset(&change.remote, 0, sizeof change.remote);
    memset(&change.local, 0, sizeof change.local);
    change.has = VTEP_VXLAN_OPTIONS_HAS_VNI | VTEP_VXLAN_OPTIONS_HAS_MAXIMUM_ENTRIES;
    change.vni = 8;
    change.maximum_entries = 5;
    change.flags = change.flags_mask = VTEP_VXLAN_FLAG_GBP;
    FAILS(VTEP_E_NOTSUPPORTED, "VNI, maximum of entries, group policy",
          vtep_host_vxlan_change(host, &change, &link, &err));
    CHECK(strstr(err.remedy, "new device") != NULL);
    change.has = 0;
    change.flags = change.flags_mask = VTEP_VXLAN_FLAG_EXTERNAL;
    FAILS(VTEP_E_NOTSUPPORTED, "external", vtep_host_vxlan_change(host, &change, &link, &err));
    change.flags = 0;
    FAILS(VTEP_E_INVAL, "VNI", vtep_host_vxlan_change(host, &change, &link, &err));
    change.flags_mask = 0;
    change.has = VTEP_VXLAN_OPTIONS_HAS_MTU;
    FAILS(VTEP_E_INVAL, "vtep_host_link_set_mtu", vtep_host_vxlan_change(host, &change, &link, &err));
    change.has = VTEP_VXLAN_OPTIONS_HAS_MAC;
    FAILS(VTEP_E_INVAL, "vtep_host_link_set_mac", vtep_host_vxlan_change(host, &change, &link, &err));
    change.has = 0;
    change.master = "br0";
    FAILS(VTEP_E_INVAL, "vtep_host_link_set_master", vtep_host_vxlan_change(host, &change, &link, &err));
    change.master = NULL;
    change.up = 1;
    FAILS(VTEP_E_INVAL, "vtep_host_link_set_up", vtep_host_vxlan_change(host, &change, &link, &err));
    change.up = 0;
    change.name = "br0";
    FAILS(VTEP_E_FOREIGN, "br0", vtep_host_vxlan_change(host, &change, &link, &err));
    change.name = "nope";
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_vxlan_change(host, &change, &link, &err));
    OK(vtep_host_vxlan_delete(host, "vxc", NULL, &err));
}

/* Whether exactly these are the device's remotes, in any order. */
static void expect_remotes(vtep_host *host, const char *const *expected, uint32_t count) {
    vtep_remote_list *list = NULL;
    vtep_ip one;
    uint32_t i, j, found = 0;
    OK(vtep_host_remotes(host, "vxr", &list, &err));
    EQUAL(vtep_remote_list_count(list), count);
    for (i = 0; i < vtep_remote_list_count(list); i++) {
        OK(vtep_remote_list_get(list, i, &one, &err));
        for (j = 0; j < count; j++) found += (uint32_t)same_ip(one, ip(expected[j]));
    }
    EQUAL(found, count);
    FAILS(VTEP_E_NOTFOUND, "", vtep_remote_list_get(list, count, &one, &err));
    vtep_remote_list_free(list);
}

static void remotes(vtep_host *host, const char *const *addresses) {
    vtep_vxlan_options options = vxlan_named("vxr", 6);
    vtep_ip first = ip(addresses[0]), second = ip(addresses[1]), third = ip(addresses[2]);
    char part[64];
    options.remote = first;
    OK(vtep_host_vxlan_create(host, &options, NULL, &err));
    expect_remotes(host, addresses, 1);
    OK(vtep_host_remote_append(host, "vxr", &second, &err));
    OK(vtep_host_remote_append(host, "vxr", &third, &err));
    expect_remotes(host, addresses, 3);
    OK(vtep_host_remote_append(host, "vxr", &second, &err)); /* changes nothing */
    expect_remotes(host, addresses, 3);
    snprintf(part, sizeof part, "\"dst\":\"%s\"", addresses[2]);
    SHOWS(output_of("bridge -j fdb show dev vxr"), part);
    OK(vtep_host_remote_delete(host, "vxr", &first, &err)); /* also the one it was made with */
    expect_remotes(host, addresses + 1, 2);
    FAILS(VTEP_E_NOTFOUND, addresses[0], vtep_host_remote_delete(host, "vxr", &first, &err));
    OK(vtep_host_remote_delete(host, "vxr", &second, &err));
    OK(vtep_host_remote_delete(host, "vxr", &third, &err));
    expect_remotes(host, addresses, 0);
    FAILS(VTEP_E_INVAL, "br0", vtep_host_remote_append(host, "br0", &first, &err));
    FAILS(VTEP_E_INVAL, "br0", vtep_host_remote_delete(host, "br0", &first, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_remote_append(host, "nope", &first, &err));
    OK(vtep_host_vxlan_delete(host, "vxr", NULL, &err));
}

int main(void) {
    static const char *const v4[] = { "10.0.0.1", "10.0.0.2", "10.0.0.3" };
    static const char *const v6[] = { "2001:db8::1", "2001:db8::2", "2001:db8::3" };
    vtep_host *host = open_host();
    vtep_remote_list *list;
    uint32_t before;
    make_veth(host, "under0", "under1");
    make_bridge(host, "br0");
    add_address(host, "under0", "192.168.50.233/24");
    add_address(host, "under0", "2001:db8::233/64");
    before = link_count(host);
    every_option_v4(host);
    every_option_v6(host);
    groups(host);
    defaults(host);
    smallest(host);
    ageing_is_not_lost(host);
    read_of_theirs(host);
    external(host);
    changes(host);
    remotes(host, v4);
    remotes(host, v6);
    FAILS(VTEP_E_INVAL, "br0", vtep_host_remotes(host, "br0", &list, &err));
    FAILS(VTEP_E_FOREIGN, "br0", vtep_host_vxlan_delete(host, "br0", NULL, &err));
    EQUAL(link_count(host), before);
    vtep_host_close(host);
    return check_result();
}
