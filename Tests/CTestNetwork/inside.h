#ifndef TEST_NETWORK_INSIDE_H
#define TEST_NETWORK_INSIDE_H

/// Runs `body` on a short-lived thread that has entered `netns` (-1: stays), and returns its result.
int tn_inside(int netns, int (*body)(void *), void *argument);

#endif
