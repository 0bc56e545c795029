/* What the programs say about their options, and about wrong usage. */
#ifndef USAGE_H
#define USAGE_H

#include "options.h"

struct described {
    const char *name;
    const char *value; /* NULL: it takes none */
    const char *help;
};

/* Any option of a program; never NULL. */
const struct described *usage_find(const char *name);

/* Each prints what is wrong and how it is meant, and returns STATUS_USAGE. */
int usage_error(const struct program *program, const char *what);
int usage_missing_value(const struct program *program, const struct described *option);
int usage_invalid_value(const struct program *program, const struct described *option, const char *value,
                        const char *why);
/* letter: what getopt leaves in optopt: 0 for an unknown long option, the letter of a short one. */
int usage_unknown(const struct program *program, const char *argument, int letter);
int usage_unexpected(const struct program *program, char **arguments, int count);

#endif
