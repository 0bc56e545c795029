/*
 * vtep.h - join hosts with VXLAN (RFC 7348) on Linux. This header is the manual.
 *
 * WHAT IT DOES
 *   The library speaks to the running kernel (rtnetlink): it makes, reads, changes and deletes VXLAN devices, bridges
 *   and veth pairs, and the addresses, routes, rules, nexthops, neighbours and forwarding databases (FDB) on and around
 *   them, in this network namespace or in another one. Nothing is cached: every call asks the kernel. There are no threads, no
 *   signals, no global state and no files behind it; a callback is called during the call it is passed to.
 *
 * AN EXAMPLE (link with -lvtep, or `pkg-config --cflags --libs vtep`; run as root)
 *
 *     #include <stdio.h>
 *     #include <vtep.h>
 *
 *     int main(void) {
 *         vtep_error err = VTEP_ERROR_INIT;
 *         vtep_vxlan_options options = VTEP_VXLAN_OPTIONS_INIT;
 *         vtep_host *host = NULL;
 *         vtep_prefix address;
 *
 *         options.name = "vxlan0";
 *         options.vni = 120;
 *         options.device = "eth0";
 *         options.up = 1;
 *         if (vtep_ip_parse("192.168.50.29", &options.remote, &err) != VTEP_OK ||
 *             vtep_prefix_parse("10.16.0.1/24", &address, &err) != VTEP_OK ||
 *             vtep_host_open(&host, &err) != VTEP_OK ||
 *             vtep_host_vxlan_create(host, &options, NULL, &err) != VTEP_OK ||
 *             vtep_host_address_add(host, "vxlan0", &address, NULL, &err) != VTEP_OK)
 *             fprintf(stderr, "%s\n", err.message);
 *         vtep_host_close(host);
 *         return err.code == VTEP_OK ? 0 : 1;
 *     }
 *
 * STATUS AND ERRORS
 *   A function that can fail returns a vtep_status: VTEP_OK (0), or a negative VTEP_E_* code. The set of codes is open;
 *   treat one you don't know as a failure. The last parameter of such a function is a vtep_error of the caller's, or
 *   NULL. It receives the kernel's errno and texts for people; after each call its code equals what was returned.
 *   There is no "last error" kept anywhere else. A call that fails has changed nothing and written nothing but the
 *   error, unless its description says otherwise.
 *   Every function that takes a host can fail with VTEP_E_SYSTEM (anything the kernel says that has no code of its own;
 *   see sys_errno), VTEP_E_OUTOFMEMORY and VTEP_E_PROTOCOL; a function that lists, with VTEP_E_INTERRUPTED, too. Every
 *   function fails with VTEP_E_INVAL if a pointer is NULL that must not be. The descriptions name the rest.
 *
 * PRIVILEGES
 *   Reading needs none. Changing needs CAP_NET_ADMIN in the network namespace (root has it), and fails with VTEP_E_PERM
 *   without it. Opening a host in another namespace needs CAP_SYS_ADMIN there.
 *
 * POINTERS, OWNERSHIP, STRINGS
 *   Whatever the caller passes stays the caller's, and is read or written during the call only: the library keeps no
 *   pointer. Memory never changes hands: there is nothing to free() and nothing is freed by the library that it did not
 *   make. What the library makes are handles: a vtep_host, a vtep_monitor, and lists. Each has one function that ends it, which returns
 *   nothing and ignores NULL. Handles don't depend on one another: they may end in any order. A function that makes a
 *   handle sets the caller's pointer to NULL when it fails.
 *   Strings are UTF-8 and end with a NUL. A link's name is 1 to 15 bytes without '/', ':', '%', white space or control
 *   characters; at most 16 bytes of it are looked at. The kernel also lets a name hold bytes that are no UTF-8: such a
 *   link is listed with U+FFFD in their place, and can be read by its index only.
 *
 * STRUCTS AND HOW THEY GROW
 *   Structs that may grow in later versions begin with `uint32_t size`, which the caller sets to sizeof of the struct
 *   before each use; the ..._INIT macros do that and zero the rest. They grow at their end only.
 *     In:   a size smaller than in the version that introduced the struct, or larger than 4096, is VTEP_E_INVAL. So
 *           are nonzero bytes past the part that this library knows, unknown `has` bits, and nonzero reserved fields:
 *           a program built for a newer library learns what this one can't do, instead of not getting it.
 *     Out:  the library fills as much of the struct as both sides know, zeroes the rest up to size, and leaves size as
 *           it is. The same two limits of size apply. In a list's `get` that may be called with one struct over and
 *           over, size has to be set only once.
 *   `has` says which optional numbers are set, so that 0 can be a value: without its bit such a field is ignored (in),
 *   or 0 and unknown (out). Three kinds of field need no bit: a string is unset when it is NULL (in) or empty (out), an
 *   address when its family is 0, and a link's index when it is 0, which no link has. Truth values are uint8_t and 0
 *   or 1; another number is VTEP_E_INVAL. Where there are many of them they are bits of `flags`, and `flags_mask` says
 *   which are set (in): one outside flags_mask is left alone, and has to be 0 in flags.
 *   vtep_mac, vtep_ip, vtep_prefix, vtep_bridge_id, vtep_next_hop and vtep_nexthop_member have no size: they never change.
 *
 * LISTS
 *   A list is what a table was like when it was read. `get` gives one element, `copy` fills an array of the caller's
 *   with `count` of them, which is what another language calls for a long list. In that array the structs lie one after
 *   another, each with the size of the first, the only one that has to be set. VTEP_E_NOTFOUND where the list has
 *   fewer; then nothing was written. With count 0 the array may be NULL.
 *
 * THREADS
 *   One thread at a time uses a vtep_host, or a vtep_monitor. Distinct hosts are independent, and any thread may use one after another.
 *   A list never changes: any number of threads may read it at once, until it is freed. Functions without a handle may
 *   be called from any thread at any time. No call moves the calling thread into another network namespace. No function
 *   is async-signal-safe.
 *
 * FORK
 *   A host or monitor is not to be used in the child of a fork(), not even to close it; the child opens its own. All descriptors
 *   are close-on-exec.
 *
 * ABI
 *   The soname carries the major version, each symbol the version that introduced it (VTEP_0.1, ...). Versions 0.x may
 *   still change the ABI from one minor version to the next; from 1.0 on it only grows. VTEP_SINCE(major, minor) on a
 *   declaration names the first version with it. Only fixed-width types cross the boundary: no C enum, bit-field, bool,
 *   size_t or variadic function. The header is C99 and C++17; `cc -E -P -DVTEP_API= vtep.h` gives a text that cffi's
 *   cdef() reads.
 */
#ifndef VTEP_H
#define VTEP_H

#include <stdint.h>

#ifndef VTEP_API
#if defined(__GNUC__)
#define VTEP_API __attribute__((visibility("default")))
#else
#define VTEP_API
#endif
#endif

/* The first version with a declaration. For readers and for tools; it expands to nothing. */
#define VTEP_SINCE(major, minor)

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version ---------------------------------------------------------------------------------------------------- */

#define VTEP_VERSION_MAJOR 0 /* as in the soname */
#define VTEP_VERSION_MINOR 1 /* as in VTEP_SINCE */
#define VTEP_VERSION_PATCH 0 /* nothing but repairs */

/* The version of this header, comparable with vtep_version(). */
#define VTEP_VERSION (VTEP_VERSION_MAJOR << 16 | VTEP_VERSION_MINOR << 8 | VTEP_VERSION_PATCH)

/** The version of the library that is loaded: major << 16 | minor << 8 | patch. Any thread; never fails. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_version(void);

/* ---- Status ------------------------------------------------------------------------------------------------------ */

/** VTEP_OK or a negative VTEP_E_* code. */
typedef int32_t vtep_status;

enum {
    VTEP_OK = 0,
    VTEP_E_INVAL = -1,        /* a value that can't be meant, or that the kernel refused */
    VTEP_E_NOSPACE = -2,      /* the caller's buffer is too small */
    VTEP_E_NOTFOUND = -3,     /* what was named does not exist; a list has no such element */
    VTEP_E_EXISTS = -4,       /* what was to be made exists already */
    VTEP_E_PERM = -5,         /* a privilege is missing, usually CAP_NET_ADMIN */
    VTEP_E_SYSTEM = -6,       /* the kernel or the C library failed in another way: see sys_errno */
    VTEP_E_CALLBACK = -7,     /* a callback of the caller asked to stop */
    VTEP_E_NOTSUPPORTED = -8, /* this kernel, device or library lacks the feature */
    VTEP_E_BUSY = -9,         /* it is in use */
    VTEP_E_FOREIGN = -10,     /* it exists, but is not what the caller said: left alone */
    VTEP_E_OUTOFMEMORY = -11, /* no memory left, here or in the kernel */
    VTEP_E_INTERRUPTED = -12, /* a table kept changing through 16 attempts to read it: try again */
    VTEP_E_PROTOCOL = -13     /* the kernel's answer can't be read */
};

/**
 * A few words for a status: "not found". For an unknown one, "unknown status".
 * Any thread; never fails, never NULL. Owned by: the library. Valid until: it is unloaded.
 */
VTEP_API VTEP_SINCE(0, 1) const char *vtep_status_text(vtep_status status);

/**
 * What went wrong, of one call. Caller-owned; each call overwrites it, with code VTEP_OK and empty texts when it
 * succeeds. One whose size is wrong (see "Structs") is left untouched.
 * Decide by code and sys_errno: the wording of the texts may change. Texts are cut, at a whole character, where they
 * exceed their field.
 */
typedef struct vtep_error {
    uint32_t size;            /* sizeof(vtep_error) */
    vtep_status code;         /* what the call returned */
    int32_t sys_errno;        /* the positive errno of the kernel or of libc, unchanged; 0 where there was none */
    int32_t attribute_offset; /* where the attribute at fault begins in the request, in bytes from its netlink header
                                 (NLMSGERR_ATTR_OFFS); -1 where the kernel named none */
    char message[512];        /* one line with all of it: cannot <what> "<on what>": <errno>; <why>; <what to do> */
    char kernel_message[256]; /* the kernel's own words (extended ACK, NLMSGERR_ATTR_MSG); may be empty */
    char remedy[256];         /* what to do about it; may be empty */
} vtep_error;

#define VTEP_ERROR_INIT { sizeof(vtep_error), 0, 0, -1, { 0 }, { 0 }, { 0 } }

/* ---- Addresses as values ----------------------------------------------------------------------------------------- */

/** A MAC address (EUI-48), in the order the octets are sent. */
typedef struct vtep_mac {
    uint8_t bytes[6]; /* the first is sent first */
} vtep_mac;

/** An IPv4 or IPv6 address, in network order. */
typedef struct vtep_ip {
    uint8_t family;    /* 4, 6, or 0: no address */
    uint8_t bytes[16]; /* IPv4: the first four; the others are ignored (in) or 0 (out) */
} vtep_ip;

/** An address and the length of its network's prefix, such as 10.16.0.2/24. Host bits are kept. */
typedef struct vtep_prefix {
    vtep_ip address; /* with its host bits */
    uint8_t length;  /* bits: 0...32 for IPv4, 0...128 for IPv6 */
} vtep_prefix;

/* Sizes of buffers that hold any text of a kind, with its NUL. */
enum {
    VTEP_MAC_TEXT_SIZE = 18,
    VTEP_IP_TEXT_SIZE = 46,
    VTEP_PREFIX_TEXT_SIZE = 50,
    VTEP_BRIDGE_ID_TEXT_SIZE = 18,
    VTEP_WORD_TEXT_SIZE = 64 /* for every other ..._format function */
};

/*
 * Parsing. `text` is looked at for 65 bytes at most. Malformed text is VTEP_E_INVAL, and the error says which part is
 * wrong and how. Nothing is read leniently: no surrounding space, no leading zeros in decimal numbers, no IPv6 zone.
 * Any thread.
 */

/** Reads "02:42:0a:11:00:08" or "02-42-0A-11-00-08": six octets of two hexadecimal digits. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_mac_parse(const char *text, vtep_mac *out, vtep_error *err);
/** Reads "192.168.50.233", or an IPv6 address as in RFC 4291 section 2.2. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_ip_parse(const char *text, vtep_ip *out, vtep_error *err);
/** Reads "10.16.0.2/24" or "2001:db8::1/64" (RFC 4632). A bare address is taken as /32 or /128. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_prefix_parse(const char *text, vtep_prefix *out, vtep_error *err);

/*
 * Formatting. A text and its NUL are written to the caller's buffer of `capacity` bytes; where it doesn't fit, the call
 * fails with VTEP_E_NOSPACE and, unless capacity is 0, leaves an empty text. A value that is none (family 0 or unknown,
 * length out of range) is VTEP_E_INVAL. Any thread.
 */

/** Writes "02:42:0a:11:00:08". VTEP_MAC_TEXT_SIZE bytes are enough. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_mac_format(const vtep_mac *mac, char *text, uint32_t capacity,
                                                      vtep_error *err);
/** Writes "192.168.50.233" or the canonical text of RFC 5952. VTEP_IP_TEXT_SIZE bytes are enough. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_ip_format(const vtep_ip *ip, char *text, uint32_t capacity,
                                                     vtep_error *err);
/** Writes "10.16.0.2/24", always with a length. VTEP_PREFIX_TEXT_SIZE bytes are enough. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_prefix_format(const vtep_prefix *prefix, char *text, uint32_t capacity,
                                                         vtep_error *err);

/** The prefix' address with all host bits zero: 10.16.0.0 of 10.16.0.2/24. VTEP_E_INVAL for a prefix that is none. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_prefix_network(const vtep_prefix *prefix, vtep_ip *out, vtep_error *err);
/** The prefix as a mask: 255.255.255.0 of a /24. VTEP_E_INVAL for a prefix that is none. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_prefix_netmask(const vtep_prefix *prefix, vtep_ip *out, vtep_error *err);

/* ---- Host -------------------------------------------------------------------------------------------------------- */

/** The kernel networking of one network namespace, through a netlink connection of its own. */
typedef struct vtep_host vtep_host;

/** Opens the calling thread's network namespace. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_open(vtep_host **out, vtep_error *err);

/**
 * Opens the network namespace that a file refers to: "/run/netns/blue" (ip netns add) or "/proc/1234/ns/net".
 * path: at most 4095 bytes.
 * Errors: VTEP_E_NOTFOUND where there is no such file, VTEP_E_INVAL where it is not a network namespace,
 * VTEP_E_PERM where it can't be entered.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_open_path(const char *path, vtep_host **out, vtep_error *err);

/** The same for an open descriptor that refers to a network namespace. It stays the caller's, who may close it after
 *  the call. Errors: VTEP_E_INVAL where it is closed or something else, VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_open_fd(int32_t fd, vtep_host **out, vtep_error *err);

/** The same for the network namespace that a process is in. Errors: VTEP_E_NOTFOUND where there is no such process,
 *  VTEP_E_INVAL for an id below 1, VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_open_pid(int32_t pid, vtep_host **out, vtep_error *err);

/** Closes the connection and ends the handle. Nothing that was made through it goes away. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_host_close(vtep_host *host);

/* ---- Links: reading ---------------------------------------------------------------------------------------------- */

/* Flags of vtep_link (IFF_* of <linux/if.h>; others may be set). */
enum {
    VTEP_LINK_UP = 0x1, /* the administrator set it up */
    VTEP_LINK_BROADCAST = 0x2,
    VTEP_LINK_LOOPBACK = 0x8,
    VTEP_LINK_POINTOPOINT = 0x10,
    VTEP_LINK_RUNNING = 0x40,
    VTEP_LINK_NOARP = 0x80,
    VTEP_LINK_PROMISC = 0x100,
    VTEP_LINK_ALLMULTI = 0x200,
    VTEP_LINK_MULTICAST = 0x1000,
    VTEP_LINK_LOWER_UP = 0x10000,
    VTEP_LINK_DORMANT = 0x20000
};

/* Operational states (IF_OPER_*, RFC 2863). An open set. */
enum {
    VTEP_OPERSTATE_UNKNOWN = 0,
    VTEP_OPERSTATE_NOTPRESENT = 1,
    VTEP_OPERSTATE_DOWN = 2,
    VTEP_OPERSTATE_LOWERLAYERDOWN = 3,
    VTEP_OPERSTATE_TESTING = 4,
    VTEP_OPERSTATE_DORMANT = 5,
    VTEP_OPERSTATE_UP = 6
};

/* `has` bits of vtep_link. */
enum {
    VTEP_LINK_HAS_MAC = 0x1,          /* the link-layer address has six octets */
    VTEP_LINK_HAS_BROADCAST = 0x2,    /* and the broadcast address */
    VTEP_LINK_HAS_LOWER_NETNSID = 0x4,
    VTEP_LINK_HAS_VXLAN = 0x8,        /* it is a VXLAN device: there is a vtep_vxlan of it */
    VTEP_LINK_HAS_BRIDGE = 0x10,      /* it is a bridge: there is a vtep_bridge of it */
    VTEP_LINK_HAS_BRIDGE_PORT = 0x20  /* it is a port of a bridge: there is a vtep_bridge_port of it */
};

/** A network interface (RTM_NEWLINK; `ip -d link`). Out. */
typedef struct vtep_link {
    uint32_t size;            /* sizeof(vtep_link) */
    uint32_t has;             /* VTEP_LINK_HAS_* */
    uint32_t index;           /* the kernel's number, unique within the network namespace */
    uint32_t flags;           /* VTEP_LINK_* */
    uint32_t mtu;             /* the largest packet in bytes, without the Ethernet header (IFLA_MTU) */
    uint32_t minimum_mtu;     /* bytes: the range the driver accepts (IFLA_MIN_MTU, ...) */
    uint32_t maximum_mtu;     /* 0: it names no limit */
    uint32_t group;           /* IFLA_GROUP; 0 is "default" */
    uint32_t promiscuity;     /* how many users hold it promiscuous */
    uint32_t tx_queue_length; /* packets (IFLA_TXQLEN) */
    uint32_t master_index;    /* the bridge it is a port of; 0: none (IFLA_MASTER) */
    uint32_t lower_index;     /* the link underneath, or a veth's peer; 0: none (IFLA_LINK) */
    int32_t lower_netnsid;    /* the namespace lower_index counts in, if another one (IFLA_LINK_NETNSID) */
    uint16_t hardware_type;   /* ARPHRD_*: 1 Ethernet, 772 loopback */
    uint8_t operstate;        /* VTEP_OPERSTATE_* */
    uint8_t reserved;
    vtep_mac mac;             /* IFLA_ADDRESS */
    vtep_mac broadcast;       /* IFLA_BROADCAST */
    char name[16];            /* IFLA_IFNAME */
    char kind[32];            /* "vxlan", "bridge", "veth", ...; empty for a physical device (IFLA_INFO_KIND) */
    char qdisc[16];           /* the root queueing discipline, such as "noqueue" (IFLA_QDISC) */
    char alias[256];          /* free text of the administrator (IFLA_IFALIAS) */
} vtep_link;

#define VTEP_LINK_INIT                                                                                            \
    {                                                                                                             \
        sizeof(vtep_link), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { { 0 } }, { { 0 } }, { 0 }, { 0 },       \
        { 0 }, { 0 }                                                                                              \
    }

/** Counters of a link since it was made (IFLA_STATS64). Out. */
typedef struct vtep_link_statistics {
    uint32_t size; /* sizeof(vtep_link_statistics) */
    uint32_t has;  /* no bits yet */
    uint64_t rx_packets; /* received, without errors */
    uint64_t tx_packets; /* handed over for sending */
    uint64_t rx_bytes;   /* of rx_packets */
    uint64_t tx_bytes;   /* of tx_packets */
    uint64_t rx_errors;  /* damaged when they came in */
    uint64_t tx_errors;  /* that could not be sent */
    uint64_t rx_dropped; /* received and not processed */
    uint64_t tx_dropped; /* not sent for want of room, or of a destination */
    uint64_t multicast;  /* multicast packets received */
    uint64_t collisions; /* of a shared Ethernet */
} vtep_link_statistics;

#define VTEP_LINK_STATISTICS_INIT { sizeof(vtep_link_statistics), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/* Flags of a VXLAN device, of vtep_vxlan and vtep_vxlan_options. The kernel switches LEARNING, UDP_CHECKSUM and
 * LOCAL_BYPASS on and all others off where it is told nothing. */
enum {
    VTEP_VXLAN_FLAG_LEARNING = 0x1,              /* learn source addresses into the FDB (IFLA_VXLAN_LEARNING) */
    VTEP_VXLAN_FLAG_PROXY = 0x2,                 /* answer ARP and ND from its neighbours (IFLA_VXLAN_PROXY) */
    VTEP_VXLAN_FLAG_RSC = 0x4,                   /* route short circuit (IFLA_VXLAN_RSC) */
    VTEP_VXLAN_FLAG_L2MISS = 0x8,                /* tell listeners of unknown MAC addresses (IFLA_VXLAN_L2MISS) */
    VTEP_VXLAN_FLAG_L3MISS = 0x10,               /* and of unknown neighbours (IFLA_VXLAN_L3MISS) */
    VTEP_VXLAN_FLAG_UDP_CHECKSUM = 0x20,         /* UDP checksums over IPv4 (IFLA_VXLAN_UDP_CSUM) */
    VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_TX = 0x40, /* send zero UDP checksums over IPv6 (RFC 6935) */
    VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_RX = 0x80, /* and accept them (IFLA_VXLAN_UDP_ZERO_CSUM6_RX) */
    VTEP_VXLAN_FLAG_REMCSUM_TX = 0x100,          /* remote checksum offload, sending (IFLA_VXLAN_REMCSUM_TX) */
    VTEP_VXLAN_FLAG_REMCSUM_RX = 0x200,          /* and receiving (IFLA_VXLAN_REMCSUM_RX) */
    VTEP_VXLAN_FLAG_REMCSUM_NOPARTIAL = 0x400,   /* without partial checksums (IFLA_VXLAN_REMCSUM_NOPARTIAL) */
    VTEP_VXLAN_FLAG_GBP = 0x800,                 /* Group Policy Option in the VXLAN header (IFLA_VXLAN_GBP) */
    VTEP_VXLAN_FLAG_GPE = 0x1000,                /* VXLAN-GPE; with EXTERNAL, and LEARNING off (IFLA_VXLAN_GPE) */
    VTEP_VXLAN_FLAG_TTL_INHERIT = 0x2000,        /* the outer TTL copies the inner one (IFLA_VXLAN_TTL_INHERIT) */
    VTEP_VXLAN_FLAG_EXTERNAL = 0x4000,           /* the VNI comes with each packet (IFLA_VXLAN_COLLECT_METADATA) */
    VTEP_VXLAN_FLAG_VNI_FILTER = 0x8000,         /* only VNIs of its filter table; with EXTERNAL (..._VNIFILTER) */
    VTEP_VXLAN_FLAG_LOCAL_BYPASS = 0x10000,      /* what is for this host skips the underlay; Linux 6.5 */
    VTEP_VXLAN_FLAG_MULTICAST_ROUTING = 0x20000  /* route what goes to a group (IFLA_VXLAN_MC_ROUTE); Linux 6.17;
                                                    in only: the kernel does not tell */
};

/* The "don't fragment" bit of outer IPv4 headers (IFLA_VXLAN_DF). */
enum { VTEP_VXLAN_DF_UNSET = 0, VTEP_VXLAN_DF_SET = 1, VTEP_VXLAN_DF_INHERIT = 2 };

/* Where outer IPv6 flow labels come from (IFLA_VXLAN_LABEL_POLICY). */
enum { VTEP_VXLAN_FLOW_LABEL_FIXED = 0, VTEP_VXLAN_FLOW_LABEL_INHERIT = 1 };

/* `has` bits of vtep_vxlan. */
enum {
    VTEP_VXLAN_HAS_VNI = 0x1,          /* not set for an external device, whose VNI comes with each packet */
    VTEP_VXLAN_HAS_SOURCE_PORTS = 0x2, /* not set where the kernel's own range serves */
    VTEP_VXLAN_HAS_RESERVED_BITS = 0x4 /* not set before Linux 6.14 */
};

/** What a VXLAN device adds to its link (IFLA_VXLAN_*; `ip -d link show type vxlan`). Out. */
typedef struct vtep_vxlan {
    uint32_t size;              /* sizeof(vtep_vxlan) */
    uint32_t has;               /* VTEP_VXLAN_HAS_* */
    uint32_t flags;             /* VTEP_VXLAN_FLAG_* */
    uint32_t vni;               /* 0...16777215 (RFC 7348 section 5) */
    uint32_t destination_port;  /* the UDP port it listens on and sends to */
    uint32_t device_index;      /* the underlay link it is bound to; 0: none */
    uint32_t ttl;               /* of the outer header; 0: the kernel chooses (1 for a group) */
    uint32_t tos;               /* TOS or traffic class of the outer header; 1: inherit */
    uint32_t df;                /* VTEP_VXLAN_DF_* */
    uint32_t flow_label;        /* of outer IPv6 headers: 20 bits; 0: none */
    uint32_t flow_label_policy; /* VTEP_VXLAN_FLOW_LABEL_* */
    uint32_t ageing;            /* seconds until a learnt FDB entry goes */
    uint32_t maximum_entries;   /* the most it learns; 0: no limit */
    uint32_t source_port_min;   /* the UDP source ports that flows are spread over */
    uint32_t source_port_max;   /* the last of them */
    uint32_t reserved;
    uint64_t reserved_bits;     /* which bits of the VXLAN header have to be 0 in what is received: its eight octets as
                                   one big-endian number */
    vtep_ip remote;             /* the remote VTEP; family 0 where there is none */
    vtep_ip group;              /* or the multicast group; family 0 where there is none */
    vtep_ip local;              /* the source address of outer packets; family 0: the kernel chooses */
    uint8_t reserved2[5];
} vtep_vxlan;

#define VTEP_VXLAN_INIT                                                                                           \
    {                                                                                                             \
        sizeof(vtep_vxlan), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { 0, { 0 } }, { 0, { 0 } },           \
        { 0, { 0 } }, { 0 }                                                                                       \
    }

/** IEEE 802.1D bridge identifier. */
typedef struct vtep_bridge_id {
    uint16_t priority; /* host order */
    vtep_mac mac;
} vtep_bridge_id;

/* Who runs the spanning tree (IFLA_BR_STP_STATE). */
enum { VTEP_STP_OFF = 0, VTEP_STP_KERNEL = 1, VTEP_STP_USER = 2 };

/* Which tags are VLAN tags (IFLA_BR_VLAN_PROTOCOL): an EtherType. */
enum { VTEP_VLAN_PROTOCOL_8021Q = 0x8100, VTEP_VLAN_PROTOCOL_8021AD = 0x88A8 };

/* Whether multicast routers are behind a port, or are the host (IFLA_BR_MCAST_ROUTER, IFLA_BRPORT_MULTICAST_ROUTER). */
enum {
    VTEP_MULTICAST_ROUTER_DISABLED = 0,
    VTEP_MULTICAST_ROUTER_LEARNED = 1,   /* where queries come from; the kernel's default */
    VTEP_MULTICAST_ROUTER_PERMANENT = 2, /* always */
    VTEP_MULTICAST_ROUTER_TEMPORARY = 3  /* for a while, as if a query had come; of ports only */
};

/* Flags of a bridge, of vtep_bridge and vtep_bridge_options. The kernel switches MULTICAST_SNOOPING on and all others off
 * where it is told nothing; the last three are the sysctls' choice. */
enum {
    VTEP_BRIDGE_FLAG_STP = 0x1,                          /* run the spanning tree; out: see stp, too */
    VTEP_BRIDGE_FLAG_NO_LINK_LOCAL_LEARNING = 0x2,       /* do not learn from link-local frames */
    VTEP_BRIDGE_FLAG_VLAN_FILTERING = 0x4,               /* look at VLAN tags (IFLA_BR_VLAN_FILTERING) */
    VTEP_BRIDGE_FLAG_VLAN_STATISTICS = 0x8,              /* count per VLAN (IFLA_BR_VLAN_STATS_ENABLED) */
    VTEP_BRIDGE_FLAG_VLAN_STATISTICS_PER_PORT = 0x10,    /* and port; only while no port has VLANs */
    VTEP_BRIDGE_FLAG_MULTICAST_VLAN_SNOOPING = 0x20,     /* snoop per VLAN; needs VLAN_FILTERING */
    VTEP_BRIDGE_FLAG_MULTIPLE_SPANNING_TREES = 0x40,     /* BR_BOOLOPT_MST_ENABLE; needs VLAN_FILTERING */
    VTEP_BRIDGE_FLAG_LOCAL_ENTRIES_IN_VLAN_0 = 0x80,     /* BR_BOOLOPT_FDB_LOCAL_VLAN_0; Linux 6.18 */
    VTEP_BRIDGE_FLAG_MULTICAST_SNOOPING = 0x100,         /* IGMP and MLD snooping (IFLA_BR_MCAST_SNOOPING) */
    VTEP_BRIDGE_FLAG_MULTICAST_QUERY_USES_ADDRESS = 0x200, /* queries come from the bridge's address, not from 0.0.0.0 */
    VTEP_BRIDGE_FLAG_MULTICAST_QUERIER = 0x400,          /* send queries where nobody else does */
    VTEP_BRIDGE_FLAG_MULTICAST_STATISTICS = 0x800,       /* count IGMP and MLD packets */
    VTEP_BRIDGE_FLAG_OFFLOAD_FAILURE_NOTIFICATIONS = 0x1000, /* of group entries hardware refused; Linux 6.16 */
    VTEP_BRIDGE_FLAG_CALLS_IPTABLES = 0x2000,            /* with br_netfilter (IFLA_BR_NF_CALL_IPTABLES) */
    VTEP_BRIDGE_FLAG_CALLS_IP6TABLES = 0x4000,
    VTEP_BRIDGE_FLAG_CALLS_ARPTABLES = 0x8000
};

/* `has` bits of vtep_bridge: not set where this kernel lacks it. */
enum {
    VTEP_BRIDGE_HAS_VLAN_PROTOCOL = 0x1,   /* VLAN filtering */
    VTEP_BRIDGE_HAS_DEFAULT_PVID = 0x2,    /* VLAN filtering */
    VTEP_BRIDGE_HAS_MAXIMUM_LEARNED = 0x4, /* Linux 6.7 */
    VTEP_BRIDGE_HAS_MLD_VERSION = 0x8      /* IPv6 */
};

/** What a bridge adds to its link (IFLA_BR_*; `brctl show`). Out. Times are hundredths of a second. */
typedef struct vtep_bridge {
    uint32_t size;  /* sizeof(vtep_bridge) */
    uint32_t has;   /* VTEP_BRIDGE_HAS_* */
    uint32_t flags; /* VTEP_BRIDGE_FLAG_* */
    uint32_t stp;   /* VTEP_STP_* */
    uint32_t forward_delay;
    uint32_t hello_time;
    uint32_t maximum_age;
    uint32_t ageing_time; /* until a learnt FDB entry goes */
    uint32_t priority;
    uint32_t group_forward_mask; /* which frames to 01:80:c2:00:00:0X are forwarded, bit X each */
    uint32_t maximum_learned;    /* the most FDB entries it learns; 0: no limit */
    uint32_t vlan_protocol;      /* VTEP_VLAN_PROTOCOL_* */
    uint32_t default_pvid;       /* the VLAN that new ports get as theirs; 0: none */
    uint32_t multicast_router;   /* VTEP_MULTICAST_ROUTER_* */
    uint32_t multicast_hash_elasticity; /* 16: the kernel has no other */
    uint32_t multicast_hash_maximum;    /* the most groups it knows */
    uint32_t multicast_last_member_count;
    uint32_t multicast_startup_query_count;
    uint32_t igmp_version;
    uint32_t mld_version;
    uint64_t multicast_last_member_interval;
    uint64_t multicast_membership_interval;
    uint64_t multicast_querier_interval;
    uint64_t multicast_query_interval;
    uint64_t multicast_query_response_interval;
    uint64_t multicast_startup_query_interval;
    vtep_mac group_address; /* where the spanning tree's frames go */
    vtep_bridge_id bridge_id;
    vtep_bridge_id root_id; /* of the root of the spanning tree */
    uint8_t reserved[2];
} vtep_bridge;

#define VTEP_BRIDGE_INIT                                                                                          \
    {                                                                                                             \
        sizeof(vtep_bridge), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,           \
        { { 0 } }, { 0, { { 0 } } }, { 0, { { 0 } } }, { 0 }                                                      \
    }

/* `has` bits of vtep_bridge_status. */
enum {
    VTEP_BRIDGE_STATUS_HAS_LEARNED = 0x1,            /* Linux 6.7 */
    VTEP_BRIDGE_STATUS_HAS_IGMP_QUERIER_TIMER = 0x2, /* the querier is somebody else */
    VTEP_BRIDGE_STATUS_HAS_MLD_QUERIER_TIMER = 0x4
};

/** What changes about a bridge by itself. Out. Timers are hundredths of a second until they fire, 0: not running. */
typedef struct vtep_bridge_status {
    uint32_t size;                   /* sizeof(vtep_bridge_status) */
    uint32_t has;                    /* VTEP_BRIDGE_STATUS_HAS_* */
    uint32_t root_port;              /* the number of the port towards the root; 0: this is the root */
    uint32_t root_path_cost;
    uint32_t learned;                /* how many FDB entries it has learnt (IFLA_BR_FDB_N_LEARNED) */
    uint32_t igmp_querier_port_index; /* the port the querier is behind; 0: the bridge itself */
    uint32_t mld_querier_port_index;
    uint8_t topology_change;
    uint8_t topology_change_detected;
    uint8_t reserved[2];
    uint64_t hello_timer;
    uint64_t topology_notification_timer;
    uint64_t topology_change_timer;
    uint64_t collection_timer;       /* until old FDB entries are looked for */
    uint64_t igmp_querier_timer;     /* until the querier counts as gone */
    uint64_t mld_querier_timer;
    vtep_ip igmp_querier;            /* who sends queries (IFLA_BR_MCAST_QUERIER_STATE); family 0: nobody */
    vtep_ip mld_querier;
    uint8_t reserved2[6];
} vtep_bridge_status;

#define VTEP_BRIDGE_STATUS_INIT                                                                                   \
    {                                                                                                             \
        sizeof(vtep_bridge_status), 0, 0, 0, 0, 0, 0, 0, 0, { 0 }, 0, 0, 0, 0, 0, 0, { 0, { 0 } }, { 0, { 0 } },  \
        { 0 }                                                                                                     \
    }

/* States of a bridge port (IEEE 802.1D; BR_STATE_*). An open set. */
enum {
    VTEP_PORT_DISABLED = 0,
    VTEP_PORT_LISTENING = 1,
    VTEP_PORT_LEARNING = 2,
    VTEP_PORT_FORWARDING = 3,
    VTEP_PORT_BLOCKING = 4
};

/* Flags of a bridge port, of vtep_bridge_port and vtep_bridge_port_options. A new port has LEARNING and the three FLOOD. */
enum {
    VTEP_BRIDGE_PORT_FLAG_HAIRPIN = 0x1,          /* frames may leave by the port they came in by (IFLA_BRPORT_MODE) */
    VTEP_BRIDGE_PORT_FLAG_BPDU_GUARD = 0x2,       /* a spanning tree's frame disables it (IFLA_BRPORT_GUARD) */
    VTEP_BRIDGE_PORT_FLAG_ROOT_BLOCK = 0x4,       /* it can't become the root port (IFLA_BRPORT_PROTECT) */
    VTEP_BRIDGE_PORT_FLAG_FAST_LEAVE = 0x8,       /* a group's only member here leaves it at once */
    VTEP_BRIDGE_PORT_FLAG_LEARNING = 0x10,        /* learn source addresses into the FDB */
    VTEP_BRIDGE_PORT_FLAG_UNICAST_FLOOD = 0x20,   /* flood unknown unicast to it */
    VTEP_BRIDGE_PORT_FLAG_MULTICAST_FLOOD = 0x40, /* IFLA_BRPORT_MCAST_FLOOD */
    VTEP_BRIDGE_PORT_FLAG_BROADCAST_FLOOD = 0x80, /* IFLA_BRPORT_BCAST_FLOOD */
    VTEP_BRIDGE_PORT_FLAG_PROXY_ARP = 0x100,      /* answer ARP for what is behind other ports */
    VTEP_BRIDGE_PORT_FLAG_PROXY_ARP_WIFI = 0x200, /* the same, and in no other way */
    VTEP_BRIDGE_PORT_FLAG_NEIGHBOUR_SUPPRESSION = 0x400, /* answer ARP and ND from the neighbour table, send none to it */
    VTEP_BRIDGE_PORT_FLAG_NEIGHBOUR_VLAN_SUPPRESSION = 0x800, /* let each VLAN say so for itself; Linux 6.4 */
    VTEP_BRIDGE_PORT_FLAG_ISOLATED = 0x1000,      /* no traffic to other isolated ports */
    VTEP_BRIDGE_PORT_FLAG_LOCKED = 0x2000,        /* take frames only from addresses with an FDB entry here */
    VTEP_BRIDGE_PORT_FLAG_MAB = 0x4000,           /* MAC authentication bypass; with LOCKED; Linux 6.2 */
    VTEP_BRIDGE_PORT_FLAG_VLAN_TUNNEL = 0x8000,   /* translate VLANs to tunnel ids: for an external VXLAN device */
    VTEP_BRIDGE_PORT_FLAG_MULTICAST_TO_UNICAST = 0x10000 /* send multicast as unicast to each member */
};

/* `has` bits of vtep_bridge_port. */
enum { VTEP_BRIDGE_PORT_HAS_MAXIMUM_GROUPS = 0x1, /* Linux 6.3 */ VTEP_BRIDGE_PORT_HAS_TRACKED_HOSTS_LIMIT = 0x2 };

/** What being a bridge port adds to a link (IFLA_BRPORT_*; `bridge -d link`). Out. */
typedef struct vtep_bridge_port {
    uint32_t size;                /* sizeof(vtep_bridge_port) */
    uint32_t has;                 /* VTEP_BRIDGE_PORT_HAS_* */
    uint32_t flags;               /* VTEP_BRIDGE_PORT_FLAG_* */
    uint32_t state;               /* VTEP_PORT_* */
    uint32_t cost;                /* path cost */
    uint32_t priority;
    uint32_t multicast_router;    /* VTEP_MULTICAST_ROUTER_* */
    uint32_t maximum_groups;      /* the most groups behind it; 0: no limit */
    uint32_t tracked_hosts_limit; /* the most hosts behind it that are tracked per group */
    uint32_t group_forward_mask;  /* see vtep_bridge */
    uint32_t backup_port_index;   /* the port that takes over while this one is down; 0: none */
    uint32_t backup_nexthop_id;   /* goes along with what is redirected there; 0: none (IFLA_BRPORT_BACKUP_NHID) */
} vtep_bridge_port;

#define VTEP_BRIDGE_PORT_INIT { sizeof(vtep_bridge_port), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/* `has` bits of vtep_bridge_port_status. */
enum { VTEP_BRIDGE_PORT_STATUS_HAS_GROUPS = 0x1, /* Linux 6.3 */ VTEP_BRIDGE_PORT_STATUS_HAS_TRACKED_HOSTS = 0x2 };

/** What changes about a bridge port by itself. Out. Timers are hundredths of a second until they fire. */
typedef struct vtep_bridge_port_status {
    uint32_t size;            /* sizeof(vtep_bridge_port_status) */
    uint32_t has;             /* VTEP_BRIDGE_PORT_STATUS_HAS_* */
    uint32_t port_id;         /* priority and number */
    uint32_t number;          /* unique within the bridge */
    uint32_t designated_port;
    uint32_t designated_cost;
    uint32_t groups;          /* how many groups it knows behind it */
    uint32_t tracked_hosts;   /* how many hosts behind it are tracked */
    uint8_t topology_change_acknowledged;
    uint8_t configuration_pending;
    uint8_t ring_open;            /* media redundancy (IEC 62439-2): the ring has lost its continuity */
    uint8_t interconnection_open; /* and the interconnection */
    uint32_t reserved;
    uint64_t message_age_timer;
    uint64_t forward_delay_timer;
    uint64_t hold_timer;
    vtep_bridge_id designated_root;
    vtep_bridge_id designated_bridge;
} vtep_bridge_port_status;

#define VTEP_BRIDGE_PORT_STATUS_INIT                                                                              \
    {                                                                                                             \
        sizeof(vtep_bridge_port_status), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { 0, { { 0 } } },           \
        { 0, { { 0 } } }                                                                                          \
    }

/*
 * One link. `name`: see "Strings". `out` may be NULL where only its existence matters.
 * Errors: VTEP_E_NOTFOUND where there is no link of that name (the error lists the names there are) or index.
 */

/** The link of that name (RTM_GETLINK). */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_link_get(vtep_host *host, const char *name, vtep_link *out,
                                                         vtep_error *err);
/** The link of that index. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_link_get_by_index(vtep_host *host, uint32_t index, vtep_link *out,
                                                                  vtep_error *err);
/** A link's counters. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_link_statistics(vtep_host *host, const char *name,
                                                                vtep_link_statistics *out, vtep_error *err);
/** What a VXLAN device adds. VTEP_E_FOREIGN where the link is none. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_vxlan_get(vtep_host *host, const char *name, vtep_vxlan *out,
                                                          vtep_error *err);
/** What a bridge adds. VTEP_E_FOREIGN where the link is none. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_bridge_get(vtep_host *host, const char *name, vtep_bridge *out,
                                                           vtep_error *err);
/** What being a bridge port adds. VTEP_E_FOREIGN where the link is none. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_bridge_port_get(vtep_host *host, const char *name,
                                                                vtep_bridge_port *out, vtep_error *err);

/** Links as they were when they were listed. */
typedef struct vtep_link_list vtep_link_list;

/**
 * Lists all links, in the order of their indices, or those of one kind ("vxlan", "bridge", "veth", ...; "" for physical
 * devices). kind may be NULL: all. At most 32 bytes of it are looked at.
 * *out: a list that the caller ends with vtep_link_list_free. It may be empty.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_links(vtep_host *host, const char *kind, vtep_link_list **out,
                                                      vtep_error *err);

/** How many elements the list has; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_link_list_count(const vtep_link_list *list);
/** Element i, from 0. VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_link_list_get(const vtep_link_list *list, uint32_t i, vtep_link *out,
                                                         vtep_error *err);
/** Elements first, first + 1, ..., `count` of them, in one call; see "Lists". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_link_list_copy(const vtep_link_list *list, uint32_t first,
                                                          uint32_t count, vtep_link *out, vtep_error *err);
/** The counters of element i. VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_link_list_statistics(const vtep_link_list *list, uint32_t i,
                                                                vtep_link_statistics *out, vtep_error *err);
/** What element i has as a VXLAN device. VTEP_E_FOREIGN where it is none. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_link_list_vxlan(const vtep_link_list *list, uint32_t i, vtep_vxlan *out,
                                                           vtep_error *err);
/** What element i has as a bridge. VTEP_E_FOREIGN where it is none. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_link_list_bridge(const vtep_link_list *list, uint32_t i, vtep_bridge *out,
                                                            vtep_error *err);
/** What element i has as a bridge port. VTEP_E_FOREIGN where it is none. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_link_list_bridge_port(const vtep_link_list *list, uint32_t i,
                                                                 vtep_bridge_port *out, vtep_error *err);
/** Ends the list. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_link_list_free(vtep_link_list *list);

/* ---- Links: changing --------------------------------------------------------------------------------------------- */

/*
 * All of these fail with VTEP_E_NOTFOUND where there is no link of that name, and with VTEP_E_PERM. They send
 * RTM_NEWLINK (delete: RTM_DELLINK).
 */

/** Sets a link up (1) or down (0): `ip link set NAME up`. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_link_set_up(vtep_host *host, const char *name, uint8_t up,
                                                            vtep_error *err);
/** Sets the MTU in bytes. VTEP_E_INVAL outside the driver's range, which the error names. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_link_set_mtu(vtep_host *host, const char *name, uint32_t mtu,
                                                             vtep_error *err);
/** Sets the link-layer address. VTEP_E_INVAL for a group or an all-zero address. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_link_set_mac(vtep_host *host, const char *name, const vtep_mac *mac,
                                                             vtep_error *err);
/** Gives a link another name. VTEP_E_INVAL for one that can't be a name, VTEP_E_EXISTS where it is taken. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_link_rename(vtep_host *host, const char *name, const char *new_name,
                                                            vtep_error *err);
/** Makes a link a port of a bridge, or of none where master is NULL: `ip link set NAME master BRIDGE`. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_link_set_master(vtep_host *host, const char *name, const char *master,
                                                                vtep_error *err);

/**
 * Moves a link into another network namespace, named as in vtep_host_open_path, ..._fd and ..._pid, with the same
 * errors: `ip link set NAME netns ...`. The link goes down and loses its addresses; this host sees it no longer.
 * VTEP_E_EXISTS where the other namespace has a link of that name, VTEP_E_INVAL for one that can't move (loopback).
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_link_move_path(vtep_host *host, const char *name, const char *path,
                                                               vtep_error *err);
/** The same for a namespace that a descriptor refers to. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_link_move_fd(vtep_host *host, const char *name, int32_t fd,
                                                             vtep_error *err);
/** The same for the namespace that a process is in. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_link_move_pid(vtep_host *host, const char *name, int32_t pid,
                                                              vtep_error *err);

/**
 * Deletes a link: `ip link delete NAME`. A veth takes its peer along.
 * kind: what it must be ("vxlan", ...), so that a program deletes only what it can have made; NULL for any.
 * Errors: VTEP_E_FOREIGN where it is of another kind; VTEP_E_NOTSUPPORTED for a physical device.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_link_delete(vtep_host *host, const char *name, const char *kind,
                                                            vtep_error *err);

/* ---- VXLAN devices ----------------------------------------------------------------------------------------------- */

/* `has` bits of vtep_vxlan_options: without its bit, a field is the kernel's choice (destination_port: 4789, and 4790
 * with VTEP_VXLAN_FLAG_GPE) or, in a change, left as it is. */
enum {
    VTEP_VXLAN_OPTIONS_HAS_VNI = 0x1, /* for changes; a creation reads vni without */
    VTEP_VXLAN_OPTIONS_HAS_DESTINATION_PORT = 0x2,
    VTEP_VXLAN_OPTIONS_HAS_TTL = 0x4,
    VTEP_VXLAN_OPTIONS_HAS_TOS = 0x8,
    VTEP_VXLAN_OPTIONS_HAS_DF = 0x10,
    VTEP_VXLAN_OPTIONS_HAS_FLOW_LABEL = 0x20,
    VTEP_VXLAN_OPTIONS_HAS_FLOW_LABEL_POLICY = 0x40,
    VTEP_VXLAN_OPTIONS_HAS_AGEING = 0x80,
    VTEP_VXLAN_OPTIONS_HAS_MAXIMUM_ENTRIES = 0x100,
    VTEP_VXLAN_OPTIONS_HAS_SOURCE_PORTS = 0x200,
    VTEP_VXLAN_OPTIONS_HAS_MTU = 0x400,
    VTEP_VXLAN_OPTIONS_HAS_RESERVED_BITS = 0x800,
    VTEP_VXLAN_OPTIONS_HAS_MAC = 0x1000
};

/** A VXLAN device to be made or changed. In. name and, to make one that is not external, vni are required. */
typedef struct vtep_vxlan_options {
    uint32_t size;              /* sizeof(vtep_vxlan_options) */
    uint32_t has;               /* VTEP_VXLAN_OPTIONS_HAS_* */
    const char *name;           /* required; see "Strings" */
    const char *device;         /* the underlay link; needed with a group or an IPv6 link-local address; or NULL */
    const char *master;         /* the bridge it becomes a port of; or NULL */
    uint32_t flags;             /* VTEP_VXLAN_FLAG_* that are to be on, out of those in */
    uint32_t flags_mask;        /* VTEP_VXLAN_FLAG_* that are set; all others are the kernel's choice */
    uint32_t vni;               /* 0...16777215; 0 with VTEP_VXLAN_FLAG_EXTERNAL (IFLA_VXLAN_ID) */
    uint32_t destination_port;  /* 1...65535; 4789 is IANA's (RFC 7348 section 8) (IFLA_VXLAN_PORT) */
    uint32_t ttl;               /* 0...255 of the outer header; 0: the kernel chooses (IFLA_VXLAN_TTL) */
    uint32_t tos;               /* 0...255 of the outer header; 1: inherit (IFLA_VXLAN_TOS) */
    uint32_t df;                /* VTEP_VXLAN_DF_*; kernel's: unset (IFLA_VXLAN_DF) */
    uint32_t flow_label;        /* 0...1048575, over IPv6; kernel's: 0, none (IFLA_VXLAN_LABEL) */
    uint32_t flow_label_policy; /* VTEP_VXLAN_FLOW_LABEL_*; kernel's: fixed; Linux 6.7 (IFLA_VXLAN_LABEL_POLICY) */
    uint32_t ageing;            /* 1...2147483 seconds until a learnt FDB entry goes; kernel's: 300 */
    uint32_t maximum_entries;   /* the most it learns; 0: no limit, as the kernel's (IFLA_VXLAN_LIMIT) */
    uint32_t source_port_min;   /* 1...65535, and not above the next (IFLA_VXLAN_PORT_RANGE) */
    uint32_t source_port_max;   /* 1...65535; both by one bit */
    uint32_t mtu;               /* bytes, 68...65535, and at most the device's less 50 (IPv4) or 70 (IPv6) */
    uint64_t reserved_bits;     /* see vtep_vxlan; kernel's: those no option uses; Linux 6.14 */
    uint8_t up;                 /* 1: set it up in the same request */
    vtep_mac mac;               /* a unicast address; kernel's: it makes one up */
    vtep_ip remote;             /* the remote VTEP: a unicast address; or family 0 */
    vtep_ip group;              /* the multicast group all VTEPs of the segment join; or family 0; not both */
    vtep_ip local;              /* the source address of outer packets; or family 0 */
    uint8_t reserved[6];        /* 0 */
} vtep_vxlan_options;

#define VTEP_VXLAN_OPTIONS_INIT                                                                                   \
    {                                                                                                             \
        sizeof(vtep_vxlan_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { { 0 } },        \
        { 0, { 0 } }, { 0, { 0 } }, { 0, { 0 } }, { 0 }                                                           \
    }

/**
 * Makes a VXLAN device, with all of its options in one RTM_NEWLINK request: `ip link add NAME type vxlan ...`.
 * A device with neither remote nor group sends only where its FDB says (see vtep_host_remote_append).
 * out: the link as the kernel then describes it; may be NULL.
 * Errors: VTEP_E_INVAL, saying which option and why; VTEP_E_NOTFOUND for an unknown device or master; VTEP_E_EXISTS
 * where the name is taken, or the VNI on that port, naming the link that holds it; VTEP_E_NOTSUPPORTED for an option
 * that this kernel does not know (multicast routing excepted), with nothing made; VTEP_E_PERM.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_vxlan_create(vtep_host *host, const vtep_vxlan_options *options,
                                                             vtep_link *out, vtep_error *err);

/**
 * Changes the VXLAN device `name` in place: `ip link set NAME type vxlan ...`. What is not set stays as it is, and what
 * it has already is not sent, so that the options may name everything that the device should be. The kernel changes:
 * remote or group, and local, within their address family (0.0.0.0 or :: takes them away); device, which it can replace
 * and not take away; ttl, tos, df, flow_label, flow_label_policy, ageing; LEARNING, LOCAL_BYPASS, MULTICAST_ROUTING.
 * Another device for one with a remote or group takes two requests; in between, what the FDB doesn't know is dropped.
 * out: the link as the kernel then describes it; may be NULL.
 * Errors: VTEP_E_NOTSUPPORTED, naming each option that needs a new device, with nothing changed; VTEP_E_INVAL, also for
 * mtu, mac, master and up, which have functions of their own (vtep_host_link_set_mtu, ...); VTEP_E_NOTFOUND for the link
 * or the device; VTEP_E_FOREIGN where the link is no VXLAN device; VTEP_E_PERM.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_vxlan_change(vtep_host *host, const vtep_vxlan_options *options,
                                                             vtep_link *out, vtep_error *err);

/**
 * Deletes a VXLAN device, and only that.
 * vni: the VNI it must have; NULL for any. (A pointer, as 0 is a VNI.)
 * Errors: VTEP_E_NOTFOUND; VTEP_E_FOREIGN where the link is no VXLAN device or has another VNI; VTEP_E_INVAL for a VNI
 * above 16777215; VTEP_E_PERM.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_vxlan_delete(vtep_host *host, const char *name, const uint32_t *vni,
                                                             vtep_error *err);

/*
 * Remotes: what a VXLAN device doesn't know (broadcast, unknown unicast, multicast) goes to each of them (head-end
 * replication, RFC 7348 section 4.2). They are the all-zero entries of its FDB.
 * Errors: VTEP_E_NOTFOUND for the link; VTEP_E_INVAL where it is no VXLAN device.
 */

/** Adds a remote: `bridge fdb append 00:00:00:00:00:00 dev NAME dst REMOTE`. Adding one twice changes nothing. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_remote_append(vtep_host *host, const char *name, const vtep_ip *remote,
                                                              vtep_error *err);
/** Takes a remote away, also the one the device was made with. VTEP_E_NOTFOUND where it is none; the error lists those
 *  there are. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_remote_delete(vtep_host *host, const char *name, const vtep_ip *remote,
                                                              vtep_error *err);

/** Remotes as they were when they were listed. */
typedef struct vtep_remote_list vtep_remote_list;

/** Lists the remotes of a VXLAN device, the one or the group it was made with included. *out: end it with
 *  vtep_remote_list_free. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_remotes(vtep_host *host, const char *name, vtep_remote_list **out,
                                                        vtep_error *err);
/** How many elements the list has; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_remote_list_count(const vtep_remote_list *list);
/** Element i, from 0. VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_remote_list_get(const vtep_remote_list *list, uint32_t i, vtep_ip *out,
                                                           vtep_error *err);
/** Elements first, first + 1, ..., `count` of them, in one call; see "Lists". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_remote_list_copy(const vtep_remote_list *list, uint32_t first,
                                                            uint32_t count, vtep_ip *out, vtep_error *err);
/** Ends the list. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_remote_list_free(vtep_remote_list *list);

/*
 * The VNI filter table: which VNIs an external VXLAN device with VTEP_VXLAN_FLAG_VNI_FILTER carries, and where it sends what
 * it doesn't know of each (RTM_NEWTUNNEL; `bridge vni`).
 * Errors: VTEP_E_NOTFOUND for the link; VTEP_E_FOREIGN where it is no such device; VTEP_E_PERM.
 */

/* `has` bits of vtep_vni. */
enum {
    VTEP_VNI_HAS_STATISTICS = 0x1 /* out: the counters; in: not allowed */
};

/** VNIs that a VXLAN device carries alike. In and out. */
typedef struct vtep_vni {
    uint32_t size;       /* sizeof(vtep_vni) */
    uint32_t has;        /* VTEP_VNI_HAS_* */
    uint32_t first;      /* 0...16777215 */
    uint32_t last;       /* not below first; the same for a single one */
    uint64_t rx_bytes;   /* counters: out only */
    uint64_t rx_packets;
    uint64_t rx_dropped;
    uint64_t rx_errors;
    uint64_t tx_bytes;
    uint64_t tx_packets;
    uint64_t tx_dropped;
    uint64_t tx_errors;
    vtep_ip remote;      /* the remote VTEP of each of them; or family 0 */
    vtep_ip group;       /* or the multicast group; both family 0: the device's own destination */
    uint8_t reserved[2]; /* 0 */
    uint32_t link_index; /* out: the device; in: without meaning */
} vtep_vni;

#define VTEP_VNI_INIT                                                                                             \
    {                                                                                                             \
        sizeof(vtep_vni), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { 0, { 0 } }, { 0, { 0 } }, { 0 }, 0                   \
    }

/** VNIs as they were when they were listed. */
typedef struct vtep_vni_list vtep_vni_list;

/** Lists the VNIs that a device carries, in their order, or all devices where name is NULL: `bridge vni show`. statistics: 1
 *  counts per VNI, and lists each on its own (`bridge -s vni show`). *out: end it with vtep_vni_list_free. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_vnis(vtep_host *host, const char *name, uint8_t statistics,
                                                     vtep_vni_list **out, vtep_error *err);
/** How many elements the list has; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_vni_list_count(const vtep_vni_list *list);
/** Element i, from 0. VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_vni_list_get(const vtep_vni_list *list, uint32_t i, vtep_vni *out,
                                                 vtep_error *err);
/** Elements first, first + 1, ..., `count` of them, in one call; see "Lists". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_vni_list_copy(const vtep_vni_list *list, uint32_t first, uint32_t count,
                                                  vtep_vni *out, vtep_error *err);
/** Ends the list. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_vni_list_free(vtep_vni_list *list);

/**
 * Has a device carry these VNIs, too: `bridge vni add dev NAME vni FIRST-LAST`. Where it carries some of them to the same
 * destination already, that is no error.
 * Errors: VTEP_E_EXISTS for a VNI that it carries to another destination, with nothing changed, or that another device on
 * that port carries; VTEP_E_INVAL.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_vni_add(vtep_host *host, const char *name, const vtep_vni *vnis,
                                                        vtep_error *err);
/** Has a device carry the VNIs from first to last no longer: `bridge vni delete`. Those that it doesn't carry are passed
 *  over; VTEP_E_NOTFOUND where it carries none of them. VTEP_E_INVAL. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_vni_delete(vtep_host *host, const char *name, uint32_t first,
                                                           uint32_t last, vtep_error *err);

/* ---- Bridges ----------------------------------------------------------------------------------------------------- */

/* `has` bits of vtep_bridge_options: without its bit, a field is the kernel's choice or, in a change, left as it is. */
enum {
    VTEP_BRIDGE_OPTIONS_HAS_FORWARD_DELAY = 0x1,
    VTEP_BRIDGE_OPTIONS_HAS_HELLO_TIME = 0x2,
    VTEP_BRIDGE_OPTIONS_HAS_MAXIMUM_AGE = 0x4,
    VTEP_BRIDGE_OPTIONS_HAS_AGEING_TIME = 0x8,
    VTEP_BRIDGE_OPTIONS_HAS_PRIORITY = 0x10,
    VTEP_BRIDGE_OPTIONS_HAS_GROUP_FORWARD_MASK = 0x20,
    VTEP_BRIDGE_OPTIONS_HAS_GROUP_ADDRESS = 0x40,
    VTEP_BRIDGE_OPTIONS_HAS_MAXIMUM_LEARNED = 0x80,
    VTEP_BRIDGE_OPTIONS_HAS_VLAN_PROTOCOL = 0x100,
    VTEP_BRIDGE_OPTIONS_HAS_DEFAULT_PVID = 0x200,
    VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_ROUTER = 0x400,
    VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_HASH_MAXIMUM = 0x800,
    VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_LAST_MEMBER_COUNT = 0x1000,
    VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_STARTUP_QUERY_COUNT = 0x2000,
    VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_LAST_MEMBER_INTERVAL = 0x4000,
    VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_MEMBERSHIP_INTERVAL = 0x8000,
    VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_QUERIER_INTERVAL = 0x10000,
    VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_QUERY_INTERVAL = 0x20000,
    VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_QUERY_RESPONSE_INTERVAL = 0x40000,
    VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_STARTUP_QUERY_INTERVAL = 0x80000,
    VTEP_BRIDGE_OPTIONS_HAS_IGMP_VERSION = 0x100000,
    VTEP_BRIDGE_OPTIONS_HAS_MLD_VERSION = 0x200000,
    VTEP_BRIDGE_OPTIONS_HAS_MTU = 0x400000,
    VTEP_BRIDGE_OPTIONS_HAS_MAC = 0x800000
};

/** A bridge to be made or changed. In. name is required. Times are hundredths of a second. */
typedef struct vtep_bridge_options {
    uint32_t size;               /* sizeof(vtep_bridge_options) */
    uint32_t has;                /* VTEP_BRIDGE_OPTIONS_HAS_* */
    const char *name;            /* required; see "Strings" */
    uint32_t flags;              /* VTEP_BRIDGE_FLAG_* that are to be on, out of those in */
    uint32_t flags_mask;         /* VTEP_BRIDGE_FLAG_* that are set; all others are the kernel's choice */
    uint32_t forward_delay;      /* 200...3000 while the spanning tree runs; kernel's: 1500 */
    uint32_t hello_time;         /* 100...1000; kernel's: 200 */
    uint32_t maximum_age;        /* 600...4000; kernel's: 2000 */
    uint32_t ageing_time;        /* until a learnt FDB entry goes; 0: like a hub; kernel's: 30000 */
    uint32_t priority;           /* 0...65535; kernel's: 32768 */
    uint32_t group_forward_mask; /* see vtep_bridge; without the bits 0, 1 and 2; kernel's: 0 */
    uint32_t maximum_learned;    /* the most FDB entries it learns; kernel's: 0, no limit; Linux 6.7 */
    uint32_t vlan_protocol;      /* VTEP_VLAN_PROTOCOL_*; kernel's: 802.1Q */
    uint32_t default_pvid;       /* 0...4094; 0: none; kernel's: 1 */
    uint32_t multicast_router;   /* VTEP_MULTICAST_ROUTER_*, not TEMPORARY */
    uint32_t multicast_hash_maximum;            /* the most groups it knows; kernel's: 4096 */
    uint32_t multicast_last_member_count;       /* kernel's: 2 */
    uint32_t multicast_startup_query_count;     /* kernel's: 2 */
    uint32_t igmp_version;                      /* 2 or 3; kernel's: 2 */
    uint32_t mld_version;                       /* 1 or 2; kernel's: 1 */
    uint32_t mtu;                               /* bytes, 68...65535 */
    uint64_t multicast_last_member_interval;    /* kernel's: 100 */
    uint64_t multicast_membership_interval;     /* kernel's: 26000 */
    uint64_t multicast_querier_interval;        /* kernel's: 25500 */
    uint64_t multicast_query_interval;          /* from 100 on; kernel's: 12500 */
    uint64_t multicast_query_response_interval; /* kernel's: 1000 */
    uint64_t multicast_startup_query_interval;  /* from 100 on; kernel's: 3125 */
    uint8_t up;                                 /* 1: set it up in the same request */
    vtep_mac mac;                               /* a unicast address */
    vtep_mac group_address; /* 01:80:c2:00:00:0X, X not 1, 2 or 3; kernel's: 01:80:c2:00:00:00 */
    uint8_t reserved[3];    /* 0 */
} vtep_bridge_options;

#define VTEP_BRIDGE_OPTIONS_INIT                                                                                  \
    {                                                                                                             \
        sizeof(vtep_bridge_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,   \
        0, 0, { { 0 } }, { { 0 } }, { 0 }                                                                         \
    }

/**
 * Makes a bridge, in one RTM_NEWLINK request: `ip link add NAME type bridge`, `brctl addbr`.
 * out: the link as the kernel then describes it; may be NULL.
 * Errors: VTEP_E_INVAL; VTEP_E_EXISTS where the name is taken, saying by what; VTEP_E_NOTSUPPORTED for an option that
 * this kernel lacks, with nothing made; VTEP_E_PERM.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_bridge_create(vtep_host *host, const vtep_bridge_options *options,
                                                              vtep_link *out, vtep_error *err);
/**
 * Changes the bridge `name`: `ip link set NAME type bridge ...`. What is not set stays as it is.
 * out: the link as the kernel then describes it; may be NULL.
 * Errors: VTEP_E_INVAL, also for mtu, mac and up, which have functions of their own (vtep_host_link_set_mtu, ...);
 * VTEP_E_NOTFOUND; VTEP_E_FOREIGN where the link is no bridge; VTEP_E_NOTSUPPORTED for an option that this kernel lacks;
 * VTEP_E_PERM. The kernel may have changed what it looked at before the option that it refused.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_bridge_change(vtep_host *host, const vtep_bridge_options *options,
                                                              vtep_link *out, vtep_error *err);
/** What changes about a bridge by itself. VTEP_E_NOTFOUND; VTEP_E_FOREIGN where the link is no bridge. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_bridge_status(vtep_host *host, const char *name,
                                                              vtep_bridge_status *out, vtep_error *err);
/** Drops all FDB entries that a bridge has learnt: `ip link set NAME type bridge fdb_flush`. VTEP_E_NOTFOUND;
 *  VTEP_E_FOREIGN where the link is no bridge; VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_bridge_flush(vtep_host *host, const char *name, vtep_error *err);
/** Deletes a bridge, and only that; its ports stay, without a master. VTEP_E_NOTFOUND; VTEP_E_FOREIGN where the link is
 *  no bridge; VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_bridge_delete(vtep_host *host, const char *name, vtep_error *err);
/** Lists the ports of a bridge: `brctl show NAME`. *out: end it with vtep_link_list_free. VTEP_E_NOTFOUND for the
 *  bridge. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_bridge_ports(vtep_host *host, const char *name, vtep_link_list **out,
                                                             vtep_error *err);

/* `has` bits of vtep_bridge_port_options: without its bit, a field stays as it is. */
enum {
    VTEP_BRIDGE_PORT_OPTIONS_HAS_STATE = 0x1,
    VTEP_BRIDGE_PORT_OPTIONS_HAS_COST = 0x2,
    VTEP_BRIDGE_PORT_OPTIONS_HAS_PRIORITY = 0x4,
    VTEP_BRIDGE_PORT_OPTIONS_HAS_MULTICAST_ROUTER = 0x8,
    VTEP_BRIDGE_PORT_OPTIONS_HAS_MAXIMUM_GROUPS = 0x10,
    VTEP_BRIDGE_PORT_OPTIONS_HAS_TRACKED_HOSTS_LIMIT = 0x20,
    VTEP_BRIDGE_PORT_OPTIONS_HAS_GROUP_FORWARD_MASK = 0x40,
    VTEP_BRIDGE_PORT_OPTIONS_HAS_BACKUP_NEXTHOP_ID = 0x80
};

/** What to change about a bridge port. In. name is required. */
typedef struct vtep_bridge_port_options {
    uint32_t size;                /* sizeof(vtep_bridge_port_options) */
    uint32_t has;                 /* VTEP_BRIDGE_PORT_OPTIONS_HAS_* */
    const char *name;             /* required; see "Strings" */
    const char *backup_port;      /* the port that takes over while this one is down; "": none; or NULL: as it is */
    uint32_t flags;               /* VTEP_BRIDGE_PORT_FLAG_* that are to be on, out of those in */
    uint32_t flags_mask;          /* VTEP_BRIDGE_PORT_FLAG_* that are set */
    uint32_t state;               /* VTEP_PORT_*; only while the kernel runs no spanning tree (IFLA_BRPORT_STATE) */
    uint32_t cost;                /* path cost, 1...65535 (IFLA_BRPORT_COST) */
    uint32_t priority;            /* 0...63 (IFLA_BRPORT_PRIORITY) */
    uint32_t multicast_router;    /* VTEP_MULTICAST_ROUTER_* */
    uint32_t maximum_groups;      /* the most groups behind it; 0: no limit; Linux 6.3 */
    uint32_t tracked_hosts_limit; /* the most hosts behind it that are tracked per group */
    uint32_t group_forward_mask;  /* see vtep_bridge; without the bits 0, 1 and 2 */
    uint32_t backup_nexthop_id;   /* an FDB nexthop group; 0: none; Linux 6.6 (IFLA_BRPORT_BACKUP_NHID) */
} vtep_bridge_port_options;

#define VTEP_BRIDGE_PORT_OPTIONS_INIT { sizeof(vtep_bridge_port_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/**
 * Changes the bridge port `name`: `bridge link set dev NAME ...`.
 * out: the link as the kernel then describes it; may be NULL.
 * Errors: VTEP_E_INVAL; VTEP_E_NOTFOUND for the link or the backup port; VTEP_E_FOREIGN where the link is no bridge port;
 * VTEP_E_BUSY for a state while the kernel's spanning tree decides it; VTEP_E_NOTSUPPORTED for an option that this kernel
 * lacks; VTEP_E_PERM.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_bridge_port_change(vtep_host *host,
                                                                   const vtep_bridge_port_options *options,
                                                                   vtep_link *out, vtep_error *err);
/** What changes about a bridge port by itself. VTEP_E_NOTFOUND; VTEP_E_FOREIGN where the link is no bridge port. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_bridge_port_status(vtep_host *host, const char *name,
                                                                   vtep_bridge_port_status *out, vtep_error *err);
/** Drops all FDB entries that were learnt at a port: `ip link set NAME type bridge_slave fdb_flush`. VTEP_E_NOTFOUND;
 *  VTEP_E_FOREIGN where the link is no bridge port; VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_bridge_port_flush(vtep_host *host, const char *name, vtep_error *err);

/*
 * VLANs of a bridge that filters them (VTEP_BRIDGE_FLAG_VLAN_FILTERING), of its ports and of itself, and which of them are
 * VNIs on the other side of a port: one external VXLAN device then carries them all.
 * Errors: VTEP_E_NOTFOUND for the link; VTEP_E_INVAL; and for the changes VTEP_E_FOREIGN where it is neither a bridge nor a
 * port; VTEP_E_NOTSUPPORTED where this kernel filters no VLANs; VTEP_E_PERM.
 */

/* Flags of vtep_vlan. */
enum {
    VTEP_VLAN_PVID = 0x1,    /* what comes in without a tag belongs to it; for a single VLAN */
    VTEP_VLAN_UNTAGGED = 0x2 /* it leaves without a tag */
};

/* `has` bits of vtep_vlan. Without its bit, a field is left as it is or, in a listing, not told by this kernel; before Linux
 * 5.6 none is. */
enum {
    VTEP_VLAN_HAS_STATE = 0x1,
    VTEP_VLAN_HAS_MULTICAST_ROUTER = 0x2,      /* Linux 5.15 */
    VTEP_VLAN_HAS_MAXIMUM_GROUPS = 0x4,        /* Linux 6.3; of a port, while multicast is snooped per VLAN */
    VTEP_VLAN_HAS_NEIGHBOUR_SUPPRESSION = 0x8, /* Linux 6.4; of a port */
    VTEP_VLAN_HAS_STATISTICS = 0x10            /* out: the counters; in: not allowed */
};

/** VLANs of a port, or of the bridge itself, that are alike (BRIDGE_VLANDB_ENTRY; `bridge vlan`). In and out. */
typedef struct vtep_vlan {
    uint32_t size;             /* sizeof(vtep_vlan) */
    uint32_t has;              /* VTEP_VLAN_HAS_* */
    uint32_t link_index;       /* the port or the bridge: required */
    uint32_t flags;            /* VTEP_VLAN_* */
    uint32_t first;            /* 1...4094 */
    uint32_t last;             /* not below first; the same for a single one */
    uint32_t state;            /* VTEP_PORT_*: whether it learns and forwards; to be set while the kernel runs no spanning tree
                                  (BRIDGE_VLANDB_ENTRY_STATE) */
    uint32_t multicast_router; /* VTEP_MULTICAST_ROUTER_*, while multicast is snooped per VLAN (..._MCAST_ROUTER) */
    uint32_t maximum_groups;   /* the most groups behind the port; 0: no limit (..._MCAST_MAX_GROUPS) */
    uint8_t neighbour_suppression; /* 1: answer ARP and ND from the neighbour table, send none to it; of a port with
                                      VTEP_BRIDGE_PORT_FLAG_NEIGHBOUR_VLAN_SUPPRESSION (..._NEIGH_SUPPRESS) */
    uint8_t reserved[3];           /* 0 */
    uint64_t rx_bytes;         /* counters: out only; 0 while the bridge doesn't count, see VTEP_BRIDGE_FLAG_VLAN_STATISTICS */
    uint64_t rx_packets;
    uint64_t tx_bytes;
    uint64_t tx_packets;
} vtep_vlan;

#define VTEP_VLAN_INIT { sizeof(vtep_vlan), 0, 0, 0, 0, 0, 0, 0, 0, 0, { 0 }, 0, 0, 0, 0 }

/** VLANs as they were when they were listed. */
typedef struct vtep_vlan_list vtep_vlan_list;

/** Lists the VLANs of one link, or of all where name is NULL: `bridge vlan show`. statistics: 1 counts per VLAN, and lists each
 *  on its own (`bridge -s vlan show`). *out: end it with vtep_vlan_list_free. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_vlans(vtep_host *host, const char *name, uint8_t statistics,
                                                      vtep_vlan_list **out, vtep_error *err);
/** How many elements the list has; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_vlan_list_count(const vtep_vlan_list *list);
/** Element i, from 0. VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_vlan_list_get(const vtep_vlan_list *list, uint32_t i, vtep_vlan *out,
                                                 vtep_error *err);
/** Elements first, first + 1, ..., `count` of them, in one call; see "Lists". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_vlan_list_copy(const vtep_vlan_list *list, uint32_t first, uint32_t count,
                                                  vtep_vlan *out, vtep_error *err);
/** Ends the list. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_vlan_list_free(vtep_vlan_list *list);
/** Adds VLANs to a port, or to a bridge itself: `bridge vlan add dev NAME vid FIRST-LAST`. The options that `has` names are set
 *  once they are there, as by vtep_host_vlan_set. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_vlan_add(vtep_host *host, const vtep_vlan *vlans, vtep_error *err);
/** Takes VLANs away: `bridge vlan del dev NAME vid FIRST-LAST`. flags and options have no meaning. VTEP_E_NOTFOUND also for a
 *  single VLAN that the link lacks. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_vlan_delete(vtep_host *host, const vtep_vlan *vlans,
                                                            vtep_error *err);
/** Sets options of VLANs that a port, or a bridge itself, has: those that `has` names, at least one. flags have no meaning.
 *  `bridge vlan set dev NAME vid FIRST-LAST ...`. VTEP_E_NOTFOUND also where it lacks one of them, with those below it changed;
 *  VTEP_E_BUSY for a state while the kernel's spanning tree decides it. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_vlan_set(vtep_host *host, const vtep_vlan *vlans, vtep_error *err);

/** VLANs that are VNIs on the other side of a port (IFLA_BRIDGE_VLAN_TUNNEL_INFO). In and out. */
typedef struct vtep_vlan_tunnel {
    uint32_t size;       /* sizeof(vtep_vlan_tunnel) */
    uint32_t has;        /* no bits yet */
    uint32_t link_index; /* the port: required */
    uint32_t first;      /* 1...4094: the first VLAN */
    uint32_t last;       /* the last; the same for a single one */
    uint32_t first_vni;  /* the VNI of the first VLAN, 0...16777215; the others follow one by one */
} vtep_vlan_tunnel;

#define VTEP_VLAN_TUNNEL_INIT { sizeof(vtep_vlan_tunnel), 0, 0, 0, 0, 0 }

/** VLAN tunnels as they were when they were listed. */
typedef struct vtep_vlan_tunnel_list vtep_vlan_tunnel_list;

/** Lists those of one port, or of all where name is NULL: `bridge vlan tunnelshow`. *out: end it with
 *  vtep_vlan_tunnel_list_free. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_vlan_tunnels(vtep_host *host, const char *name,
                                                             vtep_vlan_tunnel_list **out, vtep_error *err);
/** How many elements the list has; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_vlan_tunnel_list_count(const vtep_vlan_tunnel_list *list);
/** Element i, from 0. VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_vlan_tunnel_list_get(const vtep_vlan_tunnel_list *list, uint32_t i, vtep_vlan_tunnel *out,
                                                 vtep_error *err);
/** Elements first, first + 1, ..., `count` of them, in one call; see "Lists". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_vlan_tunnel_list_copy(const vtep_vlan_tunnel_list *list, uint32_t first, uint32_t count,
                                                  vtep_vlan_tunnel *out, vtep_error *err);
/** Ends the list. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_vlan_tunnel_list_free(vtep_vlan_tunnel_list *list);
/** Makes VLANs VNIs on the other side of a port: `bridge vlan add dev NAME vid FIRST-LAST tunnel_info id FIRST-LAST`. They
 *  have to be the port's, and its VTEP_BRIDGE_PORT_FLAG_VLAN_TUNNEL on. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_vlan_tunnel_add(vtep_host *host, const vtep_vlan_tunnel *tunnels,
                                                                vtep_error *err);
/** Takes VLANs from those that are VNIs on the other side of a port. first_vni has no meaning. VTEP_E_NOTFOUND also where a
 *  VLAN is none of them. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_vlan_tunnel_delete(vtep_host *host, const vtep_vlan_tunnel *tunnels,
                                                                   vtep_error *err);

/* ---- Veth pairs -------------------------------------------------------------------------------------------------- */

/* `has` bits of vtep_veth_options. */
enum {
    VTEP_VETH_OPTIONS_HAS_PEER_NETNS_FD = 0x1,
    VTEP_VETH_OPTIONS_HAS_PEER_NETNS_PID = 0x2,
    VTEP_VETH_OPTIONS_HAS_MTU = 0x4,
    VTEP_VETH_OPTIONS_HAS_MAC = 0x8,
    VTEP_VETH_OPTIONS_HAS_PEER_MAC = 0x10
};

/** A pair of virtual Ethernet links to be made. In. name and peer_name are required. */
typedef struct vtep_veth_options {
    uint32_t size;               /* sizeof(vtep_veth_options) */
    uint32_t has;                /* VTEP_VETH_OPTIONS_HAS_* */
    const char *name;            /* required; see "Strings" */
    const char *peer_name;       /* required */
    const char *peer_netns_path; /* the namespace the peer is made in, as in vtep_host_open_path; */
    const char *master;          /* the bridge the first end becomes a port of; or NULL */
    int32_t peer_netns_fd;       /* or as in vtep_host_open_fd; */
    int32_t peer_netns_pid;      /* or as in vtep_host_open_pid: one of the three, or none: beside the first end */
    uint32_t mtu;                /* of both ends: bytes, 68...65535 */
    uint8_t up;                  /* 1: set both ends up */
    vtep_mac mac;                /* a unicast address */
    vtep_mac peer_mac;           /* a unicast address */
    uint8_t reserved[7];         /* 0 */
} vtep_veth_options;

#define VTEP_VETH_OPTIONS_INIT                                                                                    \
    {                                                                                                             \
        sizeof(vtep_veth_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, { { 0 } }, { { 0 } }, { 0 }                         \
    }

/**
 * Makes a veth pair: `ip link add NAME type veth peer name PEER`.
 * out: the first end as the kernel then describes it; may be NULL.
 * Errors: VTEP_E_INVAL; VTEP_E_EXISTS where a name is taken; VTEP_E_NOTFOUND for the master or the peer's namespace;
 * VTEP_E_PERM. Where an end can't be set up, the pair is deleted again.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_veth_create(vtep_host *host, const vtep_veth_options *options,
                                                            vtep_link *out, vtep_error *err);

/* ---- Addresses --------------------------------------------------------------------------------------------------- */

/* Flags of vtep_address (IFA_F_*; others may be set). Marked +: can be asked for. */
enum {
    VTEP_ADDRESS_SECONDARY = 0x1,        /* IPv4: not the first of its network; IPv6: a temporary address */
    VTEP_ADDRESS_NODAD = 0x2,            /* + IPv6: it is not asked about whether somebody has it already */
    VTEP_ADDRESS_OPTIMISTIC = 0x4,       /* + IPv6: it may be used while it is being asked about */
    VTEP_ADDRESS_DADFAILED = 0x8,        /* somebody else has it */
    VTEP_ADDRESS_HOME = 0x10,            /* + IPv6: the home address of a mobile host */
    VTEP_ADDRESS_DEPRECATED = 0x20,      /* its preferred lifetime is over */
    VTEP_ADDRESS_TENTATIVE = 0x40,       /* it is being asked about */
    VTEP_ADDRESS_PERMANENT = 0x80,       /* it has no lifetime */
    VTEP_ADDRESS_MANAGETEMPADDR = 0x100, /* + IPv6: temporary addresses are made of its prefix */
    VTEP_ADDRESS_NOPREFIXROUTE = 0x200,  /* + no prefix route comes with it */
    VTEP_ADDRESS_AUTOJOIN = 0x400,       /* + the link joins the group that the address is */
    VTEP_ADDRESS_STABLE_PRIVACY = 0x800  /* IPv6: made of a secret */
};

/* How far an address or a route reaches (RT_SCOPE_*). An open set. */
enum {
    VTEP_SCOPE_GLOBAL = 0,
    VTEP_SCOPE_SITE = 200,
    VTEP_SCOPE_LINK = 253,
    VTEP_SCOPE_HOST = 254,
    VTEP_SCOPE_NOWHERE = 255
};

/* `has` bits of vtep_address. */
enum {
    VTEP_ADDRESS_HAS_VALID_LIFETIME = 0x1,     /* without: unlimited */
    VTEP_ADDRESS_HAS_PREFERRED_LIFETIME = 0x2, /* without: unlimited */
    VTEP_ADDRESS_HAS_METRIC = 0x4,             /* without: the kernel's default */
    VTEP_ADDRESS_HAS_ORIGIN = 0x8,             /* without: unknown */
    VTEP_ADDRESS_HAS_SCOPE = 0x10,             /* in, without: host for a loopback address, else global; out: always set */
    VTEP_ADDRESS_HAS_STAMPS = 0x20             /* out: created and updated are known */
};

/** An IP address on a link (RTM_NEWADDR; `ip addr`). In and out: one that was read can be passed back. link_index and
 *  prefix are required. */
typedef struct vtep_address {
    uint32_t size;               /* sizeof(vtep_address) */
    uint32_t has;                /* VTEP_ADDRESS_HAS_* */
    uint32_t link_index;         /* the link it is on */
    uint32_t flags;              /* VTEP_ADDRESS_*; in: those that can't be asked for are ignored (IFA_FLAGS) */
    uint32_t valid_lifetime;     /* seconds, not 0 (IFA_CACHEINFO) */
    uint32_t preferred_lifetime; /* seconds until it is used for nothing new; at most valid_lifetime */
    uint32_t metric;             /* of the prefix route that comes with it (IFA_RT_PRIORITY) */
    uint32_t created;            /* out: hundredths of a second since the machine's start; in: ignored */
    uint32_t updated;            /* out: when it was last changed, likewise; in: ignored */
    uint8_t scope;               /* VTEP_SCOPE_* */
    uint8_t origin;              /* who made it: 1 loopback, 2 router advertisement, 3 link-local, ... (IFA_PROTO) */
    vtep_prefix prefix;          /* the address and its prefix length (IFA_LOCAL, else IFA_ADDRESS) */
    vtep_ip peer;                /* the other end of a point-to-point address; family 0 where there is none */
    vtep_ip broadcast;           /* family 0 where there is none */
    char label[16];              /* IPv4: the link's name, or "NAME:alias"; or empty (IFA_LABEL) */
    uint8_t reserved[2];         /* 0 */
} vtep_address;

#define VTEP_ADDRESS_INIT                                                                                         \
    {                                                                                                             \
        sizeof(vtep_address), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { { 0, { 0 } }, 0 }, { 0, { 0 } }, { 0, { 0 } }, { 0 },\
        { 0 }                                                                                                     \
    }

/** Addresses as they were when they were listed. */
typedef struct vtep_address_list vtep_address_list;

/** Lists the addresses of one link, or of all where name is NULL (RTM_GETADDR). *out: end it with
 *  vtep_address_list_free. VTEP_E_NOTFOUND for the link. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_addresses(vtep_host *host, const char *name, vtep_address_list **out,
                                                          vtep_error *err);
/** How many elements the list has; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_address_list_count(const vtep_address_list *list);
/** Element i, from 0. VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_address_list_get(const vtep_address_list *list, uint32_t i,
                                                            vtep_address *out, vtep_error *err);
/** Elements first, first + 1, ..., `count` of them, in one call; see "Lists". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_address_list_copy(const vtep_address_list *list, uint32_t first,
                                                             uint32_t count, vtep_address *out, vtep_error *err);
/** Ends the list. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_address_list_free(vtep_address_list *list);

/**
 * Adds an address to a link: `ip addr add PREFIX dev NAME`. With the link up, the kernel adds the prefix' route, too.
 * broadcast: IPv4 only; NULL, or family 0, for none.
 * Errors: VTEP_E_NOTFOUND for the link; VTEP_E_EXISTS where it has the address already; VTEP_E_INVAL for a multicast or
 * unspecified address; VTEP_E_PERM, also where IPv6 is disabled on the link.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_address_add(vtep_host *host, const char *name,
                                                            const vtep_prefix *prefix, const vtep_ip *broadcast,
                                                            vtep_error *err);
/** Takes an address from a link: `ip addr del PREFIX dev NAME`. VTEP_E_NOTFOUND for the link or the address;
 *  VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_address_delete(vtep_host *host, const char *name,
                                                               const vtep_prefix *prefix, vtep_error *err);

/**
 * Adds an address with all that belongs to it: `ip addr add`; or, with replace 1, gives the one there is these lifetimes,
 * metric and, for IPv6, flags: `ip addr replace`.
 * Errors: those of vtep_host_address_add; VTEP_E_EXISTS with replace 0 only.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_address_put(vtep_host *host, const vtep_address *address,
                                                            uint8_t replace, vtep_error *err);
/** Takes all addresses from a link: `ip addr flush dev NAME`. family: 4, 6, or 0 for both. deleted: how many there were;
 *  may be NULL. VTEP_E_NOTFOUND for the link; VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_address_flush(vtep_host *host, const char *name, uint8_t family,
                                                              uint32_t *deleted, vtep_error *err);

/* ---- Encapsulation ----------------------------------------------------------------------------------------------- */

/* Kinds of encapsulation (LWTUNNEL_ENCAP_*). An open set. */
enum {
    VTEP_ENCAPSULATION_MPLS = 1,
    VTEP_ENCAPSULATION_IP = 2,  /* a tunnel over IPv4, such as an external VXLAN device's */
    VTEP_ENCAPSULATION_IP6 = 4, /* or over IPv6 */
    VTEP_ENCAPSULATION_SEG6 = 5,
    VTEP_ENCAPSULATION_BPF = 6
};

/* Flags of a tunnel's packets (IP_TUNNEL_*_BIT). */
enum {
    VTEP_TUNNEL_CHECKSUM = 0x1, /* outer checksums */
    VTEP_TUNNEL_KEY = 0x4,      /* the id counts; VXLAN needs no such flag */
    VTEP_TUNNEL_SEQUENCE = 0x8, /* sequence numbers, of tunnels that have them */
    VTEP_TUNNEL_DONT_FRAGMENT = 0x100
};

/* `has` bits of vtep_encapsulation. */
enum { VTEP_ENCAPSULATION_HAS_GROUP_POLICY = 0x1 };

/** What a route, a next hop or a nexthop object wraps its packets in (RTA_ENCAP; `ip route add ... encap`). In and out. */
typedef struct vtep_encapsulation {
    uint32_t size;              /* sizeof(vtep_encapsulation) */
    uint32_t has;               /* VTEP_ENCAPSULATION_HAS_* */
    uint64_t id;                /* IP, IP6: for VXLAN the VNI (LWTUNNEL_IP_ID) */
    const uint8_t *attributes;  /* what is inside, as the kernel writes it: of other kinds all of it, of IP and IP6 the
                                   options of other tunnels than VXLAN. Out: owned by the list */
    uint32_t attributes_length; /* bytes, at most 4096; 0: none */
    uint32_t group_policy;      /* IP, IP6: VXLAN's group policy (LWTUNNEL_IP_OPT_VXLAN_GBP) */
    uint16_t type;              /* VTEP_ENCAPSULATION_* */
    uint16_t flags;             /* IP, IP6: VTEP_TUNNEL_* */
    uint8_t ttl;                /* IP, IP6: of the outer header; 0: the device's own */
    uint8_t tos;                /* IP, IP6: TOS or traffic class */
    vtep_ip destination;        /* IP, IP6: the remote VTEP; or family 0 */
    vtep_ip source;             /* IP, IP6: family 0: the kernel chooses */
} vtep_encapsulation;

#define VTEP_ENCAPSULATION_INIT                                                                                   \
    {                                                                                                             \
        sizeof(vtep_encapsulation), 0, 0, 0, 0, 0, 0, 0, 0, 0, { 0, { 0 } }, { 0, { 0 } }                         \
    }

/* ---- Routes ------------------------------------------------------------------------------------------------------ */

/* Routing tables (RT_TABLE_*). An open set. */
enum { VTEP_TABLE_ALL = 0, VTEP_TABLE_DEFAULT = 253, VTEP_TABLE_MAIN = 254, VTEP_TABLE_LOCAL = 255 };

/* Kinds of route (RTN_*). An open set. */
enum {
    VTEP_ROUTE_UNICAST = 1,
    VTEP_ROUTE_LOCAL = 2,
    VTEP_ROUTE_BROADCAST = 3,
    VTEP_ROUTE_ANYCAST = 4,
    VTEP_ROUTE_MULTICAST = 5,
    VTEP_ROUTE_BLACKHOLE = 6,
    VTEP_ROUTE_UNREACHABLE = 7,
    VTEP_ROUTE_PROHIBIT = 8,
    VTEP_ROUTE_THROW = 9 /* look on in the tables of the next rule */
};

/* Who made a route, a rule, a neighbour or a nexthop (RTPROT_*). An open set. */
enum {
    VTEP_ORIGIN_UNSPECIFIED = 0,
    VTEP_ORIGIN_REDIRECT = 1,
    VTEP_ORIGIN_KERNEL = 2,
    VTEP_ORIGIN_BOOT = 3,
    VTEP_ORIGIN_STATIC = 4,
    VTEP_ORIGIN_RA = 9,
    VTEP_ORIGIN_DHCP = 16,
    VTEP_ORIGIN_BGP = 186
};

/* Preferences among IPv6 default routers (RFC 4191). */
enum { VTEP_PREFERENCE_MEDIUM = 0, VTEP_PREFERENCE_HIGH = 1, VTEP_PREFERENCE_LOW = 3 };

/* Flags of a next hop (RTNH_F_*). In: ONLINK only; the others are ignored. */
enum {
    VTEP_NEXT_HOP_DEAD = 0x1,   /* its link is down */
    VTEP_NEXT_HOP_ONLINK = 0x4, /* the gateway is on the link even if no prefix says so */
    VTEP_NEXT_HOP_OFFLOADED = 0x8,
    VTEP_NEXT_HOP_LINKDOWN = 0x10 /* its link is without carrier */
};

/* Metrics of a route (RTAX_*): places in vtep_route_metrics.values, and 1 << VTEP_METRIC_* its bits. An open set. */
enum {
    VTEP_METRIC_MTU = 2,        /* bytes */
    VTEP_METRIC_WINDOW = 3,     /* bytes */
    VTEP_METRIC_RTT = 4,        /* eighths of a millisecond */
    VTEP_METRIC_RTTVAR = 5,     /* quarters of a millisecond */
    VTEP_METRIC_SSTHRESH = 6,   /* segments */
    VTEP_METRIC_CWND = 7,       /* segments; counts only where it is locked */
    VTEP_METRIC_ADVMSS = 8,     /* bytes */
    VTEP_METRIC_REORDERING = 9, /* packets */
    VTEP_METRIC_HOPLIMIT = 10,
    VTEP_METRIC_INITCWND = 11, /* segments */
    VTEP_METRIC_FEATURES = 12, /* 1: ECN */
    VTEP_METRIC_RTO_MIN = 13,  /* milliseconds */
    VTEP_METRIC_INITRWND = 14, /* segments */
    VTEP_METRIC_QUICKACK = 15,
    VTEP_METRIC_FASTOPEN_NO_COOKIE = 17
};

/** What a route says about the connections over it (RTA_METRICS). In and out. */
typedef struct vtep_route_metrics {
    uint32_t size;               /* sizeof(vtep_route_metrics) */
    uint32_t has;                /* 1 << VTEP_METRIC_* of the values that are set */
    uint32_t locked;             /* 1 << VTEP_METRIC_* of those not to be adjusted to what the kernel learns */
    uint32_t values[18];         /* by VTEP_METRIC_* */
    char congestion_control[16]; /* such as "bbr"; or empty (RTAX_CC_ALGO) */
} vtep_route_metrics;

#define VTEP_ROUTE_METRICS_INIT { sizeof(vtep_route_metrics), 0, 0, { 0 }, { 0 } }

/* `has` bits of vtep_route. */
enum {
    VTEP_ROUTE_HAS_METRIC = 0x1,      /* in, without: the kernel's, 0 for IPv4 and 1024 for IPv6 */
    VTEP_ROUTE_HAS_TABLE = 0x2,       /* in, without: VTEP_TABLE_MAIN; out: always set, like the next three */
    VTEP_ROUTE_HAS_SCOPE = 0x4,       /* in, without: link where there is no gateway, otherwise global, like `ip route` */
    VTEP_ROUTE_HAS_TYPE = 0x8,        /* in, without: VTEP_ROUTE_UNICAST */
    VTEP_ROUTE_HAS_ORIGIN = 0x10,     /* in, without: VTEP_ORIGIN_BOOT, like `ip route` */
    VTEP_ROUTE_HAS_PREFERENCE = 0x20, /* without: none; out: always set for IPv6 */
    VTEP_ROUTE_HAS_EXPIRES = 0x40     /* without: it stays */
};

/** One of several next hops (struct rtnexthop). */
typedef struct vtep_next_hop {
    uint32_t link_index; /* the link it leaves by; 0: the kernel finds it by the gateway */
    uint32_t realms;     /* IPv4: as in vtep_route */
    const vtep_encapsulation *encapsulation; /* or NULL. Out: owned by the list */
    uint16_t weight;      /* 1...256: how large its share is */
    uint8_t flags;        /* VTEP_NEXT_HOP_* */
    uint8_t reserved;     /* 0 */
    vtep_ip gateway;      /* family 0 where there is none */
    uint8_t reserved2[3]; /* 0 */
} vtep_next_hop;

/** A route (RTM_NEWROUTE; `ip route`, `route -n`). In and out: a route that was read can be passed back, and is the same
 *  then. */
typedef struct vtep_route {
    uint32_t size;           /* sizeof(vtep_route) */
    uint32_t has;            /* VTEP_ROUTE_HAS_* */
    uint32_t link_index;     /* the link it leaves by; 0: none (RTA_OIF) */
    uint32_t metric;         /* the lowest wins (RTA_PRIORITY) */
    uint32_t table;          /* VTEP_TABLE_* or another number, not 0 (RTA_TABLE) */
    uint32_t next_hop_id;    /* the nexthop object that says where it leads; 0: none. In: gateway, link, next hops and
                                encapsulation, which the kernel tells besides, are ignored then (RTA_NH_ID) */
    uint32_t realms;         /* IPv4: source << 16 | destination, for traffic accounting; 0: none (RTA_FLOW) */
    uint32_t expires;        /* IPv6: seconds until it goes (RTA_EXPIRES) */
    const vtep_next_hop *next_hops; /* In: that many. Out: owned by the list, valid until it is freed; else NULL */
    const vtep_encapsulation *encapsulation; /* or NULL. Out: owned by the list, like the next (RTA_ENCAP) */
    const vtep_route_metrics *metrics;       /* or NULL (RTA_METRICS) */
    uint32_t next_hop_count;                 /* 0 for an ordinary route, else 1...512 (RTA_MULTIPATH) */
    uint8_t scope;                           /* VTEP_SCOPE_* */
    uint8_t type;                            /* VTEP_ROUTE_* */
    uint8_t origin;                          /* VTEP_ORIGIN_* */
    uint8_t on_link;              /* the gateway is on the link even if no prefix says so; of all next hops (RTNH_F_ONLINK) */
    uint8_t link_down;            /* out: the link is without carrier (RTNH_F_LINKDOWN); in: ignored */
    uint8_t tos;                  /* IPv4: only for packets of that type of service; 0: of any (rtm_tos) */
    uint8_t preference;           /* IPv6: VTEP_PREFERENCE_* (RTA_PREF) */
    vtep_prefix destination;      /* 0.0.0.0/0 or ::/0 is the default route (RTA_DST) */
    vtep_prefix source_prefix;    /* IPv6: only for packets from there; or family 0 (RTA_SRC) */
    vtep_ip gateway;              /* family 0 where there is none (RTA_GATEWAY, RTA_VIA) */
    vtep_ip preferred_source;     /* the source address of this host's packets; or family 0 (RTA_PREFSRC) */
    uint8_t reserved[7];          /* 0 */
} vtep_route;

#define VTEP_ROUTE_INIT                                                                                           \
    {                                                                                                             \
        sizeof(vtep_route), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { { 0, { 0 } }, 0 },            \
        { { 0, { 0 } }, 0 }, { 0, { 0 } }, { 0, { 0 } }, { 0 }                                                    \
    }

/** Routes as they were when they were listed. */
typedef struct vtep_route_list vtep_route_list;

/**
 * Lists routes (RTM_GETROUTE).
 * family: 4, 6, or 0 for both. table: VTEP_TABLE_MAIN for what `ip route` shows, another table, or VTEP_TABLE_ALL.
 * *out: end it with vtep_route_list_free.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_routes(vtep_host *host, uint8_t family, uint32_t table,
                                                       vtep_route_list **out, vtep_error *err);
/** How many elements the list has; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_route_list_count(const vtep_route_list *list);
/** Element i, from 0. What its pointers lead to is valid until the list is freed. VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_route_list_get(const vtep_route_list *list, uint32_t i, vtep_route *out,
                                                          vtep_error *err);
/** Elements first, first + 1, ..., `count` of them, in one call; see "Lists". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_route_list_copy(const vtep_route_list *list, uint32_t first,
                                                           uint32_t count, vtep_route *out, vtep_error *err);
/** Ends the list, and with it the next hops, encapsulations and metrics of its routes. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_route_list_free(vtep_route_list *list);

/**
 * Adds a route: `ip route add`. It has a gateway or a link or both, or next hops (then neither), or a type that needs
 * none of them (blackhole, unreachable, prohibit).
 * Errors: VTEP_E_EXISTS where there is one to that destination with that metric; VTEP_E_INVAL; VTEP_E_NOTFOUND
 * for the link; VTEP_E_PERM; VTEP_E_SYSTEM with ENETUNREACH for a gateway that no link reaches, or with ENETDOWN for a
 * link that is down.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_route_add(vtep_host *host, const vtep_route *route, vtep_error *err);
/** Adds a route, or puts it in place of the one with that destination and metric: `ip route replace`. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_route_replace(vtep_host *host, const vtep_route *route,
                                                              vtep_error *err);
/** Adds a route beside those to the same destination: `ip route append`. An IPv6 one becomes a next hop of theirs; an IPv4
 *  one comes after them, and is not used while they are there. Errors: those of vtep_host_route_add. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_route_append(vtep_host *host, const vtep_route *route,
                                                             vtep_error *err);
/** Puts a route in place of the one with that destination and metric: `ip route change`. VTEP_E_NOTFOUND where there is
 *  none. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_route_update(vtep_host *host, const vtep_route *route,
                                                             vtep_error *err);
/** Deletes a route that matches what is set in `route`: `ip route del`. VTEP_E_NOTFOUND where none does;
 *  VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_route_delete(vtep_host *host, const vtep_route *route,
                                                             vtep_error *err);

/* `has` bits of vtep_route_lookup: without its bit, a field says nothing. */
enum {
    VTEP_ROUTE_LOOKUP_HAS_MARK = 0x1,
    VTEP_ROUTE_LOOKUP_HAS_USER = 0x2,
    VTEP_ROUTE_LOOKUP_HAS_PROTOCOL = 0x4,
    VTEP_ROUTE_LOOKUP_HAS_SOURCE_PORT = 0x8,
    VTEP_ROUTE_LOOKUP_HAS_DESTINATION_PORT = 0x10,
    VTEP_ROUTE_LOOKUP_HAS_FLOW_LABEL = 0x20
};

/** A packet, as rules and routing tables see it (`ip route get`). In. destination is required. */
typedef struct vtep_route_lookup {
    uint32_t size;              /* sizeof(vtep_route_lookup) */
    uint32_t has;               /* VTEP_ROUTE_LOOKUP_HAS_* */
    uint32_t input_link_index;  /* the link it came in by, to be forwarded; 0: this host sends it (RTA_IIF) */
    uint32_t output_link_index; /* the link it is bound to; 0: none (RTA_OIF) */
    uint32_t mark;              /* RTA_MARK */
    uint32_t user;              /* the user id of who sends it (RTA_UID) */
    uint32_t source_port;       /* 0...65535 (RTA_SPORT) */
    uint32_t destination_port;  /* 0...65535 (RTA_DPORT) */
    uint32_t flow_label;        /* IPv6: 20 bits (RTA_FLOWLABEL, since Linux 6.14) */
    uint8_t protocol;           /* 6 TCP, 17 UDP, 1 and 58 ICMP (RTA_IP_PROTO) */
    uint8_t tos;                /* rtm_tos */
    uint8_t match_table;        /* 1: the route of the table that decides, not what becomes of this packet
                                   (RTM_F_FIB_MATCH) */
    vtep_ip destination;        /* RTA_DST */
    vtep_ip source;             /* or family 0 (RTA_SRC) */
    uint8_t reserved[3];        /* 0 */
} vtep_route_lookup;

#define VTEP_ROUTE_LOOKUP_INIT                                                                                    \
    {                                                                                                             \
        sizeof(vtep_route_lookup), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { 0, { 0 } }, { 0, { 0 } }, { 0 }             \
    }

/**
 * Finds the way that a packet would take: `ip route get`.
 * *out: a list of one route: a host route to the destination, with the source address that would be chosen; or with
 * match_table the route as it is in its table. End it with vtep_route_list_free.
 * Errors: VTEP_E_SYSTEM with ENETUNREACH or EHOSTUNREACH where no route leads there; VTEP_E_NOTFOUND for a link;
 * VTEP_E_INVAL.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_route_find(vtep_host *host, const vtep_route_lookup *lookup,
                                                           vtep_route_list **out, vtep_error *err);

/* ---- Nexthop objects --------------------------------------------------------------------------------------------- */

/** A nexthop in a group (struct nexthop_grp). */
typedef struct vtep_nexthop_member {
    uint64_t packets; /* out: packets it was chosen for, where statistics were asked for; in: ignored */
    uint32_t id;      /* of the nexthop object */
    uint32_t weight;  /* 1...65536, and to 256 before Linux 6.12: how large its share is */
} vtep_nexthop_member;

/* `has` bits of vtep_nexthop. */
enum {
    VTEP_NEXTHOP_HAS_IDLE_TIMER = 0x1,      /* in, without: the kernel's, 120 seconds */
    VTEP_NEXTHOP_HAS_UNBALANCED_TIMER = 0x2 /* in, without: 0, which is for ever */
};

/** Where to, kept once and named by its id in routes and FDB entries (RTM_NEWNEXTHOP; `ip nexthop`). In and out. It is a
 *  gateway with its link, a link, a blackhole, the remote VTEP of FDB entries, or a group of others. */
typedef struct vtep_nexthop {
    uint32_t size;              /* sizeof(vtep_nexthop) */
    uint32_t has;               /* VTEP_NEXTHOP_HAS_* */
    uint32_t id;                /* in, 0: the kernel chooses (NHA_ID) */
    uint32_t link_index;        /* 0: none (NHA_OIF) */
    uint32_t member_count;      /* 0: it is no group; at most 4096 (NHA_GROUP) */
    uint32_t buckets;           /* 1...65535: a resilient group, which keeps most flows where they are when a member comes
                                   or goes; 0: another one (NHA_RES_GROUP_BUCKETS) */
    const vtep_nexthop_member *members;      /* In: that many. Out: owned by the list; else NULL */
    const vtep_encapsulation *encapsulation; /* or NULL. Out: owned by the list (NHA_ENCAP) */
    uint64_t unbalanced_time;   /* out: hundredths of a second it has been unbalanced for; in: ignored */
    uint32_t idle_timer;        /* hundredths of a second: a bucket idle this long may move */
    uint32_t unbalanced_timer;  /* hundredths of a second until busy buckets move, too */
    uint8_t family;             /* in: of a blackhole or a link; 0: 4. Out: 4, 6, or 0 for a group */
    uint8_t blackhole;          /* 1: packets vanish (NHA_BLACKHOLE) */
    uint8_t fdb;                /* 1: for FDB entries: the gateway is a remote VTEP, or the group is of such (NHA_FDB) */
    uint8_t origin;             /* VTEP_ORIGIN_* */
    uint8_t scope;              /* out: VTEP_SCOPE_*; in: ignored */
    uint8_t flags;              /* VTEP_NEXT_HOP_* */
    uint8_t hardware_statistics; /* 1: the hardware that forwards for the group counts, too (NHA_HW_STATS_ENABLE) */
    vtep_ip gateway;            /* family 0: none (NHA_GATEWAY) */
    uint8_t reserved[8];        /* 0 */
} vtep_nexthop;

#define VTEP_NEXTHOP_INIT                                                                                         \
    {                                                                                                             \
        sizeof(vtep_nexthop), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { 0, { 0 } }, { 0 }              \
    }

/** Which nexthop objects to list or flush; all zero: all. Groups have neither link nor family. In. */
typedef struct vtep_nexthop_filter {
    uint32_t size;         /* sizeof(vtep_nexthop_filter) */
    uint32_t has;          /* no bits yet */
    uint32_t link_index;   /* over that link; 0: any */
    uint32_t master_index; /* over links of that bridge or VRF; 0: any */
    uint8_t family;        /* 4, 6, or 0 for any */
    uint8_t groups_only;   /* 1: groups only */
    uint8_t fdb_only;      /* 1: those for FDB entries only */
    uint8_t reserved;      /* 0 */
} vtep_nexthop_filter;

#define VTEP_NEXTHOP_FILTER_INIT { sizeof(vtep_nexthop_filter), 0, 0, 0, 0, 0, 0, 0 }

/** Nexthop objects as they were when they were listed. */
typedef struct vtep_nexthop_list vtep_nexthop_list;

/** Lists nexthop objects (RTM_GETNEXTHOP). filter may be NULL: all. *out: end it with
 *  vtep_nexthop_list_free. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_nexthops(vtep_host *host, const vtep_nexthop_filter *filter,
                                                         vtep_nexthop_list **out, vtep_error *err);
/** Finds the one of an id, as a list of one: `ip nexthop get`. statistics: 1: also the packets of a group's members (since
 *  Linux 6.10). VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_nexthop_get(vtep_host *host, uint32_t id, uint8_t statistics,
                                                            vtep_nexthop_list **out, vtep_error *err);
/** How many elements the list has; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_nexthop_list_count(const vtep_nexthop_list *list);
/** Element i, from 0. What its pointers lead to is valid until the list is freed. VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_nexthop_list_get(const vtep_nexthop_list *list, uint32_t i,
                                                            vtep_nexthop *out, vtep_error *err);
/** Elements first, first + 1, ..., `count` of them, in one call; see "Lists". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_nexthop_list_copy(const vtep_nexthop_list *list, uint32_t first,
                                                             uint32_t count, vtep_nexthop *out, vtep_error *err);
/** Ends the list, and with it the members and encapsulations. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_nexthop_list_free(vtep_nexthop_list *list);

/** Adds one: `ip nexthop add`. id: what it got; may be NULL. VTEP_E_EXISTS where its id is taken; VTEP_E_INVAL, also for a
 *  member that is not there; VTEP_E_NOTFOUND for the link; VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_nexthop_add(vtep_host *host, const vtep_nexthop *nexthop, uint32_t *id,
                                                            vtep_error *err);
/** Adds one, or puts it in place of the one with that id: `ip nexthop replace`. Routes, FDB entries and groups that name it
 *  follow at once. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_nexthop_replace(vtep_host *host, const vtep_nexthop *nexthop,
                                                                vtep_error *err);
/** Deletes one: `ip nexthop del`, and with it the routes and FDB entries that name it. Groups lose it as a member, and go
 *  with their last one. VTEP_E_NOTFOUND; VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_nexthop_delete(vtep_host *host, uint32_t id, vtep_error *err);
/** Deletes those that a filter matches: `ip nexthop flush`. filter may be NULL: all. deleted: how many; may be NULL. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_nexthop_flush(vtep_host *host, const vtep_nexthop_filter *filter,
                                                              uint32_t *deleted, vtep_error *err);

/** One of the places that a resilient group spreads flows over. Out. */
typedef struct vtep_nexthop_bucket {
    uint32_t size;       /* sizeof(vtep_nexthop_bucket) */
    uint32_t has;        /* no bits yet */
    uint64_t idle_time;  /* hundredths of a second since a packet came */
    uint32_t group_id;   /* of the group */
    uint32_t nexthop_id; /* the member that has it */
    uint32_t index;      /* from 0 */
    uint32_t reserved;
} vtep_nexthop_bucket;

#define VTEP_NEXTHOP_BUCKET_INIT { sizeof(vtep_nexthop_bucket), 0, 0, 0, 0, 0, 0 }

/** Buckets as they were when they were listed. */
typedef struct vtep_nexthop_bucket_list vtep_nexthop_bucket_list;

/** Lists the buckets of a resilient group, or of all where group_id is 0: `ip nexthop bucket`. *out: end it with
 *  vtep_nexthop_bucket_list_free. VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_nexthop_buckets(vtep_host *host, uint32_t group_id,
                                                                vtep_nexthop_bucket_list **out, vtep_error *err);
/** How many elements the list has; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_nexthop_bucket_list_count(const vtep_nexthop_bucket_list *list);
/** Element i, from 0. VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_nexthop_bucket_list_get(const vtep_nexthop_bucket_list *list, uint32_t i,
                                                                   vtep_nexthop_bucket *out, vtep_error *err);
/** Elements first, first + 1, ..., `count` of them, in one call; see "Lists". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_nexthop_bucket_list_copy(const vtep_nexthop_bucket_list *list,
                                                                    uint32_t first, uint32_t count,
                                                                    vtep_nexthop_bucket *out, vtep_error *err);
/** Ends the list. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_nexthop_bucket_list_free(vtep_nexthop_bucket_list *list);

/* ---- Rules ------------------------------------------------------------------------------------------------------- */

/* What becomes of a packet that a rule matches (FR_ACT_*). An open set. */
enum {
    VTEP_RULE_LOOKUP = 1, /* it is looked up in the rule's table */
    VTEP_RULE_GOTO = 2,   /* it goes on with the rule of another priority */
    VTEP_RULE_NOTHING = 3,
    VTEP_RULE_BLACKHOLE = 6,
    VTEP_RULE_UNREACHABLE = 7,
    VTEP_RULE_PROHIBIT = 8
};

/* What the kernel says about a rule (FIB_RULE_*). */
enum {
    VTEP_RULE_PERMANENT = 0x1,           /* the kernel's own; it can't be deleted */
    VTEP_RULE_UNRESOLVED = 0x4,          /* there is no rule of the target's priority */
    VTEP_RULE_INPUT_LINK_MISSING = 0x8,  /* there is no link of the name */
    VTEP_RULE_OUTPUT_LINK_MISSING = 0x10
};

/* `has` bits of vtep_rule: without its bit, a field matches everything. */
enum {
    VTEP_RULE_HAS_PRIORITY = 0x1, /* in, without: the kernel puts it before those there are; out: always set */
    VTEP_RULE_HAS_ACTION = 0x2,   /* in, without: VTEP_RULE_LOOKUP; out: always set */
    VTEP_RULE_HAS_TARGET = 0x4,
    VTEP_RULE_HAS_MARK = 0x8,
    VTEP_RULE_HAS_MARK_MASK = 0x10, /* in, without: all bits of the mark */
    VTEP_RULE_HAS_DSCP = 0x20,
    VTEP_RULE_HAS_DSCP_MASK = 0x40, /* in, without: all six bits */
    VTEP_RULE_HAS_FLOW_LABEL = 0x80,
    VTEP_RULE_HAS_FLOW_LABEL_MASK = 0x100, /* in, without: all twenty bits */
    VTEP_RULE_HAS_PROTOCOL = 0x200,
    VTEP_RULE_HAS_SOURCE_PORTS = 0x400,
    VTEP_RULE_HAS_SOURCE_PORT_MASK = 0x800,
    VTEP_RULE_HAS_DESTINATION_PORTS = 0x1000,
    VTEP_RULE_HAS_DESTINATION_PORT_MASK = 0x2000,
    VTEP_RULE_HAS_USERS = 0x4000,
    VTEP_RULE_HAS_TUNNEL_ID = 0x8000,
    VTEP_RULE_HAS_SUPPRESS_PREFIX_LENGTH = 0x10000,
    VTEP_RULE_HAS_SUPPRESS_GROUP = 0x20000,
    VTEP_RULE_HAS_REALMS = 0x40000
};

/** Which routing table a packet is looked up in (RTM_NEWRULE; `ip rule`). In and out: one that was read can be passed
 *  back. family is required. */
typedef struct vtep_rule {
    uint32_t size;                   /* sizeof(vtep_rule) */
    uint32_t has;                    /* VTEP_RULE_HAS_* */
    uint64_t tunnel_id;              /* the VNI it came in under, or that of another tunnel (FRA_TUN_ID) */
    uint32_t priority;               /* the lowest is tried first (FRA_PRIORITY) */
    uint32_t table;                  /* VTEP_TABLE_*; 0: none, for other actions and l3mdev (FRA_TABLE) */
    uint32_t target;                 /* for VTEP_RULE_GOTO: the priority it goes on with (FRA_GOTO) */
    uint32_t mark;                   /* FRA_FWMARK */
    uint32_t mark_mask;              /* which bits of it count (FRA_FWMASK) */
    uint32_t flow_label;             /* IPv6 (FRA_FLOWLABEL, since Linux 6.14) */
    uint32_t flow_label_mask;        /* FRA_FLOWLABEL_MASK */
    uint32_t user_first;             /* ids of users who send it, first to last (FRA_UID_RANGE) */
    uint32_t user_last;              /* the last of them */
    uint32_t suppress_prefix_length; /* routes with prefixes no longer than that don't count (FRA_SUPPRESS_PREFIXLEN) */
    uint32_t suppress_group;         /* routes over links of that group don't count (FRA_SUPPRESS_IFGROUP) */
    uint32_t realms;                 /* source << 16 | destination, for traffic accounting; IPv4 (FRA_FLOW) */
    uint32_t status;                 /* out: VTEP_RULE_PERMANENT, ...; in: ignored */
    uint16_t source_port_first;      /* 1...65534, first to last (FRA_SPORT_RANGE) */
    uint16_t source_port_last;       /* the last of them */
    uint16_t source_port_mask;       /* of a single port: which bits of it count (FRA_SPORT_MASK, since 6.15) */
    uint16_t destination_port_first; /* FRA_DPORT_RANGE */
    uint16_t destination_port_last;  /* the last of them */
    uint16_t destination_port_mask;  /* FRA_DPORT_MASK, since 6.15 */
    uint8_t family;                  /* 4 or 6 */
    uint8_t action;                  /* VTEP_RULE_* */
    uint8_t tos;                     /* 0: any (tos) */
    uint8_t dscp;                    /* six bits (FRA_DSCP, since 6.13) */
    uint8_t dscp_mask;               /* FRA_DSCP_MASK, since 6.15 */
    uint8_t protocol;                /* 6 TCP, 17 UDP, ... (FRA_IP_PROTO) */
    uint8_t l3mdev;                  /* 1: it goes through a VRF, whose table is looked in (FRA_L3MDEV) */
    uint8_t invert;                  /* 1: it matches what the rest does not (FIB_RULE_INVERT) */
    uint8_t origin;                  /* VTEP_ORIGIN_*; in, to delete: 0 is anybody's (FRA_PROTOCOL) */
    vtep_prefix source;              /* family 0: any (FRA_SRC) */
    vtep_prefix destination;         /* family 0: any (FRA_DST) */
    char input_link[16];             /* the name of the link it came in by, "lo" for this host's own; or empty
                                        (FRA_IIFNAME) */
    char output_link[16];            /* the name of the link its socket is bound to; or empty (FRA_OIFNAME) */
    uint8_t reserved[3];             /* 0 */
} vtep_rule;

#define VTEP_RULE_INIT                                                                                            \
    {                                                                                                             \
        sizeof(vtep_rule), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,\
        { { 0, { 0 } }, 0 }, { { 0, { 0 } }, 0 }, { 0 }, { 0 }, { 0 }                                             \
    }

/** Rules as they were when they were listed. */
typedef struct vtep_rule_list vtep_rule_list;

/** Lists the rules in the order in which they are tried (RTM_GETRULE). family: 4, 6, or 0 for both. *out: end it with
 *  vtep_rule_list_free. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_rules(vtep_host *host, uint8_t family, vtep_rule_list **out,
                                                      vtep_error *err);
/** How many elements the list has; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_rule_list_count(const vtep_rule_list *list);
/** Element i, from 0. VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_rule_list_get(const vtep_rule_list *list, uint32_t i, vtep_rule *out,
                                                         vtep_error *err);
/** Elements first, first + 1, ..., `count` of them, in one call; see "Lists". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_rule_list_copy(const vtep_rule_list *list, uint32_t first, uint32_t count,
                                                          vtep_rule *out, vtep_error *err);
/** Ends the list. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_rule_list_free(vtep_rule_list *list);

/** Adds a rule: `ip rule add`. VTEP_E_EXISTS where there is one like it; VTEP_E_INVAL, also where the kernel is too old for
 *  a field, which the error names; VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_rule_add(vtep_host *host, const vtep_rule *rule, vtep_error *err);
/** Deletes the first rule that is like this one in all that is set: `ip rule del`. VTEP_E_NOTFOUND; VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_rule_delete(vtep_host *host, const vtep_rule *rule, vtep_error *err);

/* ---- Neighbours -------------------------------------------------------------------------------------------------- */

/* States of neighbours and FDB entries (NUD_*). */
enum {
    VTEP_NEIGHBOUR_INCOMPLETE = 0x1,
    VTEP_NEIGHBOUR_REACHABLE = 0x2, /* learnt: it ages */
    VTEP_NEIGHBOUR_STALE = 0x4,
    VTEP_NEIGHBOUR_DELAY = 0x8,
    VTEP_NEIGHBOUR_PROBE = 0x10,
    VTEP_NEIGHBOUR_FAILED = 0x20,
    VTEP_NEIGHBOUR_NOARP = 0x40, /* static */
    VTEP_NEIGHBOUR_PERMANENT = 0x80
};

/* Flags of neighbours and FDB entries (NTF_*; NTF_EXT_* from bit 16 on). */
enum {
    VTEP_NEIGHBOUR_FLAG_USE = 0x1,    /* in: the kernel is to resolve it by itself */
    VTEP_NEIGHBOUR_FLAG_SELF = 0x2,   /* FDB: in the device's own table */
    VTEP_NEIGHBOUR_FLAG_MASTER = 0x4, /* FDB: in the table of the bridge that the device is a port of */
    VTEP_NEIGHBOUR_FLAG_PROXY = 0x8,  /* this host answers for the address */
    VTEP_NEIGHBOUR_FLAG_EXT_LEARNED = 0x10,
    VTEP_NEIGHBOUR_FLAG_OFFLOADED = 0x20,
    VTEP_NEIGHBOUR_FLAG_STICKY = 0x40, /* FDB: the address doesn't move to another port */
    VTEP_NEIGHBOUR_FLAG_ROUTER = 0x80,
    VTEP_NEIGHBOUR_FLAG_MANAGED = 0x10000,      /* the kernel keeps it resolved by itself */
    VTEP_NEIGHBOUR_FLAG_LOCKED = 0x20000,       /* FDB: learnt on a locked port; forwards nothing */
    VTEP_NEIGHBOUR_FLAG_EXT_VALIDATED = 0x40000 /* learnt and validated elsewhere (since Linux 6.18) */
};

/* `has` bits of vtep_neighbour. */
enum {
    VTEP_NEIGHBOUR_HAS_MAC = 0x1,    /* out: not set while it is unresolved */
    VTEP_NEIGHBOUR_HAS_STATE = 0x2,  /* in, without: VTEP_NEIGHBOUR_PERMANENT; out: always set */
    VTEP_NEIGHBOUR_HAS_ORIGIN = 0x4, /* without: unknown */
    VTEP_NEIGHBOUR_HAS_AGES = 0x8    /* out: confirmed, used, updated and references are known */
};

/** An ARP or ND entry (RTM_NEWNEIGH; `ip neigh`). In and out. link_index and address are required. */
typedef struct vtep_neighbour {
    uint32_t size;       /* sizeof(vtep_neighbour) */
    uint32_t has;        /* VTEP_NEIGHBOUR_HAS_* */
    uint32_t link_index; /* the link it is on */
    uint32_t flags;      /* VTEP_NEIGHBOUR_FLAG_*, usually 0 */
    uint32_t confirmed;  /* out: hundredths of a second since it was confirmed to be reachable; in: ignored, like the rest
                            of NDA_CACHEINFO */
    uint32_t used;       /* out: hundredths of a second since a packet used it */
    uint32_t updated;    /* out: hundredths of a second since it was made or changed */
    uint32_t references; /* out: how many users within the kernel hold it */
    uint32_t probes;     /* out: requests sent without an answer; in: ignored (NDA_PROBES) */
    uint16_t state;      /* VTEP_NEIGHBOUR_* */
    uint8_t origin;      /* VTEP_ORIGIN_*: who made it (NDA_PROTOCOL) */
    vtep_mac mac;        /* NDA_LLADDR */
    vtep_ip address;     /* NDA_DST */
    uint8_t reserved[2]; /* 0 */
} vtep_neighbour;

#define VTEP_NEIGHBOUR_INIT { sizeof(vtep_neighbour), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { { 0 } }, { 0, { 0 } }, { 0 } }

/** Neighbours as they were when they were listed. */
typedef struct vtep_neighbour_list vtep_neighbour_list;

/** Lists the neighbours of one link, or of all where name is NULL (RTM_GETNEIGH). *out: end it with
 *  vtep_neighbour_list_free. VTEP_E_NOTFOUND for the link. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_neighbours(vtep_host *host, const char *name,
                                                           vtep_neighbour_list **out, vtep_error *err);
/** How many elements the list has; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_neighbour_list_count(const vtep_neighbour_list *list);
/** Element i, from 0. VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_neighbour_list_get(const vtep_neighbour_list *list, uint32_t i,
                                                              vtep_neighbour *out, vtep_error *err);
/** Elements first, first + 1, ..., `count` of them, in one call; see "Lists". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_neighbour_list_copy(const vtep_neighbour_list *list, uint32_t first,
                                                               uint32_t count, vtep_neighbour *out, vtep_error *err);
/** Ends the list. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_neighbour_list_free(vtep_neighbour_list *list);

/** Lists the addresses that this host answers for, on one link or on all where name is NULL: `ip neigh show proxy`. The
 *  kernel keeps them apart from the others. *out: end it with vtep_neighbour_list_free. VTEP_E_NOTFOUND for the link. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_proxy_neighbours(vtep_host *host, const char *name,
                                                                 vtep_neighbour_list **out, vtep_error *err);
/** Finds one entry: `ip neigh get`. key: link_index and address, and flags for a proxy entry; the rest is ignored. key and
 *  out may be the same struct. VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_neighbour_get(vtep_host *host, const vtep_neighbour *key,
                                                              vtep_neighbour *out, vtep_error *err);

/** Adds an entry: `ip neigh add`. VTEP_E_EXISTS where the link has one for that address; VTEP_E_INVAL; VTEP_E_NOTFOUND
 *  for the link; VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_neighbour_add(vtep_host *host, const vtep_neighbour *neighbour,
                                                              vtep_error *err);
/** Adds an entry, or puts it in place of the one there is: `ip neigh replace`. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_neighbour_replace(vtep_host *host, const vtep_neighbour *neighbour,
                                                                  vtep_error *err);
/** Puts an entry in place of the one there is: `ip neigh change`. VTEP_E_NOTFOUND where there is none. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_neighbour_update(vtep_host *host, const vtep_neighbour *neighbour,
                                                                 vtep_error *err);
/** Deletes the entry for that address on that link: `ip neigh del`. VTEP_E_NOTFOUND; VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_neighbour_delete(vtep_host *host, const vtep_neighbour *neighbour,
                                                                 vtep_error *err);

/* `has` bits of vtep_neighbour_filter. */
enum {
    VTEP_NEIGHBOUR_FILTER_HAS_STATES = 0x1, /* without: all states but PERMANENT and NOARP */
    VTEP_NEIGHBOUR_FILTER_HAS_ORIGIN = 0x2  /* without: anybody's */
};

/** Which neighbours to flush; all zero: those that are neither permanent nor in need of no resolution. In. */
typedef struct vtep_neighbour_filter {
    uint32_t size;       /* sizeof(vtep_neighbour_filter) */
    uint32_t has;        /* VTEP_NEIGHBOUR_FILTER_HAS_* */
    uint16_t states;     /* VTEP_NEIGHBOUR_*: entries in any of these */
    uint8_t origin;      /* VTEP_ORIGIN_* */
    uint8_t family;      /* 4, 6, or 0 for both */
    uint8_t proxies;     /* 1: proxy entries instead, which have no state */
    vtep_prefix prefix;  /* only addresses within it; family 0: any */
    uint8_t reserved[1]; /* 0 */
} vtep_neighbour_filter;

#define VTEP_NEIGHBOUR_FILTER_INIT { sizeof(vtep_neighbour_filter), 0, 0, 0, 0, 0, { { 0, { 0 } }, 0 }, { 0 } }

/** Deletes the entries that a filter matches, on one link or on all where name is NULL: `ip neigh flush`. The kernel has no
 *  such request: they are listed and deleted in batches. filter may be NULL. deleted: how many; may be NULL.
 *  VTEP_E_NOTFOUND for the link; VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_neighbour_flush(vtep_host *host, const char *name,
                                                                const vtep_neighbour_filter *filter,
                                                                uint32_t *deleted, vtep_error *err);

/* ---- Forwarding database (FDB) ----------------------------------------------------------------------------------- */

/* `has` bits of vtep_fdb_entry. */
enum {
    VTEP_FDB_HAS_VNI = 0x1,           /* without: the device's own */
    VTEP_FDB_HAS_SOURCE_VNI = 0x2,    /* without: none */
    VTEP_FDB_HAS_PORT = 0x4,          /* without: the device's own */
    VTEP_FDB_HAS_VLAN = 0x8,          /* without: none */
    VTEP_FDB_HAS_STATE = 0x10,        /* in, without: VTEP_NEIGHBOUR_PERMANENT; out: always set */
    VTEP_FDB_HAS_FLAGS = 0x20,        /* in, without: VTEP_NEIGHBOUR_FLAG_SELF; out: always set */
    VTEP_FDB_HAS_ACTIVITY = 0x40,     /* without: none */
    VTEP_FDB_HAS_VIA_NETNSID = 0x80,  /* out; without: via_index counts in this namespace */
    VTEP_FDB_HAS_AGES = 0x100         /* out: used and updated are known */
};

/* What a bridge tells about the use of an FDB entry (NDA_FDB_EXT_ATTRS). */
enum {
    VTEP_FDB_ACTIVITY_NOTIFY = 0x1,   /* it announces when the entry becomes inactive, and when it is used again */
    VTEP_FDB_ACTIVITY_INACTIVE = 0x2, /* the entry is inactive */
    VTEP_FDB_ACTIVITY_KEEP_AGE = 0x80 /* in: writing the entry leaves its age as it is */
};

/** Where frames to a MAC address go, on a VXLAN device or a bridge port (AF_BRIDGE RTM_NEWNEIGH; `bridge fdb`). In and
 *  out. link_index is required. */
typedef struct vtep_fdb_entry {
    uint32_t size;         /* sizeof(vtep_fdb_entry) */
    uint32_t has;          /* VTEP_FDB_HAS_* */
    uint32_t link_index;   /* the VXLAN device or bridge port */
    uint32_t vni;          /* 0...16777215 (NDA_VNI) */
    uint32_t source_vni;   /* what it is looked up under on an external device (NDA_SRC_VNI) */
    uint32_t port;         /* 1...65535: UDP port of the remote (NDA_PORT) */
    uint32_t via_index;    /* the underlay link to send by; 0: by the route (NDA_IFINDEX) */
    uint32_t next_hop_id;  /* the FDB nexthop group in place of destination, vni, port and via_index; 0: none
                              (NDA_NH_ID) */
    uint32_t master_index; /* out: the bridge it belongs to; in: ignored (NDA_MASTER) */
    uint32_t flags;        /* VTEP_NEIGHBOUR_FLAG_* */
    uint32_t vlan;         /* 1...4094 (NDA_VLAN) */
    uint32_t used;         /* out: hundredths of a second since a frame used it; in: ignored (NDA_CACHEINFO) */
    uint32_t updated;      /* out: hundredths of a second since it was made or changed; in: ignored */
    int32_t via_netnsid;   /* out: the namespace via_index counts in, if another one; in: ignored
                              (NDA_LINK_NETNSID) */
    uint16_t state;        /* VTEP_NEIGHBOUR_* */
    uint8_t activity;      /* VTEP_FDB_ACTIVITY_* */
    vtep_mac mac;          /* all zero: what the VXLAN device doesn't know (NDA_LLADDR) */
    vtep_ip destination;   /* the remote VTEP, or a group; VXLAN devices only; or family 0 (NDA_DST) */
    uint8_t reserved[2];   /* 0 */
} vtep_fdb_entry;

#define VTEP_FDB_ENTRY_INIT                                                                                       \
    {                                                                                                             \
        sizeof(vtep_fdb_entry), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { { 0 } }, { 0, { 0 } }, { 0 }       \
    }

/** FDB entries as they were when they were listed. */
typedef struct vtep_fdb_list vtep_fdb_list;

/** Lists the entries of one link, or of all where name is NULL (`bridge fdb show`). *out: end it with
 *  vtep_fdb_list_free. VTEP_E_NOTFOUND for the link. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_fdb(vtep_host *host, const char *name, vtep_fdb_list **out,
                                                    vtep_error *err);
/** How many elements the list has; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_fdb_list_count(const vtep_fdb_list *list);
/** Element i, from 0. VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_fdb_list_get(const vtep_fdb_list *list, uint32_t i, vtep_fdb_entry *out,
                                                        vtep_error *err);
/** Elements first, first + 1, ..., `count` of them, in one call; see "Lists". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_fdb_list_copy(const vtep_fdb_list *list, uint32_t first,
                                                         uint32_t count, vtep_fdb_entry *out, vtep_error *err);
/** Ends the list. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_fdb_list_free(vtep_fdb_list *list);

/**
 * Finds one entry: `bridge fdb get`. Of one with several remotes, the kernel tells the first; the list has them all.
 * key: link_index, mac and flags, which say which table; and vlan or source_vni where entries are told apart by them. The
 * rest is ignored. key and out may be the same struct.
 * Errors: VTEP_E_NOTFOUND where there is none; VTEP_E_INVAL with VTEP_NEIGHBOUR_FLAG_MASTER for a link that is no bridge
 * port.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_fdb_get(vtep_host *host, const vtep_fdb_entry *key,
                                                        vtep_fdb_entry *out, vtep_error *err);

/** Adds an entry: `bridge fdb add`. VTEP_E_EXISTS where there is one for that MAC address; VTEP_E_INVAL,
 *  also for a link that is no Ethernet device; VTEP_E_NOTFOUND for the link; VTEP_E_NOTSUPPORTED with
 *  VTEP_NEIGHBOUR_FLAG_MASTER for a link that is no bridge port; VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_fdb_add(vtep_host *host, const vtep_fdb_entry *entry,
                                                        vtep_error *err);
/** Adds another remote for the MAC address: `bridge fdb append`. The kernel allows it for all-zero and group addresses
 *  of a VXLAN device. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_fdb_append(vtep_host *host, const vtep_fdb_entry *entry,
                                                           vtep_error *err);
/** Adds an entry, or puts it in place of the one there is: `bridge fdb replace`. The kernel allows it for unicast
 *  addresses. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_fdb_replace(vtep_host *host, const vtep_fdb_entry *entry,
                                                            vtep_error *err);
/** Deletes an entry, or one of several remotes where destination is set: `bridge fdb del`. An entry that was read can
 *  be passed back. VTEP_E_NOTFOUND; VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_fdb_delete(vtep_host *host, const vtep_fdb_entry *entry,
                                                           vtep_error *err);

/* `has` bits of vtep_fdb_filter: without its bit, a field doesn't restrict. */
enum {
    VTEP_FDB_FILTER_HAS_VNI = 0x1,
    VTEP_FDB_FILTER_HAS_SOURCE_VNI = 0x2,
    VTEP_FDB_FILTER_HAS_PORT = 0x4,
    VTEP_FDB_FILTER_HAS_VLAN = 0x8
};

/** Which entries to flush; all zero: all of the device's own. In. A bridge's FDB knows VLAN, port link, state and flags
 *  (since Linux 5.19); a VXLAN device's own what is about remotes, state and flags (since 6.7). */
typedef struct vtep_fdb_filter {
    uint32_t size;            /* sizeof(vtep_fdb_filter) */
    uint32_t has;             /* VTEP_FDB_FILTER_HAS_* */
    uint32_t vni;             /* 0...16777215 (NDA_VNI) */
    uint32_t source_vni;      /* 0...16777215 (NDA_SRC_VNI) */
    uint32_t port;            /* 1...65535: UDP port of the remote (NDA_PORT) */
    uint32_t vlan;            /* 1...4094 (NDA_VLAN) */
    uint32_t port_link_index; /* the port, where a bridge's own name is given; 0: any (NDA_IFINDEX) */
    uint32_t next_hop_id;     /* 0: any (NDA_NH_ID) */
    uint32_t flags;           /* what the flags within flags_mask must be: VTEP_NEIGHBOUR_FLAG_* */
    uint32_t flags_mask;      /* which flags matter: EXT_LEARNED, OFFLOADED, ROUTER, STICKY, USE
                                 (NDA_NDM_FLAGS_MASK) */
    uint16_t state;           /* what the states within state_mask must be: VTEP_NEIGHBOUR_* */
    uint16_t state_mask;      /* which states matter: PERMANENT, NOARP (NDA_NDM_STATE_MASK) */
    vtep_ip destination;      /* family 0: any (NDA_DST) */
    uint8_t master;           /* 1: the table of the bridge that the link is a port of; 0: the link's own */
    uint8_t reserved[2];      /* 0 */
} vtep_fdb_filter;

#define VTEP_FDB_FILTER_INIT                                                                                      \
    {                                                                                                             \
        sizeof(vtep_fdb_filter), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { 0, { 0 } }, 0, { 0 }                          \
    }

/**
 * Deletes all entries of a link that a filter matches, in one request: `bridge fdb flush`. filter may be NULL: all.
 * Errors: VTEP_E_NOTFOUND for the link; VTEP_E_NOTSUPPORTED where the kernel or the device knows no flush;
 * VTEP_E_INVAL, also for a filter that the device doesn't know; VTEP_E_PERM.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_fdb_flush(vtep_host *host, const char *name,
                                                          const vtep_fdb_filter *filter, vtep_error *err);

/* ---- Tables too large for a list --------------------------------------------------------------------------------- */

/**
 * Takes some elements of a table that is being read. Return 0 to go on; any other number ends the call that calls this,
 * which then fails with VTEP_E_CALLBACK.
 * entries: `count` of them, one after another, each of entries[0].size bytes; valid until this returns.
 * The host can't be used meanwhile: that fails with VTEP_E_BUSY. It must not be closed.
 */
typedef int32_t (*vtep_fdb_visitor)(void *context, const vtep_fdb_entry *entries, uint32_t count);

/**
 * Hands the FDB entries of one link, of a bridge and its ports, or of all links (both NULL) to `visit`, some hundred at a
 * time: however large the table, no more are in memory. The kernel filters. Of entries that come and go meanwhile, and of
 * their neighbours in the table, some may be missing or come twice; a monitor (see "Events") finds out.
 * Errors: VTEP_E_NOTFOUND for the link or bridge; VTEP_E_CALLBACK; VTEP_E_BUSY from within `visit`.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_fdb_visit(vtep_host *host, const char *name, const char *bridge,
                                                          vtep_fdb_visitor visit, void *context, vtep_error *err);

/* ---- Many changes at once ---------------------------------------------------------------------------------------- */

/*
 * Thousands of changes in few system calls: some five times as fast as one call for each.
 *
 * The kernel has no transaction. Every change is attempted, in order, whatever became of those before it. The functions
 * return VTEP_OK where all happened; otherwise the status of the first that failed, which err describes, too, and
 * *failures lists all that failed, in order: the others have happened. Where *failures stays NULL after an error other
 * than one in the arguments, the conversation with the kernel broke down: read the table back.
 *
 * Some 16 to 64 changes travel in one system call. Whoever wants to stop at the first failure passes so few at a time.
 *
 * change: VTEP_CHANGE_*, the same for all elements. The elements lie one after another, each with the size of the first.
 * count: how many; 0 is nothing to do. failures may be NULL.
 */
enum {
    VTEP_CHANGE_ADD = 0,     /* like vtep_host_..._add */
    VTEP_CHANGE_APPEND = 1,  /* like vtep_host_fdb_append; for FDB entries and IPv6 routes */
    VTEP_CHANGE_REPLACE = 2, /* like vtep_host_..._replace */
    VTEP_CHANGE_DELETE = 3,  /* like vtep_host_..._delete */
    VTEP_CHANGE_UPDATE = 4,  /* like vtep_host_..._update: there must be one */
    VTEP_CHANGE_PREPEND = 5  /* for IPv4 routes: before those there are */
};

/** The changes of one call that failed. */
typedef struct vtep_failure_list vtep_failure_list;

/** Changes FDB entries. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_fdb_apply(vtep_host *host, uint32_t change,
                                                          const vtep_fdb_entry *entries, uint32_t count,
                                                          vtep_failure_list **failures, vtep_error *err);
/** Changes ARP and ND entries. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_neighbour_apply(vtep_host *host, uint32_t change,
                                                                const vtep_neighbour *neighbours, uint32_t count,
                                                                vtep_failure_list **failures, vtep_error *err);
/** Changes routes. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_route_apply(vtep_host *host, uint32_t change,
                                                            const vtep_route *routes, uint32_t count,
                                                            vtep_failure_list **failures, vtep_error *err);

/** What a change or an event is about. One bit each. */
enum {
    VTEP_OBJECT_LINK = 0x1,      /* vtep_link; of events only */
    VTEP_OBJECT_ADDRESS = 0x2,   /* vtep_address */
    VTEP_OBJECT_ROUTE = 0x4,     /* vtep_route */
    VTEP_OBJECT_NEIGHBOUR = 0x8, /* vtep_neighbour */
    VTEP_OBJECT_FDB = 0x10,      /* vtep_fdb_entry */
    VTEP_OBJECT_NEXT_HOP = 0x20, /* vtep_nexthop */
    VTEP_OBJECT_RULE = 0x40,     /* vtep_rule */
    VTEP_OBJECT_VNI = 0x80,      /* vtep_vni; of events only, like the next two */
    VTEP_OBJECT_VLAN = 0x100,    /* vtep_vlan */
    VTEP_OBJECT_VLAN_TUNNEL = 0x200 /* vtep_vlan_tunnel */
};

/** One of several changes of different kinds. In. */
typedef struct vtep_change {
    uint32_t size;     /* sizeof(vtep_change) */
    uint32_t change;   /* VTEP_CHANGE_* */
    uint32_t object;   /* VTEP_OBJECT_*: what `value` points to */
    uint32_t reserved; /* 0 */
    const void *value; /* a const vtep_fdb_entry * for VTEP_OBJECT_FDB, and so on */
} vtep_change;

#define VTEP_CHANGE_INIT { sizeof(vtep_change), 0, 0, 0, 0 }

/**
 * Changes objects of different tables in one go, in order: an address, the route by it, the neighbour behind that. Of an
 * address that is deleted, link, prefix and peer count, of a nexthop object its id.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_host_apply(vtep_host *host, const vtep_change *changes, uint32_t count,
                                                      vtep_failure_list **failures, vtep_error *err);

/** How many elements the list has; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_failure_list_count(const vtep_failure_list *list);
/** Failure i, from 0: the place of the change among those passed, and why it failed. Either may be NULL.
 *  VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_failure_list_get(const vtep_failure_list *list, uint32_t i, uint32_t *index,
                                                            vtep_error *failure, vtep_error *err);
/** Ends the list. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_failure_list_free(vtep_failure_list *list);

/* ---- Events ------------------------------------------------------------------------------------------------------ */

/**
 * Tells what changes in the tables of a network namespace.
 *
 * Whoever applies its events, in order, to tables of their own, has the kernel's tables: also after a flood of changes
 * that made the kernel drop notifications. The monitor then reads the tables anew, compares them with what it has told,
 * and tells the difference. It remembers each object of the watched tables once; what has not been asked for stays in the
 * kernel's buffer, and is dropped there when that is full: a slow reader costs no memory, and gets differences.
 * What the kernel does not announce is no part of the tables: statistics of links, neighbours that are INCOMPLETE or NOARP
 * or have no state, proxy entries, whether a neighbour is DELAY rather than STALE, how far an FDB entry of a bridge has
 * aged, how much of an address' lifetime is left, and what `bridge fdb` shows of devices that are neither a VXLAN device
 * nor a bridge nor one's port.
 * VNIs of VNI filters, VLANs and VLAN tunnels are told one by one, first and last the same. In rare cases the kernel is silent
 * about a VNI: one that is added without a destination to a device that has none either, before June 2026; and a destination
 * that was set although its group could not be joined. While there is a VXLAN device with a VNI filter, the monitor therefore
 * looks at their tables once a second. VLANs are followed from Linux 5.6 on.
 *
 * One thread at a time uses a monitor. It has no thread of its own, and knows nothing of hosts. No privilege is needed.
 */
typedef struct vtep_monitor vtep_monitor;

/* `has` bits of vtep_monitor_options. */
enum { VTEP_MONITOR_HAS_NETNS_FD = 0x1, VTEP_MONITOR_HAS_NETNS_PID = 0x2 };

/** What to watch, and where: at most one of netns_path, netns_fd and netns_pid; none is the calling thread's namespace. */
typedef struct vtep_monitor_options {
    uint32_t size;          /* sizeof(vtep_monitor_options) */
    uint32_t has;           /* VTEP_MONITOR_HAS_* */
    uint32_t objects;       /* VTEP_OBJECT_* bits; 0: all */
    uint32_t buffer_size;   /* bytes of notifications that wait in the kernel, 4096...1073741824; 0: 8 MiB. Without
                               CAP_NET_ADMIN at most net.core.rmem_max */
    const char *netns_path; /* as in vtep_host_open_path, or NULL */
    int32_t netns_fd;       /* as in vtep_host_open_fd */
    int32_t netns_pid;      /* as in vtep_host_open_pid */
    uint8_t snapshot;       /* 1: first tells all there is, as added, then VTEP_EVENT_SYNCHRONISED. 0: reads the tables
                               before the call returns, and tells only what changes later */
    uint8_t reserved[7];    /* 0 */
} vtep_monitor_options;

#define VTEP_MONITOR_OPTIONS_INIT { sizeof(vtep_monitor_options), 0, 0, 0, 0, 0, 0, 0, { 0 } }

/* What an event says. An open set. */
enum {
    VTEP_EVENT_NONE = 0,        /* nothing happened within the time */
    VTEP_EVENT_ADDED = 1,       /* the object is new */
    VTEP_EVENT_CHANGED = 2,     /* it took the place of what it was before */
    VTEP_EVENT_REMOVED = 3,     /* it is gone; this is what was last known of it */
    VTEP_EVENT_SYNCHRONISED = 4 /* what was told until now is the whole truth: after the snapshot, and after each
                                   overrun that was made good. About no object */
};

/** An event. Out. The object itself is read with vtep_monitor_link and its like. */
typedef struct vtep_event {
    uint32_t size;   /* sizeof(vtep_event) */
    uint32_t event;  /* VTEP_EVENT_* */
    uint32_t object; /* VTEP_OBJECT_*, or 0 */
} vtep_event;

#define VTEP_EVENT_INIT { sizeof(vtep_event), 0, 0 }

/** Opens a monitor. options may be NULL: all, here, without a snapshot. Errors: as vtep_host_open and its like. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_monitor_open(const vtep_monitor_options *options, vtep_monitor **out,
                                                        vtep_error *err);

/** Ends it. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_monitor_close(vtep_monitor *monitor);

/** A descriptor for poll, select or epoll: readable while there is something to tell or to do. Then call
 *  vtep_monitor_next_event with timeout_ms 0 until it says VTEP_EVENT_NONE. It is the monitor's: don't read from it and
 *  don't close it. -1 for NULL. */
VTEP_API VTEP_SINCE(0, 1) int32_t vtep_monitor_fd(const vtep_monitor *monitor);

/**
 * The next event. Within the time none came: VTEP_OK, and VTEP_EVENT_NONE.
 * timeout_ms: 0 does not wait, -1 waits for ever; less is VTEP_E_INVAL. Where a large table is being read, which counts as
 * having something to do, the call may take 10 ms longer.
 * After an error, which means that a table could not be read, all tables are read again: call it again.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_monitor_next_event(vtep_monitor *monitor, int32_t timeout_ms,
                                                              vtep_event *out, vtep_error *err);

/** Takes an event. Return 0 to go on; any other number ends vtep_monitor_dispatch, which fails with VTEP_E_CALLBACK.
 *  Of the monitor's functions, only those that read the event's object may be called: others fail with VTEP_E_BUSY. */
typedef int32_t (*vtep_event_callback)(void *context, vtep_monitor *monitor, const vtep_event *event);

/** Calls `callback` for each event, until none has come for timeout_ms, as in vtep_monitor_next_event. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_monitor_dispatch(vtep_monitor *monitor, int32_t timeout_ms,
                                                            vtep_event_callback callback, void *context,
                                                            vtep_error *err);

/*
 * The object of the event that was told last. before: 1 asks for what it was before a VTEP_EVENT_CHANGED, 0 for what it
 * is, or was when it was removed. VTEP_E_NOTFOUND where the event is about another kind of object, or has no "before".
 */

/** The link. What its kind adds: vtep_monitor_link_list. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_monitor_link(const vtep_monitor *monitor, uint8_t before, vtep_link *out,
                                                        vtep_error *err);
/** The link as a list of one element, for vtep_link_list_vxlan and its like. *out: end it with vtep_link_list_free. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_monitor_link_list(const vtep_monitor *monitor, uint8_t before,
                                                             vtep_link_list **out, vtep_error *err);
/** The address. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_monitor_address(const vtep_monitor *monitor, uint8_t before,
                                                           vtep_address *out, vtep_error *err);
/** The route. What its pointers lead to is the monitor's, and valid until the next event is asked for. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_monitor_route(vtep_monitor *monitor, uint8_t before, vtep_route *out,
                                                         vtep_error *err);
/** The neighbour. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_monitor_neighbour(const vtep_monitor *monitor, uint8_t before,
                                                             vtep_neighbour *out, vtep_error *err);
/** The FDB entry. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_monitor_fdb_entry(const vtep_monitor *monitor, uint8_t before,
                                                             vtep_fdb_entry *out, vtep_error *err);
/** The nexthop object, in a list of its own: end it with vtep_nexthop_list_free. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_monitor_nexthop_list(const vtep_monitor *monitor, uint8_t before,
                                                                vtep_nexthop_list **out, vtep_error *err);
/** The rule. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_monitor_rule(const vtep_monitor *monitor, uint8_t before, vtep_rule *out,
                                                        vtep_error *err);
/** The VNI that a VXLAN device carries. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_monitor_vni(const vtep_monitor *monitor, uint8_t before, vtep_vni *out,
                                                       vtep_error *err);
/** The VLAN of a port or a bridge. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_monitor_vlan(const vtep_monitor *monitor, uint8_t before, vtep_vlan *out,
                                                        vtep_error *err);
/** The VLAN of a port that is a VNI on the other side. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_monitor_vlan_tunnel(const vtep_monitor *monitor, uint8_t before,
                                                               vtep_vlan_tunnel *out, vtep_error *err);

/* ---- Engine: forwarding without the kernel's device -------------------------------------------------------------- */

/*
 * An engine is a VXLAN tunnel endpoint's forwarding and nothing else: frames from ports become VXLAN datagrams for
 * remotes or frames for other ports, and datagrams become frames again. It opens no socket, asks no clock, starts no
 * thread, and allocates nothing per frame. The caller receives and sends; vtep_endpoint does both.
 *
 * Threads: one at a time uses an engine, and one at a time a batch. Different ones are independent.
 * Time: `now` is milliseconds since whatever moment the caller chose; it must never run backwards.
 */

/** A forwarding engine. */
typedef struct vtep_engine vtep_engine;
/** What calls of an engine produced: made once, used over and over. */
typedef struct vtep_batch vtep_batch;

enum {
    VTEP_ENGINE_HAS_SEED = 0x1,
    VTEP_ENGINE_HAS_MAXIMUM_FDB_ENTRIES = 0x2,
    VTEP_ENGINE_HAS_MAXIMUM_REMOTES = 0x4,
    VTEP_ENGINE_HAS_MAXIMUM_VNIS = 0x8,
    VTEP_ENGINE_HAS_MAXIMUM_PORTS = 0x10,
    VTEP_ENGINE_HAS_MAXIMUM_BINDINGS = 0x20,
    VTEP_ENGINE_HAS_ENTROPY_SOCKETS = 0x40,
    VTEP_ENGINE_HAS_SOURCE_PORTS = 0x80,
    VTEP_ENGINE_HAS_MAXIMUM_SEGMENTS = 0x100,
    VTEP_ENGINE_HAS_MAXIMUM_TRANSMISSION = 0x200,
    VTEP_ENGINE_HAS_MAXIMUM_EVENTS = 0x400,
    VTEP_ENGINE_HAS_EVENTS_PER_SECOND = 0x800
};

/** What an engine is made with. Its tables are allocated once, of these sizes. In. */
typedef struct vtep_engine_options {
    uint32_t size;                 /* sizeof(vtep_engine_options) */
    uint32_t has;                  /* VTEP_ENGINE_HAS_* */
    uint64_t seed[2];              /* key of the hash tables; without it, random */
    uint32_t maximum_fdb_entries;  /* 1...16777216, of all VNIs together; 65536 without it. 32 to 64 bytes each */
    uint32_t maximum_remotes;      /* 1...1048576; 4096 without it */
    uint32_t maximum_vnis;         /* 1...65534; 4096 without it */
    uint32_t maximum_ports;        /* 1...65535; 1024 without it */
    uint32_t maximum_bindings;     /* 0...16777216 ARP and ND bindings; 16384 without it */
    uint32_t entropy_sockets;      /* 1...65535 sockets that send, each with a source port of its own; 16 without it */
    uint32_t source_port_min;      /* with source_port_max: what transmissions' source_port is within; */
    uint32_t source_port_max;      /*   49152...65535 without it (RFC 7348 section 5) */
    uint32_t maximum_segments;     /* 1...1024 datagrams in one transmission; 64 without it. 1: no gathering */
    uint32_t maximum_transmission; /* 1...65507 bytes of one transmission; 65487 without it */
    uint32_t maximum_events;       /* 0...65536 events that wait to be read; 1024 without it */
    uint32_t events_per_second;    /* 0...1000000 in the long run; 1000 without it */
} vtep_engine_options;

#define VTEP_ENGINE_OPTIONS_INIT { sizeof(vtep_engine_options), 0, { 0, 0 }, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/** Makes an engine without VNIs. options may be NULL. Errors: VTEP_E_INVAL for a number out of its range. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_new(const vtep_engine_options *options, vtep_engine **out,
                                                      vtep_error *err);
/** Ends the engine. Batches that it filled stay as they are. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_engine_free(vtep_engine *engine);

enum {
    VTEP_POLICY_HAS_DESTINATION_PORT = 0x1,
    VTEP_POLICY_HAS_LEARNING = 0x2,
    VTEP_POLICY_HAS_AGEING = 0x4,
    VTEP_POLICY_HAS_LEARNING_LIMIT = 0x8,
    VTEP_POLICY_HAS_LEARNING_LIMIT_PER_REMOTE = 0x10,
    VTEP_POLICY_HAS_MOVE_LIMIT = 0x20,
    VTEP_POLICY_HAS_MOVE_PERIOD = 0x40,
    VTEP_POLICY_HAS_TTL = 0x80,
    VTEP_POLICY_HAS_TOS = 0x100
};

/* What the VXLAN header may hold besides the VNI. */
enum { VTEP_DIALECT_PLAIN = 0, VTEP_DIALECT_GBP = 1, VTEP_DIALECT_GPE = 2 };
/* Reserved bits that are not 0. */
enum { VTEP_RESERVED_BITS_REFUSE = 0, VTEP_RESERVED_BITS_IGNORE = 1 };
/* Frames with a VLAN tag. */
enum { VTEP_INNER_VLAN_PASS = 0, VTEP_INNER_VLAN_DROP = 1 };
/* Unicast frames whose destination is not known. */
enum { VTEP_UNKNOWN_UNICAST_FLOOD = 0, VTEP_UNKNOWN_UNICAST_DROP = 1 };
/* The outer DF flag. */
enum { VTEP_DF_CLEAR = 0, VTEP_DF_SET = 1, VTEP_DF_INHERIT = 2 };
/* Frames that are longer than the underlay takes: answered with ICMP and dropped; dropped; sent all the same. */
enum { VTEP_OVERSIZED_ANSWER = 0, VTEP_OVERSIZED_DROP = 1, VTEP_OVERSIZED_SEND = 2 };
/* ARP and ND requests: flooded; answered where the answer is known, else flooded; answered or dropped (proxy). */
enum { VTEP_NEIGHBOURS_FLOOD = 0, VTEP_NEIGHBOURS_SUPPRESS = 1, VTEP_NEIGHBOURS_PROXY = 2 };

/** How one VNI is handled; all zero but size: as the kernel's VXLAN device does it, except that peers are an allow-list.
 *  In. */
typedef struct vtep_vni_policy {
    uint32_t size;                      /* sizeof(vtep_vni_policy) */
    uint32_t has;                       /* VTEP_POLICY_HAS_* */
    uint32_t destination_port;          /* 1...65535: of remotes that name no other; 4789 without it */
    uint32_t ageing;                    /* seconds, 0...864000; 0: never; 300 without it */
    uint32_t learning_limit;            /* how many entries may be learnt; no limit without it */
    uint32_t learning_limit_per_remote; /* how many from one remote; no limit without it */
    /* 0...255 moves of one address in move_period; 0: no limit; 5 without it. Then it goes back to where it was when the
     * period began, and stays there for the rest of it. */
    uint32_t move_limit;
    uint32_t move_period;               /* seconds, 1...255; 10 without it */
    uint32_t ttl;                       /* 1...255; without it the route's default, and 1 for groups */
    uint32_t tos;                       /* 0...255; 0 without it. The ECN bits follow RFC 6040 */
    uint8_t learning;                   /* 0 or 1; 1 without its bit */
    uint8_t accepts_unknown_remotes;    /* 1: datagrams from addresses pass that are not configured */
    uint8_t ttl_inherit;                /* 1: the inner packet's TTL; not together with ttl */
    uint8_t tos_inherit;                /* 1: the inner packet's TOS; not together with tos */
    uint8_t zero_checksum;              /* 1: outer UDP checksums are 0 */
    uint8_t learns_bindings;            /* 1: ARP and ND bindings are learnt from traffic */
    uint8_t route_short_circuit;        /* 1: IP frames for a router's entry go straight to a known neighbour */
    uint8_t dialect;                    /* VTEP_DIALECT_* */
    uint8_t reserved_bits;              /* VTEP_RESERVED_BITS_* */
    uint8_t inner_vlan;                 /* VTEP_INNER_VLAN_* */
    uint8_t unknown_unicast;            /* VTEP_UNKNOWN_UNICAST_* */
    uint8_t dont_fragment;              /* VTEP_DF_* */
    uint8_t oversized;                  /* VTEP_OVERSIZED_* */
    uint8_t neighbours;                 /* VTEP_NEIGHBOURS_* */
    uint8_t reserved[2];                /* 0 */
} vtep_vni_policy;

#define VTEP_VNI_POLICY_INIT                                                                                          \
    {                                                                                                                 \
        sizeof(vtep_vni_policy), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { 0, 0 }        \
    }

/** Begins to forward for a VNI, 0...16777215. policy may be NULL. Errors: VTEP_E_EXISTS, VTEP_E_NOSPACE. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_vni_add(vtep_engine *engine, uint32_t vni,
                                                          const vtep_vni_policy *policy, vtep_error *err);
/** Changes how a VNI is handled; what was learnt stays. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_vni_set_policy(vtep_engine *engine, uint32_t vni,
                                                                 const vtep_vni_policy *policy, vtep_error *err);
/** Ends a VNI with its ports, FDB entries, bindings, remotes and counters. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_vni_remove(vtep_engine *engine, uint32_t vni, vtep_error *err);

/* What a port takes, so that it need not be done here. Superframes need VTEP_OFFLOAD_CHECKSUM too. */
enum {
    VTEP_OFFLOAD_CHECKSUM = 0x1, /* frames whose checksum is partial */
    VTEP_OFFLOAD_TCP4 = 0x2,     /* superframes of TCP over IPv4 */
    VTEP_OFFLOAD_TCP6 = 0x4,     /* superframes of TCP over IPv6 */
    VTEP_OFFLOAD_UDP = 0x8,      /* superframes of UDP, over both */
    VTEP_OFFLOAD_ECN = 0x10      /* superframes of TCP with CWR in the first segment */
};

enum { VTEP_ENGINE_PORT_HAS_MAC = 0x1 };

/** What the engine needs to know of a port; all zero but size: a port without offloads. In. */
typedef struct vtep_engine_port_options {
    uint32_t size;           /* sizeof(vtep_engine_port_options) */
    uint32_t has;            /* VTEP_ENGINE_PORT_HAS_* */
    uint32_t offloads;       /* VTEP_OFFLOAD_* */
    uint32_t flood_limit;    /* frames per second to groups, to everyone and to unknown stations; 0: no limit */
    uint32_t flood_burst;    /* how many at once; 0: as many as in one second */
    vtep_mac mac;            /* the port's own address: frames from the underlay that claim to be from it are dropped */
    uint8_t trusts_underlay; /* 1: superframes are made without verifying the segments' checksums */
    uint8_t reserved;        /* 0 */
} vtep_engine_port_options;

#define VTEP_ENGINE_PORT_OPTIONS_INIT { sizeof(vtep_engine_port_options), 0, 0, 0, 0, { { 0 } }, 0, 0 }

/** Makes a port of a VNI and writes its number. options may be NULL. Errors: VTEP_E_NOTFOUND, VTEP_E_NOSPACE. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_port_add(vtep_engine *engine, uint32_t vni,
                                                           const vtep_engine_port_options *options, uint32_t *port,
                                                           vtep_error *err);
/** Changes a port from the next frame on. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_port_configure(vtep_engine *engine, uint32_t port,
                                                                 const vtep_engine_port_options *options,
                                                                 vtep_error *err);
/** Removes a port and the FDB entries that point to it. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_port_remove(vtep_engine *engine, uint32_t port, vtep_error *err);

/** Lets datagrams from an address pass, in every VNI. Remotes of FDB entries and default remotes pass without it.
 *  Errors: VTEP_E_EXISTS, VTEP_E_NOSPACE. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_peer_add(vtep_engine *engine, const vtep_ip *peer, vtep_error *err);
/** Takes that back. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_peer_remove(vtep_engine *engine, const vtep_ip *peer,
                                                              vtep_error *err);

enum { VTEP_REMOTE_HAS_PORT = 0x1, VTEP_REMOTE_HAS_SEND_VNI = 0x2 };

/** A VTEP, or a group, that frames are sent to. In. */
typedef struct vtep_engine_remote {
    uint32_t size;     /* sizeof(vtep_engine_remote) */
    uint32_t has;      /* VTEP_REMOTE_HAS_* */
    uint32_t port;     /* 1...65535; the VNI's without it */
    uint32_t send_vni; /* the VNI to send with; the same one without it */
    vtep_ip address;
    uint8_t reserved[3]; /* 0 */
} vtep_engine_remote;

#define VTEP_ENGINE_REMOTE_INIT { sizeof(vtep_engine_remote), 0, 0, 0, { 0, { 0 } }, { 0, 0, 0 } }

/** Adds a remote that frames to groups, to everyone and to unknown stations go to. Errors: VTEP_E_NOTFOUND for the VNI,
 *  VTEP_E_EXISTS, VTEP_E_NOSPACE. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_default_remote_add(vtep_engine *engine, uint32_t vni,
                                                                     const vtep_engine_remote *remote, vtep_error *err);
/** Takes that back, given the same remote. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_default_remote_remove(vtep_engine *engine, uint32_t vni,
                                                                        const vtep_engine_remote *remote,
                                                                        vtep_error *err);
/** Notes the path MTU to a remote as the underlay found it: the outer IP packet's largest length, 0...65535; 0:
 *  unknown. A remote that is not known is a no-op. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_path_mtu_set(vtep_engine *engine, const vtep_ip *remote, uint32_t mtu,
                                                               vtep_error *err);

enum { VTEP_ENGINE_FDB_HAS_PORT = 0x1, VTEP_ENGINE_FDB_HAS_REMOTE_PORT = 0x2, VTEP_ENGINE_FDB_HAS_SEND_VNI = 0x4 };

/* Where an entry of the engine's FDB is from. */
enum {
    VTEP_ENGINE_FDB_LEARNT = 0,    /* learnt, or to be treated so: it ages and moves */
    VTEP_ENGINE_FDB_PERMANENT = 1, /* configured */
    VTEP_ENGINE_FDB_EXTERNAL = 2   /* from a control plane; like a configured one */
};

/** Where a station is: behind a port, or behind a remote. In and out. */
typedef struct vtep_engine_fdb_entry {
    uint32_t size;        /* sizeof(vtep_engine_fdb_entry) */
    uint32_t has;         /* VTEP_ENGINE_FDB_HAS_*. With PORT there is no remote */
    uint32_t vni;
    uint32_t port;        /* the engine's number of the port */
    uint32_t remote_port; /* 1...65535; the VNI's without it */
    uint32_t send_vni;    /* the VNI to send with; the entry's without it */
    uint64_t idle;        /* milliseconds since the last frame. Out; ignored (in) */
    vtep_mac mac;
    vtep_ip remote;       /* family 0 with PORT */
    uint8_t kind;         /* VTEP_ENGINE_FDB_* */
    uint8_t sticky;       /* 1: it does not move */
    uint8_t router;       /* 1: see route_short_circuit */
    uint8_t reserved[6];  /* 0 */
} vtep_engine_fdb_entry;

#define VTEP_ENGINE_FDB_ENTRY_INIT                                                                                    \
    {                                                                                                                 \
        sizeof(vtep_engine_fdb_entry), 0, 0, 0, 0, 0, 0, { { 0 } }, { 0, { 0 } }, 0, 0, 0, { 0 }                      \
    }

/** Puts an entry in; it replaces one of the same VNI and address, with all its remotes. Where the table is full it takes
 *  the place of a learnt one, which is reported as aged; so do remotes of those known by learning only. (Of what is learnt,
 *  each remote and port has room for as much as the others.) Errors: VTEP_E_NOTFOUND for the VNI or the port,
 *  VTEP_E_NOSPACE if everything that is there is configured. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_fdb_set(vtep_engine *engine, const vtep_engine_fdb_entry *entry,
                                                          uint64_t now, vtep_error *err);
/** Adds one more remote to an entry, or makes the entry: frames go to each of them. Not for learnt entries. Errors: as
 *  vtep_engine_fdb_set, and VTEP_E_EXISTS if it has this remote. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_fdb_append(vtep_engine *engine, const vtep_engine_fdb_entry *entry,
                                                             uint64_t now, vtep_error *err);
/** Takes an entry out, with all its remotes. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_fdb_remove(vtep_engine *engine, uint32_t vni, const vtep_mac *mac,
                                                             vtep_error *err);
/** Takes out all entries of a VNI that were learnt. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_fdb_flush(vtep_engine *engine, uint32_t vni, vtep_error *err);
/** How many entries there are, of all VNIs together; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_engine_fdb_count(const vtep_engine *engine);

/** Entries of an engine's FDB, as they were when they were listed: one element for each remote. */
typedef struct vtep_engine_fdb_list vtep_engine_fdb_list;

/** Lists a VNI's entries, in no particular order. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_fdb(const vtep_engine *engine, uint32_t vni, uint64_t now,
                                                      vtep_engine_fdb_list **out, vtep_error *err);
/** How many elements the list has; 0 for NULL. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_engine_fdb_list_count(const vtep_engine_fdb_list *list);
/** Element i, from 0. VTEP_E_NOTFOUND past the end. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_fdb_list_get(const vtep_engine_fdb_list *list, uint32_t i,
                                                               vtep_engine_fdb_entry *out, vtep_error *err);
/** Ends the list. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_engine_fdb_list_free(vtep_engine_fdb_list *list);

/** Says which station has an IP address, for `neighbours` of vtep_vni_policy; it replaces one of the same address, and
 *  where the table is full a learnt one. router: 0 or 1. Errors: VTEP_E_NOTFOUND for the VNI, VTEP_E_NOSPACE. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_binding_set(vtep_engine *engine, uint32_t vni, const vtep_ip *address,
                                                              const vtep_mac *mac, uint8_t router, vtep_error *err);
/** The station that has an IP address, set or learnt. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_binding_get(const vtep_engine *engine, uint32_t vni,
                                                              const vtep_ip *address, vtep_mac *mac, vtep_error *err);
/** Takes a binding out, set or learnt. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_binding_remove(vtep_engine *engine, uint32_t vni,
                                                                 const vtep_ip *address, vtep_error *err);

/*
 * The data path. These structs have no size: they never change. They are read in place, and nothing is copied.
 */

/** What is still to be done for a frame, laid out and meant as struct virtio_net_hdr (VIRTIO 1.2 section 5.1.6), in the
 *  host's byte order. All 0: nothing. */
typedef struct vtep_offload {
    uint8_t flags;            /* 1: the checksum is partial; 2: it was verified */
    uint8_t segmentation;     /* 0: no superframe; 1: TCP/IPv4; 4: TCP/IPv6; 5: UDP; 0x80 beside 1 and 4: ECN */
    uint16_t header_length;   /* a hint that is never trusted */
    uint16_t segment_size;    /* payload of each segment but the last */
    uint16_t checksum_start;  /* where the sum begins */
    uint16_t checksum_offset; /* where, from there, the checksum goes */
} vtep_offload;

/** A frame from a port: Ethernet, without frame check sequence. */
typedef struct vtep_frame {
    void *data;           /* the destination MAC address; is read and written until the batch has been sent */
    uint32_t length;      /* bytes from data on */
    uint32_t headroom;    /* bytes before data that may be overwritten; 8 spare a slice */
    vtep_offload offload;
    uint16_t policy_id;   /* with VTEP_DIALECT_GBP */
    uint32_t policy_bits; /* with VTEP_DIALECT_GBP: 0x80000 applied, 0x400000 don't learn */
} vtep_frame;

/** What a UDP socket received: a datagram or, with UDP_GRO, several behind each other. */
typedef struct vtep_datagram {
    void *data;            /* the first VXLAN header; is read and written until the batch has been delivered */
    uint32_t length;       /* all of it */
    uint16_t segment_size; /* of each datagram but the last; 0: there is one */
    uint16_t source_port;  /* the sender's */
    uint8_t source[16];    /* the sender's address; IPv4 is mapped: ::ffff:192.0.2.1 */
    uint8_t tos;           /* outer TOS or traffic class */
    uint8_t reserved[7];   /* 0 */
} vtep_datagram;

/** A piece of memory, laid out as struct iovec of 64-bit systems. */
typedef struct vtep_slice {
    void *data;
    uint64_t length;
} vtep_slice;

/** A frame for a port: slices first_slice ... first_slice + slice_count - 1 of the batch, put together. */
typedef struct vtep_delivery {
    uint32_t port;
    uint32_t first_slice;
    uint32_t slice_count;
    uint32_t length;      /* of all the slices */
    vtep_offload offload; /* nothing that the port does not take */
    uint16_t policy_id;   /* group policy from the VXLAN header */
    uint32_t policy_bits; /* 0x80000000: there is one; 0x80000 applied; 0x400000 don't learn */
    uint32_t vni;
    uint32_t reserved;
} vtep_delivery;

enum { VTEP_TRANSMISSION_DONT_FRAGMENT = 1, VTEP_TRANSMISSION_ZERO_CHECKSUM = 2 };

/** One send to the underlay: a datagram or, for UDP_SEGMENT, several; slices as in vtep_delivery, that begin with a VXLAN
 *  header. */
typedef struct vtep_transmission {
    uint8_t remote[16];      /* IPv4 is mapped */
    uint16_t port;
    uint16_t entropy_socket; /* which of the sockets that send; frames of one flow have the same */
    uint16_t source_port;    /* of the first frame's flow, for whoever writes the outer headers */
    uint16_t segment_size;   /* of each datagram but the last; 0: there is one */
    uint8_t tos;
    uint8_t ttl;             /* 0: the default */
    uint8_t flags;           /* VTEP_TRANSMISSION_* */
    uint8_t reserved;
    uint32_t first_slice;
    uint32_t slice_count;
    uint32_t length;         /* of all the slices */
    uint32_t datagram_count;
    uint32_t remote_index;   /* the remote's number in the engine, for as long as it is known */
} vtep_transmission;

/** What is in a batch. Out. Owned by: the batch. Valid until: it is filled again, cleared or freed. */
typedef struct vtep_batch_view {
    uint32_t size; /* sizeof(vtep_batch_view) */
    uint32_t delivery_count;
    uint32_t transmission_count;
    uint32_t slice_count;
    const vtep_delivery *deliveries;
    const vtep_transmission *transmissions;
    const vtep_slice *slices;
} vtep_batch_view;

#define VTEP_BATCH_VIEW_INIT { sizeof(vtep_batch_view), 0, 0, 0, 0, 0, 0 }

/** Makes an empty batch, of about 1 MB. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_batch_new(vtep_batch **out, vtep_error *err);
/** Forgets everything in it. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_batch_clear(vtep_batch *batch);
/** Tells what is in it. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_batch_get(const vtep_batch *batch, vtep_batch_view *out);
/** Ends the batch. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_batch_free(vtep_batch *batch);

/**
 * Forwards frames from a port; what comes of them is added to the batch. *taken, which may be NULL, is how many were
 * taken: fewer than count if the batch is full. Then send it, clear it, and call again with the rest: an empty batch
 * takes at least one. A frame that is dropped is taken and counted. frames may be NULL where count is 0.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_encapsulate(vtep_engine *engine, vtep_frame *frames, uint32_t count,
                                                              uint32_t port, uint64_t now, vtep_batch *batch,
                                                              uint32_t *taken);
/**
 * Checks datagrams from the underlay, learns from them and gives their frames to ports. As vtep_engine_encapsulate; a
 * datagram that was taken in part is shortened by that part, in the array.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_decapsulate(vtep_engine *engine, vtep_datagram *datagrams,
                                                              uint32_t count, uint64_t now, vtep_batch *batch,
                                                              uint32_t *taken);
/** Lets time pass: what was idle too long goes. To be called some ten times a second; each call does a bounded part of
 *  the work. Without it nothing ages. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_engine_advance(vtep_engine *engine, uint64_t now);

/*
 * Whole packets, for packet sockets, TAPs and DPDK: the headers before the VXLAN header.
 */

enum { VTEP_OUTER_HAS_ETHERNET = 0x1 };
/* UDP checksum: none; over everything; the pseudo header's part, for a card to complete, as several datagrams need it. */
enum { VTEP_OUTER_CHECKSUM_ZERO = 0, VTEP_OUTER_CHECKSUM_COMPLETE = 1, VTEP_OUTER_CHECKSUM_PARTIAL = 2 };

/** What outer headers are written with. In. */
typedef struct vtep_outer_options {
    uint32_t size;        /* sizeof(vtep_outer_options) */
    uint32_t has;         /* VTEP_OUTER_HAS_* */
    vtep_ip local;        /* the source address, of the remote's family */
    vtep_mac destination; /* with HAS_ETHERNET: the next hop's */
    vtep_mac source;      /* with HAS_ETHERNET: the own */
    uint8_t checksum;     /* VTEP_OUTER_CHECKSUM_* */
    uint8_t reserved[2];  /* 0 */
} vtep_outer_options;

#define VTEP_OUTER_OPTIONS_INIT { sizeof(vtep_outer_options), 0, { 0, { 0 } }, { { 0 } }, { { 0 } }, 0, { 0, 0 } }

/**
 * Writes the headers that go before a transmission's slices: Ethernet (14 bytes, if asked for), IPv4 (20) or IPv6 (40),
 * UDP (8). slices: the batch's, from the transmission's first on; read for VTEP_OUTER_CHECKSUM_COMPLETE only.
 * Errors: VTEP_E_NOSPACE; VTEP_E_INVAL, also where the remote is of the other family, or where there are several
 * datagrams and the checksum is not partial.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_outer_write(const vtep_outer_options *options,
                                                       const vtep_transmission *transmission, const vtep_slice *slices,
                                                       uint32_t identification, void *memory, uint32_t capacity,
                                                       uint32_t *written);

enum {
    VTEP_OUTER_READ_ETHERNET = 0x1,      /* the packet begins with an Ethernet header, not with IP */
    VTEP_OUTER_READ_VERIFIED = 0x2,      /* checksums were verified elsewhere */
    VTEP_OUTER_READ_ZERO_CHECKSUM6 = 0x4 /* a UDP checksum over IPv6 may be 0 (RFC 6936) */
};

/**
 * Reads the headers before the VXLAN header; the datagram points into the packet. flags: VTEP_OUTER_READ_*. port: the
 * VTEP's UDP port. Errors: VTEP_E_FOREIGN for what is not UDP to this port; VTEP_E_PROTOCOL for fragments, for what is cut
 * short, and for wrong checksums.
 */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_outer_read(void *packet, uint32_t length, uint32_t flags, uint32_t port,
                                                      vtep_datagram *out);

/*
 * What an engine counts. Counters have stable names; later versions add some at the end.
 */

/** How many counters there are. */
VTEP_API VTEP_SINCE(0, 1) uint32_t vtep_engine_counter_count(void);
/** Counter i's name, from 0: "drop_unknown_vni". NULL past the end. Owned by: the library. */
VTEP_API VTEP_SINCE(0, 1) const char *vtep_engine_counter_name(uint32_t i);
/** Writes the first counters over all VNIs, `capacity` at most, in the order of the names. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_counters(const vtep_engine *engine, uint64_t *values,
                                                           uint32_t capacity, vtep_error *err);
/** The same for one VNI. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_vni_counters(const vtep_engine *engine, uint32_t vni,
                                                               uint64_t *values, uint32_t capacity, vtep_error *err);

/* What happened to the FDB, or what it lacks. */
enum {
    VTEP_ENGINE_EVENT_DESTINATION_MISS = 1, /* a unicast frame had nowhere to go */
    VTEP_ENGINE_EVENT_NEIGHBOUR_MISS = 2,   /* a proxy was asked for an address that no binding knows */
    VTEP_ENGINE_EVENT_LEARNT = 3,
    VTEP_ENGINE_EVENT_MOVED = 4,
    VTEP_ENGINE_EVENT_AGED = 5,
    VTEP_ENGINE_EVENT_MOVE_REFUSED = 6 /* from a static entry, or more often than move_limit lets it */
};

enum { VTEP_ENGINE_EVENT_HAS_PORT = 0x1, VTEP_ENGINE_EVENT_HAS_OTHER_PORT = 0x2 };

/** One event. Out. */
typedef struct vtep_engine_event {
    uint32_t size;        /* sizeof(vtep_engine_event) */
    uint32_t has;         /* VTEP_ENGINE_EVENT_HAS_* */
    uint64_t time;        /* the `now` of the call that it happened in */
    uint32_t kind;        /* VTEP_ENGINE_EVENT_* */
    uint32_t vni;
    uint32_t port;        /* where the station is, if behind a port */
    uint32_t other_port;  /* where it was (moved), or wanted to go (refused), if behind a port */
    vtep_mac mac;         /* zero with NEIGHBOUR_MISS */
    vtep_ip remote;       /* where the station is, if behind a remote */
    vtep_ip other_remote; /* where it was, or wanted to go, if behind a remote */
    vtep_ip address;      /* with NEIGHBOUR_MISS: what was asked for */
    uint8_t reserved[7];
} vtep_engine_event;

#define VTEP_ENGINE_EVENT_INIT                                                                                        \
    {                                                                                                                 \
        sizeof(vtep_engine_event), 0, 0, 0, 0, 0, 0, { { 0 } }, { 0, { 0 } }, { 0, { 0 } }, { 0, { 0 } }, { 0 }       \
    }

/** Takes out the oldest event that waits. VTEP_E_NOTFOUND if none does. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_engine_event_next(vtep_engine *engine, vtep_engine_event *out,
                                                             vtep_error *err);

/* ---- Endpoint: a VTEP in this program ---------------------------------------------------------------------------- */

/*
 * An endpoint is a running VTEP without the kernel's VXLAN device: an engine between ports, where Ethernet frames come and
 * go, and UDP sockets. On the wire it is interchangeable with the kernel's.
 *
 *     vtep_underlay_options underlay = VTEP_UNDERLAY_OPTIONS_INIT;
 *     vtep_endpoint_options options = VTEP_ENDPOINT_OPTIONS_INIT;
 *     vtep_endpoint_port_options tap = VTEP_ENDPOINT_PORT_OPTIONS_INIT;
 *     vtep_engine_remote remote = VTEP_ENGINE_REMOTE_INIT;
 *     vtep_endpoint *endpoint = NULL;
 *
 *     options.ipv4 = &underlay;
 *     tap.kind = VTEP_ENDPOINT_PORT_TAP;
 *     tap.name = "tap0";
 *     vtep_ip_parse("192.168.50.29", &remote.address, &err);
 *     if (vtep_endpoint_new(&options, &endpoint, &err) == VTEP_OK &&
 *         vtep_endpoint_vni_add(endpoint, 120, NULL, &err) == VTEP_OK &&
 *         vtep_endpoint_default_remote_add(endpoint, 120, &remote, &err) == VTEP_OK &&
 *         vtep_endpoint_port_add(endpoint, 120, &tap, NULL, &err) == VTEP_OK)
 *         vtep_endpoint_run(endpoint, 0, -1, &err);
 *     vtep_endpoint_free(endpoint);
 *
 * Who may send: default remotes, remotes of FDB entries, and peers. Datagrams from others are dropped before anything is
 * learnt from them or delivered, unless the VNI's policy has accepts_unknown_remotes, which a group usually needs. VXLAN
 * has no authentication: run it over IPsec or WireGuard where that counts.
 *
 * Threads: any thread may call anything at any time, except from a memory port's callback, and except vtep_endpoint_free,
 * which is the last call. The library has no thread of its own before vtep_endpoint_start.
 */

/** A running endpoint. */
typedef struct vtep_endpoint vtep_endpoint;
/** A port whose other side is this program. */
typedef struct vtep_memory_port vtep_memory_port;

enum {
    VTEP_UNDERLAY_HAS_PORT = 0x1,
    VTEP_UNDERLAY_HAS_TRANSMIT_SOCKETS = 0x2,
    VTEP_UNDERLAY_HAS_RECEIVE_SOCKETS = 0x4,
    VTEP_UNDERLAY_HAS_SOURCE_PORTS = 0x8,
    VTEP_UNDERLAY_HAS_SOCKET_BUFFER = 0x10
};

/** The UDP side over one IP version; all zero but size: port 4789 on every local address. In. */
typedef struct vtep_underlay_options {
    uint32_t size;             /* sizeof(vtep_underlay_options) */
    uint32_t has;              /* VTEP_UNDERLAY_HAS_* */
    const char *device;        /* the link that all traffic uses, and on which groups are joined; NULL: by route */
    vtep_ip local;             /* the address to send from and to receive on; family 0: by route, and on every one, which
                                  a group needs */
    uint8_t zero_checksum;     /* 1: a VNI's policy may ask for zero UDP checksums, which cost throughput */
    uint8_t accept_zero6;      /* 1: zero UDP checksums over IPv6 are accepted (RFC 6935) */
    uint8_t no_segmentation;   /* 1: no UDP_SEGMENT */
    uint8_t no_coalescing;     /* 1: no UDP_GRO */
    uint8_t no_batches;        /* 1: no sendmmsg and recvmmsg */
    uint8_t reserved[2];       /* 0 */
    uint32_t port;             /* 1...65535; 4789 without it */
    uint32_t transmit_sockets; /* 1...64 sockets that send, each with a source port of its own; 16 without it */
    uint32_t receive_sockets;  /* 1...16 sockets that receive; 1 without it */
    uint32_t source_port_min;  /* with source_port_max; 49152...65535 without it */
    uint32_t source_port_max;
    uint32_t socket_buffer;    /* bytes, of each socket; 7 MB without it. The kernel may give less */
} vtep_underlay_options;

#define VTEP_UNDERLAY_OPTIONS_INIT                                                                                    \
    {                                                                                                                 \
        sizeof(vtep_underlay_options), 0, 0, { 0, { 0 } }, 0, 0, 0, 0, 0, { 0, 0 }, 0, 0, 0, 0, 0, 0                  \
    }

enum { VTEP_ENDPOINT_HAS_NETNS_FD = 0x1, VTEP_ENDPOINT_HAS_WORKERS = 0x2, VTEP_ENDPOINT_HAS_BUSY_POLL = 0x4 };

/** What an endpoint is made with. In. */
typedef struct vtep_endpoint_options {
    uint32_t size;                     /* sizeof(vtep_endpoint_options) */
    uint32_t has;                      /* VTEP_ENDPOINT_HAS_* */
    const vtep_underlay_options *ipv4; /* NULL: no IPv4. One of the two at least */
    const vtep_underlay_options *ipv6; /* NULL: no IPv6 */
    const vtep_engine_options *engine; /* sizes; NULL: the defaults. Seed, sockets, source ports and transmissions are the
                                          endpoint's to choose: their bits are VTEP_E_INVAL */
    const char *netns;                 /* the network namespace of sockets, TAPs and interfaces, by path; NULL: by netns_fd,
                                          or the caller's. It is used whenever a port is added */
    int32_t netns_fd;                  /* the same by a descriptor, which stays the caller's */
    uint32_t workers;                  /* 1...64 threads that may run it at once; 1 without it */
    uint32_t busy_poll;                /* for how many microseconds a worker in vtep_endpoint_run that had something to do
                                          looks for more before it sleeps, 0...10000; 0, never, without it. Frames that
                                          come meanwhile do not wait until a thread is woken. It costs processor time: as
                                          much for each burst of frames, up to all of one processor for each worker */
    uint32_t reserved;                 /* 0 */
} vtep_endpoint_options;

#define VTEP_ENDPOINT_OPTIONS_INIT { sizeof(vtep_endpoint_options), 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/** Opens the underlay's sockets. Nothing is received before it runs. Errors: VTEP_E_BUSY where the UDP port is taken, by a
 *  VXLAN device for example, VTEP_E_NOTFOUND for a device, VTEP_E_PERM. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_new(const vtep_endpoint_options *options, vtep_endpoint **out,
                                                        vtep_error *err);
/** Stops the endpoint and closes everything; TAPs that it made go. No run or step may be under way. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_endpoint_free(vtep_endpoint *endpoint);

/** As vtep_engine_vni_add. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_vni_add(vtep_endpoint *endpoint, uint32_t vni,
                                                            const vtep_vni_policy *policy, vtep_error *err);
/** As vtep_engine_vni_set_policy. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_vni_set_policy(vtep_endpoint *endpoint, uint32_t vni,
                                                                   const vtep_vni_policy *policy, vtep_error *err);
/** Ends a VNI: its ports are closed, its groups left. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_vni_remove(vtep_endpoint *endpoint, uint32_t vni, vtep_error *err);

/* What a port is. */
enum {
    VTEP_ENDPOINT_PORT_TAP = 1,         /* a TAP device, made where there is none: name, queues, mac, mtu, master,
                                           addresses, down */
    VTEP_ENDPOINT_PORT_TAP_FDS = 2,     /* queues of one TAP device that somebody opened with IFF_NO_PI: fds */
    VTEP_ENDPOINT_PORT_STREAM = 3,      /* a Unix stream socket in QEMU's framing (-netdev stream): name, client */
    VTEP_ENDPOINT_PORT_STREAM_FD = 4,   /* a connected one: fds */
    VTEP_ENDPOINT_PORT_DATAGRAM = 5,    /* a Unix datagram socket in QEMU's framing (-netdev dgram): name, peer */
    VTEP_ENDPOINT_PORT_DATAGRAM_FD = 6, /* a connected datagram or seqpacket socket: fds */
    VTEP_ENDPOINT_PORT_PACKET = 7,      /* a packet socket on an interface: name, not_promiscuous */
    VTEP_ENDPOINT_PORT_MEMORY = 8       /* this program: memory */
};

enum {
    VTEP_ENDPOINT_PORT_HAS_OFFLOADS = 0x1,
    VTEP_ENDPOINT_PORT_HAS_MAC = 0x2,
    VTEP_ENDPOINT_PORT_HAS_MTU = 0x4,
    VTEP_ENDPOINT_PORT_HAS_OWN_MAC = 0x8,
    VTEP_ENDPOINT_PORT_HAS_QUEUES = 0x10
};

/** A port of an endpoint. Fields of another kind of port are ignored. In. */
typedef struct vtep_endpoint_port_options {
    uint32_t size;                /* sizeof(vtep_endpoint_port_options) */
    uint32_t has;                 /* VTEP_ENDPOINT_PORT_HAS_* */
    uint32_t kind;                /* VTEP_ENDPOINT_PORT_* */
    uint32_t offloads;            /* VTEP_OFFLOAD_*: what it may hand over and take unfinished, as far as it can;
                                     everything without it. TCP4 and TCP6 come together */
    uint32_t queues;              /* 1...256; 1 without it */
    uint32_t mtu;                 /* without it: the underlay's less the headers */
    uint32_t flood_limit;         /* as in vtep_engine_port_options */
    uint32_t flood_burst;
    const char *name;             /* TAP: 1...15 bytes, NULL: the kernel picks; PACKET: the interface; STREAM, DATAGRAM: a
                                     path of at most 107 bytes, in the abstract namespace where it begins with '@' */
    const char *peer;             /* where a DATAGRAM port sends to */
    const char *master;           /* the bridge to be a port of */
    const vtep_prefix *addresses; /* the interface's */
    const int32_t *fds;           /* the port takes them over; they stay the caller's where adding it fails */
    vtep_memory_port *memory;     /* stays the caller's; added once at a time (VTEP_E_BUSY) */
    uint32_t address_count;
    uint32_t fd_count;            /* 1 for anything but TAP_FDS */
    vtep_mac mac;                 /* the TAP interface's; without it, as it is */
    vtep_mac own_mac;             /* as mac of vtep_engine_port_options; without it, the interface's if there is one */
    uint8_t down;                 /* 1: the TAP interface is not set up */
    uint8_t client;               /* 1: connects, again and again; 0: listens, for one peer at a time */
    uint8_t not_promiscuous;      /* 1: frames for other stations than the interface are not heard */
    uint8_t trusts_underlay;      /* as in vtep_engine_port_options */
} vtep_endpoint_port_options;

#define VTEP_ENDPOINT_PORT_OPTIONS_INIT                                                                               \
    {                                                                                                                 \
        sizeof(vtep_endpoint_port_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { { 0 } }, { { 0 } }, 0, 0, 0, 0 \
    }

/** Opens a port and makes it part of a VNI; between several ports of one VNI the endpoint switches. Writes its number to
 *  *port, which may be NULL. Errors: VTEP_E_NOTFOUND for the VNI, an interface or a bridge; VTEP_E_PERM; VTEP_E_BUSY;
 *  VTEP_E_NOSPACE. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_port_add(vtep_endpoint *endpoint, uint32_t vni,
                                                             const vtep_endpoint_port_options *options, uint32_t *port,
                                                             vtep_error *err);
/** Closes a port. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_port_remove(vtep_endpoint *endpoint, uint32_t port, vtep_error *err);
/** A TAP's name, "" for a port that is no interface. 16 bytes are enough. Errors: VTEP_E_NOTFOUND, VTEP_E_NOSPACE. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_port_interface(vtep_endpoint *endpoint, uint32_t port, char *name,
                                                                   uint32_t capacity, vtep_error *err);

/** What a port refused, beside what the engine counts. Out. */
typedef struct vtep_port_statistics {
    uint32_t size;        /* sizeof(vtep_port_statistics) */
    uint32_t reserved;
    uint64_t congested;   /* frames that its queue, or the peer's, had no room for */
    uint64_t oversized;   /* frames longer than it takes */
    uint64_t refused;     /* frames refused otherwise: the interface is down, nobody is connected */
    uint64_t violations;  /* breaches of QEMU's framing; the peer was disconnected */
    uint64_t connections; /* how often a peer connected */
} vtep_port_statistics;

#define VTEP_PORT_STATISTICS_INIT { sizeof(vtep_port_statistics), 0, 0, 0, 0, 0, 0 }

/** Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_port_statistics(vtep_endpoint *endpoint, uint32_t port,
                                                                    vtep_port_statistics *out, vtep_error *err);

/** Takes a frame out of the overlay, on a thread that runs the endpoint, never on two at once. The frame is valid during
 *  the call, which must be short and must not call the endpoint. */
typedef void (*vtep_frame_callback)(void *context, const void *frame, uint32_t length);

/** Makes a memory port. queue_bytes: what each direction holds, 0 for 1 MB. callback: NULL for frames to queue up for
 *  vtep_memory_port_receive; otherwise it and its context must live as long as the port. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_memory_port_new(uint32_t queue_bytes, vtep_frame_callback callback,
                                                           void *context, vtep_memory_port **out, vtep_error *err);
/** Ends the caller's use of it; an endpoint that has it as a port keeps it until then. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_memory_port_free(vtep_memory_port *port);
/** Hands a frame to the overlay; it is copied. Any thread. Errors: VTEP_E_NOSPACE where the queue is full; VTEP_E_INVAL
 *  where the frame is longer than any can be. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_memory_port_send(vtep_memory_port *port, const void *frame, uint32_t length);
/** Takes the next frame out of the overlay, without waiting. One thread at a time. Errors: VTEP_E_NOTFOUND where there is
 *  none; VTEP_E_NOSPACE where it is longer than capacity: then it is lost. *length is its length in either case. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_memory_port_receive(vtep_memory_port *port, void *frame, uint32_t capacity,
                                                               uint32_t *length);
/** Readable until vtep_memory_port_receive says that there are no more; -1 for NULL. It stays the port's. */
VTEP_API VTEP_SINCE(0, 1) int32_t vtep_memory_port_fd(const vtep_memory_port *port);

/** As vtep_engine_peer_add. VTEP_E_INVAL, too, where there is no underlay of that IP version. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_peer_add(vtep_endpoint *endpoint, const vtep_ip *peer,
                                                             vtep_error *err);
/** As vtep_engine_peer_remove. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_peer_remove(vtep_endpoint *endpoint, const vtep_ip *peer,
                                                                vtep_error *err);
/** As vtep_engine_default_remote_add; a group is joined. VTEP_E_INVAL, too, for the endpoint's own address. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_default_remote_add(vtep_endpoint *endpoint, uint32_t vni,
                                                                       const vtep_engine_remote *remote,
                                                                       vtep_error *err);
/** Takes that back. Errors: VTEP_E_NOTFOUND. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_default_remote_remove(vtep_endpoint *endpoint, uint32_t vni,
                                                                          const vtep_engine_remote *remote,
                                                                          vtep_error *err);
/** Makes these the default remotes of a VNI and no others; those that it has already stay undisturbed. remotes may be
 *  NULL where count is 0. After an error those before it have been added, and none taken away. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_default_remotes_set(vtep_endpoint *endpoint, uint32_t vni,
                                                                        const vtep_engine_remote *remotes,
                                                                        uint32_t count, vtep_error *err);

/** As vtep_engine_fdb_set. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_fdb_set(vtep_endpoint *endpoint, const vtep_engine_fdb_entry *entry,
                                                            vtep_error *err);
/** As vtep_engine_fdb_append. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_fdb_append(vtep_endpoint *endpoint,
                                                               const vtep_engine_fdb_entry *entry, vtep_error *err);
/** As vtep_engine_fdb_remove. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_fdb_remove(vtep_endpoint *endpoint, uint32_t vni,
                                                               const vtep_mac *mac, vtep_error *err);
/** As vtep_engine_fdb_flush. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_fdb_flush(vtep_endpoint *endpoint, uint32_t vni, vtep_error *err);
/** As vtep_engine_fdb. Frames wait meanwhile: some milliseconds where the FDB has a million entries. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_fdb(vtep_endpoint *endpoint, uint32_t vni,
                                                        vtep_engine_fdb_list **out, vtep_error *err);
/** As vtep_engine_binding_set. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_binding_set(vtep_endpoint *endpoint, uint32_t vni,
                                                                const vtep_ip *address, const vtep_mac *mac,
                                                                uint8_t router, vtep_error *err);
/** As vtep_engine_binding_get. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_binding_get(vtep_endpoint *endpoint, uint32_t vni,
                                                                const vtep_ip *address, vtep_mac *mac,
                                                                vtep_error *err);
/** As vtep_engine_binding_remove. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_binding_remove(vtep_endpoint *endpoint, uint32_t vni,
                                                                   const vtep_ip *address, vtep_error *err);

/** Moves frames on the calling thread until vtep_endpoint_stop, or until stop_fd, which may be -1 and stays the caller's,
 *  is readable. One thread for each worker, from 0. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_run(vtep_endpoint *endpoint, uint32_t worker, int32_t stop_fd,
                                                        vtep_error *err);
/** Readable while a worker has something to do, for an event loop; -1 where there is none. It stays the endpoint's. */
VTEP_API VTEP_SINCE(0, 1) int32_t vtep_endpoint_fd(const vtep_endpoint *endpoint, uint32_t worker);
/** Waits up to timeout milliseconds, 0 for not at all, until the worker has something to do, and does it, once. To be
 *  called about once in a second, too, whatever vtep_endpoint_fd says: entries age by it. *running, which may be NULL, is
 *  0 once the endpoint was stopped. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_step(vtep_endpoint *endpoint, uint32_t worker, uint32_t timeout,
                                                         uint8_t *running, vtep_error *err);
/** Begins to move frames on threads of the endpoint's own, all signals blocked. Errors: VTEP_E_EXISTS. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_start(vtep_endpoint *endpoint, vtep_error *err);
/** Ends all runs, at once and for good, and waits for the endpoint's own threads. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_endpoint_stop(vtep_endpoint *endpoint);

/** As vtep_engine_counters, with the same names; at any time, also while it runs or after it was stopped. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_counters(vtep_endpoint *endpoint, uint64_t *values,
                                                             uint32_t capacity, vtep_error *err);
/** As vtep_engine_vni_counters. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_vni_counters(vtep_endpoint *endpoint, uint32_t vni,
                                                                 uint64_t *values, uint32_t capacity, vtep_error *err);
/** As vtep_engine_event_next; `time` is CLOCK_MONOTONIC's. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_event_next(vtep_endpoint *endpoint, vtep_engine_event *out,
                                                               vtep_error *err);

/** What happened at the underlay's sockets, beside what the engine counts. Out. */
typedef struct vtep_underlay_statistics {
    uint32_t size;                  /* sizeof(vtep_underlay_statistics) */
    uint32_t reserved;
    uint64_t messages_sent;         /* datagrams, or runs of them */
    uint64_t messages_received;
    uint64_t congested;             /* datagrams that there was no room for */
    uint64_t oversized;             /* datagrams longer than the path takes */
    uint64_t refused;               /* datagrams refused otherwise: no route, a firewall */
    uint64_t other_family;          /* datagrams to remotes without an underlay */
    uint64_t truncated;             /* datagrams longer than any can be */
    uint64_t overrun;               /* datagrams that found the receive buffer full */
    uint64_t segmentation_failures; /* runs that the kernel would not split */
} vtep_underlay_statistics;

#define VTEP_UNDERLAY_STATISTICS_INIT { sizeof(vtep_underlay_statistics), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/** family: 4 or 6. Errors: VTEP_E_NOTFOUND where there is no such underlay. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_underlay_statistics(vtep_endpoint *endpoint, uint8_t family,
                                                                        vtep_underlay_statistics *out,
                                                                        vtep_error *err);

/* What a capture takes. */
enum {
    VTEP_CAPTURE_UNDERLAY = 0x1, /* the underlay's packets, from the IP header on */
    VTEP_CAPTURE_PORTS = 0x2     /* the ports' frames: superframes whole, checksums perhaps partial */
};

/** Copies of frames on their way, for a pcapng file, which Wireshark and tshark open. */
typedef struct vtep_capture vtep_capture;

/** Makes a capture. points: VTEP_CAPTURE_*. snap_length: how many bytes of each frame are kept, 0 for all. buffer_bytes:
 *  how much is kept until it is drained, 0 for 4 MB; what finds no room is lost, and frames never wait. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_capture_new(uint32_t points, uint32_t snap_length, uint32_t buffer_bytes,
                                                       vtep_capture **out, vtep_error *err);
/** Shows everything that passes from now on to the capture, in place of the one before. NULL: to nobody. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_endpoint_capture(vtep_endpoint *endpoint, vtep_capture *capture,
                                                            vtep_error *err);
/** Writes what was captured since the last call, the first time behind the file's header; waits for a pipe that is full.
 *  *count, which may be NULL, is how many frames. To be called now and then, by a thread that may wait. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_capture_drain(vtep_capture *capture, int32_t fd, uint32_t *count,
                                                         vtep_error *err);
/** Writes what is left, and how many frames were lost. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_capture_finish(vtep_capture *capture, int32_t fd, vtep_error *err);
/** Ends the caller's use of it; an endpoint that shows frames to it keeps it until then. NULL is a no-op. */
VTEP_API VTEP_SINCE(0, 1) void vtep_capture_free(vtep_capture *capture);

/* ---- Words for people -------------------------------------------------------------------------------------------- */

/*
 * The words that `ip`, `bridge`, `brctl` and `route` print. They behave like the functions under "Formatting";
 * VTEP_WORD_TEXT_SIZE bytes are enough. What has no word comes out as "UNKNOWN" or as a number. Any thread.
 */

/** An operational state, VTEP_OPERSTATE_*: "UP". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_operstate_format(uint8_t operstate, char *text, uint32_t capacity,
                                                            vtep_error *err);
/** A bridge port's state, VTEP_PORT_*: "forwarding". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_port_state_format(uint8_t state, char *text, uint32_t capacity,
                                                             vtep_error *err);
/** A bridge identifier as in `brctl show`: "8000.02421e76cdbe". VTEP_BRIDGE_ID_TEXT_SIZE bytes are enough. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_bridge_id_format(const vtep_bridge_id *bridge_id, char *text,
                                                            uint32_t capacity, vtep_error *err);
/** A scope, VTEP_SCOPE_*: "global". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_scope_format(uint8_t scope, char *text, uint32_t capacity,
                                                        vtep_error *err);
/** A routing table, VTEP_TABLE_*: "main". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_table_format(uint32_t table, char *text, uint32_t capacity,
                                                        vtep_error *err);
/** A route's type, VTEP_ROUTE_*: "unicast". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_route_type_format(uint8_t type, char *text, uint32_t capacity,
                                                             vtep_error *err);
/** A route's origin, VTEP_ORIGIN_*: "kernel". */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_route_origin_format(uint8_t origin, char *text, uint32_t capacity,
                                                               vtep_error *err);
/** The column "Flags" of `route -n`: U up, G gateway, H host route, ! rejected. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_route_flags_format(const vtep_route *route, char *text, uint32_t capacity,
                                                              vtep_error *err);
/** The state of a neighbour or FDB entry, VTEP_NEIGHBOUR_*: "permanent". Several are joined with commas. */
VTEP_API VTEP_SINCE(0, 1) vtep_status vtep_neighbour_state_format(uint16_t state, char *text, uint32_t capacity,
                                                                  vtep_error *err);

#ifdef __cplusplus
}
#endif

#endif
