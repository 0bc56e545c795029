#define _GNU_SOURCE
#include "cvtep_linux.h"
#include "inside.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int open_netlink(void *unused)
{
    (void)unused;
    return cvtep_netlink_socket();
}

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

int cvtep_netlink_socket_in(int netns)
{
    return cvtep_inside(netns, open_netlink, NULL);
}

int cvtep_is_network_namespace(int fd)
{
    int kind = ioctl(fd, NS_GET_NSTYPE);
    if (kind < 0 && errno == EBADF) return -EBADF;
    return kind == CLONE_NEWNET;
}
