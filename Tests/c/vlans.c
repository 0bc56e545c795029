/* The VNI filter table of a VXLAN device, and VLANs of a bridge: against `bridge`. VLANs need a kernel that filters them. */
#include "network.h"

static vtep_vni vnis(uint32_t first, uint32_t last) {
    vtep_vni value = VTEP_VNI_INIT;
    value.first = first;
    value.last = last;
    return value;
}

static void vni_filter(vtep_host *host) {
    vtep_vxlan_options options = vxlan_named("vx", 0);
    vtep_vni_list *list = NULL;
    vtep_vni one = VTEP_VNI_INIT, plain = vnis(100, 100), group = vnis(200, 300), remote = vnis(16777214, 16777215);
    vtep_vni other = vnis(250, 400), three[3];
    const char *said;
    options.flags = options.flags_mask = VTEP_VXLAN_FLAG_EXTERNAL | VTEP_VXLAN_FLAG_VNI_FILTER;
    options.device = "p0";
    options.up = 1;
    OK(vtep_host_vxlan_create(host, &options, NULL, &err));
    OK(vtep_host_vnis(host, "vx", 0, &list, &err));
    EQUAL(vtep_vni_list_count(list), 0);
    vtep_vni_list_free(list);
    group.group = ip("239.1.1.1");
    remote.remote = ip("192.0.2.29");
    OK(vtep_host_vni_add(host, "vx", &plain, &err));
    OK(vtep_host_vni_add(host, "vx", &group, &err));
    OK(vtep_host_vni_add(host, "vx", &remote, &err));
    OK(vtep_host_vni_add(host, "vx", &remote, &err)); /* as it is */
    said = output_of("bridge -j vni show");
    SHOWS(said, "{\"vni\":100}");
    SHOWS(said, "{\"vni\":200,\"vniEnd\":300,\"group\":\"239.1.1.1\"}");
    SHOWS(said, "{\"vni\":16777214,\"vniEnd\":16777215,\"remote\":\"192.0.2.29\"}");
    OK(vtep_host_vnis(host, "vx", 0, &list, &err));
    EQUAL(vtep_vni_list_count(list), 3);
    OK(vtep_vni_list_get(list, 1, &one, &err));
    EQUAL(one.first, 200);
    EQUAL(one.last, 300);
    EQUAL(one.has, 0);
    EQUAL(one.link_index, index_of(host, "vx"));
    CHECK(same_ip(one.group, group.group));
    EQUAL(one.remote.family, 0);
    three[0].size = sizeof *three;
    OK(vtep_vni_list_copy(list, 0, 3, three, &err));
    EQUAL(three[0].first, 100);
    EQUAL(three[0].last, 100);
    CHECK(same_ip(three[2].remote, remote.remote));
    FAILS(VTEP_E_NOTFOUND, "", vtep_vni_list_get(list, 3, &one, &err));
    FAILS(VTEP_E_NOTFOUND, "", vtep_vni_list_copy(list, 1, 3, three, &err));
    vtep_vni_list_free(list);
    OK(vtep_host_vnis(host, NULL, 0, &list, &err)); /* of all devices */
    EQUAL(vtep_vni_list_count(list), 3);
    vtep_vni_list_free(list);
    OK(vtep_host_vnis(host, "vx", 1, &list, &err)); /* one by one, with their counters */
    EQUAL(vtep_vni_list_count(list), 104);
    OK(vtep_vni_list_get(list, 103, &one, &err));
    EQUAL(one.has, VTEP_VNI_HAS_STATISTICS);
    EQUAL(one.first, 16777215);
    EQUAL(one.rx_packets + one.tx_packets + one.rx_bytes + one.tx_bytes, 0);
    vtep_vni_list_free(list);
    FAILS(VTEP_E_INVAL, "bits", vtep_host_vni_add(host, "vx", &one, &err)); /* counters can't be set */
    other.remote = ip("192.0.2.30");
    FAILS(VTEP_E_EXISTS, "200 to 300", vtep_host_vni_add(host, "vx", &other, &err));
    other.group = group.group;
    FAILS(VTEP_E_INVAL, "both", vtep_host_vni_add(host, "vx", &other, &err));
    other = vnis(5, 4);
    FAILS(VTEP_E_INVAL, "above", vtep_host_vni_add(host, "vx", &other, &err));
    other = vnis(5, 16777216);
    FAILS(VTEP_E_INVAL, "16777216", vtep_host_vni_add(host, "vx", &other, &err));
    other = vnis(0, 0);
    FAILS(VTEP_E_INVAL, "VNI 0", vtep_host_vni_add(host, "vx", &other, &err));
    FAILS(VTEP_E_INVAL, "statistics", vtep_host_vnis(host, "vx", 2, &list, &err));
    FAILS(VTEP_E_INVAL, "above", vtep_host_vni_delete(host, "vx", 2, 1, &err));
    FAILS(VTEP_E_NOTFOUND, "VNI 7", vtep_host_vni_delete(host, "vx", 7, 7, &err));
    FAILS(VTEP_E_FOREIGN, "p0", vtep_host_vnis(host, "p0", 0, &list, &err));
    FAILS(VTEP_E_FOREIGN, "p0", vtep_host_vni_add(host, "p0", &plain, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_vni_delete(host, "nope", 1, 1, &err));
    OK(vtep_host_vni_delete(host, "vx", 50, 249, &err)); /* those of them that there are */
    said = output_of("bridge -j vni show");
    HIDES(said, "{\"vni\":100}");
    SHOWS(said, "{\"vni\":250,\"vniEnd\":300,\"group\":\"239.1.1.1\"}");
    OK(vtep_host_vni_delete(host, "vx", 0, 16777215, &err));
    HIDES(output_of("bridge -j vni show"), "vniEnd");
    OK(vtep_host_vxlan_delete(host, "vx", NULL, &err));
}

/* A bridge br0 with an external VXLAN device vx; whether the kernel filters VLANs. */
static int make_filtering_bridge(vtep_host *host) {
    vtep_bridge_options bridge = bridge_named("br0");
    vtep_vxlan_options vxlan = vxlan_named("vx", 0);
    vtep_bridge_port_options port = VTEP_BRIDGE_PORT_OPTIONS_INIT;
    int filters;
    bridge.flags = bridge.flags_mask = VTEP_BRIDGE_FLAG_VLAN_FILTERING;
    filters = vtep_host_bridge_create(host, &bridge, NULL, &err) == VTEP_OK;
    if (!filters) {
        EQUAL(err.code, VTEP_E_NOTSUPPORTED);
        make_bridge(host, "br0");
    }
    vxlan.flags = vxlan.flags_mask = VTEP_VXLAN_FLAG_EXTERNAL;
    vxlan.master = "br0";
    OK(vtep_host_vxlan_create(host, &vxlan, NULL, &err));
    port.name = "vx";
    port.flags = port.flags_mask = VTEP_BRIDGE_PORT_FLAG_VLAN_TUNNEL;
    OK(vtep_host_bridge_port_change(host, &port, NULL, &err));
    return filters;
}

static void vlans(vtep_host *host) {
    int filters = make_filtering_bridge(host);
    vtep_vlan vlan = VTEP_VLAN_INIT, one = VTEP_VLAN_INIT;
    vtep_vlan_tunnel tunnel = VTEP_VLAN_TUNNEL_INIT, other = VTEP_VLAN_TUNNEL_INIT;
    vtep_vlan_list *list = NULL;
    vtep_vlan_tunnel_list *tunnels = NULL;
    vtep_status expected = filters ? VTEP_OK : VTEP_E_NOTSUPPORTED;
    vlan.link_index = tunnel.link_index = index_of(host, "vx");
    vlan.first = 20;
    vlan.last = 29;
    vlan.flags = VTEP_VLAN_UNTAGGED;
    tunnel.first = 20;
    tunnel.last = 29;
    tunnel.first_vni = 2020;
    EQUAL(vtep_host_vlan_add(host, &vlan, &err), expected);
    EQUAL(vtep_host_vlan_tunnel_add(host, &tunnel, &err), expected);
    vlan.has = VTEP_VLAN_HAS_STATE;
    vlan.state = VTEP_PORT_BLOCKING;
    EQUAL(vtep_host_vlan_set(host, &vlan, &err), expected);
    vlan.has = 0;
    OK(vtep_host_vlans(host, "vx", 0, &list, &err));
    OK(vtep_host_vlan_tunnels(host, NULL, &tunnels, &err));
    EQUAL(vtep_vlan_tunnel_list_count(tunnels), filters);
    if (filters) {
        OK(vtep_vlan_list_get(list, vtep_vlan_list_count(list) - 1, &one, &err));
        EQUAL(one.first, 20);
        EQUAL(one.last, 29);
        EQUAL(one.flags, VTEP_VLAN_UNTAGGED);
        CHECK(one.has & VTEP_VLAN_HAS_STATE);
        EQUAL(one.state, VTEP_PORT_BLOCKING);
        OK(vtep_vlan_list_copy(list, 0, 1, &one, &err));
        OK(vtep_vlan_tunnel_list_get(tunnels, 0, &other, &err));
        EQUAL(other.first_vni, 2020);
        OK(vtep_vlan_tunnel_list_copy(tunnels, 0, 1, &other, &err));
        EQUAL(other.last, 29);
        SHOWS(output_of("bridge -c vlan tunnelshow"), "2020-2029");
    }
    FAILS(VTEP_E_NOTFOUND, "", vtep_vlan_list_get(list, 4095, &one, &err));
    FAILS(VTEP_E_NOTFOUND, "", vtep_vlan_tunnel_list_get(tunnels, 4095, &other, &err));
    vtep_vlan_list_free(list);
    vtep_vlan_tunnel_list_free(tunnels);
    EQUAL(vtep_host_vlan_tunnel_delete(host, &tunnel, &err), expected);
    EQUAL(vtep_host_vlan_delete(host, &vlan, &err), expected);
    OK(vtep_host_vlans(host, NULL, 1, &list, &err));
    if (vtep_vlan_list_count(list) > 0) {
        OK(vtep_vlan_list_get(list, 0, &one, &err));
        CHECK(one.has & VTEP_VLAN_HAS_STATISTICS);
        EQUAL(one.first, one.last);
    }
    vtep_vlan_list_free(list);
    FAILS(VTEP_E_INVAL, "statistics", vtep_host_vlans(host, NULL, 2, &list, &err));
    if (filters) FAILS(VTEP_E_INVAL, "no option", vtep_host_vlan_set(host, &vlan, &err));
    vlan.has = VTEP_VLAN_HAS_STATE;
    vlan.state = 256;
    FAILS(VTEP_E_INVAL, "state", vtep_host_vlan_set(host, &vlan, &err));
    vlan.has = VTEP_VLAN_HAS_NEIGHBOUR_SUPPRESSION;
    vlan.neighbour_suppression = 2;
    FAILS(VTEP_E_INVAL, "neighbour_suppression", vtep_host_vlan_set(host, &vlan, &err));
    vlan.has = 0;
    vlan.flags = 4;
    FAILS(VTEP_E_INVAL, "flags", vtep_host_vlan_add(host, &vlan, &err));
    vlan.flags = 0;
    vlan.last = 19;
    FAILS(VTEP_E_INVAL, "above", vtep_host_vlan_add(host, &vlan, &err));
    vlan.last = 65536;
    FAILS(VTEP_E_INVAL, "65536", vtep_host_vlan_add(host, &vlan, &err));
    vlan.last = 4095;
    FAILS(VTEP_E_INVAL, "1...4094", vtep_host_vlan_delete(host, &vlan, &err));
    tunnel.first_vni = 16777216;
    FAILS(VTEP_E_INVAL, "16777216", vtep_host_vlan_tunnel_add(host, &tunnel, &err));
    tunnel.first_vni = 5;
    tunnel.link_index = 0;
    FAILS(VTEP_E_INVAL, "link_index", vtep_host_vlan_tunnel_add(host, &tunnel, &err));
    tunnel.link_index = 9999;
    FAILS(VTEP_E_NOTFOUND, "9999", vtep_host_vlan_tunnel_delete(host, &tunnel, &err));
    tunnel.link_index = index_of(host, "p0");
    FAILS(VTEP_E_FOREIGN, "p0", vtep_host_vlan_tunnel_add(host, &tunnel, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_vlans(host, "nope", 0, &list, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_vlan_tunnels(host, "nope", &tunnels, &err));
    OK(vtep_host_vxlan_delete(host, "vx", NULL, &err));
    OK(vtep_host_bridge_delete(host, "br0", &err));
}

/* Each function with NULL for each of its pointers in turn, sizes, and initial values. */
static void pointers(vtep_host *host) {
    vtep_vni vni = vnis(1, 1);
    vtep_vlan vlan = VTEP_VLAN_INIT;
    vtep_vlan_tunnel tunnel = VTEP_VLAN_TUNNEL_INIT;
    vtep_vni_list *list = NULL;
    vtep_vlan_list *vlan_list = NULL;
    vtep_vlan_tunnel_list *tunnel_list = NULL;
    EQUAL(vni.size, sizeof vni);
    EQUAL(vlan.size, sizeof vlan);
    EQUAL(tunnel.size, sizeof tunnel);
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_vnis(NULL, "vx", 0, &list, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_vnis(host, "vx", 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_vni_add(NULL, "vx", &vni, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_vni_add(host, NULL, &vni, &err));
    FAILS(VTEP_E_INVAL, "\"vnis\" is NULL", vtep_host_vni_add(host, "vx", NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_vni_delete(NULL, "vx", 1, 1, &err));
    FAILS(VTEP_E_INVAL, "\"name\" is NULL", vtep_host_vni_delete(host, NULL, 1, 1, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_vlans(NULL, NULL, 0, &vlan_list, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_vlans(host, NULL, 0, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_vlan_add(NULL, &vlan, &err));
    FAILS(VTEP_E_INVAL, "\"vlans\" is NULL", vtep_host_vlan_add(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_vlan_delete(NULL, &vlan, &err));
    FAILS(VTEP_E_INVAL, "\"vlans\" is NULL", vtep_host_vlan_delete(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_vlan_set(NULL, &vlan, &err));
    FAILS(VTEP_E_INVAL, "\"vlans\" is NULL", vtep_host_vlan_set(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_vlan_tunnels(NULL, NULL, &tunnel_list, &err));
    FAILS(VTEP_E_INVAL, "\"out\" is NULL", vtep_host_vlan_tunnels(host, NULL, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_vlan_tunnel_add(NULL, &tunnel, &err));
    FAILS(VTEP_E_INVAL, "\"tunnels\" is NULL", vtep_host_vlan_tunnel_add(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"host\" is NULL", vtep_host_vlan_tunnel_delete(NULL, &tunnel, &err));
    FAILS(VTEP_E_INVAL, "\"tunnels\" is NULL", vtep_host_vlan_tunnel_delete(host, NULL, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_vni_list_get(NULL, 0, &vni, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_vlan_list_get(NULL, 0, &vlan, &err));
    FAILS(VTEP_E_INVAL, "\"list\" is NULL", vtep_vlan_tunnel_list_get(NULL, 0, &tunnel, &err));
    EQUAL(vtep_vni_list_count(NULL) + vtep_vlan_list_count(NULL) + vtep_vlan_tunnel_list_count(NULL), 0);
    vtep_vni_list_free(NULL);
    vtep_vlan_list_free(NULL);
    vtep_vlan_tunnel_list_free(NULL);
    vni.size--;
    FAILS(VTEP_E_INVAL, "size", vtep_host_vni_add(host, "vx", &vni, &err));
    vni.size++;
    vni.reserved[1] = 1;
    FAILS(VTEP_E_INVAL, "reserved", vtep_host_vni_add(host, "vx", &vni, &err));
    vlan.size = 4097;
    FAILS(VTEP_E_INVAL, "size", vtep_host_vlan_add(host, &vlan, &err));
    vlan.size = sizeof vlan;
    vlan.has = VTEP_VLAN_HAS_STATISTICS; /* counters can't be set */
    FAILS(VTEP_E_INVAL, "bits", vtep_host_vlan_add(host, &vlan, &err));
    vlan.has = 0;
    vlan.reserved[2] = 1;
    FAILS(VTEP_E_INVAL, "reserved", vtep_host_vlan_add(host, &vlan, &err));
    tunnel.has = UINT32_C(1) << 31;
    FAILS(VTEP_E_INVAL, "bits", vtep_host_vlan_tunnel_add(host, &tunnel, &err));
}

int main(void) {
    vtep_host *host = open_host();
    uint32_t before;
    make_veth(host, "p0", "p1");
    before = link_count(host);
    vni_filter(host);
    vlans(host);
    pointers(host);
    EQUAL(link_count(host), before);
    vtep_host_close(host);
    return check_result();
}
