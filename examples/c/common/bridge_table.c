#include <stdio.h>
#include <string.h>

#include "tables.h"

/*
 * `brctl` sorts by name, the list by index. This finds the link whose name comes next after `after`, among the bridges
 * (port_of 0) or the ports of one; returns its place in the list, or -1.
 */
static int64_t next_by_name(const struct tables *tables, uint32_t port_of, const char *after) {
    uint32_t i, count = vtep_link_list_count(tables->links);
    vtep_link link = VTEP_LINK_INIT;
    char best[sizeof(link.name)] = "";
    int64_t found = -1;

    for (i = 0; i < count; i++) {
        if (vtep_link_list_get(tables->links, i, &link, NULL) != VTEP_OK)
            continue;
        if (port_of == 0 ? strcmp(link.kind, "bridge") != 0 : link.master_index != port_of)
            continue;
        if (strcmp(link.name, after) > 0 && (found < 0 || strcmp(link.name, best) < 0)) {
            found = i;
            memcpy(best, link.name, sizeof(best));
        }
    }
    return found;
}

static void print_ports(const struct tables *tables, uint32_t bridge_index) {
    vtep_link port = VTEP_LINK_INIT;
    const char *separator = "";
    int64_t i;

    while ((i = next_by_name(tables, bridge_index, port.name)) >= 0 &&
           vtep_link_list_get(tables->links, (uint32_t)i, &port, NULL) == VTEP_OK) {
        printf("%s%s", separator, port.name);
        separator = "\n\t\t\t\t\t\t\t";
    }
    printf("\n");
}

void print_bridges(const struct tables *tables) {
    vtep_link link = VTEP_LINK_INIT;
    vtep_bridge bridge = VTEP_BRIDGE_INIT;
    char id[VTEP_BRIDGE_ID_TEXT_SIZE] = "";
    int64_t i;

    printf("bridge name\tbridge id\t\tSTP enabled\tinterfaces\n");
    while ((i = next_by_name(tables, 0, link.name)) >= 0 &&
           vtep_link_list_get(tables->links, (uint32_t)i, &link, NULL) == VTEP_OK &&
           vtep_link_list_bridge(tables->links, (uint32_t)i, &bridge, NULL) == VTEP_OK) {
        vtep_bridge_id_format(&bridge.bridge_id, id, sizeof(id), NULL);
        printf("%s\t\t%s\t%s\t\t", link.name, id, bridge.stp == VTEP_STP_OFF ? "no" : "yes");
        print_ports(tables, link.index);
    }
}
