// What Swift cannot import or must not do on its own threads. Every function returns a value >= 0, or -errno.
#ifndef CVTEP_LINUX_H
#define CVTEP_LINUX_H

/// Opens a bound NETLINK_ROUTE socket (close-on-exec) in the caller's network namespace.
int cvtep_netlink_socket(void);

/// The same inside the network namespace that `netns` refers to. A short-lived thread enters the namespace and exits;
/// the caller's thread never moves.
int cvtep_netlink_socket_in(int netns);

/// The index of the link of that name (at most 15 bytes) in the network namespace of any socket.
int cvtep_link_index(int socket, const char *name);

/// 1 if `fd` refers to a network namespace, 0 if it refers to anything else.
int cvtep_is_network_namespace(int fd);

#endif
