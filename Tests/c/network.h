/* What the programs need from the machine: network namespaces that nothing but a descriptor keeps alive, what iproute2
 * says about an object, and short ways to the values and links that most of them begin with. */
#ifndef NETWORK_H
#define NETWORK_H

#include "check.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>

/* ---- Values ---- */

static inline vtep_ip ip(const char *text) {
    vtep_ip value;
    memset(&value, 0, sizeof value);
    OK(vtep_ip_parse(text, &value, &err));
    return value;
}

static inline vtep_prefix prefix(const char *text) {
    vtep_prefix value;
    memset(&value, 0, sizeof value);
    OK(vtep_prefix_parse(text, &value, &err));
    return value;
}

static inline vtep_mac mac(const char *text) {
    vtep_mac value;
    memset(&value, 0, sizeof value);
    OK(vtep_mac_parse(text, &value, &err));
    return value;
}

static inline int same_ip(vtep_ip a, vtep_ip b) {
    return a.family == b.family && memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

static inline int same_prefix(vtep_prefix a, vtep_prefix b) {
    return a.length == b.length && same_ip(a.address, b.address);
}

static inline int same_mac(vtep_mac a, vtep_mac b) { return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0; }

/* ---- Links ---- */

static inline vtep_host *open_host(void) {
    vtep_host *host = NULL;
    if (!OK(vtep_host_open(&host, &err)) || host == NULL) exit(check_result());
    return host;
}

static inline uint32_t index_of(vtep_host *host, const char *name) {
    vtep_link link = VTEP_LINK_INIT;
    OK(vtep_host_link_get(host, name, &link, &err));
    return link.index;
}

static inline uint32_t link_count(vtep_host *host) {
    vtep_link_list *list = NULL;
    uint32_t count;
    OK(vtep_host_links(host, NULL, &list, &err));
    count = vtep_link_list_count(list);
    vtep_link_list_free(list);
    return count;
}

static inline vtep_bridge_options bridge_named(const char *name) {
    vtep_bridge_options options = VTEP_BRIDGE_OPTIONS_INIT;
    options.name = name;
    options.up = 1;
    return options;
}

static inline vtep_veth_options veth_named(const char *name, const char *peer) {
    vtep_veth_options options = VTEP_VETH_OPTIONS_INIT;
    options.name = name;
    options.peer_name = peer;
    options.up = 1;
    return options;
}

static inline vtep_vxlan_options vxlan_named(const char *name, uint32_t vni) {
    vtep_vxlan_options options = VTEP_VXLAN_OPTIONS_INIT;
    options.name = name;
    options.vni = vni;
    return options;
}

static inline void make_bridge(vtep_host *host, const char *name) {
    vtep_bridge_options options = bridge_named(name);
    OK(vtep_host_bridge_create(host, &options, NULL, &err));
}

static inline void make_veth(vtep_host *host, const char *name, const char *peer) {
    vtep_veth_options options = veth_named(name, peer);
    OK(vtep_host_veth_create(host, &options, NULL, &err));
}

static inline void make_vxlan(vtep_host *host, const char *name, uint32_t vni) {
    vtep_vxlan_options options = vxlan_named(name, vni);
    OK(vtep_host_vxlan_create(host, &options, NULL, &err));
}

static inline void add_address(vtep_host *host, const char *name, const char *text) {
    vtep_prefix value = prefix(text);
    OK(vtep_host_address_add(host, name, &value, NULL, &err));
}

/* One change of a mixed batch. */
static inline vtep_change change_of(uint32_t change, uint32_t object, const void *value) {
    vtep_change result = VTEP_CHANGE_INIT;
    result.change = change;
    result.object = object;
    result.value = value;
    return result;
}

/* ---- What iproute2 says ---- */

/* The output of a command; the next call overwrites it. */
static inline const char *output_of(const char *command) {
    static char output[65536];
    FILE *pipe = popen(command, "r");
    size_t length;
    if (pipe == NULL) return "";
    length = fread(output, 1, sizeof output - 1, pipe);
    output[length] = 0;
    CHECK(pclose(pipe) == 0);
    return output;
}

/* Whether the output has that part, and not merely as the beginning of a longer number or word. */
static inline int shows(const char *output, const char *part) {
    size_t length = strlen(part);
    const char *found;
    for (found = strstr(output, part); found != NULL; found = strstr(found + 1, part)) {
        char last = part[length - 1], next = found[length];
        int in_word = (last >= '0' && last <= '9') || (last >= 'a' && last <= 'z');
        if (!in_word || !((next >= '0' && next <= '9') || (next >= 'a' && next <= 'z') || next == '_')) return 1;
    }
    return 0;
}

static inline void check_shows(const char *output, const char *part, int expected, const char *file, int line) {
    char text[2400];
    snprintf(text, sizeof text, "%s %s in: %.2000s", expected ? "no" : "unexpected", part, output);
    check_true(shows(output, part) == expected, text, file, line);
}

#define SHOWS(output, part) check_shows(output, part, 1, __FILE__, __LINE__)
#define HIDES(output, part) check_shows(output, part, 0, __FILE__, __LINE__)

/* ---- Network namespaces ---- */

static inline int own_namespace(void) { return open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC); }

static inline void *enter_new_namespace(void *descriptor) {
    *(int *)descriptor = unshare(CLONE_NEWNET) == 0 ? own_namespace() : -1;
    return NULL;
}

/* A new network namespace, which goes away with its descriptor (and with the hosts opened in it). */
static inline int new_namespace(void) {
    pthread_t thread;
    int descriptor = -1;
    CHECK(pthread_create(&thread, NULL, enter_new_namespace, &descriptor) == 0);
    pthread_join(thread, NULL);
    CHECK(descriptor >= 0);
    return descriptor;
}

/* How many descriptors this process has open. */
static inline int open_descriptors(void) {
    int count = 0, fd;
    for (fd = 0; fd < 4096; fd++) count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

#endif
