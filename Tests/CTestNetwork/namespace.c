#define _GNU_SOURCE
#include "inside.h"
#include "test_network.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <malloc.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

struct call {
    int netns;
    int (*body)(void *);
    void *argument;
    int result;
};

static void *run(void *argument)
{
    struct call *call = argument;
    if (call->netns >= 0 && setns(call->netns, CLONE_NEWNET) < 0)
        call->result = -errno;
    else
        call->result = call->body(call->argument);
    return NULL;
}

int tn_inside(int netns, int (*body)(void *), void *argument)
{
    struct call call = { .netns = netns, .body = body, .argument = argument };
    pthread_t thread;
    int error = pthread_create(&thread, NULL, run, &call);
    if (error != 0) return -error;
    pthread_join(thread, NULL);
    return call.result;
}

static void bring_loopback_up(void)
{
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP };
    if (fd >= 0) ioctl(fd, SIOCSIFFLAGS, &request);
    close(fd);
}

// Duplicate address detection takes a second for each IPv6 address. Where /proc/sys is read-only it stays on, and the
// tests wait for it.
static void skip_duplicate_detection(void)
{
    int fd = open("/proc/sys/net/ipv6/conf/default/accept_dad", O_WRONLY | O_CLOEXEC);
    if (fd < 0) return;
    ssize_t written = write(fd, "0", 1);
    (void)written;
    close(fd);
}

static int make(void *unused)
{
    (void)unused;
    if (unshare(CLONE_NEWNET) < 0) return -errno;
    bring_loopback_up();
    skip_duplicate_detection();
    int fd = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int tn_make_namespace(void)
{
    return tn_inside(-1, make, NULL);
}

static int capture(void *link)
{
    int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, htons(ETH_P_ALL));
    if (fd < 0) return -errno;
    // Nothing of a burst may be missing where a test looks at it only afterwards.
    int space = 16 << 20;
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &space, sizeof space) < 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &space, sizeof space);
    struct sockaddr_ll address = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(link),
    };
    if (address.sll_ifindex == 0 || bind(fd, (struct sockaddr *)&address, sizeof address) < 0) {
        int error = errno;
        close(fd);
        return -error;
    }
    return fd;
}

int tn_capture(int netns, const char *link)
{
    return tn_inside(netns, capture, (void *)link);
}

struct tun {
    const char *name;
    int flags;
};

static int open_tun(void *argument)
{
    const struct tun *tun = argument;
    struct ifreq request = { .ifr_flags = (short)tun->flags };
    strncpy(request.ifr_name, tun->name, sizeof request.ifr_name - 1);
    int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
    if (fd < 0) return -errno;
    if (ioctl(fd, TUNSETIFF, &request) < 0) {
        int error = errno;
        close(fd);
        return -error;
    }
    return fd;
}

int tn_open_tun(int netns, const char *name, int flags)
{
    struct tun tun = { name, flags };
    return tn_inside(netns, open_tun, &tun);
}

struct opening {
    int domain, type;
};

static int open_socket(void *argument)
{
    const struct opening *opening = argument;
    int fd = socket(opening->domain, opening->type | SOCK_CLOEXEC, 0);
    return fd < 0 ? -errno : fd;
}

int tn_socket(int netns, int domain, int type)
{
    struct opening opening = { domain, type };
    return tn_inside(netns, open_socket, &opening);
}

int tn_drop_capabilities(unsigned long long mask)
{
    struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
    struct __user_cap_data_struct data[2];
    if (syscall(SYS_capget, &header, data) < 0) return -errno;
    for (int word = 0; word < 2; word++) {
        __u32 keep = ~(__u32)(mask >> (32 * word));
        data[word].effective &= keep;
        data[word].permitted &= keep;
        data[word].inheritable &= keep;
    }
    return syscall(SYS_capset, &header, data) < 0 ? -errno : 0;
}

static void *await_parent(void *pidfd)
{
    struct pollfd parent = { .fd = (int)(intptr_t)pidfd, .events = POLLIN };
    while (poll(&parent, 1, -1) <= 0) {}
    kill(getpid(), SIGKILL);
    return NULL;
}

// Not by PR_SET_PDEATHSIG: that means the parent's thread, and one of a thread pool may end at any time.
int tn_die_with_parent(void)
{
    int pidfd = pidfd_open(getppid(), 0);
    if (pidfd < 0) return -errno;
    pthread_t thread;
    int error = pthread_create(&thread, NULL, await_parent, (void *)(intptr_t)pidfd);
    if (error != 0) return -error;
    pthread_detach(thread);
    return 0;
}

size_t tn_allocated_bytes(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}
