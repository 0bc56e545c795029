/* Prints what changes on this host, as it happens. */
#include <stdio.h>

#include "event_lines.h"
#include "overlay.h"

static const char *const taken[] = {"snapshot", "netns", NULL};

static const struct program program = {
    "watch",
    "Prints what changes on a host, as it happens.",
    "One event a line, until it is interrupted.",
    {"watch [--snapshot] [--netns PATH]", NULL},
    taken,
};

/* The monitor always tells the whole at first: that is how the names of links come to be known. */
static int watch(vtep_monitor *monitor, int prints) {
    vtep_error err = VTEP_ERROR_INIT;
    vtep_event event = VTEP_EVENT_INIT;
    struct tables tables = TABLES_EMPTY;

    while (vtep_monitor_next_event(monitor, -1, &event, &err) == VTEP_OK) {
        if (event.event == VTEP_EVENT_NONE)
            continue;
        if (prints)
            print_event(monitor, &event, &tables);
        else if (event.event == VTEP_EVENT_SYNCHRONISED)
            prints = 1;
        else
            tables_remember_event(&tables, monitor, &event);
    }
    tables_free(&tables);
    return failed(&err);
}

int main(int argc, char **argv) {
    struct options options;
    vtep_monitor_options what = VTEP_MONITOR_OPTIONS_INIT;
    vtep_error err = VTEP_ERROR_INIT;
    vtep_monitor *monitor = NULL;
    int status = options_parse(&program, argc, argv, &options);

    if (status != STATUS_OK)
        return status;
    if (options.help) {
        options_help(&program);
        return STATUS_OK;
    }
    what.objects = VTEP_OBJECT_LINK | VTEP_OBJECT_ADDRESS | VTEP_OBJECT_ROUTE | VTEP_OBJECT_NEIGHBOUR | VTEP_OBJECT_FDB |
                   VTEP_OBJECT_VNI | VTEP_OBJECT_VLAN | VTEP_OBJECT_VLAN_TUNNEL;
    what.snapshot = 1;
    what.netns_path = options.netns;
    setvbuf(stdout, NULL, _IOLBF, 0); /* whoever reads our output wants each line when it is there */
    if (vtep_monitor_open(&what, &monitor, &err) != VTEP_OK)
        return failed(&err);
    status = watch(monitor, options.snapshot);
    vtep_monitor_close(monitor);
    return status;
}
