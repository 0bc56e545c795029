/* Joins containers of several hosts: VXLAN as a port of their bridge. */
#include <stdio.h>
#include <string.h>

#include "docker_network.h"
#include "overlay.h"

static const char *const taken[] = {"group", "remote", "bridge", "network", "device", "vni",    "port",
                                    "name",  "local",  "mtu",    "netns",   "delete", NULL};

static const struct program program = {
    "docker-cross-host",
    "Joins containers of several hosts: VXLAN as a port of their bridge.",
    "Run it on every host. The containers' addresses must differ, within one subnet.",
    {"docker-cross-host --device DEV (--group IP | --remote IP) (--bridge NAME | --network NETWORK) [OPTION ...]",
     "docker-cross-host --delete [--name NAME] [--vni VNI] [--netns PATH]"},
    taken,
};

/* Finds the bridge as it is before the VXLAN device becomes its port. */
static int find_bridge(vtep_host *host, const char *name, vtep_link *out) {
    vtep_error err = VTEP_ERROR_INIT;

    if (vtep_host_link_get(host, name, out, &err) != VTEP_OK)
        return failed(&err);
    if (strcmp(out->kind, "bridge") == 0)
        return STATUS_OK;
    fprintf(stderr, "Error: cannot make a port of \"%s\": it is a %s link, no bridge\n", name,
            out->kind[0] != '\0' ? out->kind : "physical");
    return STATUS_FAILED;
}

/*
 * A bridge drops what is too large for a port and tells nobody: small packets pass, large transfers hang. What counts
 * is the MTU of the other ports, and of the bridge before: one without an MTU of its own follows its smallest port.
 */
static void note_mtu(const struct tables *tables, const vtep_link *bridge, const struct options *options) {
    vtep_link link = VTEP_LINK_INIT;
    uint32_t i, count = vtep_link_list_count(tables->links), widest = bridge->mtu, overlay = 0;
    const vtep_vxlan_options *vxlan = &options->vxlan;
    uint32_t overhead = vxlan->remote.family == 6 || vxlan->group.family == 6 ? 70 : 50;

    for (i = 0; i < count; i++) {
        if (vtep_link_list_get(tables->links, i, &link, NULL) != VTEP_OK || link.master_index != bridge->index)
            continue;
        if (strcmp(link.name, vxlan->name) == 0)
            overlay = link.mtu;
        else if (link.mtu > widest)
            widest = link.mtu;
    }
    if (widest <= overlay)
        return;
    fprintf(stderr,
            "note: \"%s\" takes packets of %lu bytes, \"%s\" carries %lu: larger ones vanish without a word and "
            "transfers hang; give the containers an MTU of %lu (docker network create --opt "
            "com.docker.network.driver.mtu=%lu), or the underlay one of %lu\n",
            bridge->name, (unsigned long)widest, vxlan->name, (unsigned long)overlay, (unsigned long)overlay,
            (unsigned long)overlay, (unsigned long)widest + overhead);
}

static int join(struct options *options, const char *bridge_name) {
    vtep_link bridge = VTEP_LINK_INIT;
    vtep_host *host = NULL;
    struct tables tables;
    int status = overlay_open(options, &host);

    if (status != STATUS_OK)
        return status;
    options->vxlan.master = bridge_name;
    status = find_bridge(host, bridge_name, &bridge);
    if (status == STATUS_OK)
        status = overlay_make(host, options, &tables);
    if (status == STATUS_OK) {
        tables_print(&tables, options->vxlan.name, 4, 1);
        note_mtu(&tables, &bridge, options);
        tables_free(&tables);
    }
    vtep_host_close(host);
    return status;
}

int main(int argc, char **argv) {
    struct options options;
    char found[32];
    int status = options_parse(&program, argc, argv, &options);

    if (status != STATUS_OK)
        return status;
    if (options.help) {
        options_help(&program);
        return STATUS_OK;
    }
    if (options.delete)
        return overlay_delete(&options);
    if ((status = options_require(&program, (options.vxlan.group.family != 0) != (options.vxlan.remote.family != 0),
                                  "name one of --group and --remote")) != STATUS_OK ||
        (status = options_require(&program, options.vxlan.device != NULL, "--device is missing")) != STATUS_OK ||
        (status = options_require(&program, (options.bridge != NULL) != (options.network != NULL),
                                  "name one of --bridge and --network")) != STATUS_OK)
        return status;
    if (options.bridge != NULL)
        return join(&options, options.bridge);
    status = docker_network_bridge(options.network, found, sizeof(found));
    return status == STATUS_OK ? join(&options, found) : status;
}
