/* A VTEP in this program: a TAP device, or a socket in QEMU's framing, joined with other VTEPs over UDP. The other side
 * may be this program, too, or the kernel's VXLAN device. */
#define _POSIX_C_SOURCE 200809L /* sigset_t */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "overlay.h"

static const char *const taken[] = {"remote", "group", "address", "tap",   "stream", "connect", "device",
                                    "vni",    "port",  "local",   "mtu",   "netns",  NULL};

static const struct program program = {
    "userspace-endpoint",
    "Joins this host with others by VXLAN, without the kernel's device.",
    "Runs until it is interrupted, and then prints what it has counted.",
    {"userspace-endpoint (--remote IP | --group IP) --address PREFIX [OPTION ...]",
     "userspace-endpoint (--remote IP | --group IP) --stream PATH [--connect] [OPTION ...]"},
    taken,
};

/* A VTEP listens at its own address, but a group is only heard without one. */
static vtep_status open_endpoint(const struct options *options, const vtep_ip *remote, vtep_endpoint **out,
                                 vtep_error *err) {
    vtep_underlay_options underlay = VTEP_UNDERLAY_OPTIONS_INIT;
    vtep_endpoint_options what = VTEP_ENDPOINT_OPTIONS_INIT;

    underlay.device = options->vxlan.device;
    underlay.local = options->vxlan.local;
    if (options->vxlan.has & VTEP_VXLAN_OPTIONS_HAS_DESTINATION_PORT) {
        underlay.has = VTEP_UNDERLAY_HAS_PORT;
        underlay.port = options->vxlan.destination_port;
    }
    *(remote->family == 6 ? &what.ipv6 : &what.ipv4) = &underlay;
    what.netns = options->netns;
    return vtep_endpoint_new(&what, out, err);
}

static vtep_status add_vni(const struct options *options, const vtep_ip *address, vtep_endpoint *endpoint,
                           vtep_error *err) {
    vtep_vni_policy policy = VTEP_VNI_POLICY_INIT;
    vtep_engine_remote remote = VTEP_ENGINE_REMOTE_INIT;
    vtep_status status;

    /* Who is in the group is not known beforehand. */
    policy.accepts_unknown_remotes = options->vxlan.group.family != 0;
    if (options->vxlan.has & VTEP_VXLAN_OPTIONS_HAS_DESTINATION_PORT) {
        policy.has = VTEP_POLICY_HAS_DESTINATION_PORT;
        policy.destination_port = options->vxlan.destination_port;
    }
    remote.address = *address;
    status = vtep_endpoint_vni_add(endpoint, options->vxlan.vni, &policy, err);
    return status == VTEP_OK ? vtep_endpoint_default_remote_add(endpoint, options->vxlan.vni, &remote, err) : status;
}

static vtep_status add_port(const struct options *options, vtep_endpoint *endpoint, vtep_error *err) {
    vtep_endpoint_port_options port = VTEP_ENDPOINT_PORT_OPTIONS_INIT;

    if (options->stream != NULL) {
        port.kind = VTEP_ENDPOINT_PORT_STREAM;
        port.name = options->stream;
        port.client = options->connect != 0;
    } else {
        port.kind = VTEP_ENDPOINT_PORT_TAP;
        port.name = options->tap != NULL ? options->tap : "tap0";
        port.addresses = &options->address;
        port.address_count = 1;
        port.mtu = options->vxlan.mtu;
        if (options->vxlan.has & VTEP_VXLAN_OPTIONS_HAS_MTU)
            port.has = VTEP_ENDPOINT_PORT_HAS_MTU;
    }
    return vtep_endpoint_port_add(endpoint, options->vxlan.vni, &port, NULL, err);
}

/* Readable once the user, or whoever supervises us, wants an end. */
static int interruption(void) {
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    return signalfd(-1, &signals, SFD_CLOEXEC);
}

static void print_counters(vtep_endpoint *endpoint) {
    uint64_t values[128] = {0};
    uint32_t i;

    if (vtep_endpoint_counters(endpoint, values, 128, NULL) != VTEP_OK)
        return;
    for (i = 0; i < 128 && vtep_engine_counter_name(i) != NULL; i++) {
        if (values[i] > 0)
            printf("%s %" PRIu64 "\n", vtep_engine_counter_name(i), values[i]);
    }
}

static int run(const struct options *options, const vtep_ip *remote) {
    vtep_error err = VTEP_ERROR_INIT;
    vtep_endpoint *endpoint = NULL;
    char text[VTEP_IP_TEXT_SIZE];
    int end = interruption();

    if (open_endpoint(options, remote, &endpoint, &err) == VTEP_OK &&
        add_vni(options, remote, endpoint, &err) == VTEP_OK && add_port(options, endpoint, &err) == VTEP_OK &&
        vtep_ip_format(remote, text, sizeof(text), &err) == VTEP_OK) {
        const char *port = options->stream != NULL ? options->stream : options->tap != NULL ? options->tap : "tap0";
        printf("%s is joined with %s, VNI %" PRIu32 "\n", port, text, options->vxlan.vni);
        fflush(stdout); /* whoever started us waits for this line */
        if (vtep_endpoint_run(endpoint, 0, end, &err) == VTEP_OK)
            print_counters(endpoint);
    }
    vtep_endpoint_free(endpoint);
    close(end);
    return err.code == VTEP_OK ? STATUS_OK : failed(&err);
}

int main(int argc, char **argv) {
    struct options options;
    int status = options_parse(&program, argc, argv, &options);
    int has_group, has_remote;

    if (status == STATUS_OK && options.help) {
        options_help(&program);
        return STATUS_OK;
    }
    has_group = status == STATUS_OK && options.vxlan.group.family != 0;
    has_remote = status == STATUS_OK && options.vxlan.remote.family != 0;
    if (status == STATUS_OK)
        status = options_require(&program, has_group != has_remote, "--remote or --group is missing, or both are there");
    if (status == STATUS_OK)
        status = options_require(&program, options.stream != NULL || options.address.address.family != 0,
                                 "--address is missing");
    return status == STATUS_OK ? run(&options, has_group ? &options.vxlan.group : &options.vxlan.remote) : status;
}
