#ifndef CVTEP_INSIDE_H
#define CVTEP_INSIDE_H

/// Runs `body` in the network namespace that `netns` refers to (-1: the caller's, on the caller's thread) and returns
/// its result, or -errno. A short-lived thread enters the namespace and exits; the caller's thread never moves.
int cvtep_inside(int netns, int (*body)(void *), void *argument);

#endif
