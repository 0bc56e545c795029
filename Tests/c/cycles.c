/* Nothing grows: 5,000 objects made, read and deleted, and 500 connections into another network namespace, leave as
 * many descriptors as before and no more memory than a bounded remainder. Not under valgrind, whose memory is its own. */
#include "network.h"

/* Kilobytes that are this process' alone: pages of the library's file come and go with the machine's memory. */
static long resident_memory(void) {
    char line[256];
    long kilobytes = 0;
    FILE *status = fopen("/proc/self/status", "r");
    if (status == NULL) return -1;
    while (fgets(line, sizeof line, status)) sscanf(line, "RssAnon: %ld kB", &kilobytes);
    fclose(status);
    return kilobytes;
}

/* What a leak of 64 bytes in each of some thousand calls exceeds, and an allocator's habits do not. */
static const long bound = 256;

static void bridge_cycle(vtep_host *host) {
    vtep_bridge_options options = bridge_named("cycle0");
    vtep_link link = VTEP_LINK_INIT;
    options.up = 0;
    OK(vtep_host_bridge_create(host, &options, &link, &err));
    FAILS(VTEP_E_EXISTS, "cycle0", vtep_host_bridge_create(host, &options, &link, &err)); /* failing leaks no less */
    OK(vtep_host_bridge_delete(host, "cycle0", &err));
}

static void address_cycle(vtep_host *host) {
    vtep_prefix value = { { 4, { 10, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } }, 24 };
    vtep_address_list *list = NULL;
    vtep_route_list *routes = NULL;
    OK(vtep_host_address_add(host, "fixed0", &value, NULL, &err));
    OK(vtep_host_addresses(host, "fixed0", &list, &err));
    OK(vtep_host_routes(host, 4, VTEP_TABLE_MAIN, &routes, &err));
    OK(vtep_host_address_delete(host, "fixed0", &value, &err));
    vtep_address_list_free(list);
    vtep_route_list_free(routes);
}

static void veth_cycle(vtep_host *host) {
    vtep_veth_options options = veth_named("cycle0", "cycle1");
    options.up = 0;
    OK(vtep_host_veth_create(host, &options, NULL, &err));
    OK(vtep_host_link_delete(host, "cycle0", "veth", &err));
}

static void vxlan_cycle(vtep_host *host) {
    vtep_vxlan_options options = vxlan_named("cycle0", 120);
    vtep_remote_list *list = NULL;
    options.remote.family = 4;
    memcpy(options.remote.bytes, "\x0a\0\0\x09", 4);
    OK(vtep_host_vxlan_create(host, &options, NULL, &err));
    FAILS(VTEP_E_EXISTS, "cycle0", vtep_host_vxlan_create(host, &options, NULL, &err));
    OK(vtep_host_remotes(host, "cycle0", &list, &err));
    vtep_remote_list_free(list);
    OK(vtep_host_vxlan_delete(host, "cycle0", NULL, &err));
}

static void connection_cycle(vtep_host *host) {
    static int fd = -1;
    vtep_host *there = NULL;
    vtep_link_list *list = NULL;
    (void)host;
    if (fd < 0) fd = new_namespace();
    OK(vtep_host_open_fd(fd, &there, &err));
    OK(vtep_host_links(there, NULL, &list, &err));
    vtep_link_list_free(list);
    vtep_host_close(there);
    FAILS(VTEP_E_INVAL, "", vtep_host_open_fd(0, &there, &err)); /* standard input is no namespace */
}

static void expect_no_growth(vtep_host *host, const char *what, void (*cycle)(vtep_host *), unsigned count) {
    unsigned i, warm_up = count / 10;
    int descriptors;
    long memory, growth;
    uint32_t links = link_count(host);
    for (i = 0; i < warm_up; i++) cycle(host);
    descriptors = open_descriptors();
    memory = resident_memory();
    for (i = warm_up; i < count; i++) cycle(host);
    growth = resident_memory() - memory;
    printf("%u %s: %ld kB more\n", count, what, growth);
    CHECK(memory > 0);
    CHECK(growth <= bound);
    EQUAL(open_descriptors(), descriptors);
    EQUAL(link_count(host), links);
}

int main(void) {
    vtep_host *host = open_host();
    make_bridge(host, "fixed0");
    /* The kernel takes its time to let a device go (tens of milliseconds), so that most of the 5,000 are none. */
    expect_no_growth(host, "addresses", address_cycle, 4700);
    expect_no_growth(host, "bridges", bridge_cycle, 100);
    expect_no_growth(host, "veth pairs", veth_cycle, 100);
    expect_no_growth(host, "VXLAN devices", vxlan_cycle, 100);
    expect_no_growth(host, "connections", connection_cycle, 500);
    vtep_host_close(host);
    return check_result();
}
