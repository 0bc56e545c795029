// One pass over a table of the kernel's, through libvtep.so: prints the microseconds it took. tables.py runs it in turn
// with the peers, each time in a network namespace of its own.
#include "report.h"

#include <vtep.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FDB_WRITTEN = 20000, FDB_READ = 100000, ROUTES = 50000, LINKS = 1000 };

static vtep_error err = VTEP_ERROR_INIT;

static void stop(const char *what)
{
    fprintf(stderr, "tables: %s: %s\n", what, err.message);
    exit(1);
}

static uint32_t make_vxlan(vtep_host *host)
{
    vtep_vxlan_options options = VTEP_VXLAN_OPTIONS_INIT;
    vtep_link link = VTEP_LINK_INIT;
    options.name = "vxlan0";
    options.vni = 120;
    options.up = 1;
    if (vtep_host_vxlan_create(host, &options, &link, &err) != VTEP_OK) stop("vxlan");
    return link.index;
}

// 02:00:00:xx:xx:xx behind 10.0.0.1 ... 10.0.0.100
static vtep_fdb_entry *fdb_entries(uint32_t link, uint32_t count)
{
    const vtep_fdb_entry blank = VTEP_FDB_ENTRY_INIT;
    vtep_fdb_entry *entries = calloc(count, sizeof *entries);
    if (!entries) stop("memory");
    for (uint32_t i = 0; i < count; i++) {
        entries[i] = blank;
        entries[i].link_index = link;
        entries[i].mac.bytes[0] = 2;
        entries[i].mac.bytes[3] = (uint8_t)(i >> 16);
        entries[i].mac.bytes[4] = (uint8_t)(i >> 8);
        entries[i].mac.bytes[5] = (uint8_t)i;
        entries[i].destination.family = 4;
        entries[i].destination.bytes[0] = 10;
        entries[i].destination.bytes[3] = (uint8_t)(1 + i % 100);
    }
    return entries;
}

static double write_fdb(vtep_host *host, uint32_t count)
{
    vtep_fdb_entry *entries = fdb_entries(make_vxlan(host), count);
    double start = now_us();
    if (vtep_host_fdb_apply(host, VTEP_CHANGE_APPEND, entries, count, NULL, &err) != VTEP_OK) stop("fdb");
    double taken = now_us() - start;
    free(entries);
    return taken;
}

static double read_fdb(vtep_host *host)
{
    vtep_fdb_list *list = NULL;
    vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT;
    write_fdb(host, FDB_READ);
    double start = now_us();
    if (vtep_host_fdb(host, "vxlan0", &list, &err) != VTEP_OK) stop("fdb list");
    uint32_t count = vtep_fdb_list_count(list);
    for (uint32_t i = 0; i < count; i++)
        if (vtep_fdb_list_get(list, i, &entry, &err) != VTEP_OK) stop("fdb element");
    double taken = now_us() - start;
    if (count < FDB_READ) stop("fdb entries missing");
    vtep_fdb_list_free(list);
    return taken;
}

// 10.x.x.x/32 by the loopback link
static double write_routes(vtep_host *host)
{
    const vtep_route blank = VTEP_ROUTE_INIT;
    vtep_link loopback = VTEP_LINK_INIT;
    vtep_route *routes = calloc(ROUTES, sizeof *routes);
    if (!routes) stop("memory");
    if (vtep_host_link_set_up(host, "lo", 1, &err) != VTEP_OK) stop("lo");
    if (vtep_host_link_get(host, "lo", &loopback, &err) != VTEP_OK) stop("lo");
    for (uint32_t i = 0; i < ROUTES; i++) {
        routes[i] = blank;
        routes[i].link_index = loopback.index;
        routes[i].destination.length = 32;
        routes[i].destination.address.family = 4;
        routes[i].destination.address.bytes[0] = 10;
        routes[i].destination.address.bytes[1] = (uint8_t)(i >> 16);
        routes[i].destination.address.bytes[2] = (uint8_t)(i >> 8);
        routes[i].destination.address.bytes[3] = (uint8_t)i;
    }
    double start = now_us();
    if (vtep_host_route_apply(host, VTEP_CHANGE_ADD, routes, ROUTES, NULL, &err) != VTEP_OK) stop("routes");
    double taken = now_us() - start;
    free(routes);
    return taken;
}

static double read_routes(vtep_host *host)
{
    vtep_route_list *list = NULL;
    vtep_route route = VTEP_ROUTE_INIT;
    write_routes(host);
    double start = now_us();
    if (vtep_host_routes(host, 4, 254, &list, &err) != VTEP_OK) stop("route list");
    uint32_t count = vtep_route_list_count(list);
    for (uint32_t i = 0; i < count; i++)
        if (vtep_route_list_get(list, i, &route, &err) != VTEP_OK) stop("route element");
    double taken = now_us() - start;
    if (count < ROUTES) stop("routes missing");
    vtep_route_list_free(list);
    return taken;
}

static double read_links(vtep_host *host)
{
    vtep_link_list *list = NULL;
    vtep_link link = VTEP_LINK_INIT;
    vtep_bridge_options options = VTEP_BRIDGE_OPTIONS_INIT;
    char name[16];
    for (int i = 0; i < LINKS; i++) {
        snprintf(name, sizeof name, "br%d", i);
        options.name = name;
        if (vtep_host_bridge_create(host, &options, NULL, &err) != VTEP_OK) stop("bridge");
    }
    double start = now_us();
    if (vtep_host_links(host, NULL, &list, &err) != VTEP_OK) stop("link list");
    uint32_t count = vtep_link_list_count(list);
    for (uint32_t i = 0; i < count; i++)
        if (vtep_link_list_get(list, i, &link, &err) != VTEP_OK) stop("link element");
    double taken = now_us() - start;
    if (count < LINKS) stop("links missing");
    vtep_link_list_free(list);
    return taken;
}

int main(int argc, char **argv)
{
    vtep_host *host = NULL;
    double taken;
    if (argc < 2) return 64;
    if (vtep_host_open(&host, &err) != VTEP_OK) stop("open");
    if (strcmp(argv[1], "fdb-append") == 0) taken = write_fdb(host, FDB_WRITTEN);
    else if (strcmp(argv[1], "fdb-dump") == 0) taken = read_fdb(host);
    else if (strcmp(argv[1], "route-add") == 0) taken = write_routes(host);
    else if (strcmp(argv[1], "route-dump") == 0) taken = read_routes(host);
    else if (strcmp(argv[1], "link-list") == 0) taken = read_links(host);
    else return 64;
    printf("%.1f\n", taken);
    vtep_host_close(host);
    return 0;
}
