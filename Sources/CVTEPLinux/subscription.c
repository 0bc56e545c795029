// A monitor's descriptors: the netlink socket that multicasts arrive at, and one that a poll loop can wait for.
#define _GNU_SOURCE
#include "cvtep_linux.h"

#include <errno.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <unistd.h>

int cvtep_netlink_join(int socket, unsigned group)
{
    return setsockopt(socket, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) < 0 ? -errno : 0;
}

int cvtep_netlink_receive(int socket, void *buffer, uint32_t capacity, uint32_t count, uint32_t *lengths)
{
    struct mmsghdr messages[CVTEP_RECEIVE_MOST];
    struct iovec places[CVTEP_RECEIVE_MOST];
    struct sockaddr_nl senders[CVTEP_RECEIVE_MOST];
    if (count > CVTEP_RECEIVE_MOST) count = CVTEP_RECEIVE_MOST;
    memset(messages, 0, count * sizeof *messages);
    for (uint32_t i = 0; i < count; i++) {
        places[i] = (struct iovec){ (char *)buffer + (size_t)i * capacity, capacity };
        messages[i].msg_hdr.msg_iov = &places[i];
        messages[i].msg_hdr.msg_iovlen = 1;
        messages[i].msg_hdr.msg_name = &senders[i];
        messages[i].msg_hdr.msg_namelen = sizeof senders[i];
    }
    // MSG_TRUNC: the true length is returned, so that a cut datagram is noticed.
    int received = recvmmsg(socket, messages, count, MSG_DONTWAIT | MSG_TRUNC, NULL);
    if (received < 0) return -errno;
    for (int i = 0; i < received; i++)
        lengths[i] = senders[i].nl_pid == 0 ? messages[i].msg_len : 0; // only the kernel, port 0, is believed
    return received;
}

int cvtep_wakeup_open(int socket, int *timer)
{
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0) return -errno;
    int error = 0;
    *timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    struct epoll_event readable = { .events = EPOLLIN };
    if (*timer < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &readable) < 0 ||
        epoll_ctl(epoll, EPOLL_CTL_ADD, *timer, &readable) < 0)
        error = errno;
    if (error == 0) return epoll;
    if (*timer >= 0) close(*timer);
    close(epoll);
    return -error;
}

int cvtep_wakeup_set(int timer, int64_t when)
{
    struct itimerspec time = { .it_value = { when / 1000000000, when % 1000000000 } };
    return timerfd_settime(timer, TFD_TIMER_ABSTIME, &time, NULL) < 0 ? -errno : 0;
}
