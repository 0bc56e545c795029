#include <stdio.h>

#include "tables.h"

/* The words of `bridge fdb`, which differ from those of `ip neigh`; an entry that was learnt and is fresh has none. */
static void print_state(uint16_t state) {
    if (state & VTEP_NEIGHBOUR_PERMANENT)
        printf(" permanent");
    else if (state & VTEP_NEIGHBOUR_NOARP)
        printf(" static");
    else if (state & VTEP_NEIGHBOUR_STALE)
        printf(" stale");
    else if (!(state & VTEP_NEIGHBOUR_REACHABLE))
        printf(" state=0x%x", (unsigned)state);
}

static void print_flags(uint32_t flags) {
    static const struct {
        uint32_t flag;
        const char *name;
    } names[] = {
        {VTEP_NEIGHBOUR_FLAG_SELF, "self"},           {VTEP_NEIGHBOUR_FLAG_ROUTER, "router"},
        {VTEP_NEIGHBOUR_FLAG_EXT_LEARNED, "extern_learn"}, {VTEP_NEIGHBOUR_FLAG_OFFLOADED, "offload"},
        {VTEP_NEIGHBOUR_FLAG_MASTER, "master"},       {VTEP_NEIGHBOUR_FLAG_STICKY, "sticky"},
    };
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (flags & names[i].flag)
            printf(" %s", names[i].name);
}

void print_fdb_entry(const struct tables *tables, const vtep_fdb_entry *entry) {
    char text[VTEP_IP_TEXT_SIZE] = "", link[LINK_TEXT_SIZE];

    vtep_mac_format(&entry->mac, text, sizeof(text), NULL);
    printf("%s dev %s", text, link_text(tables, entry->link_index, link));
    if (vtep_ip_format(&entry->destination, text, sizeof(text), NULL) == VTEP_OK)
        printf(" dst %s", text);
    if (entry->has & VTEP_FDB_HAS_VLAN)
        printf(" vlan %lu", (unsigned long)entry->vlan);
    if (entry->has & VTEP_FDB_HAS_PORT)
        printf(" port %lu", (unsigned long)entry->port);
    if (entry->has & VTEP_FDB_HAS_VNI)
        printf(" vni %lu", (unsigned long)entry->vni);
    if (entry->has & VTEP_FDB_HAS_SOURCE_VNI)
        printf(" src_vni %lu", (unsigned long)entry->source_vni);
    if (entry->via_index != 0)
        printf(" via %s", link_text(tables, entry->via_index, link));
    print_flags(entry->flags);
    if (entry->master_index != 0)
        printf(" master %s", link_text(tables, entry->master_index, link));
    print_state(entry->state);
    printf("\n");
}

void print_fdb(const struct tables *tables, const vtep_fdb_list *fdb) {
    uint32_t i, count = vtep_fdb_list_count(fdb);
    vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT;

    for (i = 0; i < count; i++)
        if (vtep_fdb_list_get(fdb, i, &entry, NULL) == VTEP_OK)
            print_fdb_entry(tables, &entry);
}
