#include <stdio.h>

#include "tables.h"

static void print_identity(const struct tables *tables, const vtep_vxlan *vxlan) {
    char text[VTEP_IP_TEXT_SIZE], device[LINK_TEXT_SIZE];

    if (vxlan->has & VTEP_VXLAN_HAS_VNI)
        printf("id %lu", (unsigned long)vxlan->vni);
    else
        printf("external");
    if (vtep_ip_format(&vxlan->remote, text, sizeof(text), NULL) == VTEP_OK)
        printf(" remote %s", text);
    if (vtep_ip_format(&vxlan->group, text, sizeof(text), NULL) == VTEP_OK)
        printf(" group %s", text);
    if (vtep_ip_format(&vxlan->local, text, sizeof(text), NULL) == VTEP_OK)
        printf(" local %s", text);
    if (vxlan->device_index != 0)
        printf(" dev %s", link_text(tables, vxlan->device_index, device));
    /* 0 0 stands for the kernel's own range, net.ipv4.ip_local_port_range. */
    printf(" srcport %lu %lu dstport %lu", (unsigned long)vxlan->source_port_min,
           (unsigned long)vxlan->source_port_max, (unsigned long)vxlan->destination_port);
}

static void print_forwarding(const vtep_vxlan *vxlan) {
    if (!(vxlan->flags & VTEP_VXLAN_FLAG_LEARNING))
        printf(" nolearning");
    if (vxlan->tos == 1)
        printf(" tos inherit");
    else if (vxlan->tos != 0)
        printf(" tos 0x%lx", (unsigned long)vxlan->tos);
    if (vxlan->flags & VTEP_VXLAN_FLAG_TTL_INHERIT)
        printf(" ttl inherit");
    else if (vxlan->ttl == 0)
        printf(" ttl auto");
    else
        printf(" ttl %lu", (unsigned long)vxlan->ttl);
    if (vxlan->ageing == 0)
        printf(" ageing none");
    else
        printf(" ageing %lu", (unsigned long)vxlan->ageing);
    if (vxlan->maximum_entries != 0)
        printf(" maxaddr %lu", (unsigned long)vxlan->maximum_entries);
}

static const char *no_unless(const vtep_vxlan *vxlan, uint32_t flag) { return vxlan->flags & flag ? "" : "no"; }

void print_details(const struct tables *tables, const vtep_link *link, const vtep_vxlan *vxlan) {
    printf("%s: vxlan ", link->name);
    print_identity(tables, vxlan);
    print_forwarding(vxlan);
    printf(" %sudpcsum %sudp6zerocsumtx %sudp6zerocsumrx\n", no_unless(vxlan, VTEP_VXLAN_FLAG_UDP_CHECKSUM),
           no_unless(vxlan, VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_TX),
           no_unless(vxlan, VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_RX));
}

void print_vxlans(const struct tables *tables) {
    uint32_t i, count = vtep_link_list_count(tables->links);
    vtep_link link = VTEP_LINK_INIT;
    vtep_vxlan vxlan = VTEP_VXLAN_INIT;

    for (i = 0; i < count; i++)
        if (vtep_link_list_get(tables->links, i, &link, NULL) == VTEP_OK &&
            vtep_link_list_vxlan(tables->links, i, &vxlan, NULL) == VTEP_OK)
            print_details(tables, &link, &vxlan);
}
