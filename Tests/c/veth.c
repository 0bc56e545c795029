/* Veth pairs: both ends as asked for, here and across namespaces, and nothing left of one that failed half way. */
#include "network.h"

static void every_option(vtep_host *host) {
    vtep_veth_options options = veth_named("v0", "v1");
    vtep_link first = VTEP_LINK_INIT, second = VTEP_LINK_INIT;
    const char *said;
    make_bridge(host, "br0");
    options.has = VTEP_VETH_OPTIONS_HAS_MTU | VTEP_VETH_OPTIONS_HAS_MAC | VTEP_VETH_OPTIONS_HAS_PEER_MAC;
    options.mtu = 1400;
    options.master = "br0";
    options.mac = mac("02:00:00:00:00:01");
    options.peer_mac = mac("02:00:00:00:00:02");
    OK(vtep_host_veth_create(host, &options, &first, &err));
    OK(vtep_host_link_get(host, "v1", &second, &err));
    TEXT(first.name, "v0");
    TEXT(first.kind, "veth");
    EQUAL(first.mtu, 1400);
    EQUAL(second.mtu, 1400);
    EQUAL(first.lower_index, second.index);
    EQUAL(second.lower_index, first.index);
    EQUAL(first.master_index, index_of(host, "br0"));
    EQUAL(second.master_index, 0);
    CHECK(same_mac(first.mac, options.mac) && same_mac(second.mac, options.peer_mac));
    CHECK((first.flags & VTEP_LINK_UP) && (second.flags & VTEP_LINK_UP));
    said = output_of("ip -d -j link show dev v1");
    SHOWS(said, "\"address\":\"02:00:00:00:00:02\"");
    SHOWS(said, "\"info_kind\":\"veth\"");
    SHOWS(said, "\"link\":\"v0\"");
    OK(vtep_host_link_delete(host, "v1", "veth", &err));
    FAILS(VTEP_E_NOTFOUND, "v0", vtep_host_link_get(host, "v0", NULL, &err));
}

static void down_unless_asked(vtep_host *host) {
    vtep_veth_options options = veth_named("v0", "v1");
    vtep_link link = VTEP_LINK_INIT;
    options.up = 0;
    OK(vtep_host_veth_create(host, &options, &link, &err));
    CHECK(!(link.flags & VTEP_LINK_UP));
    OK(vtep_host_link_get(host, "v1", &link, &err));
    CHECK(!(link.flags & VTEP_LINK_UP));
    OK(vtep_host_link_delete(host, "v0", NULL, &err));
}

static void across_namespaces(vtep_host *host) {
    int fd = new_namespace();
    vtep_host *there = NULL;
    vtep_veth_options options = veth_named("v0", "v0"); /* the same name on both sides */
    vtep_link here = VTEP_LINK_INIT, peer = VTEP_LINK_INIT;
    options.has = VTEP_VETH_OPTIONS_HAS_PEER_NETNS_FD | VTEP_VETH_OPTIONS_HAS_MTU;
    options.peer_netns_fd = fd;
    options.mtu = 1300;
    OK(vtep_host_open_fd(fd, &there, &err));
    OK(vtep_host_veth_create(host, &options, &here, &err));
    OK(vtep_host_link_get(there, "v0", &peer, &err));
    EQUAL(here.lower_index, peer.index);
    CHECK(here.has & VTEP_LINK_HAS_LOWER_NETNSID);
    EQUAL(peer.mtu, 1300);
    CHECK(here.flags & peer.flags & VTEP_LINK_UP);
    add_address(host, "v0", "10.3.0.1/24");
    add_address(there, "v0", "10.3.0.2/24");
    CHECK(system("ping -c 1 -W 2 -q 10.3.0.2 >/dev/null") == 0); /* it carries packets */
    FAILS(VTEP_E_EXISTS, "v0", vtep_host_veth_create(host, &options, NULL, &err));
    options.name = "v9"; /* its peer's name is taken over there */
    FAILS(VTEP_E_EXISTS, "v0", vtep_host_veth_create(host, &options, NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "v9", vtep_host_link_get(host, "v9", NULL, &err));
    EQUAL(link_count(there), 2);
    OK(vtep_host_link_delete(there, "v0", "veth", &err));
    FAILS(VTEP_E_NOTFOUND, "v0", vtep_host_link_get(host, "v0", NULL, &err));
    vtep_host_close(there);
    close(fd);
}

static void refused(vtep_host *host) {
    vtep_veth_options options = veth_named("v0", "v0");
    uint32_t before = link_count(host);
    CHECK(vtep_host_veth_create(host, &options, NULL, &err) != VTEP_OK); /* one name for both ends */
    options = veth_named("v0", "br0");
    FAILS(VTEP_E_EXISTS, "br0", vtep_host_veth_create(host, &options, NULL, &err));
    options = veth_named("br0", "v0");
    FAILS(VTEP_E_EXISTS, "br0", vtep_host_veth_create(host, &options, NULL, &err));
    options = veth_named("v0", "v/1");
    FAILS(VTEP_E_INVAL, "/", vtep_host_veth_create(host, &options, NULL, &err));
    options = veth_named("v0", "v1");
    options.master = "nope";
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_veth_create(host, &options, NULL, &err));
    options = veth_named("v0", "v1");
    options.has = VTEP_VETH_OPTIONS_HAS_MTU;
    options.mtu = 67;
    FAILS(VTEP_E_INVAL, "67", vtep_host_veth_create(host, &options, NULL, &err));
    options.mtu = 65536;
    FAILS(VTEP_E_INVAL, "65536", vtep_host_veth_create(host, &options, NULL, &err));
    options.has = VTEP_VETH_OPTIONS_HAS_PEER_MAC;
    options.peer_mac = mac("01:00:00:00:00:00");
    FAILS(VTEP_E_INVAL, "group", vtep_host_veth_create(host, &options, NULL, &err));
    EQUAL(link_count(host), before);
}

int main(void) {
    vtep_host *host = open_host();
    every_option(host);
    down_unless_asked(host);
    across_namespaces(host);
    refused(host);
    vtep_host_close(host);
    return check_result();
}
