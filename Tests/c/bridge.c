/* Bridges and their ports, made here and read by `ip`, and the other way round. */
#include "network.h"

static void every_option(vtep_host *host) {
    vtep_bridge_options options = bridge_named("br0");
    vtep_link link = VTEP_LINK_INIT;
    vtep_bridge bridge = VTEP_BRIDGE_INIT;
    const char *said;
    options.has = VTEP_BRIDGE_OPTIONS_HAS_FORWARD_DELAY | VTEP_BRIDGE_OPTIONS_HAS_AGEING_TIME |
                  VTEP_BRIDGE_OPTIONS_HAS_PRIORITY | VTEP_BRIDGE_OPTIONS_HAS_MTU | VTEP_BRIDGE_OPTIONS_HAS_STP |
                  VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_SNOOPING | VTEP_BRIDGE_OPTIONS_HAS_MAC;
    options.forward_delay = 400;
    options.ageing_time = 12300;
    options.priority = 4096;
    options.mtu = 1450;
    options.stp = 1;
    options.multicast_snooping = 0;
    options.mac = mac("02:42:1e:76:cd:be");
    OK(vtep_host_bridge_create(host, &options, &link, &err));
    TEXT(link.name, "br0");
    TEXT(link.kind, "bridge");
    EQUAL(link.mtu, 1450);
    CHECK(link.has & VTEP_LINK_HAS_BRIDGE);
    CHECK(link.flags & VTEP_LINK_UP);
    CHECK(same_mac(link.mac, options.mac));
    OK(vtep_host_bridge_get(host, "br0", &bridge, &err));
    EQUAL(bridge.stp, VTEP_STP_KERNEL);
    EQUAL(bridge.forward_delay, 400);
    EQUAL(bridge.ageing_time, 12300);
    EQUAL(bridge.priority, 4096);
    EQUAL(bridge.hello_time, 200);
    EQUAL(bridge.maximum_age, 2000);
    EQUAL(bridge.multicast_snooping, 0);
    EQUAL(bridge.vlan_filtering, 0);
    EQUAL(bridge.bridge_id.priority, 4096);
    CHECK(same_mac(bridge.bridge_id.mac, options.mac));
    CHECK(memcmp(&bridge.root_id, &bridge.bridge_id, sizeof bridge.root_id) == 0); /* alone, it is the root */
    said = output_of("ip -d -j link show dev br0");
    SHOWS(said, "\"forward_delay\":400");
    SHOWS(said, "\"ageing_time\":12300");
    SHOWS(said, "\"priority\":4096");
    SHOWS(said, "\"stp_state\":1");
    SHOWS(said, "\"mcast_snooping\":0");
    SHOWS(said, "\"bridge_id\":\"1000.2:42:1e:76:cd:be\"");
    SHOWS(said, "\"mtu\":1450");
    OK(vtep_host_bridge_delete(host, "br0", &err));
}

static void ports(vtep_host *host) {
    vtep_link_list *list = NULL;
    vtep_link link = VTEP_LINK_INIT;
    vtep_bridge bridge = VTEP_BRIDGE_INIT;
    vtep_bridge_port port = VTEP_BRIDGE_PORT_INIT, listed = VTEP_BRIDGE_PORT_INIT;
    make_bridge(host, "br0");
    make_veth(host, "p0", "q0");
    make_veth(host, "p1", "q1");
    OK(vtep_host_bridge_ports(host, "br0", &list, &err));
    EQUAL(vtep_link_list_count(list), 0);
    vtep_link_list_free(list);
    OK(vtep_host_link_set_master(host, "p0", "br0", &err));
    OK(vtep_host_link_set_master(host, "p1", "br0", &err));
    CHECK(system("bridge link set dev p0 cost 77 hairpin on learning off flood off mcast_flood off isolated on "
                 "neigh_suppress on bcast_flood off") == 0);
    OK(vtep_host_bridge_ports(host, "br0", &list, &err));
    EQUAL(vtep_link_list_count(list), 2);
    OK(vtep_link_list_get(list, 0, &link, &err));
    OK(vtep_link_list_bridge_port(list, 0, &listed, &err));
    OK(vtep_host_bridge_port_get(host, link.name, &port, &err));
    CHECK(memcmp(&port, &listed, sizeof port) == 0);
    vtep_link_list_free(list);
    OK(vtep_host_bridge_port_get(host, "p0", &port, &err));
    EQUAL(port.cost, 77);
    EQUAL(port.priority, 32);
    EQUAL(port.state, VTEP_PORT_FORWARDING);
    EQUAL(port.hairpin, 1);
    EQUAL(port.learning, 0);
    EQUAL(port.unicast_flood, 0);
    EQUAL(port.multicast_flood, 0);
    EQUAL(port.broadcast_flood, 0);
    EQUAL(port.neighbour_suppression, 1);
    EQUAL(port.isolated, 1);
    OK(vtep_host_bridge_port_get(host, "p1", &port, &err));
    EQUAL(port.cost, 2);
    EQUAL(port.hairpin + port.neighbour_suppression + port.isolated, 0);
    EQUAL(port.learning + port.unicast_flood + port.multicast_flood + port.broadcast_flood, 4);
    FAILS(VTEP_E_FOREIGN, "p0", vtep_host_bridge_get(host, "p0", &bridge, &err));
    FAILS(VTEP_E_FOREIGN, "q0", vtep_host_bridge_port_get(host, "q0", &port, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_bridge_ports(host, "nope", &list, &err));
    CHECK(list == NULL);
    FAILS(VTEP_E_FOREIGN, "p0", vtep_host_bridge_delete(host, "p0", &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_bridge_delete(host, "nope", &err));
    OK(vtep_host_bridge_delete(host, "br0", &err)); /* its ports stay */
    OK(vtep_host_link_get(host, "p0", &link, &err));
    EQUAL(link.master_index, 0);
}

static void limits(vtep_host *host) {
    vtep_bridge_options options = bridge_named("br1");
    uint32_t before = link_count(host);
    options.mtu = 67;
    options.has = VTEP_BRIDGE_OPTIONS_HAS_MTU;
    FAILS(VTEP_E_INVAL, "67", vtep_host_bridge_create(host, &options, NULL, &err));
    options.mtu = 65536;
    FAILS(VTEP_E_INVAL, "65536", vtep_host_bridge_create(host, &options, NULL, &err));
    options.priority = 65536;
    options.has = VTEP_BRIDGE_OPTIONS_HAS_PRIORITY;
    FAILS(VTEP_E_INVAL, "65536", vtep_host_bridge_create(host, &options, NULL, &err));
    options.stp = 1;
    options.forward_delay = 100;
    options.has = VTEP_BRIDGE_OPTIONS_HAS_STP | VTEP_BRIDGE_OPTIONS_HAS_FORWARD_DELAY;
    /* the kernel would cut it to 200 without a word */
    FAILS(VTEP_E_INVAL, "200...3000", vtep_host_bridge_create(host, &options, NULL, &err));
    options.forward_delay = 3001;
    FAILS(VTEP_E_INVAL, "200...3000", vtep_host_bridge_create(host, &options, NULL, &err));
    EQUAL(link_count(host), before);
    options.forward_delay = 0; /* as Docker does it: without the spanning tree, ports forward at once */
    options.stp = 0;
    OK(vtep_host_bridge_create(host, &options, NULL, &err));
    SHOWS(output_of("ip -d -j link show dev br1"), "\"forward_delay\":0");
    FAILS(VTEP_E_EXISTS, "br1", vtep_host_bridge_create(host, &options, NULL, &err));
    OK(vtep_host_bridge_delete(host, "br1", &err));
    options.has = VTEP_BRIDGE_OPTIONS_HAS_MAC;
    options.mac = mac("01:00:5e:00:00:01");
    FAILS(VTEP_E_INVAL, "group", vtep_host_bridge_create(host, &options, NULL, &err));
    EQUAL(link_count(host), before);
}

int main(void) {
    vtep_host *host = open_host();
    every_option(host);
    ports(host);
    limits(host);
    vtep_host_close(host);
    return check_result();
}
