// epoll and eventfd, which Swift's Glibc module leaves out. Every function returns a value >= 0, or -errno.
#ifndef CVTEP_POLL_H
#define CVTEP_POLL_H

#include <stdint.h>

enum { CVTEP_POLL_IN = 1, CVTEP_POLL_OUT = 4 };
enum { CVTEP_POLL_ADD = 1, CVTEP_POLL_DELETE = 2, CVTEP_POLL_CHANGE = 3 };

/// What happened: the token that was given with the descriptor, and CVTEP_POLL_* (an error or a hang-up counts as both).
struct cvtep_poll_event {
    uint64_t token;
    uint32_t events;
    uint32_t unused;
};

/// A new epoll descriptor, close-on-exec.
int cvtep_poller(void);
int cvtep_poller_control(int poller, int operation, int fd, uint32_t events, uint64_t token);

/// Waits for up to `count` (at most 64) events, no longer than `milliseconds` (-1: for ever). Returns how many there
/// are; 0 also where a signal came.
int cvtep_poller_wait(int poller, struct cvtep_poll_event *events, int count, int milliseconds);

/// A counter to wake a poller with, non-blocking and close-on-exec.
int cvtep_event(void);

/// A connection that waits at the listening socket, non-blocking and close-on-exec.
int cvtep_accept(int listener);

#endif
