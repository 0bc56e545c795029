#define _GNU_SOURCE
#include "cvtep_tap.h"
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct opening {
    const char *name;
    short flags;
};

static int open_queue(void *argument)
{
    const struct opening *opening = argument;
    struct ifreq request = { .ifr_flags = opening->flags };
    size_t length = strlen(opening->name);
    if (length >= sizeof request.ifr_name) return -ENAMETOOLONG;
    memcpy(request.ifr_name, opening->name, length);
    int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return -errno;
    if (ioctl(fd, TUNSETIFF, &request) < 0) {
        int error = errno;
        close(fd);
        return -error;
    }
    return fd;
}

int cvtep_tap_open(int netns, const char *name, int vnet_header, int multi_queue)
{
    struct opening opening = { .name = name, .flags = IFF_TAP | IFF_NO_PI };
    if (vnet_header) opening.flags |= IFF_VNET_HDR;
    if (multi_queue) opening.flags |= IFF_MULTI_QUEUE;
    return cvtep_inside(netns, open_queue, &opening);
}

/// TUNGETIFF. It has one bit for two things: IFF_NO_PI, and IFF_NOFILTER where no filter is attached. So one is attached
/// while it answers, which lets everything pass.
static int get_flags(int fd, struct ifreq *request)
{
    struct sock_filter pass = BPF_STMT(BPF_RET | BPF_K, UINT32_MAX);
    struct sock_fprog program = { .len = 1, .filter = &pass };
    memset(request, 0, sizeof *request);
    if (ioctl(fd, TUNGETIFF, request) < 0) return -errno;
    unsigned flags = (unsigned short)request->ifr_flags;
    if ((flags & IFF_TAP) == 0 || (flags & IFF_NOFILTER) == 0) return 0;
    if (ioctl(fd, TUNATTACHFILTER, &program) < 0) return -errno;
    int result = ioctl(fd, TUNGETIFF, request) < 0 ? -errno : 0;
    ioctl(fd, TUNDETACHFILTER, &program);
    return result;
}

int cvtep_tap_inspect(int fd, struct cvtep_tap_facts *facts)
{
    struct ifreq request;
    int result = get_flags(fd, &request);
    if (result < 0) return result;
    unsigned flags = (unsigned short)request.ifr_flags;
    memset(facts, 0, sizeof *facts);
    memcpy(facts->name, request.ifr_name, sizeof facts->name);
    facts->name[sizeof facts->name - 1] = 0;
    facts->is_tap = (flags & IFF_TAP) != 0;
    facts->has_vnet_header = (flags & IFF_VNET_HDR) != 0;
    facts->has_packet_information = (flags & IFF_NO_PI) == 0;
    facts->is_multi_queue = (flags & IFF_MULTI_QUEUE) != 0;
    int size = 0;
    if (facts->has_vnet_header) {
        if (ioctl(fd, TUNGETVNETHDRSZ, &size) < 0) return -errno;
        if (size < 10 || size > 255) return -EPROTO;
        facts->vnet_header_size = (uint8_t)size;
    }
    return 0;
}

int cvtep_tap_set_vnet_header_size(int fd, int size)
{
    return ioctl(fd, TUNSETVNETHDRSZ, &size) < 0 ? -errno : 0;
}

int cvtep_tap_set_offload(int fd, unsigned int flags)
{
    return ioctl(fd, TUNSETOFFLOAD, (unsigned long)flags) < 0 ? -errno : 0;
}
