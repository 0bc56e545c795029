/* What the commands of the tutorial (ip addr, route -n, brctl show, bridge fdb) print about a host. */
#ifndef TABLES_H
#define TABLES_H

#include <vtep.h>

enum { LINK_TEXT_SIZE = 16 };

/* A link that an event told of. */
struct known_link {
    uint32_t index;
    char name[LINK_TEXT_SIZE];
};

/* Read at once, so that the tables fit together; or, without lists, the links that events told of. */
struct tables {
    vtep_link_list *links;
    vtep_address_list *addresses;
    vtep_route_list *routes;
    struct known_link *known;
    uint32_t known_count;
};

#define TABLES_EMPTY { NULL, NULL, NULL, NULL, 0 }

vtep_status tables_read(vtep_host *host, struct tables *out, vtep_error *err);
void tables_free(struct tables *tables);

/* All about a VXLAN device: its details, its addresses, the routes of a family (4 or 6), and the bridges. */
void tables_print(const struct tables *tables, const char *name, int family, int with_bridges);

/* One line in the words of `ip -d link`. */
void print_details(const struct tables *tables, const vtep_link *link, const vtep_vxlan *vxlan);
/* The same for every VXLAN device. */
void print_vxlans(const struct tables *tables);
/* A link's paragraph of `ip addr`, and all of them. */
void print_addresses(const struct tables *tables, const vtep_link *link);
void print_links(const struct tables *tables);
/* `route -n`, and the IPv6 routes in the words of `ip -6 route`. */
void print_routes(const struct tables *tables);
void print_routes6(const struct tables *tables);
/* `brctl show`. */
void print_bridges(const struct tables *tables);
void print_route_line(const struct tables *tables, const vtep_route *route);
/* `bridge fdb`. */
void print_fdb(const struct tables *tables, const vtep_fdb_list *fdb);
void print_fdb_entry(const struct tables *tables, const vtep_fdb_entry *entry);

/* Keeps the name of a link, or of the link that an event is about, also when it is gone: what was on it is told later. */
void tables_remember(struct tables *tables, const vtep_link *link);
void tables_remember_event(struct tables *tables, const vtep_monitor *monitor, const vtep_event *event);

/* A link's name, or ifN where this namespace has no link of that index, as `ip` writes it. */
const char *link_text(const struct tables *tables, uint32_t index, char text[LINK_TEXT_SIZE]);

#endif
