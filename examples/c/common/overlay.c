#include "overlay.h"

#include <stdio.h>

int failed(const vtep_error *err) {
    fprintf(stderr, "Error: %s\n", err->message);
    return STATUS_FAILED;
}

int overlay_open(const struct options *options, vtep_host **out) {
    vtep_error err = VTEP_ERROR_INIT;
    vtep_status status = options->netns != NULL ? vtep_host_open_path(options->netns, out, &err)
                                                : vtep_host_open(out, &err);

    return status == VTEP_OK ? STATUS_OK : failed(&err);
}

int overlay_make(vtep_host *host, const struct options *options, struct tables *out) {
    vtep_error err = VTEP_ERROR_INIT;
    const char *name = options->vxlan.name;
    vtep_status status;

    if (vtep_host_vxlan_create(host, &options->vxlan, NULL, &err) != VTEP_OK)
        return failed(&err);
    status = VTEP_OK;
    if (options->address.address.family != 0)
        status = vtep_host_address_add(host, name, &options->address, NULL, &err);
    if (status == VTEP_OK)
        status = tables_read(host, out, &err);
    if (status == VTEP_OK)
        return STATUS_OK;
    vtep_host_vxlan_delete(host, name, &options->vxlan.vni, NULL);
    return failed(&err);
}

int overlay_delete(const struct options *options) {
    vtep_error err = VTEP_ERROR_INIT;
    vtep_host *host = NULL;
    int status = overlay_open(options, &host);

    if (status != STATUS_OK)
        return status;
    if (vtep_host_vxlan_delete(host, options->vxlan.name, &options->vxlan.vni, &err) == VTEP_OK)
        printf("deleted %s\n", options->vxlan.name);
    else
        status = failed(&err);
    vtep_host_close(host);
    return status;
}

int overlay_run(const struct options *options) {
    vtep_host *host = NULL;
    struct tables tables;
    int status = overlay_open(options, &host);

    if (status != STATUS_OK)
        return status;
    status = overlay_make(host, options, &tables);
    if (status == STATUS_OK) {
        tables_print(&tables, options->vxlan.name, options->address.address.family, 0);
        tables_free(&tables);
    }
    vtep_host_close(host);
    return status;
}
