/* The command line of the programs. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <vtep.h>

/* Exit statuses (<sysexits.h> names the last EX_USAGE). */
enum { STATUS_OK = 0, STATUS_FAILED = 1, STATUS_USAGE = 64 };

struct program {
    const char *name;
    const char *overview;
    const char *advice;
    const char *usage[2]; /* the second may be NULL */
    const char *const *options; /* their names in the order of --help, NULL at the end */
};

struct options {
    vtep_vxlan_options vxlan;
    vtep_prefix address; /* family 0 where it was not named */
    const char *bridge;
    char *network;
    const char *netns;
    const char *tap;
    const char *stream;
    int connect;
    int delete;
    int snapshot;
    int help;
};

/* Both return a status; what is wrong has been printed then. */
int options_parse(const struct program *program, int argc, char **argv, struct options *out);
int options_require(const struct program *program, int is_there, const char *what);

void options_help(const struct program *program);

#endif
