#define _GNU_SOURCE
#include "cvtep_messages.h"
#include "cvtep_socket.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

_Static_assert(sizeof(struct cvtep_address) == sizeof(struct sockaddr_in6), "it stands for a sockaddr_in6");

// --- sending ---------------------------------------------------------------------------------------------------------

union send_control {
    struct cmsghdr aligned;
    char bytes[CMSG_SPACE(sizeof(uint16_t)) + 2 * CMSG_SPACE(sizeof(int))];
};

static size_t put(union send_control *control, size_t used, int level, int type, const void *value, size_t size)
{
    struct cmsghdr *header = (struct cmsghdr *)(control->bytes + used);
    header->cmsg_level = level;
    header->cmsg_type = type;
    header->cmsg_len = CMSG_LEN(size);
    memcpy(CMSG_DATA(header), value, size);
    return used + CMSG_SPACE(size);
}

static void prepare(struct msghdr *header, union send_control *control, const struct cvtep_outgoing *message)
{
    int v6 = message->address.family == AF_INET6;
    size_t used = 0;
    if (message->segment != 0)
        used = put(control, used, CVTEP_SOL_UDP, CVTEP_UDP_SEGMENT, &message->segment, sizeof message->segment);
    if (message->tos >= 0) {
        int tos = message->tos;
        used = put(control, used, v6 ? SOL_IPV6 : SOL_IP, v6 ? IPV6_TCLASS : IP_TOS, &tos, sizeof tos);
    }
    if (message->ttl >= 0) {
        int ttl = message->ttl;
        used = put(control, used, v6 ? SOL_IPV6 : SOL_IP, v6 ? IPV6_HOPLIMIT : IP_TTL, &ttl, sizeof ttl);
    }
    *header = (struct msghdr){
        .msg_iov = (struct iovec *)message->parts,
        .msg_iovlen = message->part_count,
        .msg_control = used ? control : NULL,
        .msg_controllen = used,
    };
    if (message->address.family != 0) {
        header->msg_name = (void *)&message->address;
        header->msg_namelen = v6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    }
}

static int send_each(int fd, const struct cvtep_outgoing *messages, unsigned int count)
{
    for (unsigned int index = 0; index < count; index++) {
        struct msghdr header;
        union send_control control;
        prepare(&header, &control, &messages[index]);
        ssize_t sent;
        do sent = sendmsg(fd, &header, MSG_NOSIGNAL); while (sent < 0 && errno == EINTR);
        if (sent < 0) return index ? (int)index : -errno;
    }
    return (int)count;
}

int cvtep_send_messages(int fd, const struct cvtep_outgoing *messages, unsigned int count, int at_once)
{
    if (count > CVTEP_MESSAGES) count = CVTEP_MESSAGES;
    if (!at_once || count == 1) return send_each(fd, messages, count);
    struct mmsghdr headers[CVTEP_MESSAGES];
    union send_control controls[CVTEP_MESSAGES];
    for (unsigned int index = 0; index < count; index++) {
        headers[index].msg_len = 0;
        prepare(&headers[index].msg_hdr, &controls[index], &messages[index]);
    }
    int sent;
    do sent = sendmmsg(fd, headers, count, MSG_NOSIGNAL); while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : sent;
}

// --- receiving -------------------------------------------------------------------------------------------------------

union receive_control {
    struct cmsghdr aligned;
    char bytes[4 * CMSG_SPACE(sizeof(int))];
};

static void read_control(struct cvtep_incoming *message, struct msghdr *header)
{
    message->segment = 0;
    message->tos = 0;
    message->truncated = (header->msg_flags & MSG_TRUNC) != 0;
    for (struct cmsghdr *item = CMSG_FIRSTHDR(header); item != NULL; item = CMSG_NXTHDR(header, item)) {
        if (item->cmsg_level == CVTEP_SOL_UDP && item->cmsg_type == CVTEP_UDP_GRO) {
            int segment;
            memcpy(&segment, CMSG_DATA(item), sizeof segment);
            // A datagram that stands alone may be as long as 65507 bytes; none is longer.
            if (segment > 0 && segment <= UINT16_MAX) message->segment = (uint16_t)segment;
        } else if (item->cmsg_level == SOL_IP && item->cmsg_type == IP_TOS) {
            message->tos = *CMSG_DATA(item);
        } else if (item->cmsg_level == SOL_IPV6 && item->cmsg_type == IPV6_TCLASS) {
            int class;
            memcpy(&class, CMSG_DATA(item), sizeof class);
            message->tos = (uint8_t)class;
        }
    }
}

int cvtep_receive_messages(int fd, struct cvtep_incoming *messages, unsigned int count, int at_once)
{
    struct mmsghdr headers[CVTEP_MESSAGES];
    union receive_control controls[CVTEP_MESSAGES];
    struct iovec parts[CVTEP_MESSAGES];
    if (count > CVTEP_MESSAGES) count = CVTEP_MESSAGES;
    for (unsigned int index = 0; index < count; index++) {
        parts[index] = (struct iovec){ messages[index].bytes, messages[index].capacity };
        headers[index].msg_len = 0;
        headers[index].msg_hdr = (struct msghdr){
            .msg_name = &messages[index].address,
            .msg_namelen = sizeof messages[index].address,
            .msg_iov = &parts[index],
            .msg_iovlen = 1,
            .msg_control = &controls[index],
            .msg_controllen = sizeof controls[index],
        };
        messages[index].address.family = 0;
    }
    int received = 0;
    if (at_once) {
        do received = recvmmsg(fd, headers, count, MSG_DONTWAIT, NULL); while (received < 0 && errno == EINTR);
        if (received < 0) return -errno;
    } else {
        while ((unsigned int)received < count) {
            ssize_t length = recvmsg(fd, &headers[received].msg_hdr, MSG_DONTWAIT);
            if (length < 0 && errno == EINTR) continue;
            if (length < 0 && received == 0) return -errno;
            if (length < 0) break;
            headers[received++].msg_len = (unsigned int)length;
        }
    }
    for (int index = 0; index < received; index++) {
        messages[index].length = headers[index].msg_len;
        read_control(&messages[index], &headers[index].msg_hdr);
    }
    return received;
}

int cvtep_receive_packet(int fd, const struct iovec *parts, unsigned int part_count, uint32_t *tag)
{
    union {
        struct cmsghdr aligned;
        char bytes[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
    } control;
    struct sockaddr_ll from;
    struct msghdr header = { .msg_iov = (struct iovec *)parts, .msg_iovlen = part_count };
    *tag = 0;
    ssize_t length;
    do {
        header.msg_name = &from;
        header.msg_namelen = sizeof from;
        header.msg_control = &control;
        header.msg_controllen = sizeof control;
        length = recvmsg(fd, &header, MSG_DONTWAIT);
        // What the host itself sends is no frame that came in; kernels before 4.20 show it nevertheless.
    } while ((length < 0 && errno == EINTR) || (length >= 0 && from.sll_pkttype == PACKET_OUTGOING));
    if (length < 0) return -errno;
    if (header.msg_flags & MSG_TRUNC) return -EMSGSIZE;
    struct cmsghdr *item = CMSG_FIRSTHDR(&header);
    if (item != NULL && item->cmsg_level == SOL_PACKET && item->cmsg_type == PACKET_AUXDATA) {
        struct tpacket_auxdata data;
        memcpy(&data, CMSG_DATA(item), sizeof data);
        if (data.tp_status & TP_STATUS_VLAN_VALID) {
            unsigned int type = data.tp_status & TP_STATUS_VLAN_TPID_VALID ? data.tp_vlan_tpid : 0x8100;
            *tag = type << 16 | data.tp_vlan_tci;
        }
    }
    return (int)length;
}
