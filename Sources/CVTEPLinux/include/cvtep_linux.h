// What Swift cannot import or must not do on its own threads. Every function returns a value >= 0, or -errno.
#ifndef CVTEP_LINUX_H
#define CVTEP_LINUX_H

#include <stdint.h>

/// Opens a bound NETLINK_ROUTE socket (close-on-exec) in the caller's network namespace.
int cvtep_netlink_socket(void);

/// The same inside the network namespace that `netns` refers to. A short-lived thread enters the namespace and exits;
/// the caller's thread never moves.
int cvtep_netlink_socket_in(int netns);

/// The index of the link of that name (at most 15 bytes) in the network namespace of any socket.
int cvtep_link_index(int socket, const char *name);

/// 1 if `fd` refers to a network namespace, 0 if it refers to anything else.
int cvtep_is_network_namespace(int fd);

/// Joins a multicast group, RTNLGRP_*. 0 if it worked.
int cvtep_netlink_join(int socket, unsigned group);

enum { CVTEP_RECEIVE_MOST = 32 };

/// Takes up to `count` datagrams that are there already, each into `capacity` bytes of `buffer`. How many: -EAGAIN for
/// none. lengths: the true ones, more than `capacity` where one was cut, and 0 for one that the kernel did not send.
int cvtep_netlink_receive(int socket, void *buffer, uint32_t capacity, uint32_t count, uint32_t *lengths);

/// A descriptor that is readable while `socket` is, or while the new timer has run out.
int cvtep_wakeup_open(int socket, int *timer);

/// Lets the timer run out at that time of CLOCK_MONOTONIC, in nanoseconds; 0 stops it, also one that has run out.
int cvtep_wakeup_set(int timer, int64_t when);

#endif
