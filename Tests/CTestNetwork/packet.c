// Whole frames in and out of a link, with the VLAN tag where it was on the wire: the kernel takes the outermost tag out
// of a received frame and hands it over beside it.
#define _GNU_SOURCE
#include "test_network.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

enum { addresses = 12, tag = 4 };

int tn_keep_vlan_tags(int fd)
{
    int on = 1;
    return setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, &on, sizeof on) < 0 ? -errno : 0;
}

// The frame was received `tag` bytes into the buffer, so that there is room to move its addresses to the front.
static ssize_t put_tag_back(struct msghdr *message, unsigned char *buffer, ssize_t length)
{
    for (struct cmsghdr *control = CMSG_FIRSTHDR(message); control != NULL; control = CMSG_NXTHDR(message, control)) {
        if (control->cmsg_level != SOL_PACKET || control->cmsg_type != PACKET_AUXDATA) continue;
        struct tpacket_auxdata beside;
        memcpy(&beside, CMSG_DATA(control), sizeof beside);
        if (!(beside.tp_status & TP_STATUS_VLAN_VALID) || length < addresses) continue;
        uint16_t type = htons(beside.tp_status & TP_STATUS_VLAN_TPID_VALID ? beside.tp_vlan_tpid : 0x8100);
        uint16_t control_information = htons(beside.tp_vlan_tci);
        memmove(buffer, buffer + tag, addresses);
        memcpy(buffer + addresses, &type, sizeof type);
        memcpy(buffer + addresses + sizeof type, &control_information, sizeof control_information);
        return length + tag;
    }
    memmove(buffer, buffer + tag, (size_t)length);
    return length;
}

ssize_t tn_receive_frame(int fd, void *buffer, size_t capacity, int timeout_ms, int *outgoing)
{
    struct pollfd polled = { .fd = fd, .events = POLLIN };
    int ready = poll(&polled, 1, timeout_ms);
    if (ready < 0) return -errno;
    if (ready == 0) return -EAGAIN;
    struct sockaddr_ll from = { 0 };
    union { struct cmsghdr header; char bytes[CMSG_SPACE(sizeof(struct tpacket_auxdata))]; } control;
    struct iovec piece = { (char *)buffer + tag, capacity - tag };
    struct msghdr message = {
        .msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &piece, .msg_iovlen = 1,
        .msg_control = &control, .msg_controllen = sizeof control,
    };
    ssize_t length = recvmsg(fd, &message, MSG_DONTWAIT);
    if (length < 0) return -errno;
    *outgoing = from.sll_pkttype == PACKET_OUTGOING;
    return put_tag_back(&message, buffer, length);
}

int tn_send_frame(int fd, const void *frame, size_t length)
{
    ssize_t sent = send(fd, frame, length, 0);
    return sent < 0 ? -errno : 0;
}
