/* Expectations. Each one is counted; one that does not hold is printed with its place, and the program goes on, so that
 * one run shows everything. `return check_result();` at the end of main() prints the count and decides the status. */
#ifndef CHECK_H
#define CHECK_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* unshare, setns */
#endif
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <vtep.h>

/* Counted by several threads. */
static int checks_made, checks_failed;

static inline void check_fail(const char *file, int line, const char *what) {
    __atomic_add_fetch(&checks_failed, 1, __ATOMIC_RELAXED);
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
}

static inline int check_true(int holds, const char *expectation, const char *file, int line) {
    __atomic_add_fetch(&checks_made, 1, __ATOMIC_RELAXED);
    if (!holds) check_fail(file, line, expectation);
    return holds;
}

static inline void check_equal(long long value, long long expected, const char *what, const char *file, int line) {
    char text[256];
    snprintf(text, sizeof text, "%s is %lld, not %lld", what, value, expected);
    check_true(value == expected, text, file, line);
}

static inline void check_text(const char *value, const char *expected, const char *what, const char *file, int line) {
    char text[1024];
    snprintf(text, sizeof text, "%s is \"%s\", not \"%s\"", what, value, expected);
    check_true(strcmp(value, expected) == 0, text, file, line);
}

/* One call of the library: its status, and that the error tells the same. The error's texts belong to the expectation:
 * a failure has a message that says what was asked for (`words`), a success has none. */
static inline int check_status(vtep_status status, vtep_status expected, const vtep_error *error, const char *words,
                               const char *call, const char *file, int line) {
    char text[1400];
    int holds = status == expected && error->code == status && (error->message[0] != 0) == (status != VTEP_OK) &&
                strstr(error->message, words) != NULL;
    snprintf(text, sizeof text, "%s: %d (%s), error.code %d, not %d (%s) with \"%s\" in: %s", call, status,
             vtep_status_text(status), error->code, expected, vtep_status_text(expected), words, error->message);
    return check_true(holds, text, file, line);
}

static inline int check_result(void) {
    printf("checks %d failed %d\n", checks_made, checks_failed);
    return checks_failed == 0 ? 0 : 1;
}

/* The error that the macros below look at; each thread's own. */
static __thread vtep_error err = VTEP_ERROR_INIT;

#define CHECK(condition) check_true(!!(condition), #condition, __FILE__, __LINE__)
#define EQUAL(value, expected) check_equal((long long)(value), (long long)(expected), #value, __FILE__, __LINE__)
#define TEXT(value, expected) check_text(value, expected, #value, __FILE__, __LINE__)
/* The call's last argument is &err. */
#define OK(call) check_status((call), VTEP_OK, &err, "", #call, __FILE__, __LINE__)
#define FAILS(status, words, call) check_status((call), status, &err, words, #call, __FILE__, __LINE__)

#endif
