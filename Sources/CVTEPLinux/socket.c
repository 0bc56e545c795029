#define _GNU_SOURCE
#include "cvtep_socket.h"
#include "inside.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

struct opening {
    int domain, type, protocol;
};

static int open_socket(void *argument)
{
    const struct opening *opening = argument;
    int fd = socket(opening->domain, opening->type | SOCK_CLOEXEC | SOCK_NONBLOCK, opening->protocol);
    return fd < 0 ? -errno : fd;
}

int cvtep_socket(int netns, int domain, int type, int protocol)
{
    struct opening opening = { domain, type, protocol };
    return cvtep_inside(netns, open_socket, &opening);
}

int cvtep_group_membership(int fd, const uint8_t *address, int length, int index, int join)
{
    int failed;
    if (length == 4) {
        struct ip_mreqn request = { .imr_ifindex = index };
        memcpy(&request.imr_multiaddr, address, 4);
        failed = setsockopt(
            fd, IPPROTO_IP, join ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP, &request, sizeof request);
    } else {
        struct ipv6_mreq request = { .ipv6mr_interface = (unsigned)index };
        memcpy(&request.ipv6mr_multiaddr, address, 16);
        failed = setsockopt(
            fd, IPPROTO_IPV6, join ? IPV6_ADD_MEMBERSHIP : IPV6_DROP_MEMBERSHIP, &request, sizeof request);
    }
    return failed ? -errno : 0;
}

int cvtep_set_group_interface(int fd, int family, int index)
{
    int failed;
    if (family == AF_INET) {
        struct ip_mreqn request = { .imr_ifindex = index };
        failed = setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &request, sizeof request);
    } else {
        failed = setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, &index, sizeof index);
    }
    return failed ? -errno : 0;
}

int cvtep_receive_nothing(int fd)
{
    struct sock_filter drop = BPF_STMT(BPF_RET | BPF_K, 0);
    struct sock_fprog program = { .len = 1, .filter = &drop };
    return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) < 0 ? -errno : 0;
}

int cvtep_packet_bind(int fd, int index)
{
    struct sockaddr_ll address = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = index,
    };
    return bind(fd, (struct sockaddr *)&address, sizeof address) < 0 ? -errno : 0;
}

int cvtep_packet_promiscuous(int fd, int index)
{
    struct packet_mreq request = { .mr_ifindex = index, .mr_type = PACKET_MR_PROMISC };
    return setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &request, sizeof request) < 0 ? -errno : 0;
}
