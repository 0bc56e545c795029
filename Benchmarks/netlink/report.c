#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

struct spread spread_of(double *samples, size_t count)
{
    qsort(samples, count, sizeof *samples, compare);
    return (struct spread){ samples[count / 4], samples[count / 2], samples[count * 3 / 4] };
}

void report(const char *path, const char *name, struct spread ours, const char *peer, struct spread theirs,
            size_t rounds, const char *note)
{
    double ratio = peer ? theirs.median / ours.median : 0;
    printf("%-14s %10.1f us   [%.1f .. %.1f]", name, ours.median, ours.low, ours.high);
    if (peer) printf("   %s %.1f us [%.1f .. %.1f]   ratio %.1f", peer, theirs.median, theirs.low, theirs.high, ratio);
    printf("   (%zu rounds)\n", rounds);

    FILE *file = fopen(path, "a");
    if (!file) {
        perror(path);
        exit(1);
    }
    fprintf(file, "{\"name\":\"%s\",\"value\":%.1f,\"unit\":\"us\",", name, ours.median);
    if (peer) fprintf(file, "\"peer\":\"%s\",\"peer_value\":%.1f,\"ratio\":%.2f,", peer, theirs.median, ratio);
    fprintf(file, "\"note\":\"%s; %zu rounds; quartiles %.1f and %.1f\"}\n", note, rounds, ours.low, ours.high);
    fclose(file);
}
