// TAP devices: the ioctls of linux/if_tun.h. Every function returns a value >= 0, or -errno.
#ifndef CVTEP_TAP_H
#define CVTEP_TAP_H

#include <stdint.h>

/// What the kernel says about a TAP or TUN descriptor.
struct cvtep_tap_facts {
    char name[16];
    /// 1 for TAP, 0 for TUN.
    uint8_t is_tap;
    /// Whether each frame has a struct virtio_net_hdr in front (IFF_VNET_HDR), and how many bytes it takes.
    uint8_t has_vnet_header;
    uint8_t vnet_header_size;
    /// Whether each frame has a struct tun_pi in front (IFF_NO_PI is off).
    uint8_t has_packet_information;
    uint8_t is_multi_queue;
};

/// What a TAP is asked to hand over unfinished (TUNSETOFFLOAD). The kernel's header of Debian 12 lacks USO.
enum {
    CVTEP_TUN_CSUM = 0x01,
    CVTEP_TUN_TSO4 = 0x02,
    CVTEP_TUN_TSO6 = 0x04,
    CVTEP_TUN_TSO_ECN = 0x08,
    CVTEP_TUN_USO4 = 0x20,
    CVTEP_TUN_USO6 = 0x40,
};

/// Opens a queue of the TAP device called `name` (empty: the kernel picks a name), non-blocking and close-on-exec, and
/// makes the device where there is none. `netns` is the network namespace, or -1 for the caller's.
int cvtep_tap_open(int netns, const char *name, int vnet_header, int multi_queue);

/// Asks what kind of descriptor this is. -EBADFD or -ENOTTY where it is no TUN or TAP descriptor.
int cvtep_tap_inspect(int fd, struct cvtep_tap_facts *facts);

int cvtep_tap_set_vnet_header_size(int fd, int size);
int cvtep_tap_set_offload(int fd, unsigned int flags);

#endif
