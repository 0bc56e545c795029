// One pass over a table of the kernel's, through libvtep.so: prints the microseconds it took, and how many of them it
// spent outside the kernel. tables.py runs it in turn with the peers, each time in a network namespace of its own.
#include "report.h"

#include <vtep.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { FDB_WRITTEN = 20000, FDB_READ = 100000, FDB_DEVICES = 16, ROUTES = 50000, LINKS = 1000, CHUNK = 256 };

static double user_us(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_utime.tv_sec * 1e6 + (double)usage.ru_utime.tv_usec;
}

struct timing {
    double taken, user;
};

static struct timing started(void) { return (struct timing){ now_us(), user_us() }; }

static struct timing since(struct timing start)
{
    return (struct timing){ now_us() - start.taken, user_us() - start.user };
}

static vtep_error err = VTEP_ERROR_INIT;

static void stop(const char *what)
{
    fprintf(stderr, "tables: %s: %s\n", what, err.message);
    exit(1);
}

static uint32_t make_vxlan(vtep_host *host, uint32_t number)
{
    vtep_vxlan_options options = VTEP_VXLAN_OPTIONS_INIT;
    vtep_link link = VTEP_LINK_INIT;
    char name[16];
    snprintf(name, sizeof name, "vxlan%u", number);
    options.name = name;
    options.vni = 120 + number;
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

static struct timing write_fdb(vtep_host *host, uint32_t number, uint32_t count)
{
    vtep_fdb_entry *entries = fdb_entries(make_vxlan(host, number), count);
    struct timing start = started();
    if (vtep_host_fdb_apply(host, VTEP_CHANGE_APPEND, entries, count, NULL, &err) != VTEP_OK) stop("fdb");
    struct timing taken = since(start);
    free(entries);
    return taken;
}

// Reads elements of a list some hundred at a time, as a program would.
#define READ_ALL(type, init, list, count, copy) \
    do { \
        static type chunk[CHUNK]; \
        const type blank = init; \
        chunk[0] = blank; \
        for (uint32_t first = 0; first < (count); first += CHUNK) \
            if (copy(list, first, (count) - first < CHUNK ? (count) - first : CHUNK, chunk, &err) != VTEP_OK) stop(#copy); \
    } while (0)

static struct timing read_fdb(vtep_host *host, uint32_t devices)
{
    vtep_fdb_list *list = NULL;
    for (uint32_t i = 0; i < devices; i++) write_fdb(host, i, FDB_READ / devices);
    struct timing start = started();
    if (vtep_host_fdb(host, devices == 1 ? "vxlan0" : NULL, &list, &err) != VTEP_OK) stop("fdb list");
    uint32_t count = vtep_fdb_list_count(list);
    READ_ALL(vtep_fdb_entry, VTEP_FDB_ENTRY_INIT, list, count, vtep_fdb_list_copy);
    struct timing taken = since(start);
    if (count < FDB_READ) stop("fdb entries missing");
    vtep_fdb_list_free(list);
    return taken;
}

// 10.x.x.x/32 by the loopback link
static struct timing write_routes(vtep_host *host)
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
    struct timing start = started();
    if (vtep_host_route_apply(host, VTEP_CHANGE_ADD, routes, ROUTES, NULL, &err) != VTEP_OK) stop("routes");
    struct timing taken = since(start);
    free(routes);
    return taken;
}

static struct timing read_routes(vtep_host *host)
{
    vtep_route_list *list = NULL;
    write_routes(host);
    struct timing start = started();
    if (vtep_host_routes(host, 4, 254, &list, &err) != VTEP_OK) stop("route list");
    uint32_t count = vtep_route_list_count(list);
    READ_ALL(vtep_route, VTEP_ROUTE_INIT, list, count, vtep_route_list_copy);
    struct timing taken = since(start);
    if (count < ROUTES) stop("routes missing");
    vtep_route_list_free(list);
    return taken;
}

// What a host of overlays has: bridges, VXLAN devices and veth pairs.
static void make_links(vtep_host *host)
{
    vtep_bridge_options bridge = VTEP_BRIDGE_OPTIONS_INIT;
    vtep_veth_options veth = VTEP_VETH_OPTIONS_INIT;
    char name[16], peer[16];
    veth.peer_name = peer;
    for (uint32_t i = 0; i < LINKS / 4; i++) {
        make_vxlan(host, i);
        snprintf(name, sizeof name, "br%u", i);
        bridge.name = name;
        if (vtep_host_bridge_create(host, &bridge, NULL, &err) != VTEP_OK) stop("bridge");
        snprintf(name, sizeof name, "veth%u", i);
        snprintf(peer, sizeof peer, "peer%u", i);
        veth.name = name;
        if (vtep_host_veth_create(host, &veth, NULL, &err) != VTEP_OK) stop("veth");
    }
}

static struct timing read_links(vtep_host *host)
{
    vtep_link_list *list = NULL;
    make_links(host);
    struct timing start = started();
    if (vtep_host_links(host, NULL, &list, &err) != VTEP_OK) stop("link list");
    uint32_t count = vtep_link_list_count(list);
    READ_ALL(vtep_link, VTEP_LINK_INIT, list, count, vtep_link_list_copy);
    struct timing taken = since(start);
    if (count < LINKS) stop("links missing");
    vtep_link_list_free(list);
    return taken;
}

int main(int argc, char **argv)
{
    vtep_host *host = NULL;
    struct timing taken;
    if (argc < 2) return 64;
    if (vtep_host_open(&host, &err) != VTEP_OK) stop("open");
    if (strcmp(argv[1], "fdb-append") == 0) taken = write_fdb(host, 0, FDB_WRITTEN);
    else if (strcmp(argv[1], "fdb-dump") == 0) taken = read_fdb(host, 1);
    else if (strcmp(argv[1], "fdb-dump-16") == 0) taken = read_fdb(host, FDB_DEVICES);
    else if (strcmp(argv[1], "route-add") == 0) taken = write_routes(host);
    else if (strcmp(argv[1], "route-dump") == 0) taken = read_routes(host);
    else if (strcmp(argv[1], "link-list") == 0) taken = read_links(host);
    else return 64;
    printf("%.1f %.1f\n", taken.taken, taken.user);
    vtep_host_close(host);
    return 0;
}
