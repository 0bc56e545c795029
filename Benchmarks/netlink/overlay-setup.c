// A point-to-point overlay from nothing to read back: through libvtep.so, and with the tutorial's `ip` commands in a
// shell. Both sides end with the same device; each round checks that it is there, and removes it untimed.
#include "report.h"

#include <vtep.h>

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

enum { ROUNDS = 101 };

extern char **environ;

static const char *const tutorial =
    "ip link add vxlan0 type vxlan id 120 dstport 4789 remote 192.168.50.29 dev enp1s0 && "
    "ip addr add 10.16.0.2/24 dev vxlan0 && ip link set vxlan0 up && ip -d addr show vxlan0 >/dev/null";

static void stop(const char *what, const vtep_error *err)
{
    fprintf(stderr, "overlay-setup: %s: %s\n", what, err ? err->message : "failed");
    exit(1);
}

static void set_up_with_library(const vtep_ip *remote, const vtep_prefix *prefix)
{
    vtep_error err = VTEP_ERROR_INIT;
    vtep_vxlan_options options = VTEP_VXLAN_OPTIONS_INIT;
    vtep_host *host = NULL;
    vtep_link link = VTEP_LINK_INIT;
    vtep_address_list *addresses = NULL;

    options.name = "vxlan0";
    options.vni = 120;
    options.device = "enp1s0";
    options.remote = *remote;
    options.up = 1; // in the same message
    if (vtep_host_open(&host, &err) != VTEP_OK) stop("open", &err);
    if (vtep_host_vxlan_create(host, &options, NULL, &err) != VTEP_OK) stop("create", &err);
    if (vtep_host_address_add(host, "vxlan0", prefix, NULL, &err) != VTEP_OK) stop("address", &err);
    if (vtep_host_link_get(host, "vxlan0", &link, &err) != VTEP_OK) stop("read back", &err);
    if (vtep_host_addresses(host, "vxlan0", &addresses, &err) != VTEP_OK) stop("read back addresses", &err);
    if (!(link.flags & VTEP_LINK_UP) || vtep_address_list_count(addresses) == 0) stop("not set up", NULL);
    vtep_address_list_free(addresses);
    vtep_host_close(host);
}

static void run_shell(const char *script)
{
    char *const arguments[] = { "sh", "-c", (char *)script, NULL };
    pid_t child;
    int status = 0;
    if (posix_spawn(&child, "/bin/sh", NULL, NULL, arguments, environ) != 0) stop("sh", NULL);
    if (waitpid(child, &status, 0) != child || status != 0) stop(script, NULL);
}

static void remove_overlay(vtep_host *host)
{
    vtep_error err = VTEP_ERROR_INIT;
    const uint32_t vni = 120;
    if (vtep_host_vxlan_delete(host, "vxlan0", &vni, &err) != VTEP_OK) stop("delete", &err);
}

int main(int argc, char **argv)
{
    vtep_error err = VTEP_ERROR_INIT;
    vtep_veth_options underlay = VTEP_VETH_OPTIONS_INIT;
    vtep_host *host = NULL;
    vtep_ip remote;
    vtep_prefix prefix;
    if (argc != 2) return 64;

    underlay.name = "enp1s0";
    underlay.peer_name = "switch0";
    underlay.up = 1;
    if (vtep_host_open(&host, &err) != VTEP_OK) stop("open", &err);
    if (vtep_host_veth_create(host, &underlay, NULL, &err) != VTEP_OK) stop("underlay", &err);
    if (vtep_ip_parse("192.168.50.29", &remote, &err) != VTEP_OK) stop("remote", &err);
    if (vtep_prefix_parse("10.16.0.2/24", &prefix, &err) != VTEP_OK) stop("prefix", &err);

    double library[ROUNDS], shell[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        double start = now_us();
        set_up_with_library(&remote, &prefix);
        library[round] = now_us() - start;
        remove_overlay(host);

        start = now_us();
        run_shell(tutorial);
        shell[round] = now_us() - start;
        remove_overlay(host);
    }
    vtep_host_close(host);
    report(argv[1], "overlay-setup", spread_of(library, ROUNDS), "iproute2-shell", spread_of(shell, ROUNDS), ROUNDS,
           "create, address, up, read back through the C ABI with a new connection each time");
    return 0;
}
