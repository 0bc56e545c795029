// How long a program waits for the library: dlopen and the first call, each time in a new process.
#include "report.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 41 };

struct timing {
    double load, call;
};

static void measure(const char *library, int out)
{
    double start = now_us();
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        fprintf(stderr, "%s\n", dlerror());
        _exit(1);
    }
    double loaded = now_us();
    uint32_t (*version)(void) = (uint32_t (*)(void))dlsym(handle, "vtep_version");
    if (!version || version() == 0) _exit(1);
    struct timing timing = { loaded - start, now_us() - loaded };
    _exit(write(out, &timing, sizeof timing) == (ssize_t)sizeof timing ? 0 : 1);
}

int main(int argc, char **argv)
{
    if (argc != 3) return 64;
    double load[ROUNDS], call[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        pid_t child = fork();
        if (child < 0) return 1;
        if (child == 0) measure(argv[1], ends[1]);
        close(ends[1]);
        struct timing timing;
        ssize_t got = read(ends[0], &timing, sizeof timing);
        close(ends[0]);
        int status = 0;
        waitpid(child, &status, 0);
        if (got != (ssize_t)sizeof timing || status != 0) return 1;
        load[round] = timing.load;
        call[round] = timing.call;
    }
    struct spread none = { 0, 0, 0 };
    report(argv[2], "load", spread_of(load, ROUNDS), NULL, none, ROUNDS, "dlopen of libvtep.so in a new process");
    report(argv[2], "first-call", spread_of(call, ROUNDS), NULL, none, ROUNDS, "dlsym and first call after it");
    return 0;
}
