/* From the text of an option to its value. */
#ifndef VALUES_H
#define VALUES_H

#include <stddef.h>

#include "options.h"

/* Returns 0 where the text is no such value; `why` then says so. */
int value_read(const char *option, char *text, struct options *out, char *why, size_t capacity);
/* For an option that takes no value. */
void value_set(const char *option, struct options *out);

#endif
