// Many datagrams in one system call, with what travels beside each of them in control messages. The arrays are the
// caller's; the kernel's own structures are made on the stack.
#ifndef CVTEP_MESSAGES_H
#define CVTEP_MESSAGES_H

#include <stdint.h>

struct iovec;

/// An address of the kernel's: a struct sockaddr_in or sockaddr_in6, by the family in its first two bytes.
struct cvtep_address {
    uint16_t family;
    /// In network order.
    uint16_t port;
    /// sockaddr_in: address, 8 bytes of zero. sockaddr_in6: flow information, address, scope.
    uint32_t words[6];
};

/// One message to send: a datagram, or with `segment` a run of datagrams of which only the last may be shorter.
struct cvtep_outgoing {
    const struct iovec *parts;
    uint32_t part_count;
    /// Bytes of each datagram (UDP_SEGMENT). 0: the message is one datagram.
    uint16_t segment;
    /// The type of service or traffic class, and the TTL or hop limit. -1: the socket's.
    int16_t tos;
    int16_t ttl;
    uint16_t unused;
    struct cvtep_address address;
};

enum { CVTEP_MESSAGES = 64 };

/// Sends up to CVTEP_MESSAGES messages with one call where `at_once` is set, else with one each. Returns how many were
/// sent; -errno where the first one failed. An address of family 0 is left out: the socket is connected.
int cvtep_send_messages(int fd, const struct cvtep_outgoing *messages, unsigned int count, int at_once);

/// One message received.
struct cvtep_incoming {
    void *bytes;
    uint32_t capacity;
    uint32_t length;
    /// Bytes of each datagram in it (UDP_GRO), the last of which may be shorter. 0: it is one datagram.
    uint16_t segment;
    /// The type of service or traffic class, where the socket asks for it (IP_RECVTOS, IPV6_RECVTCLASS).
    uint8_t tos;
    /// Whether it was longer than the buffer.
    uint8_t truncated;
    struct cvtep_address address;
};

/// Receives up to CVTEP_MESSAGES messages that are there already, with one call where `at_once` is set, else with one
/// each. Returns how many; -errno (-EAGAIN: none) if not even one.
int cvtep_receive_messages(int fd, struct cvtep_incoming *messages, unsigned int count, int at_once);

/// Receives one frame of a packet socket into up to two parts, of which the first may be its virtio-net header.
/// `tag` is the 802.1Q or 802.1ad tag (TPID, TCI; host order) that the kernel took out of the frame, 0 where it took
/// out none. Returns the number of bytes; -EMSGSIZE where the frame was longer than the parts.
int cvtep_receive_packet(int fd, const struct iovec *parts, unsigned int part_count, uint32_t *tag);

#endif
