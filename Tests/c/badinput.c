/* Bad input: each kind gets its own status and a text that names what is wrong, and nothing was made. What belongs to
 * one topic only (MTU of a veth, remotes, namespaces) is in that topic's program. */
#include "network.h"

#include <linux/capability.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static uint32_t links_before;

/* A create call that must fail and leave nothing; its error stays to be looked at. */
#define NOT_MADE(status, words, call) \
    do { \
        vtep_error kept; \
        FAILS(status, words, call); \
        kept = err; \
        EQUAL(link_count(host), links_before); \
        err = kept; \
    } while (0)

static void numbers(vtep_host *host) {
    static const uint32_t vnis[] = { 16777216, 16777217, UINT32_MAX };
    static const uint32_t ports[] = { 0, 65536, UINT32_MAX };
    size_t i;
    char word[32];
    for (i = 0; i < 3; i++) {
        vtep_vxlan_options options = vxlan_named("bad0", vnis[i]);
        snprintf(word, sizeof word, "%u", vnis[i]);
        NOT_MADE(VTEP_E_INVAL, word, vtep_host_vxlan_create(host, &options, NULL, &err));
        options = vxlan_named("bad0", 1);
        options.has = VTEP_VXLAN_OPTIONS_HAS_DESTINATION_PORT;
        options.destination_port = ports[i];
        snprintf(word, sizeof word, "%u", ports[i]);
        NOT_MADE(VTEP_E_INVAL, word, vtep_host_vxlan_create(host, &options, NULL, &err));
        CHECK(strstr(err.message, "port") != NULL);
    }
#define OPTION(bit, field, value, words) \
    do { \
        vtep_vxlan_options options = vxlan_named("bad0", 1); \
        options.has = bit; \
        options.field = value; \
        NOT_MADE(VTEP_E_INVAL, words, vtep_host_vxlan_create(host, &options, NULL, &err)); \
    } while (0)
    OPTION(VTEP_VXLAN_OPTIONS_HAS_TTL, ttl, 256, "ttl");
    OPTION(VTEP_VXLAN_OPTIONS_HAS_TOS, tos, 256, "tos");
    OPTION(VTEP_VXLAN_OPTIONS_HAS_AGEING, ageing, 2147484, "ageing");
    OPTION(VTEP_VXLAN_OPTIONS_HAS_AGEING, ageing, UINT32_MAX, "ageing");
    OPTION(VTEP_VXLAN_OPTIONS_HAS_MTU, mtu, 67, "67");
    OPTION(VTEP_VXLAN_OPTIONS_HAS_MTU, mtu, 65536, "65536");
    OPTION(VTEP_VXLAN_OPTIONS_HAS_MTU, mtu, 0, "MTU 0");
    OPTION(VTEP_VXLAN_OPTIONS_HAS_MAC, mac, mac("01:00:5e:00:00:01"), "01:00:5e:00:00:01");
    OPTION(VTEP_VXLAN_OPTIONS_HAS_MAC, mac, mac("00:00:00:00:00:00"), "00:00:00:00:00:00");
    OPTION(VTEP_VXLAN_OPTIONS_HAS_SOURCE_PORTS, source_port_max, 70000, "source_port_max");
    OPTION(VTEP_VXLAN_OPTIONS_HAS_SOURCE_PORTS, source_port_max, 50000, "source ports"); /* from 0 */
    OPTION(VTEP_VXLAN_OPTIONS_HAS_SOURCE_PORTS, source_port_min, 50000, "source_port_min"); /* above the other */
}

/* An MTU that the underlay cannot carry; the kernel would cut it without a word. */
static void too_large_for_the_underlay(vtep_host *host) {
    vtep_vxlan_options options = vxlan_named("bad0", 1);
    options.device = "under0";
    options.has = VTEP_VXLAN_OPTIONS_HAS_MTU;
    options.mtu = 1451;
    options.remote = ip("192.0.2.1");
    NOT_MADE(VTEP_E_INVAL, "1450", vtep_host_vxlan_create(host, &options, NULL, &err));
    options.mtu = 1431;
    options.remote = ip("2001:db8::1");
    NOT_MADE(VTEP_E_INVAL, "1430", vtep_host_vxlan_create(host, &options, NULL, &err));
    options.mtu = 1430;
    OK(vtep_host_vxlan_create(host, &options, NULL, &err));
    OK(vtep_host_vxlan_delete(host, "bad0", NULL, &err));
}

static void names(vtep_host *host) {
    static const char *const bad[] = { "", "a/b", "a:b", "a%d", "a b", "a\tb", "a\nb", "a\x7f", ".", "..",
                                       "\xff\xfe", "\xc3", "\xed\xa0\x80", "a-name-of-16-byt" };
    char *endless = (char *)malloc(16);
    size_t i;
    memset(endless, 'x', 16); /* 16 bytes and no NUL: valgrind sees a 17th that is read */
    for (i = 0; i <= sizeof bad / sizeof *bad; i++) {
        const char *name = i < sizeof bad / sizeof *bad ? bad[i] : endless;
        vtep_vxlan_options vxlan = vxlan_named(name, 1);
        vtep_bridge_options bridge = bridge_named(name);
        vtep_veth_options veth = veth_named(name, "good0"), peer = veth_named("good0", name);
        vtep_status status;
        NOT_MADE(VTEP_E_INVAL, "", vtep_host_vxlan_create(host, &vxlan, NULL, &err));
        CHECK(strstr(err.message, "name") != NULL);
        NOT_MADE(VTEP_E_INVAL, "", vtep_host_bridge_create(host, &bridge, NULL, &err));
        NOT_MADE(VTEP_E_INVAL, "", vtep_host_veth_create(host, &veth, NULL, &err));
        NOT_MADE(VTEP_E_INVAL, "", vtep_host_veth_create(host, &peer, NULL, &err));
        FAILS(VTEP_E_INVAL, "", vtep_host_link_rename(host, "under0", name, &err));
        status = vtep_host_link_get(host, name, NULL, &err); /* no link can have it: either is true */
        CHECK(status == VTEP_E_INVAL || status == VTEP_E_NOTFOUND);
        status = vtep_host_link_delete(host, name, NULL, &err);
        CHECK(status == VTEP_E_INVAL || status == VTEP_E_NOTFOUND);
    }
    free(endless);
    endless = (char *)malloc(32);
    memset(endless, 'x', 32);
    FAILS(VTEP_E_INVAL, "kind", vtep_host_link_delete(host, "under0", endless, &err));
    free(endless);
    OK(vtep_host_link_get(host, "under0", NULL, &err));
}

/* A name that would let a message look like two, or steer a terminal. */
static void texts_stay_one_line(vtep_host *host) {
    size_t i;
    FAILS(VTEP_E_NOTFOUND, "\\n", vtep_host_link_get(host, "x\n\x1b[31mroot", NULL, &err));
    for (i = 0; err.message[i] != 0; i++) CHECK((unsigned char)err.message[i] >= 0x20);
}

static void addresses(vtep_host *host) {
    static const struct {
        const char *remote, *group, *local, *device, *words;
    } cases[] = {
        { NULL, "239.1.1.1", NULL, NULL, "device" },
        { NULL, "ff05::100", NULL, NULL, "device" },
        { "239.1.1.1", NULL, NULL, "under0", "multicast" },
        { "ff05::100", NULL, NULL, "under0", "multicast" },
        { NULL, "192.0.2.1", NULL, "under0", "not multicast" },
        { "192.0.2.1", "239.1.1.1", NULL, "under0", "both" },
        { "192.0.2.1", NULL, "2001:db8::1", NULL, "famil" },
        { "2001:db8::1", NULL, "192.0.2.1", NULL, "famil" },
        { NULL, "239.1.1.1", "2001:db8::1", "under0", "famil" },
        { "0.0.0.0", NULL, NULL, NULL, "0.0.0.0" },
        { "::", NULL, NULL, NULL, "::" },
        { "255.255.255.255", NULL, NULL, NULL, "broadcast" },
        { "192.0.2.1", NULL, "239.1.1.1", NULL, "local" },
        { "192.0.2.1", NULL, "0.0.0.0", NULL, "local" },
        { "fe80::1", NULL, NULL, NULL, "device" },
    };
    vtep_vxlan_options options;
    size_t i;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        options = vxlan_named("bad0", 1);
        if (cases[i].remote) options.remote = ip(cases[i].remote);
        if (cases[i].group) options.group = ip(cases[i].group);
        if (cases[i].local) options.local = ip(cases[i].local);
        options.device = cases[i].device;
        NOT_MADE(VTEP_E_INVAL, cases[i].words, vtep_host_vxlan_create(host, &options, NULL, &err));
    }
    options = vxlan_named("bad0", 1);
    options.remote.family = 5;
    NOT_MADE(VTEP_E_INVAL, "5", vtep_host_vxlan_create(host, &options, NULL, &err));
}

static void unknown_links(vtep_host *host) {
    vtep_vxlan_options options = vxlan_named("bad0", 1);
    options.device = "nope";
    NOT_MADE(VTEP_E_NOTFOUND, "nope", vtep_host_vxlan_create(host, &options, NULL, &err));
    CHECK(strstr(err.message, "under0") != NULL); /* the names there are */
    options.device = NULL;
    options.master = "nope";
    NOT_MADE(VTEP_E_NOTFOUND, "nope", vtep_host_vxlan_create(host, &options, NULL, &err));
    options.master = "under0"; /* no bridge */
    CHECK(vtep_host_vxlan_create(host, &options, NULL, &err) != VTEP_OK);
    EQUAL(link_count(host), links_before);
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_vxlan_get(host, "nope", NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_vxlan_delete(host, "nope", NULL, &err));
}

/* The message names the link that holds what was asked for. */
static void what_exists(vtep_host *host) {
    vtep_vxlan_options options = vxlan_named("holder0", 120);
    uint32_t other = 121;
    options.remote = ip("192.0.2.1");
    OK(vtep_host_vxlan_create(host, &options, NULL, &err));
    links_before++;
    NOT_MADE(VTEP_E_EXISTS, "holder0", vtep_host_vxlan_create(host, &options, NULL, &err));
    EQUAL(err.sys_errno, EEXIST);
    CHECK(strstr(err.message, "120") != NULL); /* and what it is */
    options.name = "bad0";
    NOT_MADE(VTEP_E_EXISTS, "holder0", vtep_host_vxlan_create(host, &options, NULL, &err));
    options.name = "under0";
    NOT_MADE(VTEP_E_EXISTS, "under0", vtep_host_vxlan_create(host, &options, NULL, &err));
    options.name = "bad0"; /* the same VNI on another port is another one */
    options.destination_port = 4790;
    options.has = VTEP_VXLAN_OPTIONS_HAS_DESTINATION_PORT;
    OK(vtep_host_vxlan_create(host, &options, NULL, &err));
    OK(vtep_host_vxlan_delete(host, "bad0", NULL, &err));
    NOT_MADE(VTEP_E_FOREIGN, "holder0", vtep_host_vxlan_delete(host, "holder0", &other, &err));
    NOT_MADE(VTEP_E_FOREIGN, "under0", vtep_host_vxlan_delete(host, "under0", NULL, &err));
    NOT_MADE(VTEP_E_FOREIGN, "holder0", vtep_host_bridge_delete(host, "holder0", &err));
    NOT_MADE(VTEP_E_FOREIGN, "holder0", vtep_host_link_delete(host, "holder0", "bridge", &err));
    OK(vtep_host_vxlan_delete(host, "holder0", NULL, &err));
    links_before--;
}

/* ---- Without CAP_NET_ADMIN ---- */

static void refused(const char *file, int line, vtep_status status) {
    check_equal(status, VTEP_E_PERM, "the status without CAP_NET_ADMIN", file, line);
    check_equal(err.code, VTEP_E_PERM, "its error's code", file, line);
    check_equal(err.sys_errno, EPERM, "its errno", file, line);
    check_true(strstr(err.remedy, "CAP_NET_ADMIN") != NULL, "the remedy names CAP_NET_ADMIN", file, line);
    check_true(strstr(err.message, "CAP_NET_ADMIN") != NULL, "the message names CAP_NET_ADMIN", file, line);
}
#define REFUSED(call) refused(__FILE__, __LINE__, call)

static int as_nobody(int elsewhere, const char *path) {
    struct __user_cap_header_struct header;
    struct __user_cap_data_struct none[2];
    vtep_host *host, *there = NULL;
    vtep_vxlan_options vxlan = vxlan_named("bad0", 1);
    vtep_bridge_options bridge = bridge_named("bad0");
    vtep_veth_options veth = veth_named("bad0", "bad1");
    vtep_prefix address = prefix("10.0.0.1/24");
    vtep_mac link_address = mac("02:00:00:00:00:01");
    vtep_ip remote = ip("192.0.2.9");
    vtep_route route = VTEP_ROUTE_INIT;
    vtep_neighbour neighbour = VTEP_NEIGHBOUR_INIT;
    vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT;
    vtep_address full_address = VTEP_ADDRESS_INIT;
    vtep_nexthop hop = VTEP_NEXTHOP_INIT;
    vtep_rule rule = VTEP_RULE_INIT;
    vtep_status status;
    memset(&header, 0, sizeof header);
    memset(none, 0, sizeof none);
    header.version = _LINUX_CAPABILITY_VERSION_3;
    CHECK(syscall(SYS_capset, &header, none) == 0);

    host = open_host(); /* reading needs no privilege */
    EQUAL(link_count(host), links_before);
    route.destination = prefix("10.9.0.0/24");
    route.link_index = neighbour.link_index = index_of(host, "under0");
    neighbour.address = ip("10.0.0.2");
    neighbour.mac = entry.mac = link_address;
    neighbour.has = VTEP_NEIGHBOUR_HAS_MAC;
    entry.link_index = index_of(host, "vx0");
    entry.destination = remote;
    REFUSED(vtep_host_vxlan_create(host, &vxlan, NULL, &err));
    REFUSED(vtep_host_bridge_create(host, &bridge, NULL, &err));
    REFUSED(vtep_host_veth_create(host, &veth, NULL, &err));
    REFUSED(vtep_host_link_set_up(host, "under0", 0, &err));
    REFUSED(vtep_host_link_set_mtu(host, "under0", 1400, &err));
    REFUSED(vtep_host_link_set_mac(host, "under0", &link_address, &err));
    REFUSED(vtep_host_link_rename(host, "under0", "bad0", &err));
    REFUSED(vtep_host_link_set_master(host, "under0", NULL, &err));
    REFUSED(vtep_host_link_delete(host, "under0", NULL, &err));
    REFUSED(vtep_host_vxlan_delete(host, "vx0", NULL, &err));
    REFUSED(vtep_host_remote_append(host, "vx0", &remote, &err));
    REFUSED(vtep_host_address_add(host, "under0", &address, NULL, &err));
    REFUSED(vtep_host_address_delete(host, "under0", &address, &err));
    REFUSED(vtep_host_route_add(host, &route, &err));
    REFUSED(vtep_host_route_replace(host, &route, &err));
    REFUSED(vtep_host_route_delete(host, &route, &err));
    REFUSED(vtep_host_neighbour_add(host, &neighbour, &err));
    REFUSED(vtep_host_neighbour_delete(host, &neighbour, &err));
    REFUSED(vtep_host_fdb_add(host, &entry, &err));
    REFUSED(vtep_host_fdb_delete(host, &entry, &err));
    REFUSED(vtep_host_fdb_flush(host, "vx0", NULL, &err));
    full_address.link_index = hop.link_index = route.link_index;
    full_address.prefix = address;
    hop.id = 7;
    rule.family = 4;
    rule.table = 7;
    REFUSED(vtep_host_address_put(host, &full_address, 0, &err));
    REFUSED(vtep_host_route_append(host, &route, &err));
    REFUSED(vtep_host_route_update(host, &route, &err));
    REFUSED(vtep_host_neighbour_update(host, &neighbour, &err));
    REFUSED(vtep_host_nexthop_add(host, &hop, NULL, &err));
    REFUSED(vtep_host_nexthop_replace(host, &hop, &err));
    REFUSED(vtep_host_nexthop_delete(host, 7, &err));
    REFUSED(vtep_host_rule_add(host, &rule, &err));
    REFUSED(vtep_host_rule_delete(host, &rule, &err));
    status = vtep_host_open_fd(elsewhere, &there, &err);
    EQUAL(status, VTEP_E_PERM);
    CHECK(there == NULL && strstr(err.message, "CAP_SYS_ADMIN") != NULL);
    EQUAL(vtep_host_open_path(path, &there, &err), VTEP_E_PERM);
    EQUAL(vtep_host_link_move_fd(host, "under0", elsewhere, &err), VTEP_E_PERM);
    EQUAL(link_count(host), links_before);
    vtep_host_close(host);
    return checks_failed;
}

/* In the child, too, something points to the parent's host: it is not lost there, as valgrind would have it. */
static vtep_host *parents_host;

static void without_privileges(vtep_host *host) {
    int elsewhere = new_namespace(), status = 0;
    char path[64];
    pid_t child;
    make_vxlan(host, "vx0", 9);
    links_before++;
    snprintf(path, sizeof path, "/proc/self/fd/%d", elsewhere);
    fflush(NULL);
    parents_host = host;
    child = fork();
    if (child == 0) {
        checks_failed = 0;
        _exit(as_nobody(elsewhere, path) == 0 ? 0 : 1);
    }
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
    EQUAL(WEXITSTATUS(status), 0); /* the child has printed what did not hold */
    EQUAL(link_count(parents_host), links_before);
    close(elsewhere);
}

int main(void) {
    vtep_host *host = open_host();
    make_veth(host, "under0", "under1");
    links_before = link_count(host);
    numbers(host);
    too_large_for_the_underlay(host);
    names(host);
    texts_stay_one_line(host);
    addresses(host);
    unknown_links(host);
    what_exists(host);
    without_privileges(host);
    vtep_host_close(host);
    return check_result();
}
