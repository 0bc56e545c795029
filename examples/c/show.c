/* Prints what the tutorial's commands print about this host. */
#include <stdio.h>

#include "overlay.h"

static const char *const taken[] = {"netns", NULL};

static const struct program program = {
    "show",
    "Prints a host's links, addresses, routes, bridges and FDB.",
    "Each table is headed by the command whose words it uses.",
    {"show [--netns PATH]", NULL},
    taken,
};

static void print_all(const struct tables *tables, const vtep_fdb_list *fdb) {
    printf("# ip address\n");
    print_links(tables);
    printf("\n# ip -d link show type vxlan\n");
    print_vxlans(tables);
    printf("\n# route -n\n");
    print_routes(tables);
    printf("\n# ip -6 route\n");
    print_routes6(tables);
    printf("\n# brctl show\n");
    print_bridges(tables);
    printf("\n# bridge fdb\n");
    print_fdb(tables, fdb);
}

static int show(const struct options *options) {
    vtep_error err = VTEP_ERROR_INIT;
    vtep_host *host = NULL;
    vtep_fdb_list *fdb = NULL;
    struct tables tables;
    int status = overlay_open(options, &host);

    if (status != STATUS_OK)
        return status;
    if (tables_read(host, &tables, &err) != VTEP_OK) {
        status = failed(&err);
    } else {
        if (vtep_host_fdb(host, NULL, &fdb, &err) == VTEP_OK)
            print_all(&tables, fdb);
        else
            status = failed(&err);
        vtep_fdb_list_free(fdb);
        tables_free(&tables);
    }
    vtep_host_close(host);
    return status;
}

int main(int argc, char **argv) {
    struct options options;
    int status = options_parse(&program, argc, argv, &options);

    if (status != STATUS_OK)
        return status;
    if (options.help) {
        options_help(&program);
        return STATUS_OK;
    }
    return show(&options);
}
