#include "event_lines.h"

#include <stdio.h>

static void print_link(const vtep_monitor *monitor, struct tables *tables) {
    char text[VTEP_WORD_TEXT_SIZE] = "", master[LINK_TEXT_SIZE];
    vtep_link link = VTEP_LINK_INIT;
    vtep_vxlan vxlan = VTEP_VXLAN_INIT;
    vtep_link_list *list = NULL;

    if (vtep_monitor_link_list(monitor, 0, &list, NULL) != VTEP_OK ||
        vtep_link_list_get(list, 0, &link, NULL) != VTEP_OK)
        return;
    tables_remember(tables, &link);
    vtep_operstate_format(link.operstate, text, sizeof(text), NULL);
    printf("link %s %s mtu %lu %s state %s", link.name, link.kind[0] != '\0' ? link.kind : "physical",
           (unsigned long)link.mtu, link.flags & VTEP_LINK_UP ? "up" : "down", text);
    if (link.master_index != 0)
        printf(" master %s", link_text(tables, link.master_index, master));
    if (vtep_link_list_vxlan(list, 0, &vxlan, NULL) == VTEP_OK && (vxlan.has & VTEP_VXLAN_HAS_VNI))
        printf(" id %lu", (unsigned long)vxlan.vni);
    printf("\n");
    vtep_link_list_free(list);
}

static void print_address(const vtep_monitor *monitor, const struct tables *tables) {
    char text[VTEP_PREFIX_TEXT_SIZE] = "", scope[VTEP_WORD_TEXT_SIZE] = "", link[LINK_TEXT_SIZE];
    vtep_address address = VTEP_ADDRESS_INIT;

    if (vtep_monitor_address(monitor, 0, &address, NULL) != VTEP_OK)
        return;
    vtep_prefix_format(&address.prefix, text, sizeof(text), NULL);
    vtep_scope_format(address.scope, scope, sizeof(scope), NULL);
    printf("address %s dev %s scope %s\n", text, link_text(tables, address.link_index, link), scope);
}

static void print_neighbour(const vtep_monitor *monitor, const struct tables *tables) {
    char text[VTEP_IP_TEXT_SIZE] = "", state[VTEP_WORD_TEXT_SIZE] = "", link[LINK_TEXT_SIZE];
    vtep_neighbour neighbour = VTEP_NEIGHBOUR_INIT;

    if (vtep_monitor_neighbour(monitor, 0, &neighbour, NULL) != VTEP_OK)
        return;
    vtep_ip_format(&neighbour.address, text, sizeof(text), NULL);
    printf("neighbour %s dev %s", text, link_text(tables, neighbour.link_index, link));
    if (neighbour.has & VTEP_NEIGHBOUR_HAS_MAC) {
        vtep_mac_format(&neighbour.mac, text, sizeof(text), NULL);
        printf(" lladdr %s", text);
    }
    vtep_neighbour_state_format(neighbour.state, state, sizeof(state), NULL);
    printf(" %s\n", state);
}

static void print_route(vtep_monitor *monitor, const struct tables *tables) {
    char text[VTEP_WORD_TEXT_SIZE] = "";
    vtep_route route = VTEP_ROUTE_INIT;

    if (vtep_monitor_route(monitor, 0, &route, NULL) != VTEP_OK)
        return;
    printf("route ");
    vtep_route_type_format(route.type, text, sizeof(text), NULL);
    if (route.type != VTEP_ROUTE_UNICAST)
        printf("%s ", text);
    vtep_table_format(route.table, text, sizeof(text), NULL);
    if (route.table != VTEP_TABLE_MAIN)
        printf("table %s ", text);
    print_route_line(tables, &route);
}

static void print_vni(const vtep_monitor *monitor, const struct tables *tables) {
    char text[VTEP_IP_TEXT_SIZE] = "", link[LINK_TEXT_SIZE];
    vtep_vni vni = VTEP_VNI_INIT;

    if (vtep_monitor_vni(monitor, 0, &vni, NULL) != VTEP_OK)
        return;
    printf("vni %lu dev %s", (unsigned long)vni.first, link_text(tables, vni.link_index, link));
    if (vtep_ip_format(&vni.remote, text, sizeof(text), NULL) == VTEP_OK)
        printf(" remote %s", text);
    if (vtep_ip_format(&vni.group, text, sizeof(text), NULL) == VTEP_OK)
        printf(" group %s", text);
    printf("\n");
}

static void print_vlan(const vtep_monitor *monitor, const struct tables *tables) {
    char link[LINK_TEXT_SIZE];
    vtep_vlan vlan = VTEP_VLAN_INIT;

    if (vtep_monitor_vlan(monitor, 0, &vlan, NULL) != VTEP_OK)
        return;
    printf("vlan %lu dev %s%s%s\n", (unsigned long)vlan.first, link_text(tables, vlan.link_index, link),
           vlan.flags & VTEP_VLAN_PVID ? " pvid" : "", vlan.flags & VTEP_VLAN_UNTAGGED ? " untagged" : "");
}

static void print_vlan_tunnel(const vtep_monitor *monitor, const struct tables *tables) {
    char link[LINK_TEXT_SIZE];
    vtep_vlan_tunnel tunnel = VTEP_VLAN_TUNNEL_INIT;

    if (vtep_monitor_vlan_tunnel(monitor, 0, &tunnel, NULL) != VTEP_OK)
        return;
    printf("tunnel vlan %lu dev %s id %lu\n", (unsigned long)tunnel.first,
           link_text(tables, tunnel.link_index, link), (unsigned long)tunnel.first_vni);
}

void print_event(vtep_monitor *monitor, const vtep_event *event, struct tables *tables) {
    static const char *const words[] = {"none", "added", "changed", "removed", "synchronised"};
    vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT;

    printf("%s", event->event < sizeof(words) / sizeof(words[0]) ? words[event->event] : "unknown");
    if (event->object != 0)
        printf(" ");
    switch (event->object) {
    case VTEP_OBJECT_LINK: print_link(monitor, tables); break;
    case VTEP_OBJECT_ADDRESS: print_address(monitor, tables); break;
    case VTEP_OBJECT_ROUTE: print_route(monitor, tables); break;
    case VTEP_OBJECT_NEIGHBOUR: print_neighbour(monitor, tables); break;
    case VTEP_OBJECT_FDB:
        if (vtep_monitor_fdb_entry(monitor, 0, &entry, NULL) == VTEP_OK) {
            printf("fdb ");
            print_fdb_entry(tables, &entry);
        }
        break;
    case VTEP_OBJECT_VNI: print_vni(monitor, tables); break;
    case VTEP_OBJECT_VLAN: print_vlan(monitor, tables); break;
    case VTEP_OBJECT_VLAN_TUNNEL: print_vlan_tunnel(monitor, tables); break;
    default: printf("\n");
    }
}
