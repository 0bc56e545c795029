// Medians, the printed table and the lines of bench.jsonl.
#ifndef VTEP_BENCH_REPORT_H
#define VTEP_BENCH_REPORT_H

#include <stddef.h>

double now_us(void);

struct spread {
    double low, median, high; // quartiles
};

// Sorts the samples in place.
struct spread spread_of(double *samples, size_t count);

// `peer` may be NULL: then nothing is compared.
void report(const char *path, const char *name, struct spread ours, const char *peer, struct spread theirs,
            size_t rounds, const char *note);

#endif
