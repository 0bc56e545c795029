/* Joins this host with one other by VXLAN. */
#include <stddef.h>

#include "overlay.h"

static const char *const taken[] = {"remote", "address", "device", "vni",   "port", "name",
                                    "local",  "mtu",     "netns",  "delete", NULL};

static const struct program program = {
    "point-to-point",
    "Joins this host with one other by VXLAN.",
    "Run it on both hosts, each with the other as its remote.",
    {"point-to-point --device DEV --remote IP --address PREFIX [OPTION ...]",
     "point-to-point --delete [--name NAME] [--vni VNI] [--netns PATH]"},
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
    if ((status = options_require(&program, options.vxlan.remote.family != 0, "--remote is missing")) != STATUS_OK ||
        (status = options_require(&program, options.vxlan.device != NULL, "--device is missing")) != STATUS_OK ||
        (status = options_require(&program, options.address.address.family != 0, "--address is missing")) != STATUS_OK)
        return status;
    return overlay_run(&options);
}
