// Netlink sockets keep the network namespace they were opened in for life. So a thread of our own enters the
// namespace, opens the socket and ends: the caller's thread, which may belong to a runtime, stays where it is.
#define _GNU_SOURCE
#include "cvtep_linux.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/nsfs.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

int cvtep_netlink_socket(void)
{
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (fd < 0) return -errno;
    // Port 0: the kernel picks a free one. A process may hold any number of connections.
    struct sockaddr_nl address = { .nl_family = AF_NETLINK };
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) {
        int error = errno;
        close(fd);
        return -error;
    }
    return fd;
}

struct opening {
    int netns;
    int result;
};

static void *open_inside(void *argument)
{
    struct opening *opening = argument;
    if (setns(opening->netns, CLONE_NEWNET) < 0)
        opening->result = -errno;
    else
        opening->result = cvtep_netlink_socket();
    return NULL;
}

int cvtep_netlink_socket_in(int netns)
{
    struct opening opening = { .netns = netns, .result = -EINVAL };
    // The new thread inherits the mask: no handler of the host program may run inside the foreign namespace.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    int error = pthread_create(&thread, NULL, open_inside, &opening);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (error != 0) return -error;
    pthread_join(thread, NULL);
    return opening.result;
}

int cvtep_is_network_namespace(int fd)
{
    int kind = ioctl(fd, NS_GET_NSTYPE);
    if (kind < 0 && errno == EBADF) return -EBADF;
    return kind == CLONE_NEWNET;
}
