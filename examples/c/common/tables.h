/* What the commands of the tutorial (ip addr, route -n, brctl show, bridge fdb) print about a host. */
#ifndef TABLES_H
#define TABLES_H

#include <vtep.h>

/* Read at once, so that the tables fit together. */
struct tables {
    vtep_link_list *links;
    vtep_address_list *addresses;
    vtep_route_list *routes;
};

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
/* `bridge fdb`. */
void print_fdb(const struct tables *tables, const vtep_fdb_list *fdb);

enum { LINK_TEXT_SIZE = 16 };
/* A link's name, or ifN where this namespace has no link of that index, as `ip` writes it. */
const char *link_text(const struct tables *tables, uint32_t index, char text[LINK_TEXT_SIZE]);

#endif
