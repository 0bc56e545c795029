#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "usage.h"
#include "values.h"

/* getopt_long's table; val is the place of the option in usage.c's, plus 1. */
#define MOST_OPTIONS 16

static void fill_table(const struct program *program, struct option *table) {
    size_t i;

    for (i = 0; program->options[i] != NULL && i < MOST_OPTIONS; i++) {
        const struct described *option = usage_find(program->options[i]);
        table[i].name = option->name;
        table[i].has_arg = option->value != NULL ? required_argument : no_argument;
        table[i].val = (int)i + 1;
    }
    table[i].name = "help";
    table[i].val = 'h';
}

/* "--device --vni 5" lacks a device rather than naming one, and so does "--device=". */
static int lacks_value(const char *value, const char *last_argument) {
    int is_separate = value == last_argument;

    return is_separate ? value[0] == '-' : value[0] == '\0';
}

static int read_all(const struct program *program, int argc, char **argv, struct options *out) {
    struct option table[MOST_OPTIONS + 2];
    int found;

    memset(table, 0, sizeof(table));
    fill_table(program, table);
    opterr = 0; /* the messages are ours */
    while ((found = getopt_long(argc, argv, ":h", table, NULL)) != -1) {
        const struct described *option;

        if (found == 'h') {
            out->help = 1;
            return STATUS_OK;
        }
        if (found == ':')
            return usage_missing_value(program, usage_find(program->options[optopt - 1]));
        if (found == '?')
            return usage_unknown(program, argv[optind - 1], optopt);
        option = usage_find(program->options[found - 1]);
        if (optarg != NULL && lacks_value(optarg, argv[optind - 1]))
            return usage_missing_value(program, option);
        if (option->value == NULL) {
            value_set(option->name, out);
        } else {
            char why[sizeof(((vtep_error *)0)->message)];
            if (!value_read(option->name, optarg, out, why, sizeof(why)))
                return usage_invalid_value(program, option, optarg, why);
        }
    }
    if (optind < argc)
        return usage_unexpected(program, argv + optind, argc - optind);
    return STATUS_OK;
}

int options_parse(const struct program *program, int argc, char **argv, struct options *out) {
    const vtep_vxlan_options defaults = VTEP_VXLAN_OPTIONS_INIT;

    memset(out, 0, sizeof(*out));
    out->vxlan = defaults;
    out->vxlan.name = "vxlan0";
    out->vxlan.vni = 120;
    out->vxlan.up = 1;
    return read_all(program, argc, argv, out);
}

int options_require(const struct program *program, int is_there, const char *what) {
    return is_there ? STATUS_OK : usage_error(program, what);
}
