/* Joins this host with all others of a multicast group by VXLAN. */
#include <stddef.h>

#include "overlay.h"

static const char *const taken[] = {"group", "address", "device", "vni",   "port", "name",
                                    "local", "mtu",     "netns",  "delete", NULL};

static const struct program program = {
    "multicast",
    "Joins this host with all others of a multicast group by VXLAN.",
    "Run it on every host, with the same group. The underlay must carry multicast.",
    {"multicast --device DEV --group IP --address PREFIX [OPTION ...]",
     "multicast --delete [--name NAME] [--vni VNI] [--netns PATH]"},
    taken,
};

int main(int argc, char **argv) {
    struct options options;
    int status = options_parse(&program, argc, argv, &options);

    if (status != STATUS_OK)
        return status;
    if (options.help) {
        options_help(&program);
        return STATUS_OK;
    }
    if (options.delete)
        return overlay_delete(&options);
    if ((status = options_require(&program, options.vxlan.group.family != 0, "--group is missing")) != STATUS_OK ||
        (status = options_require(&program, options.vxlan.device != NULL, "--device is missing")) != STATUS_OK ||
        (status = options_require(&program, options.address.address.family != 0, "--address is missing")) != STATUS_OK)
        return status;
    return overlay_run(&options);
}
