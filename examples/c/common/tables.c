#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

vtep_status tables_read(vtep_host *host, struct tables *out, vtep_error *err) {
    vtep_status status;

    memset(out, 0, sizeof(*out));
    status = vtep_host_links(host, NULL, &out->links, err);
    if (status == VTEP_OK)
        status = vtep_host_addresses(host, NULL, &out->addresses, err);
    if (status == VTEP_OK)
        status = vtep_host_routes(host, 0, VTEP_TABLE_MAIN, &out->routes, err);
    if (status != VTEP_OK)
        tables_free(out);
    return status;
}

void tables_free(struct tables *tables) {
    vtep_link_list_free(tables->links);
    vtep_address_list_free(tables->addresses);
    vtep_route_list_free(tables->routes);
    free(tables->known);
    memset(tables, 0, sizeof(*tables));
}

void tables_remember(struct tables *tables, const vtep_link *link) {
    struct known_link *grown;
    uint32_t i = 0;

    while (i < tables->known_count && tables->known[i].index != link->index)
        i++;
    if (i == tables->known_count) {
        grown = realloc(tables->known, ((size_t)i + 1) * sizeof(*grown));
        if (grown == NULL)
            return; /* it will be called ifN */
        tables->known = grown;
        tables->known_count++;
    }
    tables->known[i].index = link->index;
    memcpy(tables->known[i].name, link->name, LINK_TEXT_SIZE);
}

void tables_remember_event(struct tables *tables, const vtep_monitor *monitor, const vtep_event *event) {
    vtep_link link = VTEP_LINK_INIT;

    if (event->object == VTEP_OBJECT_LINK && vtep_monitor_link(monitor, 0, &link, NULL) == VTEP_OK)
        tables_remember(tables, &link);
}

const char *link_text(const struct tables *tables, uint32_t index, char text[LINK_TEXT_SIZE]) {
    uint32_t i, count = vtep_link_list_count(tables->links);
    vtep_link link = VTEP_LINK_INIT;

    snprintf(text, LINK_TEXT_SIZE, "if%lu", (unsigned long)index);
    for (i = 0; i < count; i++)
        if (vtep_link_list_get(tables->links, i, &link, NULL) == VTEP_OK && link.index == index)
            snprintf(text, LINK_TEXT_SIZE, "%s", link.name);
    for (i = 0; i < tables->known_count; i++)
        if (tables->known[i].index == index)
            memcpy(text, tables->known[i].name, LINK_TEXT_SIZE);
    return text;
}

void tables_print(const struct tables *tables, const char *name, int family, int with_bridges) {
    uint32_t i, count = vtep_link_list_count(tables->links);
    vtep_link link = VTEP_LINK_INIT;
    vtep_vxlan vxlan = VTEP_VXLAN_INIT;

    for (i = 0; i < count; i++) {
        if (vtep_link_list_get(tables->links, i, &link, NULL) != VTEP_OK || strcmp(link.name, name) != 0 ||
            vtep_link_list_vxlan(tables->links, i, &vxlan, NULL) != VTEP_OK)
            continue;
        print_details(tables, &link, &vxlan);
        printf("\n");
        print_addresses(tables, &link);
        printf("\n");
    }
    if (family == 4)
        print_routes(tables);
    else
        print_routes6(tables);
    if (with_bridges) {
        printf("\n");
        print_bridges(tables);
    }
}
