#define _GNU_SOURCE
#include "cvtep_poll.h"

#include <errno.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

_Static_assert(CVTEP_POLL_IN == EPOLLIN && CVTEP_POLL_OUT == EPOLLOUT, "the kernel's bits");
_Static_assert(CVTEP_POLL_ADD == EPOLL_CTL_ADD && CVTEP_POLL_CHANGE == EPOLL_CTL_MOD, "the kernel's numbers");

int cvtep_poller(void)
{
    int fd = epoll_create1(EPOLL_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int cvtep_poller_control(int poller, int operation, int fd, uint32_t events, uint64_t token)
{
    struct epoll_event event = { .events = events, .data.u64 = token };
    return epoll_ctl(poller, operation, fd, &event) < 0 ? -errno : 0;
}

int cvtep_poller_wait(int poller, struct cvtep_poll_event *events, int count, int milliseconds)
{
    struct epoll_event ready[64];
    int found = epoll_wait(poller, ready, count > 64 ? 64 : count, milliseconds);
    if (found < 0) return errno == EINTR ? 0 : -errno;
    for (int index = 0; index < found; index++) {
        uint32_t bits = ready[index].events;
        if (bits & (EPOLLERR | EPOLLHUP)) bits |= EPOLLIN | EPOLLOUT;
        events[index] = (struct cvtep_poll_event){ .token = ready[index].data.u64, .events = bits };
    }
    return found;
}

int cvtep_event(void)
{
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return fd < 0 ? -errno : fd;
}

int cvtep_accept(int listener)
{
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    return fd < 0 ? -errno : fd;
}
