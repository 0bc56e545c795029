/* Bridges and their ports, made here and read by `ip`, and the other way round. */
#include "network.h"

/* Every number, none of them at the kernel's default. What needs VLAN filtering is left to the Swift tests. */
static vtep_bridge_options everything(const char *name) {
    vtep_bridge_options options = bridge_named(name);
    options.has = VTEP_BRIDGE_OPTIONS_HAS_FORWARD_DELAY | VTEP_BRIDGE_OPTIONS_HAS_HELLO_TIME |
                  VTEP_BRIDGE_OPTIONS_HAS_MAXIMUM_AGE | VTEP_BRIDGE_OPTIONS_HAS_AGEING_TIME |
                  VTEP_BRIDGE_OPTIONS_HAS_PRIORITY | VTEP_BRIDGE_OPTIONS_HAS_GROUP_FORWARD_MASK |
                  VTEP_BRIDGE_OPTIONS_HAS_GROUP_ADDRESS | VTEP_BRIDGE_OPTIONS_HAS_MAXIMUM_LEARNED |
                  VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_ROUTER | VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_HASH_MAXIMUM |
                  VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_LAST_MEMBER_COUNT |
                  VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_STARTUP_QUERY_COUNT |
                  VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_LAST_MEMBER_INTERVAL |
                  VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_MEMBERSHIP_INTERVAL |
                  VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_QUERIER_INTERVAL |
                  VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_QUERY_INTERVAL |
                  VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_QUERY_RESPONSE_INTERVAL |
                  VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_STARTUP_QUERY_INTERVAL | VTEP_BRIDGE_OPTIONS_HAS_IGMP_VERSION |
                  VTEP_BRIDGE_OPTIONS_HAS_MLD_VERSION | VTEP_BRIDGE_OPTIONS_HAS_MTU | VTEP_BRIDGE_OPTIONS_HAS_MAC;
    options.forward_delay = 400;
    options.hello_time = 300;
    options.maximum_age = 1000;
    options.ageing_time = 12300;
    options.priority = 4096;
    options.group_forward_mask = 0x4008;
    options.group_address = mac("01:80:c2:00:00:0e");
    options.maximum_learned = 77;
    options.multicast_router = VTEP_MULTICAST_ROUTER_PERMANENT;
    options.multicast_hash_maximum = 1024;
    options.multicast_last_member_count = 5;
    options.multicast_startup_query_count = 6;
    options.multicast_last_member_interval = 200;
    options.multicast_membership_interval = 3000;
    options.multicast_querier_interval = 4000;
    options.multicast_query_interval = 5000;
    options.multicast_query_response_interval = 600;
    options.multicast_startup_query_interval = 700;
    options.igmp_version = 3;
    options.mld_version = 2;
    options.mtu = 1450;
    options.mac = mac("02:42:1e:76:cd:be");
    options.flags = VTEP_BRIDGE_FLAG_STP | VTEP_BRIDGE_FLAG_NO_LINK_LOCAL_LEARNING |
                    VTEP_BRIDGE_FLAG_LOCAL_ENTRIES_IN_VLAN_0 | VTEP_BRIDGE_FLAG_MULTICAST_QUERY_USES_ADDRESS |
                    VTEP_BRIDGE_FLAG_MULTICAST_QUERIER | VTEP_BRIDGE_FLAG_MULTICAST_STATISTICS |
                    VTEP_BRIDGE_FLAG_OFFLOAD_FAILURE_NOTIFICATIONS | VTEP_BRIDGE_FLAG_CALLS_IPTABLES |
                    VTEP_BRIDGE_FLAG_CALLS_IP6TABLES | VTEP_BRIDGE_FLAG_CALLS_ARPTABLES;
    options.flags_mask = options.flags | VTEP_BRIDGE_FLAG_MULTICAST_SNOOPING;
    return options;
}

static void expect_everything(vtep_host *host, const char *name) {
    vtep_bridge_options options = everything(name);
    vtep_bridge bridge = VTEP_BRIDGE_INIT;
    OK(vtep_host_bridge_get(host, name, &bridge, &err));
    EQUAL(bridge.stp, VTEP_STP_KERNEL);
    EQUAL(bridge.flags, options.flags);
    EQUAL(bridge.forward_delay, 400);
    EQUAL(bridge.hello_time, 300);
    EQUAL(bridge.maximum_age, 1000);
    EQUAL(bridge.ageing_time, 12300);
    EQUAL(bridge.priority, 4096);
    EQUAL(bridge.group_forward_mask, 0x4008);
    CHECK(same_mac(bridge.group_address, options.group_address));
    CHECK(bridge.has & VTEP_BRIDGE_HAS_MAXIMUM_LEARNED);
    EQUAL(bridge.maximum_learned, 77);
    EQUAL(bridge.multicast_router, VTEP_MULTICAST_ROUTER_PERMANENT);
    EQUAL(bridge.multicast_hash_elasticity, 16);
    EQUAL(bridge.multicast_hash_maximum, 1024);
    EQUAL(bridge.multicast_last_member_count, 5);
    EQUAL(bridge.multicast_startup_query_count, 6);
    EQUAL(bridge.multicast_last_member_interval, 200);
    EQUAL(bridge.multicast_membership_interval, 3000);
    EQUAL(bridge.multicast_querier_interval, 4000);
    EQUAL(bridge.multicast_query_interval, 5000);
    EQUAL(bridge.multicast_query_response_interval, 600);
    EQUAL(bridge.multicast_startup_query_interval, 700);
    EQUAL(bridge.igmp_version, 3);
    CHECK(bridge.has & VTEP_BRIDGE_HAS_MLD_VERSION);
    EQUAL(bridge.mld_version, 2);
    EQUAL(bridge.bridge_id.priority, 4096);
    CHECK(memcmp(&bridge.root_id, &bridge.bridge_id, sizeof bridge.root_id) == 0); /* alone, it is the root */
}

static void every_option(vtep_host *host) {
    vtep_bridge_options options = everything("br0");
    vtep_link link = VTEP_LINK_INIT;
    vtep_bridge bridge = VTEP_BRIDGE_INIT;
    const char *said;
    OK(vtep_host_bridge_create(host, &options, &link, &err));
    TEXT(link.name, "br0");
    TEXT(link.kind, "bridge");
    EQUAL(link.mtu, 1450);
    CHECK(link.has & VTEP_LINK_HAS_BRIDGE);
    CHECK(link.flags & VTEP_LINK_UP);
    CHECK(same_mac(link.mac, options.mac));
    expect_everything(host, "br0");
    OK(vtep_host_bridge_get(host, "br0", &bridge, &err));
    CHECK(same_mac(bridge.bridge_id.mac, options.mac));
    said = output_of("ip -d -j link show dev br0");
    SHOWS(said, "\"forward_delay\":400");
    SHOWS(said, "\"hello_time\":300");
    SHOWS(said, "\"max_age\":1000");
    SHOWS(said, "\"ageing_time\":12300");
    SHOWS(said, "\"priority\":4096");
    SHOWS(said, "\"stp_state\":1");
    SHOWS(said, "\"group_fwd_mask\":\"0x4008\"");
    SHOWS(said, "\"group_addr\":\"01:80:c2:00:00:0e\"");
    SHOWS(said, "\"no_linklocal_learn\":1");
    SHOWS(said, "\"mcast_snooping\":0");
    SHOWS(said, "\"mcast_router\":2");
    SHOWS(said, "\"mcast_query_use_ifaddr\":1");
    SHOWS(said, "\"mcast_querier\":1");
    SHOWS(said, "\"mcast_hash_max\":1024");
    SHOWS(said, "\"mcast_last_member_cnt\":5");
    SHOWS(said, "\"mcast_startup_query_cnt\":6");
    SHOWS(said, "\"mcast_last_member_intvl\":200");
    SHOWS(said, "\"mcast_membership_intvl\":3000");
    SHOWS(said, "\"mcast_querier_intvl\":4000");
    SHOWS(said, "\"mcast_query_intvl\":5000");
    SHOWS(said, "\"mcast_query_response_intvl\":600");
    SHOWS(said, "\"mcast_startup_query_intvl\":700");
    SHOWS(said, "\"mcast_stats_enabled\":1");
    SHOWS(said, "\"mcast_igmp_version\":3");
    SHOWS(said, "\"mcast_mld_version\":2");
    SHOWS(said, "\"nf_call_iptables\":1");
    SHOWS(said, "\"nf_call_ip6tables\":1");
    SHOWS(said, "\"nf_call_arptables\":1");
    SHOWS(said, "\"bridge_id\":\"1000.2:42:1e:76:cd:be\"");
    SHOWS(said, "\"mtu\":1450");
    OK(vtep_host_bridge_delete(host, "br0", &err));
}

/* The kernel's own defaults, and then all of it changed in place. */
static void changes(vtep_host *host) {
    vtep_bridge_options options = bridge_named("br0"), nothing = VTEP_BRIDGE_OPTIONS_INIT;
    vtep_link link = VTEP_LINK_INIT;
    vtep_bridge bridge = VTEP_BRIDGE_INIT, again = VTEP_BRIDGE_INIT;
    OK(vtep_host_bridge_create(host, &options, NULL, &err));
    OK(vtep_host_bridge_get(host, "br0", &bridge, &err));
    EQUAL(bridge.flags & ~(VTEP_BRIDGE_FLAG_CALLS_IPTABLES | VTEP_BRIDGE_FLAG_CALLS_IP6TABLES |
                           VTEP_BRIDGE_FLAG_CALLS_ARPTABLES),
          VTEP_BRIDGE_FLAG_MULTICAST_SNOOPING);
    EQUAL(bridge.ageing_time, 30000);
    EQUAL(bridge.maximum_learned, 0);
    nothing.name = "br0";
    OK(vtep_host_bridge_change(host, &nothing, NULL, &err));
    OK(vtep_host_bridge_get(host, "br0", &again, &err));
    CHECK(memcmp(&bridge, &again, sizeof bridge) == 0);
    options = everything("br0");
    options.up = 0;
    FAILS(VTEP_E_INVAL, "vtep_host_link_set_mtu", vtep_host_bridge_change(host, &options, &link, &err));
    options.has &= ~(uint32_t)VTEP_BRIDGE_OPTIONS_HAS_MTU;
    FAILS(VTEP_E_INVAL, "vtep_host_link_set_mac", vtep_host_bridge_change(host, &options, &link, &err));
    options.has &= ~(uint32_t)VTEP_BRIDGE_OPTIONS_HAS_MAC;
    options.up = 1;
    FAILS(VTEP_E_INVAL, "vtep_host_link_set_up", vtep_host_bridge_change(host, &options, &link, &err));
    options.up = 0;
    OK(vtep_host_bridge_change(host, &options, &link, &err));
    TEXT(link.name, "br0");
    expect_everything(host, "br0");
    nothing.flags = VTEP_BRIDGE_FLAG_VLAN_STATISTICS;
    FAILS(VTEP_E_INVAL, "flags_mask", vtep_host_bridge_change(host, &nothing, NULL, &err));
    nothing.flags = nothing.flags_mask = VTEP_BRIDGE_FLAG_CALLS_ARPTABLES << 1;
    FAILS(VTEP_E_INVAL, "newer", vtep_host_bridge_change(host, &nothing, NULL, &err));
    nothing.flags = nothing.flags_mask = 0;
    nothing.name = "lo";
    FAILS(VTEP_E_FOREIGN, "lo", vtep_host_bridge_change(host, &nothing, NULL, &err));
    nothing.name = "nope";
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_bridge_change(host, &nothing, NULL, &err));
    OK(vtep_host_bridge_delete(host, "br0", &err));
}

static void status(vtep_host *host) {
    vtep_bridge_status bridge = VTEP_BRIDGE_STATUS_INIT;
    vtep_bridge_port_status port = VTEP_BRIDGE_PORT_STATUS_INIT;
    make_bridge(host, "br0");
    make_veth(host, "p0", "q0");
    OK(vtep_host_link_set_master(host, "p0", "br0", &err));
    CHECK(system("bridge fdb add 02:00:00:00:00:09 dev p0 master dynamic") == 0);
    OK(vtep_host_bridge_status(host, "br0", &bridge, &err));
    CHECK(bridge.has & VTEP_BRIDGE_STATUS_HAS_LEARNED);
    EQUAL(bridge.root_port, 0);
    EQUAL(bridge.topology_change, 0);
    EQUAL(bridge.igmp_querier.family + bridge.mld_querier.family, 0);
    OK(vtep_host_bridge_port_status(host, "p0", &port, &err));
    EQUAL(port.number, 1);
    EQUAL(port.port_id, 0x8001);
    EQUAL(port.designated_port, 0x8001);
    EQUAL(port.designated_root.priority, 0x8000);
    CHECK(memcmp(&port.designated_root, &port.designated_bridge, sizeof port.designated_root) == 0);
    CHECK(port.has & VTEP_BRIDGE_PORT_STATUS_HAS_GROUPS);
    SHOWS(output_of("bridge -j fdb show br br0"), "02:00:00:00:00:09");
    OK(vtep_host_bridge_port_flush(host, "p0", &err));
    HIDES(output_of("bridge -j fdb show br br0"), "02:00:00:00:00:09");
    CHECK(system("bridge fdb add 02:00:00:00:00:09 dev p0 master dynamic") == 0);
    OK(vtep_host_bridge_flush(host, "br0", &err));
    HIDES(output_of("bridge -j fdb show br br0"), "02:00:00:00:00:09");
    FAILS(VTEP_E_FOREIGN, "p0", vtep_host_bridge_status(host, "p0", &bridge, &err));
    FAILS(VTEP_E_FOREIGN, "p0", vtep_host_bridge_flush(host, "p0", &err));
    FAILS(VTEP_E_FOREIGN, "br0", vtep_host_bridge_port_status(host, "br0", &port, &err));
    FAILS(VTEP_E_FOREIGN, "br0", vtep_host_bridge_port_flush(host, "br0", &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_bridge_status(host, "nope", &bridge, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_bridge_port_flush(host, "nope", &err));
    OK(vtep_host_link_delete(host, "p0", "veth", &err));
    OK(vtep_host_bridge_delete(host, "br0", &err));
}

static const uint32_t new_port = VTEP_BRIDGE_PORT_FLAG_LEARNING | VTEP_BRIDGE_PORT_FLAG_UNICAST_FLOOD |
                                 VTEP_BRIDGE_PORT_FLAG_MULTICAST_FLOOD | VTEP_BRIDGE_PORT_FLAG_BROADCAST_FLOOD;

/* p1, with everything that can be changed, beside p0. */
static void change_port(vtep_host *host) {
    vtep_bridge_port_options options = VTEP_BRIDGE_PORT_OPTIONS_INIT;
    vtep_bridge_port port = VTEP_BRIDGE_PORT_INIT;
    vtep_link link = VTEP_LINK_INIT;
    const char *said;
    options.name = "p1";
    options.has = VTEP_BRIDGE_PORT_OPTIONS_HAS_STATE | VTEP_BRIDGE_PORT_OPTIONS_HAS_COST |
                  VTEP_BRIDGE_PORT_OPTIONS_HAS_PRIORITY | VTEP_BRIDGE_PORT_OPTIONS_HAS_MULTICAST_ROUTER |
                  VTEP_BRIDGE_PORT_OPTIONS_HAS_MAXIMUM_GROUPS | VTEP_BRIDGE_PORT_OPTIONS_HAS_TRACKED_HOSTS_LIMIT |
                  VTEP_BRIDGE_PORT_OPTIONS_HAS_GROUP_FORWARD_MASK | VTEP_BRIDGE_PORT_OPTIONS_HAS_BACKUP_NEXTHOP_ID;
    options.state = VTEP_PORT_LISTENING; /* a disabled one the kernel enables when its carrier comes */
    options.cost = 65535;
    options.priority = 63;
    options.multicast_router = VTEP_MULTICAST_ROUTER_PERMANENT;
    options.maximum_groups = 5;
    options.tracked_hosts_limit = 99;
    options.group_forward_mask = 0x4008;
    options.backup_nexthop_id = 7;
    options.backup_port = "p0";
    options.flags = (VTEP_BRIDGE_PORT_FLAG_MULTICAST_TO_UNICAST << 1) - 1; /* all */
    options.flags &= ~(uint32_t)(VTEP_BRIDGE_PORT_FLAG_UNICAST_FLOOD | VTEP_BRIDGE_PORT_FLAG_MULTICAST_FLOOD |
                                 VTEP_BRIDGE_PORT_FLAG_BROADCAST_FLOOD);
    options.flags_mask = (VTEP_BRIDGE_PORT_FLAG_MULTICAST_TO_UNICAST << 1) - 1;
    OK(vtep_host_bridge_port_change(host, &options, &link, &err));
    TEXT(link.name, "p1");
    OK(vtep_host_bridge_port_get(host, "p1", &port, &err));
    EQUAL(port.has, VTEP_BRIDGE_PORT_HAS_MAXIMUM_GROUPS | VTEP_BRIDGE_PORT_HAS_TRACKED_HOSTS_LIMIT);
    EQUAL(port.flags, options.flags);
    EQUAL(port.state, VTEP_PORT_LISTENING);
    EQUAL(port.cost, 65535);
    EQUAL(port.priority, 63);
    EQUAL(port.multicast_router, VTEP_MULTICAST_ROUTER_PERMANENT);
    EQUAL(port.maximum_groups, 5);
    EQUAL(port.tracked_hosts_limit, 99);
    EQUAL(port.group_forward_mask, 0x4008);
    EQUAL(port.backup_port_index, index_of(host, "p0"));
    EQUAL(port.backup_nexthop_id, 7);
    said = output_of("ip -d -j link show dev p1");
    SHOWS(said, "\"state\":\"listening\"");
    SHOWS(said, "\"guard\":true");
    SHOWS(said, "\"root_block\":true");
    SHOWS(said, "\"fastleave\":true");
    SHOWS(said, "\"learning\":true");
    SHOWS(said, "\"flood\":false");
    SHOWS(said, "\"proxy_arp\":true");
    SHOWS(said, "\"proxy_arp_wifi\":true");
    SHOWS(said, "\"multicast_router\":2");
    SHOWS(said, "\"mcast_to_unicast\":true");
    SHOWS(said, "\"vlan_tunnel\":true");
    SHOWS(said, "\"locked\":true");
    SHOWS(said, "\"backup_port\":\"p0\"");
    options.backup_port = "";
    options.has = VTEP_BRIDGE_PORT_OPTIONS_HAS_BACKUP_NEXTHOP_ID;
    options.backup_nexthop_id = 0;
    options.flags = new_port;
    OK(vtep_host_bridge_port_change(host, &options, NULL, &err));
    OK(vtep_host_bridge_port_get(host, "p1", &port, &err));
    EQUAL(port.flags, new_port);
    EQUAL(port.backup_port_index + port.backup_nexthop_id, 0);
    EQUAL(port.cost, 65535); /* not named, not changed */
    options.flags = 0;
    options.flags_mask = 0;
    options.backup_port = "q0";
    FAILS(VTEP_E_NOTFOUND, "same bridge", vtep_host_bridge_port_change(host, &options, NULL, &err));
    options.backup_port = "nope";
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_bridge_port_change(host, &options, NULL, &err));
    options.backup_port = NULL;
    options.has = VTEP_BRIDGE_PORT_OPTIONS_HAS_COST;
    options.cost = 65536;
    FAILS(VTEP_E_INVAL, "65535", vtep_host_bridge_port_change(host, &options, NULL, &err));
    options.has = VTEP_BRIDGE_PORT_OPTIONS_HAS_PRIORITY;
    options.priority = 64;
    FAILS(VTEP_E_INVAL, "0...63", vtep_host_bridge_port_change(host, &options, NULL, &err));
    options.priority = 65536;
    FAILS(VTEP_E_INVAL, "priority", vtep_host_bridge_port_change(host, &options, NULL, &err));
    options.has = VTEP_BRIDGE_PORT_OPTIONS_HAS_STATE;
    options.state = 5;
    FAILS(VTEP_E_INVAL, "0...4", vtep_host_bridge_port_change(host, &options, NULL, &err));
    options.has = VTEP_BRIDGE_PORT_OPTIONS_HAS_GROUP_FORWARD_MASK;
    options.group_forward_mask = 1;
    FAILS(VTEP_E_INVAL, "0x1", vtep_host_bridge_port_change(host, &options, NULL, &err));
    options.has = VTEP_BRIDGE_PORT_OPTIONS_HAS_MULTICAST_ROUTER;
    options.multicast_router = 4;
    FAILS(VTEP_E_INVAL, "0...3", vtep_host_bridge_port_change(host, &options, NULL, &err));
    options.has = 0;
    options.flags_mask = VTEP_BRIDGE_PORT_FLAG_MULTICAST_TO_UNICAST << 1;
    FAILS(VTEP_E_INVAL, "newer", vtep_host_bridge_port_change(host, &options, NULL, &err));
    options.flags_mask = 0;
    options.name = "q1";
    FAILS(VTEP_E_FOREIGN, "q1", vtep_host_bridge_port_change(host, &options, NULL, &err));
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
    EQUAL(port.flags, VTEP_BRIDGE_PORT_FLAG_HAIRPIN | VTEP_BRIDGE_PORT_FLAG_NEIGHBOUR_SUPPRESSION |
                          VTEP_BRIDGE_PORT_FLAG_ISOLATED);
    OK(vtep_host_bridge_port_get(host, "p1", &port, &err));
    EQUAL(port.cost, 2);
    EQUAL(port.flags, new_port);
    change_port(host);
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
    options.flags = options.flags_mask = VTEP_BRIDGE_FLAG_STP;
    options.forward_delay = 100;
    options.has = VTEP_BRIDGE_OPTIONS_HAS_FORWARD_DELAY;
    /* the kernel would cut it to 200 without a word */
    FAILS(VTEP_E_INVAL, "200...3000", vtep_host_bridge_create(host, &options, NULL, &err));
    options.forward_delay = 3001;
    FAILS(VTEP_E_INVAL, "200...3000", vtep_host_bridge_create(host, &options, NULL, &err));
    EQUAL(link_count(host), before);
    options.forward_delay = 0; /* as Docker does it: without the spanning tree, ports forward at once */
    options.flags = 0;
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
    changes(host);
    status(host);
    ports(host);
    limits(host);
    vtep_host_close(host);
    return check_result();
}
