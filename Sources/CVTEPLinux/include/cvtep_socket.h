// Sockets that live in any network namespace, and the options whose names Swift cannot import. Every function returns a
// value >= 0, or -errno.
#ifndef CVTEP_SOCKET_H
#define CVTEP_SOCKET_H

#include <stdint.h>

/// A non-blocking, close-on-exec socket in the network namespace `netns` (-1: the caller's).
int cvtep_socket(int netns, int domain, int type, int protocol);

/// Options and levels of netinet/udp.h, linux/if_packet.h and linux/in6.h, for setsockopt.
enum {
    CVTEP_SOL_UDP = 17,
    CVTEP_UDP_SEGMENT = 103,
    CVTEP_UDP_GRO = 104,
    CVTEP_UDP_NO_CHECK6_TX = 101,
    CVTEP_UDP_NO_CHECK6_RX = 102,
    CVTEP_IP_MULTICAST_ALL = 49,
    CVTEP_IPV6_MULTICAST_ALL = 29,
    CVTEP_IP_PMTUDISC_DO = 2,
    CVTEP_IP_PMTUDISC_INTERFACE = 4,
    CVTEP_SOL_PACKET = 263,
    CVTEP_PACKET_AUXDATA = 8,
    CVTEP_PACKET_VNET_HDR = 15,
    CVTEP_PACKET_IGNORE_OUTGOING = 23,
};

/// Joins (or leaves) a group on the interface of that index; `address` has 4 or 16 bytes in network order.
int cvtep_group_membership(int fd, const uint8_t *address, int length, int index, int join);

/// Sends group traffic of this socket out of the interface of that index.
int cvtep_set_group_interface(int fd, int family, int index);

/// The socket takes in nothing: everything that comes is dropped before it costs memory.
int cvtep_receive_nothing(int fd);

/// Binds a packet socket to every protocol of the interface of that index. Nothing was received before that.
int cvtep_packet_bind(int fd, int index);

/// The interface of that index shows the socket frames for other stations, too.
int cvtep_packet_promiscuous(int fd, int index);

#endif
